"""How quick the store is with 100,000 and 1,000,000 tracks.

    python -m tests.benchmarks.storage_bench [ROWS ...] [--dir DIR] [--cpu]

Prints milliseconds (p50, p95, p99 of the runs), and beside them the ratio of the median to a reference measured in
the same run: reading the ids of all tracks from the table, in SQLite alone. "As you type" is what one more key
costs: titles and artists of the library typed letter by letter, each time all hits
found, sorted, and the first page read. With --cpu processor time is counted, which other programs disturb less.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import psutil

from player.domain import (
    AlbumOrder,
    AlbumQuery,
    AllOf,
    AnyOf,
    Condition,
    Field,
    Ms,
    Not,
    Op,
    ScannedTrack,
    TrackOrder,
    TrackQuery,
    now_ms,
)
from player.storage import Database
from tests.benchmarks.library_rows import DAY_MS, NOW, fill

CLOCKS = {False: time.perf_counter, True: time.thread_time}


def _timed(run: Callable[[], object], times: int, *, cpu: bool) -> list[float]:
    clock = CLOCKS[cpu]
    taken = []
    for _ in range(times):
        start = clock()
        run()
        taken.append((clock() - start) * 1000)
    return taken


class Table:
    """Prints one line a measurement."""

    def __init__(self, reference_ms: float, *, cpu: bool) -> None:
        self._reference = reference_ms
        self._cpu = cpu
        print(f"{'':52} {'p50 ms':>9} {'p95 ms':>9} {'p99 ms':>9} {'ratio':>7}")
        self._line("reference: all ids in SQLite alone", [reference_ms])

    def add(self, what: str, run: Callable[[], object], times: int = 7) -> None:
        """Measure `run` after one run that does not count."""
        run()
        self._line(what, _timed(run, times, cpu=self._cpu))

    def once(self, what: str, run: Callable[[], object]) -> None:
        """Measure the first run."""
        self._line(what, _timed(run, 1, cpu=self._cpu))

    def many(self, what: str, runs: Sequence[Callable[[], object]]) -> None:
        """Measure several different runs as one sample, each once."""
        self._line(what, [_timed(run, 1, cpu=self._cpu)[0] for run in runs])

    def _line(self, what: str, taken: list[float]) -> None:
        ordered = sorted(taken)
        p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.95, 0.99))
        middle = statistics.median(ordered)
        print(f"{what:52} {middle:9.2f} {p95:9.2f} {p99:9.2f} {middle / self._reference:7.2f}", flush=True)


def _reference(path: Path, *, cpu: bool) -> float:
    with closing(sqlite3.connect(path)) as connection:
        read = "SELECT id FROM tracks NOT INDEXED"
        return min(_timed(lambda: connection.execute(read).fetchall(), 3, cpu=cpu))


def measure(path: Path, count: int, *, cpu: bool) -> None:
    """All measurements on one database."""
    print(f"\n{count:,} tracks, {path.stat().st_size / 1e6:.0f} MB")
    table = Table(_reference(path, cpu=cpu), cpu=cpu)
    table.once("open the database", lambda: Database.open(path).close())
    database = Database.open(path)
    tracks = database.tracks
    before = psutil.Process().memory_info().rss
    table.once("first list: all tracks by artist", lambda: tracks.find(TrackQuery()))
    for order in (TrackOrder.TITLE, TrackOrder.ALBUM, TrackOrder.ADDED, TrackOrder.PLAYS, TrackOrder.DURATION):
        table.once(f"first list: all tracks by {order}", lambda order=order: tracks.find(TrackQuery(order=order)))
    print(f"{'memory of these lists':52} {(psutil.Process().memory_info().rss - before) / 1e6:9.0f} MB")
    table.add("list again: all tracks by artist", lambda: tracks.find(TrackQuery()))
    ids = tracks.find(TrackQuery())
    pages = [ids[at : at + 256] for at in range(0, len(ids) - 256, max(256, len(ids) // 50))]
    table.many("a page of 256 rows", [lambda page=page: tracks.get(page) for page in pages])
    typed = _typed(database, 40)
    table.many("search as you type", [lambda t=t: tracks.get(tracks.find(TrackQuery(text=t))[:50]) for t in typed])
    table.many("search as you type, best 50 by relevance", [lambda t=t: tracks.search(t, 50) for t in typed])
    for name, rule in _rules().items():
        table.add(f"rule: {name}", lambda rule=rule: tracks.find(TrackQuery(where=rule)), 3)
    table.add("one artist's tracks", lambda: tracks.find(TrackQuery(artist_id=17)))
    table.add("the folders in the music folder", lambda: database.files.folders("/music"), 3)
    table.add("a genre's tracks", lambda: tracks.find(TrackQuery(genre="Genre 7")), 3)
    table.add("never played", lambda: tracks.find(TrackQuery(played=False)), 3)
    table.add("200 albums by artist", lambda: tracks.albums(AlbumQuery(limit=200)))
    table.add(
        "200 albums most played", lambda: tracks.albums(AlbumQuery(order=AlbumOrder.PLAYS, descending=True, limit=200))
    )
    table.add("200 albums found by text", lambda: tracks.albums(AlbumQuery(text="riv", limit=200)))
    table.add("artists found by text", lambda: tracks.artists("riv"))
    table.once("catalogue for the recommender", tracks.catalogue)
    table.once("play log for the recommender (50,000 plays)", database.plays.log)
    table.add("write a batch of 200 new files", _writer(database), 3)
    table.add("first list after a write", lambda: (_writer(database)(), tracks.find(TrackQuery())), 3)
    database.close()


def _typed(database: Database, count: int) -> list[str]:
    """What the search field holds after each key while `count` tracks are typed: artist and title in turn."""
    ids = database.tracks.find(TrackQuery(order=TrackOrder.ADDED))
    wanted = database.tracks.get([ids[at * len(ids) // count] for at in range(count)])
    texts = [track.title if at % 2 else f"{track.artist} {track.title}" for at, track in enumerate(wanted)]
    return [text[:end].lower() for text in texts for end in range(1, min(len(text), 24) + 1)]


def _rules() -> dict[str, object]:
    def has(field: Field, text: str) -> Condition:
        return Condition(field, Op.HAS, text)

    return {
        "year:1970..1979": Condition(Field.YEAR, Op.BETWEEN, 1970, 1979),
        "artist:bra year:1970..1979 -title:st": AllOf(
            (has(Field.ARTIST, "bra"), Condition(Field.YEAR, Op.BETWEEN, 1970, 1979), Not(has(Field.TITLE, "st")))
        ),
        "plays:0 added:<30d": AllOf(
            (Condition(Field.PLAYS, Op.IS, 0), Condition(Field.ADDED, Op.GT, NOW - 30 * DAY_MS))
        ),
        "plays:>=3": Condition(Field.PLAYS, Op.GE, 3),
        "ka OR tra": AnyOf((has(Field.ANY, "ka"), has(Field.ANY, "tra"))),
        "path:music": has(Field.PATH, "music"),
    }


def _writer(database: Database) -> Callable[[], object]:
    def write() -> object:
        batch = [
            ScannedTrack(
                path=f"/new/{now_ms()}/{at // 12}/{at}.flac",
                size=at,
                mtime_ns=at,
                audio_key=f"{now_ms()}-{at}",
                title=f"New song {at}",
                artists=(f"New artist {at // 60}",),
                album=f"New album {at // 12}",
                genres=("Rock",),
                track_no=at % 12 + 1,
                duration_ms=Ms(200_000),
            )
            for at in range(200)
        ]
        return database.files.write_scan(batch, now_ms())

    return write


def main() -> None:
    """Make the libraries (kept in --dir for the next run) and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--dir", type=Path)
    parser.add_argument("--cpu", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.dir or Path(temporary)
        for count in chosen.rows:
            path = folder / f"library-{count}.db"
            if not path.exists():
                start = time.perf_counter()
                fill(path, count)
                print(f"made {count:,} rows in {time.perf_counter() - start:.0f} s")
            measure(path, count, cpu=chosen.cpu)


if __name__ == "__main__":
    main()
