"""A listener moves to another computer: everything that was said of the music comes along as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from player.domain import (
    ArtistId,
    EndReason,
    FileError,
    Ms,
    PlayFinished,
    ScannedTrack,
    StartReason,
    ThumbGiven,
    Track,
    TrackId,
    TrackQuery,
    TrackStarted,
    UtcMs,
)
from player.importing import HistoryImport, write_history
from player.storage import Database, ImportedPlay, Prior
from tests.storage.songs import song

AT = 1_700_000_000_000
HOUR = 3_600_000
SONGS = [song(f"/music/{n}.flac", title=f"Song {n}", artists=(f"Artist {n % 3}",), album="One") for n in range(9)]


def ids_of(db: Database) -> dict[str, TrackId]:
    return {track.title: track.id for track in tracks_of(db)}


def tracks_of(db: Database) -> list[Track]:
    return db.tracks.get(db.tracks.find(TrackQuery()))


def finished(
    track: TrackId, at: int, listened: int, end: EndReason, start: StartReason, by: str | None
) -> PlayFinished:
    begun = TrackStarted(track, UtcMs(at), Ms(200_000), start, 3 if by else 0, by, 0.75 if by else None)
    return PlayFinished(begun, UtcMs(at + listened), Ms(listened), end)


@pytest.fixture
def lived(database: Database) -> Database:
    """A library with everything that a listener can say of it."""
    database.files.write_scan(SONGS, UtcMs(1))
    ids = ids_of(database)
    database.plays.append(
        [
            finished(ids["Song 0"], AT, 200_000, EndReason.FINISHED, StartReason.PICKED, None),
            finished(ids["Song 0"], AT + 220_000, 4_000, EndReason.SKIPPED, StartReason.REPEAT, None),
            finished(ids["Song 0"], AT + 230_000, 150_000, EndReason.REPLACED, StartReason.ALBUM, None),
            finished(ids["Song 1"], AT + HOUR, 9_000, EndReason.PREVIOUS, StartReason.UP_NEXT, "own-1"),
            finished(ids["Song 2"], AT + 2 * HOUR, 60_000, EndReason.QUIT, StartReason.QUEUED, None),
        ]
    )
    database.plays.import_plays("spotify", [ImportedPlay(ids["Song 0"], UtcMs(AT - HOUR), Ms(180_000), Ms(200_000))])
    database.plays.set_priors("itunes", [Prior(ids["Song 0"], 5, 2, 0.9, UtcMs(AT - 9 * HOUR))])
    database.plays.set_priors("rhythmbox", [Prior(ids["Song 3"], 1, 0, 0.2, None)])
    for number, value, at in ((4, 1, AT), (4, 0, AT + 1), (5, -1, AT), (5, 1, AT + 5), (6, 1, AT + 7)):
        database.thumbs.give(ThumbGiven(ids[f"Song {number}"], value, UtcMs(at)))
    database.thumbs.dismiss(ids["Song 7"], UtcMs(AT), UtcMs(AT + 99 * HOUR))
    artist = next(track.artist_ids[0] for track in tracks_of(database) if track.title == "Song 8")
    database.fresh_starts.begin(artist, UtcMs(AT + 99))
    return database


@pytest.fixture
def elsewhere(_database_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Another computer with the same music in other folders, under other numbers, and one song more."""
    path = tmp_path / "elsewhere.db"
    path.write_bytes(_database_file.read_bytes())
    db = Database.open(path)
    moved: list[ScannedTrack] = [song("/srv/other.flac", title="Other", artists=("Nobody",))]
    moved += [replace(one, path=one.path.replace("/music/", "/srv/music/")) for one in reversed(SONGS)]
    db.files.write_scan(moved, UtcMs(2))
    yield db
    db.close()


