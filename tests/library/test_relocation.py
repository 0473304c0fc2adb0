"""Music that is at another place now, by the user's word."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from player.domain import TrackId, TrackQuery, UsageError, UtcMs
from player.library import relocate, scan
from player.storage import Database
from tests.library.conftest import Tagged
from tests.library.test_history_moves import listen


@pytest.fixture
def played(database: Database, music: Path, tagged: Tagged) -> dict[str, TrackId]:
    """Two tracks in two folders below the music folder; each was played."""
    tagged("A/a.flac", "a.flac", title="One")
    tagged("B/b.flac", "b.flac", title="Two")
    (music / "A" / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    database.files.add_root(str(music), UtcMs(7))
    scan(database, [str(music)], processes=1)
    tracks = {Path(track.path).name: track.id for track in everything(database)}
    for track in tracks.values():
        listen(database, track, 0)
    return tracks


def everything(database: Database):
    return database.tracks.get(database.tracks.find(TrackQuery(missing=True)))


def places(database: Database) -> dict[str, tuple[TrackId, int, bool]]:
    return {track.path: (track.id, track.play_count, track.missing) for track in everything(database)}


def test_a_whole_music_folder(database: Database, music: Path, played: dict[str, TrackId], tmp_path: Path) -> None:
    new = tmp_path / "new"
    music.rename(new)
    report = relocate(database, music, new)
    assert (report.relocated, report.united, report.scan.seen, report.scan.added, report.scan.updated) == (
        2,
        0,
        2,
        0,
        0,
    )
    assert places(database) == {
        str(new / "A" / "a.flac"): (played["a.flac"], 1, False),
        str(new / "B" / "b.flac"): (played["b.flac"], 1, False),
    }
    assert database.files.roots() == [str(new)]
    assert relocate(database, new, new.rename(music)).relocated == 2  # and back
    assert database.files.roots() == [str(music)]


def test_a_folder_inside_one(database: Database, music: Path, played: dict[str, TrackId], tmp_path: Path) -> None:
    (music / "A").rename(tmp_path / "elsewhere")
    assert relocate(database, music / "A", tmp_path / "elsewhere").relocated == 1
    assert places(database)[str(tmp_path / "elsewhere" / "a.flac")] == (played["a.flac"], 1, False)
    assert database.files.roots() == [str(music), str(tmp_path / "elsewhere")]


def test_a_new_place_that_was_scanned_already(
    database: Database, music: Path, played: dict[str, TrackId], tmp_path: Path
) -> None:
    new = tmp_path / "new"
    shutil.copytree(music, new)
    database.files.add_root(str(new))
    scan(database, [str(new)], processes=1)
    assert database.tracks.count() == 4
    report = relocate(database, music, new)
    assert (report.relocated, report.united) == (2, 2)
    assert {path: facts[1:] for path, facts in places(database).items()} == {
        str(new / "A" / "a.flac"): (1, False),
        str(new / "B" / "b.flac"): (1, False),
    }
    assert {facts[0] for facts in places(database).values()} == set(played.values())
    assert database.files.roots() == [str(new)]
    assert database.check() == []


def test_another_sound_at_the_new_place_takes_nothing(
    database: Database, music: Path, tagged: Tagged, played: dict[str, TrackId], tmp_path: Path
) -> None:
    new = tmp_path / "new"
    tagged("other/a.flac", "c.flac", title="Three")
    shutil.move(music / "other", new / "A")
    database.files.add_root(str(new))
    scan(database, [str(new)], processes=1)
    relocate(database, music, new)
    found = places(database)
    assert found[str(new / "A" / "a.flac")][1] == 0
    assert found[str(music / "A" / "a.flac")][:2] == (played["a.flac"], 1)
    assert found[str(new / "B" / "b.flac")] == (played["b.flac"], 1, True)


def test_into_a_folder_of_itself(database: Database, music: Path, played: dict[str, TrackId]) -> None:
    (music / "in").mkdir()
    for name in "AB":
        (music / name).rename(music / "in" / name)
    assert relocate(database, music, music / "in").relocated == 2
    assert places(database)[str(music / "in" / "A" / "a.flac")] == (played["a.flac"], 1, False)


def test_places_that_follow_each_other(database: Database, music: Path, tagged: Tagged) -> None:
    """Each track comes to where another one was."""
    names = ["s.flac", "in/s.flac", "in/in/s.flac"]
    tracks = [tagged(name, f"{sound}.flac", title=sound) for name, sound in zip(names, "abc", strict=True)]
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    before = {track.title: track.id for track in everything(database)}
    for place in reversed(tracks):
        (place.parent / "in").mkdir(exist_ok=True)
        place.rename(place.parent / "in" / place.name)
    assert relocate(database, music, music / "in").relocated == 3
    assert {track.title: track.id for track in everything(database)} == before
    assert [track.missing for track in everything(database)] == [False] * 3


def test_names_that_are_no_unicode(database: Database, music: Path, tagged: Tagged, tmp_path: Path) -> None:
    tagged("caf\udce9/\udcff.flac", "a.flac", title="One")
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    new = tmp_path / "n\udce9w"
    music.rename(new)
    assert relocate(database, music, new).relocated == 1
    assert [os.fspath(track.path) for track in everything(database)] == [str(new / "caf\udce9" / "\udcff.flac")]


@pytest.mark.usefixtures("played")
def test_what_cannot_be_relocated(database: Database, music: Path, tmp_path: Path) -> None:
    before = places(database)
    with pytest.raises(UsageError, match="is not a folder"):
        relocate(database, music, tmp_path / "nowhere")
    with pytest.raises(UsageError, match="the old and the new"):
        relocate(database, music, music)
    (tmp_path / "x").mkdir()
    with pytest.raises(UsageError, match=f"knows no music in {tmp_path / 'y'}.*{music}"):
        relocate(database, tmp_path / "y", tmp_path / "x")
    assert places(database) == before
