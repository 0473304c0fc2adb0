"""Wherever music is moved, copied or replaced by a better encode, what is known of it comes along."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest

from player.domain import EndReason, Ms, PlayFinished, StartReason, ThumbGiven, TrackId, TrackQuery, TrackStarted, UtcMs
from player.library import scan
from player.storage import Database
from tests.audio_files import make

Step = Callable[[Database, Path, Path], None]
LONG_AGO = UtcMs(1_000_000_000_000)


def scan_of(*which: str) -> Step:
    def run(database: Database, old: Path, new: Path) -> None:
        folders = [{"old": old, "new": new}[name] for name in which]
        for folder in folders:
            database.files.add_root(str(folder))
        scan(database, [str(folder) for folder in folders], processes=1)

    return run


def scan_all(database: Database, _old: Path, _new: Path) -> None:
    scan(database, database.files.roots(), processes=1)


def add_new(database: Database, _old: Path, new: Path) -> None:
    database.files.add_root(str(new))


def remove_old(database: Database, old: Path, _new: Path) -> None:
    database.files.remove_root(str(old))


def move(_database: Database, old: Path, new: Path) -> None:
    old.rename(new)


def copy(_database: Database, old: Path, new: Path) -> None:
    shutil.copytree(old, new)


def delete(_database: Database, old: Path, _new: Path) -> None:
    shutil.rmtree(old)


def empty(_database: Database, old: Path, _new: Path) -> None:
    """Only the folder itself stays, as a mount point does."""
    shutil.rmtree(old)
    old.mkdir()


ORDERS: dict[str, list[Step]] = {
    "moved, new scanned": [move, scan_of("new")],
    "moved, both scanned": [move, add_new, scan_all],
    "moved, new scanned, old removed": [move, scan_of("new"), remove_old],
    "moved, old removed, new scanned": [move, remove_old, scan_of("new")],
    "copied, both scanned, old removed": [copy, scan_of("new"), scan_all, remove_old],
    "copied, scanned, deleted, scanned": [copy, scan_of("new"), delete, scan_all],
    "copied, scanned, deleted, old removed": [copy, scan_of("new"), delete, remove_old],
    "copied, scanned, emptied, removed later": [copy, scan_of("new"), empty, scan_all, remove_old, scan_all],
    "new added before the move": [add_new, move, scan_of("new")],
    "copied, old removed, new scanned": [copy, remove_old, scan_of("new")],
}


@pytest.fixture
def lived(database: Database, tmp_path: Path) -> tuple[Path, Path]:
    """An old folder, with three tracks that were played, judged and put in a playlist; and a new one."""
    old, new = tmp_path / "old disk", tmp_path / "new disk"
    old.mkdir()
    for seed, name in enumerate("abc"):
        make(old / f"{name}.flac", seed=seed, seconds=0.2)
    database.files.add_root(str(old))
    scan(database, [str(old)], processes=1)
    tracks = list(map(TrackId, database.tracks.find(TrackQuery())))
    evening = database.playlists.create("Evening")
    database.playlists.set_tracks(evening, tracks)
    for at, track in enumerate(tracks):
        listen(database, track, 1_000_000 * at)
        database.thumbs.give(ThumbGiven(track, 1 if at else -1, UtcMs(5)))
    return old, new


def listen(database: Database, track: TrackId, at: int) -> None:
    start = TrackStarted(track, UtcMs(LONG_AGO + at), Ms(200), StartReason.PICKED)
    play = database.plays.open(start)
    database.plays.close(play, PlayFinished(start, UtcMs(LONG_AGO + at + 200), Ms(200), EndReason.FINISHED))


def known(database: Database) -> dict[str, tuple[object, ...]]:
    """What is known of each track in the library, by the name of its file."""
    (evening,) = database.playlists.all()
    listed = database.playlists.tracks(evening.id)
    tracks = database.tracks.get(database.tracks.find(TrackQuery(missing=True)))
    return {
        Path(track.path).name: (track.play_count, track.thumb, track.added_at, track.id in listed) for track in tracks
    }


@pytest.mark.parametrize("order", ORDERS.values(), ids=list(ORDERS))
def test_a_moved_library_keeps_everything(database: Database, lived: tuple[Path, Path], order: list[Step]) -> None:
    before = known(database)
    assert [facts[0] for facts in before.values()] == [1, 1, 1]
    for step in order:
        step(database, *lived)
    assert known(database) == before
    tracks = database.tracks.get(database.tracks.find(TrackQuery(missing=True)))
    assert sorted(track.path for track in tracks) == [str(lived[1] / f"{name}.flac") for name in "abc"]
    assert not any(track.missing for track in tracks)
    assert database.plays.count() == 3
    assert database.check() == []


def test_both_copies_were_played(database: Database, lived: tuple[Path, Path]) -> None:
    old, new = lived
    copy(database, old, new)
    scan_of("new")(database, old, new)
    (twin,) = [track for track in by_path(database) if track == str(new / "a.flac")]
    twin_id = by_path(database)[twin]
    listen(database, twin_id, 50_000_000)
    database.thumbs.give(ThumbGiven(twin_id, 1, UtcMs(9)))
    database.playlists.create("Night")
    shutil.rmtree(old)
    scan_all(database, old, new)
    tracks = {Path(t.path).name: t for t in database.tracks.get(database.tracks.find(TrackQuery(missing=True)))}
    assert len(tracks) == 3
    assert (tracks["a.flac"].play_count, tracks["a.flac"].thumb) == (2, 1)
    assert database.check() == []


def by_path(database: Database) -> dict[str, TrackId]:
    tracks = database.tracks.get(database.tracks.find(TrackQuery(missing=True)))
    return {track.path: track.id for track in tracks}


def test_a_drive_that_comes_back_after_its_copy_took_over(database: Database, lived: tuple[Path, Path]) -> None:
    old, new = lived
    copy(database, old, new)
    away = old.with_name("away")
    old.rename(away)
    scan_of("new")(database, old, new)
    before = known(database)
    away.rename(old)
    scan_all(database, old, new)
    new.rename(new.with_name("gone"))
    scan_all(database, old, new)
    assert known(database) == before
    assert sorted(by_path(database)) == [str(old / f"{name}.flac") for name in "abc"]


# Better encodes

TAGS = {"title": "Song", "artist": "Ada", "album": "Record", "tracknumber": "3"}


def encode(path: Path, seconds: float = 3.0, *, seed: int = 1, **tags: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path, seed=seed, seconds=seconds)
    media = mutagen.File(path, easy=True)
    assert media is not None
    if media.tags is None:
        media.add_tags()
    for name, value in (TAGS | tags).items():
        media[name] = value
    media.save()
    return path


@pytest.fixture
def played(database: Database, music: Path) -> TrackId:
    """An MP3 that was played and added long ago."""
    encode(music / "mp3" / "song.mp3")
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    (track,) = map(TrackId, database.tracks.find(TrackQuery()))
    listen(database, track, 0)
    database.thumbs.give(ThumbGiven(track, 1, UtcMs(5)))
    database.playlists.set_tracks(database.playlists.create("Evening"), [track])
    return track


def upgraded(database: Database, music: Path) -> list[tuple[str, object]]:
    scan(database, [str(music)], processes=1)
    tracks = database.tracks.get(database.tracks.find(TrackQuery(missing=True)))
    (evening,) = database.playlists.all()
    listed = database.playlists.tracks(evening.id)
    return [(Path(t.path).suffix, (t.play_count, t.thumb, t.missing, t.id in listed)) for t in tracks]


KEPT = [(".flac", (1, 1, False, True))]


UPGRADES = [
    ("flac/other name.flac", ("add", "delete")),
    ("x/y/03.flac", ("delete", "scan", "add")),
    ("flac/other name.flac", ("add", "scan", "delete")),
    ("mp3/song.flac", ("add", "scan", "delete")),
]


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(("name", "steps"), UPGRADES)
def test_a_better_encode_takes_over(database: Database, music: Path, name: str, steps: tuple[str, ...]) -> None:
    for step in steps:
        if step == "add":
            encode(music / name, 3.5, seed=2)
        elif step == "delete":
            (music / "mp3" / "song.mp3").unlink()
        else:
            scan(database, [str(music)], processes=1)
    assert upgraded(database, music) == KEPT
    assert database.check() == []


def test_the_recording_id_decides(database: Database, music: Path) -> None:
    recording = "0a1b2c3d-0000-4000-8000-000000000001"
    encode(music / "a.mp3", musicbrainz_trackid=recording)
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    (track,) = map(TrackId, database.tracks.find(TrackQuery()))
    listen(database, track, 0)
    encode(music / "b.flac", 9.0, seed=2, title="Song (Remastered)", album="Best Of", musicbrainz_trackid=recording)
    scan(database, [str(music)], processes=1)
    (music / "a.mp3").unlink()
    scan(database, [str(music)], processes=1)
    (kept,) = database.tracks.get(database.tracks.find(TrackQuery(missing=True)))
    assert (kept.path, kept.play_count) == (str(music / "b.flac"), 1)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    "other", [{"title": "Other"}, {"artist": "Eva"}, {"album": "Live"}, {"tracknumber": "4"}, {"seconds": 6.0}], ids=str
)
def test_another_recording_takes_nothing(database: Database, music: Path, other: dict[str, object]) -> None:
    seconds = float(str(other.get("seconds", 3.0)))
    encode(music / "b.flac", seconds, seed=2, **{k: str(v) for k, v in other.items() if k != "seconds"})
    scan(database, [str(music)], processes=1)
    (music / "mp3" / "song.mp3").unlink()
    scan(database, [str(music)], processes=1)
    tracks = {Path(t.path).name: t for t in database.tracks.get(database.tracks.find(TrackQuery(missing=True)))}
    assert (tracks["song.mp3"].play_count, tracks["song.mp3"].missing) == (1, True)
    assert tracks["b.flac"].play_count == 0


def test_files_that_share_a_sound_are_told_apart_by_their_names(database: Database, music: Path) -> None:
    """Silence is the same sound on every record."""
    one = encode(music / "one.flac", title="Hidden", album="One")
    for name in ("two", "three"):
        shutil.copyfile(one, music / f"{name}.flac")
        media = mutagen.File(music / f"{name}.flac")
        assert media is not None
        media.update(title=f"Silence {name}", album=name)
        media.save()
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    listen(database, by_path(database)[str(one)], 0)
    os.unlink(one)
    scan(database, [str(music)], processes=1)
    tracks = {Path(t.path).name: t for t in database.tracks.get(database.tracks.find(TrackQuery(missing=True)))}
    assert {name: (track.play_count, track.missing) for name, track in tracks.items()} == {
        "one.flac": (1, True),
        "two.flac": (0, False),
        "three.flac": (0, False),
    }


# Copies by hand


def test_tracks_joined_by_hand_are_copies_and_inherit(database: Database, music: Path, played: TrackId) -> None:
    encode(music / "b.flac", 8.0, seed=2, title="Song, better", album="Other")
    scan(database, [str(music)], processes=1)
    better = by_path(database)[str(music / "b.flac")]
    assert database.tracks.copies() == []
    assert database.corrections.choose_copies(better, played, True) is None
    assert pairs(database) == [sorted((played, better))]
    (music / "mp3" / "song.mp3").unlink()
    assert upgraded(database, music) == KEPT


def test_tracks_parted_by_hand_are_no_copies(database: Database, music: Path, played: TrackId) -> None:
    encode(music / "b.flac", 3.5, seed=2)
    scan(database, [str(music)], processes=1)
    other = by_path(database)[str(music / "b.flac")]
    assert pairs(database) == [sorted((played, other))]
    before = database.corrections.choose_copies(played, other, False)
    assert database.tracks.copies() == []
    (music / "mp3" / "song.mp3").unlink()
    assert sorted(upgraded(database, music)) == [(".flac", (0, 0, False, False)), (".mp3", (1, 1, True, True))]
    assert database.corrections.choose_copies(played, other, before) is False
    assert pairs(database) == [sorted((played, other))]


def pairs(database: Database) -> list[list[int]]:
    return [sorted(map(int, group)) for group in database.tracks.copies()]
