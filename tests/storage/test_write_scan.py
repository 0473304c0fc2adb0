"""Storing scanned files: what is kept of a track whatever happens to its file."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.domain import (
    AlbumQuery,
    EndReason,
    Gain,
    Ms,
    PlayFinished,
    ScannedTrack,
    StartReason,
    ThumbGiven,
    TrackId,
    TrackOrder,
    TrackQuery,
    TrackStarted,
    UtcMs,
)
from player.storage import Database
from tests.storage.songs import DAY, NOW, song, store, titles

LATER = UtcMs(NOW + DAY)


def on_disk(path: Path, sound: str) -> ScannedTrack:
    """A real file as a scanner would report it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sound)
    return rescanned(path)


def rescanned(path: Path) -> ScannedTrack:
    facts = path.stat()
    sound = path.read_text()
    return song(str(path), audio_key=sound, title=sound, size=facts.st_size, mtime_ns=facts.st_mtime_ns)


def with_history(database: Database, track_id: TrackId) -> None:
    start = TrackStarted(track_id, NOW, Ms(200_000), StartReason.PICKED)
    play = database.plays.open(start)
    database.plays.close(play, PlayFinished(start, UtcMs(NOW + 200_000), Ms(200_000), EndReason.FINISHED))
    database.thumbs.give(ThumbGiven(track_id, 1, NOW))


def test_everything_a_list_shows_is_stored(database: Database) -> None:
    (key,) = store(
        database,
        song(
            title="Títle",
            artists=("A", "B"),
            artist_display="A feat. B",
            album="Album",
            album_artists=("A",),
            genres=("Rock", "Pop"),
            disc_no=2,
            track_no=7,
            original_date="1971-05",
            date="2001",
            cover_key="cover",
            gain=Gain(-7.5, 0.9, -8.0, 1.0),
            end_ms=Ms(5),
        ),
    )
    (track,) = database.tracks.get([key])
    assert (track.title, track.artist, track.album, track.album_artist) == ("Títle", "A feat. B", "Album", "A")
    assert (track.genres, track.disc_no, track.track_no, track.year) == (("Rock", "Pop"), 2, 7, 1971)
    assert (track.gain, track.cover_key, track.end_ms) == (Gain(-7.5, 0.9, -8.0, 1.0), "cover", 5)
    assert [database.tracks.artist(artist).name for artist in track.artist_ids] == ["A", "B"]
    assert track.added_at == NOW


def test_a_retagged_file_keeps_its_id_history_and_date(database: Database) -> None:
    (key,) = store(database, song(title="Old", artists=("Old artist",), album="Old album", genres=("Old",)))
    with_history(database, key)
    result = database.files.write_scan([song(title="New", artists=("New artist",), album="New album")], LATER)
    assert result.updated == (key,)
    (track,) = database.tracks.get([key])
    assert (track.title, track.thumb, track.play_count, track.added_at) == ("New", 1, 1, NOW)
    assert [artist.name for artist in database.tracks.artists()] == ["New artist"]
    assert [album.title for album in database.tracks.albums(AlbumQuery())] == ["New album"]
    assert database.tracks.genres() == []
    assert list(database.tracks.find(TrackQuery(text="old"))) == []
    assert list(database.tracks.find(TrackQuery(text="new"))) == [key]


def test_a_renamed_folder_keeps_everything(database: Database) -> None:
    songs = [song(f"/music/old/{at}.flac") for at in range(5)]
    keys = store(database, *songs)
    with_history(database, keys[2])
    database.files.mark_missing(keys, LATER)
    result = database.files.write_scan([replace(old, path=old.path.replace("old", "new")) for old in songs], LATER)
    assert result.moved == keys
    assert (result.added, result.updated) == ((), ())
    assert [track.path for track in database.tracks.get(keys)] == [f"/music/new/{at}.flac" for at in range(5)]
    assert database.tracks.get([keys[2]])[0].play_count == 1
    assert not any(track.missing for track in database.tracks.get(keys))


def test_swapped_files_in_separate_batches(database: Database, tmp_path: Path) -> None:
    one, two = tmp_path / "1.flac", tmp_path / "2.flac"
    database.files.add_root(str(tmp_path))
    first, second = store(database, on_disk(one, "song one"), on_disk(two, "the second song"))
    with_history(database, first)
    one.rename(tmp_path / "t")
    two.rename(one)
    (tmp_path / "t").rename(two)
    for path in (one, two):
        database.files.write_scan([rescanned(path)], LATER)
    assert [track.path for track in database.tracks.get([first, second])] == [str(two), str(one)]
    assert [track.missing for track in database.tracks.get([first, second])] == [False, False]
    assert [track.play_count for track in database.tracks.get([first, second])] == [1, 0]
    assert database.tracks.count() == 2


