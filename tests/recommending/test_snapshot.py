"""From the database to columns."""

from dataclasses import replace

import numpy as np

from player.domain import EndReason, Ms, StartReason, ThumbGiven, TrackStarted, UtcMs, now_ms
from player.recommending import build_snapshot
from player.storage import Content, Database, ForeignPlay
from recommender import EventKind, PlaySource
from tests.recommending.world import HOUR_MS, World, song

NOW = now_ms()


def test_the_library_becomes_dense_columns(world: World) -> None:
    snapshot = build_snapshot(world.db)
    assert snapshot.item_ids.tolist() == sorted(track.id for track in world.tracks)
    assert len(np.unique(snapshot.artist)) == 6
    assert snapshot.artist.max() == 5
    assert len(np.unique(snapshot.album)) == 12
    assert set(snapshot.track_no.tolist()) == {1, 2, 3, 4}
    assert [len(snapshot.genres[row]) for row in range(len(snapshot))] == [1] * 48


def test_plays_say_what_happened(world: World) -> None:
    one, two, three, four = world.tracks[:4]
    world.play(one, NOW - 5_000_000, started=StartReason.ALBUM)
    world.skip(two, NOW - 4_000_000)
    world.play(three, NOW - 3_000_000, listened_ms=9_000, ended=EndReason.QUIT)
    world.play(four, NOW - 2_000_000, listened_ms=45_000, ended=EndReason.SKIPPED)
    world.db.plays.open(TrackStarted(one.id, UtcMs(NOW), one.duration_ms, StartReason.PICKED))
    plays = build_snapshot(world.db).plays
    assert plays.kind.tolist() == [EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN, EventKind.PLAYED]
    assert plays.source.tolist()[:2] == [PlaySource.ALBUM, PlaySource.SUGGESTED]
    assert plays.listened_ms.tolist() == [200_000, 4_000, 9_000, 45_000]


def test_judgements_and_playlists_come_along(world: World) -> None:
    one, two, three = (track.id for track in world.tracks[:3])
    world.db.thumbs.give(ThumbGiven(one, -1, NOW))
    world.db.thumbs.dismiss(two, NOW, UtcMs(NOW + HOUR_MS))
    world.db.thumbs.dismiss(three, NOW, UtcMs(NOW + HOUR_MS))
    world.db.thumbs.undismiss(three, UtcMs(NOW + 1))
    playlist = world.db.playlists.create("Evening", NOW)
    world.db.playlists.set_tracks(playlist, [two, one], NOW)
    snapshot = build_snapshot(world.db, UtcMs(NOW + 2))
    assert [snapshot.item_ids[row] for row in snapshot.thumbs.item] == [one]
    assert [snapshot.item_ids[row] for row in snapshot.dismissals.item] == [two]
    assert [[snapshot.item_ids[row] for row in snapshot.playlists[0]]] == [[two, one]]


def test_what_was_heard_by_the_sound_model_comes_along(world: World) -> None:
    track = world.tracks[5]
    vector = np.arange(200, dtype=np.float32)
    content = Content(vector, "musicnn-msd-1", tags=(("jazz", 0.7), ("mellow", 0.3)))
    world.db.features.put(str(track.audio_key), content, NOW)
    snapshot = build_snapshot(world.db)
    row = int(np.searchsorted(snapshot.item_ids, track.id))
    assert snapshot.has_content.nonzero()[0].tolist() == [row]
    assert snapshot.content[row].tolist() == vector.tolist()
    assert snapshot.words(row) == ("jazz", "mellow")
    assert (np.delete(snapshot.tags, row, axis=0) == -1).all()


def test_copies_are_one_recording_and_a_live_version_is_another(world: World) -> None:
    first = song(0, 1, 1)
    same_sound = replace(song(0, 1, 1), path="/copy.flac", title="Renamed", audio_key=first.audio_key)
    same_name = replace(first, path="/again.mp3", audio_key="other bytes", duration_ms=Ms(first.duration_ms + 900))
    live = replace(first, path="/live.flac", audio_key="on stage", duration_ms=Ms(first.duration_ms + 60_000))
    world.db.files.write_scan([same_sound, same_name, live], NOW)
    world.refresh()
    snapshot = build_snapshot(world.db)
    head = {track.path: int(snapshot.copy_of[np.searchsorted(snapshot.item_ids, track.id)]) for track in world.tracks}
    assert head["/copy.flac"] == head["/again.mp3"] == head[first.path]
    assert head["/live.flac"] != head[first.path]
    assert len(set(head.values())) == len(world.tracks) - 2


def test_the_same_sound_under_many_names_is_no_recording(world: World) -> None:
    silence = [replace(song(n, 3, 1), path=f"/{n}.flac", audio_key="silence") for n in range(4)]
    world.db.files.write_scan(silence, NOW)
    snapshot = build_snapshot(world.db)
    assert snapshot.copy_of.tolist() == list(range(len(snapshot)))


def test_plays_of_tracks_that_are_not_owned_count_for_their_artists(world: World) -> None:
    kept = [
        ForeignPlay("lastfm", UtcMs(NOW - HOUR_MS), "Other", "artist 3"),
        ForeignPlay("lastfm", UtcMs(NOW - 2 * HOUR_MS), "Another", "Artist 0"),
        ForeignPlay("lastfm", UtcMs(NOW - 3 * HOUR_MS), "Skipped", "Artist 1", skipped=True),
        ForeignPlay("lastfm", UtcMs(NOW), "Something", "Somebody"),
    ]
    world.db.foreign_plays.add(kept)
    snapshot = build_snapshot(world.db)
    numbers = [int(snapshot.artist[snapshot.item_ids.tolist().index(world.by(artist)[0].id)]) for artist in (0, 3)]
    assert snapshot.elsewhere.item.tolist() == numbers
    assert snapshot.elsewhere.at.tolist() == [NOW - 2 * HOUR_MS, NOW - HOUR_MS]


def test_an_empty_library_is_a_snapshot_too(database: Database) -> None:
    assert len(build_snapshot(database)) == 0