def told(db: Database) -> dict[str, Any]:
    """All that is known of the listener, by titles."""
    titles = {track.id: track.title for track in tracks_of(db)}
    plays, thumbs, off = db.plays.log(), db.thumbs.log(), db.thumbs.dismissals()
    logged = [replace(play, id=0, track_id=0) for play in db.plays.recent(99)]  # type: ignore[arg-type]
    fresh = db.fresh_starts.current()
    return {
        "counts": {t.title: (t.play_count, t.skip_count, t.last_played_at, t.thumb) for t in tracks_of(db)},
        "plays": logged,
        "kinds": np.stack([plays.imported, plays.suggested, plays.session]).tolist(),
        "thumbs": [
            (titles[TrackId(t)], v, at) for t, v, at in zip(thumbs.track_id, thumbs.value, thumbs.at, strict=True)
        ],
        "not now": [(titles[TrackId(t)], at, u) for t, at, u in zip(off.track_id, off.at, off.until, strict=True)],
        "priors": sorted((titles[p.track_id], p.play_count, p.skip_count, p.rating) for p in db.plays.priors()),
        "fresh": {name: fresh[ArtistId(key)] for key, name in db.fresh_starts.names(fresh).items()},
    }


def test_everything_is_the_same_elsewhere(lived: Database, elsewhere: Database, tmp_path: Path) -> None:
    out = tmp_path / "history.jsonl"
    assert (
        write_history(lived, out) == 6 + 6 + 1 + 1 + 2
    )  # plays, thumbs (one by the fresh start), not now, fresh, priors
    report = HistoryImport(elsewhere, out).apply()
    assert (report.plays_added, report.preview.bad_rows) == (6, 0)
    there = told(elsewhere)
    del there["counts"]["Other"]
    here = told(lived)
    for subject in here:
        assert there[subject] == here[subject], subject
    assert HistoryImport(elsewhere, out).apply().plays_added == 0
    assert HistoryImport(lived, out).apply().plays_added == 0
    assert told(lived) == here
    assert told(elsewhere)["thumbs"] == here["thumbs"]


def test_plays_of_ours_told_elsewhere_are_not_scrobbled_there(
    lived: Database, elsewhere: Database, tmp_path: Path
) -> None:
    out = tmp_path / "history.jsonl"
    write_history(lived, out)
    HistoryImport(elsewhere, out).apply()
    again = tmp_path / "again.jsonl"
    write_history(elsewhere, again)
    assert len(out.read_text().splitlines()) == len(again.read_text().splitlines())
    assert elsewhere.scrobbles.count(0) == 0


@pytest.mark.parametrize(
    "line",
    [
        {"thumb": {"title": "Song 1"}, "at": AT, "value": 7},
        {"play": {"title": "Song 1"}, "at": AT, "listened_ms": 1, "skipped": None, "start": "x", "end": "y",
         "offset_min": 0, "duration_ms": 5},
        {"play": {"title": "Song 1"}, "at": AT, "listened_ms": 10**12, "skipped": None},
        {"play": {"title": "Song 1"}, "at": 7, "listened_ms": 1, "skipped": None},
        {"not_now": {"title": "Song 1"}, "at": AT},
        {"fresh_start": {"artist": "A"}, "at": AT},
        {"counts": "all"},
        {"whatever": 1},
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_named_and_adds_nothing(
    elsewhere: Database, tmp_path: Path, line: dict[str, Any]
) -> None:
    path = tmp_path / "history.jsonl"
    good = {"thumb": {"title": "Song 1", "artist": "Artist 1"}, "at": AT, "value": 1}
    path.write_text("\n".join(json.dumps(row) for row in ({"segue_history": 1}, line, good, {"end": 2})) + "\n")
    job = HistoryImport(elsewhere, path)
    assert job.preview().bad_rows == 1
    assert "line 2" in job.preview().problems[0]
    job.apply()
    assert elsewhere.plays.count() == 0
    assert len(elsewhere.thumbs.log().at) == 1


def test_a_history_that_was_cut_off_is_refused(lived: Database, elsewhere: Database, tmp_path: Path) -> None:
    out = tmp_path / "history.jsonl"
    write_history(lived, out)
    whole = out.read_bytes()
    for size in range(1, len(whole) - 1, 7):
        out.write_bytes(whole[:size])
        with pytest.raises(FileError):
            HistoryImport(elsewhere, out)
    lines = whole.splitlines(keepends=True)
    for kept in range(1, len(lines)):
        out.write_bytes(b"".join(lines[:kept]))
        with pytest.raises(FileError, match="is not whole"):
            HistoryImport(elsewhere, out)
    out.write_bytes(b"".join(lines[:3] + lines[4:]))
    with pytest.raises(FileError, match="is not whole"):
        HistoryImport(elsewhere, out)