def test_a_moved_file_is_known_before_its_old_place_was_seen_empty(database: Database, tmp_path: Path) -> None:
    database.files.add_root(str(tmp_path))
    (key,) = store(database, on_disk(tmp_path / "a.flac", "song"))
    (tmp_path / "b").mkdir()
    (tmp_path / "a.flac").rename(tmp_path / "b" / "a.flac")
    result = database.files.write_scan([rescanned(tmp_path / "b" / "a.flac")], LATER)
    assert result.moved == (key,)


def test_a_copy_leaves_the_original_alone(database: Database, tmp_path: Path) -> None:
    database.files.add_root(str(tmp_path))
    original = on_disk(tmp_path / "a.flac", "song")
    (key,) = store(database, original)
    result = database.files.write_scan([on_disk(tmp_path / "copy.flac", "song")], LATER)
    assert len(result.added) == 1
    assert database.tracks.duplicates() == [(key, result.added[0])]


def test_a_folder_that_is_gone_while_its_sound_stands_elsewhere_has_moved(database: Database, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    database.files.add_root(str(drive))
    (key,) = store(database, on_disk(drive / "a.flac", "song"))
    os.rename(drive, tmp_path / "other")
    result = database.files.write_scan([rescanned(tmp_path / "other" / "a.flac")], LATER)
    assert result.moved == (key,)
    assert database.tracks.get([key])[0].path == str(tmp_path / "other" / "a.flac")


def test_a_moved_file_whose_new_place_was_seen_first_is_reunited(database: Database) -> None:
    old = song("/one/a.flac", artists=("A",))
    (key,) = store(database, old)
    with_history(database, key)
    (newer,) = store(database, replace(old, path="/two/b.flac", title="Retagged", artists=("B",)), at=LATER)
    database.files.mark_missing([key], LATER)
    assert database.files.settle([key], []) == {newer: key}
    (track,) = database.tracks.get([key])
    assert (track.path, track.title, track.missing, track.added_at) == ("/two/b.flac", "Retagged", False, NOW)
    assert track.play_count == 1
    assert database.tracks.get([newer]) == []
    assert list(database.tracks.find(TrackQuery(text="retagged"))) == [key]
    assert [artist.name for artist in database.tracks.artists()] == ["B"]
    assert database.check() == []


def test_a_copy_with_a_history_of_its_own_goes_on_when_the_other_vanishes(database: Database) -> None:
    old = song("/one/a.flac")
    (key,) = store(database, old)
    (newer,) = store(database, replace(old, path="/two/a.flac"), at=LATER)
    with_history(database, newer)
    database.files.mark_missing([key], LATER)
    assert database.files.settle([key], []) == {key: newer}
    (track,) = database.tracks.get(list(map(TrackId, database.tracks.find(TrackQuery(missing=True)))))
    assert (track.id, track.path, track.play_count, track.added_at) == (newer, "/two/a.flac", 1, NOW)


def test_another_recording_under_an_old_name_gets_a_track_of_its_own(database: Database) -> None:
    (old,) = store(database, song(title="Old"))
    result = database.files.write_scan([song(title="Other", audio_key="other")], LATER)
    assert len(result.added) == 1
    assert database.tracks.get([old])[0].missing
    assert database.tracks.by_path("/music/a.flac").id == result.added[0]


def test_and_the_old_recording_is_known_again_elsewhere(database: Database) -> None:
    (old,) = store(database, song(title="Old"))
    database.files.write_scan([song(title="Other", audio_key="other")], LATER)
    result = database.files.write_scan([song("/music/b.flac", audio_key="sound of /music/a.flac")], LATER)
    assert result.moved == (old,)


def test_parts_of_a_cue_sheet_are_tracks_of_one_file(database: Database) -> None:
    parts = [song("/disc.flac", start_ms=Ms(at * 1000), title=f"Part {at}", audio_key="disc") for at in range(3)]
    keys = store(database, *parts)
    assert len(keys) == 3
    assert sorted(database.files.known_table("/").ids.tolist()) == sorted(keys)
    assert database.files.write_scan(parts, LATER).updated == keys


def test_of_two_files_with_one_place_the_last_counts(database: Database) -> None:
    keys = store(database, song(title="First"), song(title="Last"))
    assert titles(database, keys) == ["Last"]


def test_texts_that_sqlite_cannot_hold_are_mended(database: Database) -> None:
    (key,) = store(database, song(title="a\udc80\0b", artists=("\ud800",), comment="\0", lyrics="\udfff"))
    assert titles(database, [key]) == ["a\ufffdb"]


def test_a_path_with_undecodable_bytes_comes_back_exactly(database: Database) -> None:
    path = os.fsdecode(b"/music/caf\xe9/\xff.flac")
    (key,) = store(database, song(path, audio_key="cafe"))
    assert database.tracks.by_path(path).id == key
    assert database.tracks.get([key])[0].path == path
    for folder in ("/music", os.fsdecode(b"/music/caf\xe9")):
        assert database.files.known_table(folder).path_hashes.tolist() == [hash(path)]


def test_a_failed_batch_stores_nothing(database: Database) -> None:
    with pytest.raises(AttributeError):
        store(database, song("/a.flac", artists=("A",)), song("/b.flac", title=None))
    assert database.tracks.count() == 0
    assert database.tracks.artists() == []


_TEXTS = st.text(st.characters(codec=None), max_size=6) | st.sampled_from(("\0", "\ud800", "a\udcff"))
_VALUES = {
    "str": _TEXTS,
    "tuple[str, ...]": st.lists(_TEXTS, max_size=3).map(tuple),
    "int | None": st.none() | st.integers(),
    "float | None": st.none() | st.floats(),
    "bool": st.booleans(),
    "int": st.integers(),
    "Ms": st.integers(),
    "Ms | None": st.none() | st.integers(),
}
_WRITTEN_BY_US = {"path", "start_ms", "audio_key", "cover_key", "format", "gain"}
_anything = {field.name: _VALUES[str(field.type)] for field in fields(ScannedTrack) if field.name not in _WRITTEN_BY_US}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(_anything))
def test_whatever_tags_say_a_file_is_stored(database: Database, tags: dict[str, object]) -> None:
    (key,) = store(database, song(f"/{database.tracks.count()}", audio_key=f"{database.tracks.count()}", **tags))
    assert len(database.tracks.get([key])) == 1
    assert key in database.tracks.find(TrackQuery(order=TrackOrder.YEAR))
    assert key in database.tracks.catalogue().ids


