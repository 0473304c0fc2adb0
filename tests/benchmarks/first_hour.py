"""What a newcomer's first queues hold: artists, genres, kinds of reasons and placeholders among the first rows.

    python -m tests.benchmarks.first_hour NAME=PROFILE… [--rows N]

Each PROFILE is the folder of a profile with a library (`segue --profile … scan`, `segue --profile … demo --no-window`);
it is copied, and the copy is played with. `--rows N` adds a library of N tracks that exists in the database only.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from player.domain import (
    EndReason,
    Ms,
    PlayFinished,
    StartReason,
    Suggestion,
    ThumbGiven,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
    is_name,
    now_ms,
)
from player.paths import Profile
from player.recommending._ask import Ask, Judgement
from player.recommending._keeper import Keeper
from player.storage import Database
from tests.benchmarks.library_rows import fill

SHOWN = 20
POOR = ("new", "variety", "explore")
"""Kinds of reasons that say next to nothing."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of a queue."""

    tracks: list[Track]
    suggestions: list[Suggestion]

    def of(self, count: int) -> str:
        """The cells for the first `count` rows: artists, genres, kinds of first reasons, poor rows."""
        tracks, suggestions = self.tracks[:count], self.suggestions[:count]
        artists = {track.artist for track in tracks if is_name(track.artist)}
        genres = {genre for track in tracks for genre in track.genres[:1] if is_name(genre)}
        kinds = Counter(str(one.reasons[0].kind) for one in suggestions)
        nameless = sum(not is_name(track.artist) for track in tracks)
        poor = sum(str(one.reasons[0].kind) in POOR for one in suggestions)
        return f"{len(artists)} | {len(genres)} | {len(kinds)} | {nameless} + {poor}"


class Newcomer:
    """Somebody with a profile, and what they are shown."""

    def __init__(self, folder: Path) -> None:
        self._profile = Profile.at(folder)
        self._db = Database.open(self._profile.database)
        self._keeper = Keeper(self._db, self._profile)
        self._now = now_ms()

    def next(self) -> Rows:
        """The queue now."""
        chosen = self._keeper.suggest(Ask(SHOWN, self._now))
        return Rows(self._db.tracks.get([one.track_id for one in chosen]), chosen)

    def play(self, track: TrackId, *, skip: bool = False) -> None:
        """Listen to a suggestion, or skip it after eight seconds."""
        length = self._db.tracks.get([track])[0].duration_ms
        heard = Ms(min(8_000, length // 2)) if skip else length
        event = TrackStarted(track, UtcMs(self._now), length, StartReason.UP_NEXT)
        self._now = UtcMs(self._now + heard + 1)
        ended = EndReason.SKIPPED if skip else EndReason.FINISHED
        finished = PlayFinished(event, self._now, heard, ended)
        self._db.plays.append([finished])
        self._keeper.heard(finished, 0)

    def thumb(self, track: TrackId, value: int) -> None:
        """Give a thumb."""
        self._db.thumbs.give(ThumbGiven(track, value, self._now))
        judgement = {1: Judgement.UP, -1: Judgement.DOWN, 0: Judgement.CLEARED}[value]
        self._keeper.judged(track, judgement, self._now)

    def close(self) -> None:
        """End."""
        self._db.close()


def moments(folder: Path) -> Iterator[tuple[str, Rows, str]]:
    """The queue at each moment, and what is to be told of it."""

    def fresh() -> Newcomer:
        copy = Path(tempfile.mkdtemp(dir=folder.parent))
        shutil.copytree(folder, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("demo-music", "music"))
        return Newcomer(copy)

    began = time.process_time()
    one = fresh()
    first = one.next()
    yield "as it is", first, f"{time.process_time() - began:.1f} CPU s"
    for _ in range(5):
        one.play(one.next().suggestions[0].track_id)
    yield "5 plays", one.next(), ""
    one.close()
    two = fresh()
    before = two.next()
    liked = before.tracks[0]
    two.thumb(liked.id, 1)
    after = two.next()
    yield "thumb up", after, told(before, after, liked)
    two.thumb(liked.id, 0)
    restored = [one.track_id for one in two.next().suggestions] == [one.track_id for one in before.suggestions]
    two.thumb(liked.id, -1)
    after = two.next()
    own = [place for place, track in enumerate(after.tracks[:10], 1) if track.artist == liked.artist]
    yield (
        "thumb down",
        after,
        f"taken back: {'as before' if restored else 'NOT as before'}; its artist at {own or 'none'}",
    )
    two.close()
    three = fresh()
    skipped = []
    for _ in range(3):
        now = three.next()
        skipped.append(now.tracks[0].artist)
        three.play(now.suggestions[0].track_id, skip=True)
    after = three.next()
    again = [place for place, track in enumerate(after.tracks[:10], 1) if track.artist in skipped]
    yield "3 skips", after, f"their artists at {again or 'none'}"
    three.close()


def told(before: Rows, after: Rows, liked: Track) -> str:
    """What a thumb up has changed."""
    places = sum(one.id != other.id for one, other in zip(before.tracks[:10], after.tracks[:10], strict=False))
    others = len({track.id for track in after.tracks[:10]} - {track.id for track in before.tracks[:10]})
    named = sum(liked.title in one.reasons[0].text for one in after.suggestions[:10])
    return f"{places} of 10 places changed, {others} new, {named} name it"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profiles", nargs="*", metavar="NAME=PROFILE")
    parser.add_argument("--rows", type=int, metavar="N")
    options = parser.parse_args()
    print("| library | moment | first 10: artists | genres | kinds | no artist + poor | first 20: … | | | | |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        libraries = {name: Path(path) for name, _, path in (text.partition("=") for text in options.profiles)}
        if options.rows:
            made = Profile.at(Path(work) / "rows")
            made.data.mkdir(parents=True)
            fill(made.database, options.rows, plays=0)
            libraries[f"{options.rows} rows"] = made.data
        for name, folder in libraries.items():
            copy = Path(work) / name / "profile"
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("demo-music", "music"))
            for moment, rows, note in moments(copy):
                print(f"| {name} | {moment} | {rows.of(10)} | {rows.of(20)} | {note} |", flush=True)


if __name__ == "__main__":
    main()