def test_an_empty_batch(database: Database) -> None:
    assert store(database) == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_through_any_moves_each_sound_keeps_its_plays(database: Database, data: st.DataObject) -> None:
    run = database.tracks.count()
    sounds = [f"{run} {at}" for at in range(5)]
    places = [f"/{run}/{at}.flac" for at in range(8)]
    now = dict(zip(sounds, places, strict=False))
    keys = dict(
        zip(sounds, store(database, *(song(now[sound], audio_key=sound, title=sound) for sound in sounds)), strict=True)
    )
    with_history(database, keys[sounds[0]])
    for _ in range(3):
        new = dict(zip(sounds, data.draw(st.permutations(places)), strict=False))
        vanished = [keys[sound] for sound in sounds if now[sound] not in new.values()]
        database.files.mark_missing(vanished, LATER)
        changed = [sound for sound in sounds if new[sound] != now[sound]]
        database.files.write_scan([song(new[sound], audio_key=sound, title=sound) for sound in changed], LATER)
        now = new
        assert {sound: database.tracks.by_path(now[sound]).id for sound in sounds} == keys
    assert database.tracks.get([keys[sounds[0]]])[0].play_count == 1
    assert database.tracks.count() == run + len(sounds)


def test_genres_count_over_several_batches(database: Database) -> None:
    """New tracks are added to a genre's count, changed ones counted anew: both come to the same."""
    for at in range(3):
        store(database, *(song(f"/m/{at}-{n}.flac", genres=("Jazz", "Rock") if n else ("Jazz",)) for n in range(4)))
    assert {genre.name: genre.track_count for genre in database.tracks.genres()} == {"Jazz": 12, "Rock": 9}
    database.files.write_scan([song("/m/0-0.flac", genres=("Rock",)), song("/m/new.flac", genres=("Jazz",))], NOW)
    assert {genre.name: genre.track_count for genre in database.tracks.genres()} == {"Jazz": 12, "Rock": 10}
