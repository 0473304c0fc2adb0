"""Playlists, manual and smart."""

from __future__ import annotations

import pytest

from player.domain import (
    Ms,
    PlaylistEntry,
    PlaylistId,
    SmartRules,
    SortKey,
    TrackId,
    TrackOrder,
    UsageError,
    UtcMs,
    rearranged,
)
from player.storage import Database
from tests.storage.songs import NOW, song, store


@pytest.fixture
def keys(database: Database) -> tuple[TrackId, ...]:
    """Three tracks of 200 s."""
    return store(database, song("/1"), song("/2"), song("/3"))


def test_order_and_duplicates_are_kept(database: Database, keys: tuple[TrackId, ...]) -> None:
    playlist = database.playlists.create("Mix", NOW)
    wanted = [keys[2], keys[0], keys[2], keys[1]]
    database.playlists.set_tracks(playlist, wanted, UtcMs(NOW + 1))
    assert database.playlists.tracks(playlist) == wanted
    (kept,) = database.playlists.all()
    assert (kept.name, kept.track_count, kept.duration_ms) == ("Mix", 4, 800_000)
    assert (kept.created_at, kept.changed_at) == (NOW, NOW + 1)


def test_setting_tracks_again_replaces_them(database: Database, keys: tuple[TrackId, ...]) -> None:
    playlist = database.playlists.create("Mix")
    database.playlists.set_tracks(playlist, keys)
    database.playlists.set_tracks(playlist, keys[:1])
    assert database.playlists.tracks(playlist) == [keys[0]]
    database.playlists.set_tracks(playlist, [])
    assert database.playlists.get(playlist).track_count == 0


def test_what_is_not_shown_stays_behind_what_it_followed(keys: tuple[TrackId, ...]) -> None:
    a, b, c = (PlaylistEntry(key) for key in keys[:3])
    x, y, z = (PlaylistEntry(None, f"/{name}", name) for name in "xyz")
    before = [x, a, y, b, a, z, c]
    shown = frozenset(keys[:3])
    ids = [entry.track_id for entry in before if entry.track_id is not None]
    assert rearranged(before, shown, ids) == before
    assert rearranged(before, shown, [keys[1], keys[0], keys[0], keys[2]]) == [x, b, a, y, a, z, c]
    assert rearranged(before, shown, [keys[1]]) == [x, y, b, z]
    assert rearranged(before, shown, []) == [x, y, z]
    assert rearranged(before, shown - {keys[1]}, [keys[2], keys[0], keys[0]]) == [x, c, a, y, b, a, z]


def test_unresolved_entries_are_kept(database: Database, keys: tuple[TrackId, ...]) -> None:
    playlist = database.playlists.create("From a file")
    entries = [
        PlaylistEntry(None, "../x.mp3", "Gone", "Somebody", Ms(5)),
        PlaylistEntry(keys[0], "/1"),
        PlaylistEntry(None, "caf\udce9.mp3"),
    ]
    database.playlists.set_entries(playlist, entries)
    assert database.playlists.entries(playlist) == entries
    assert database.playlists.tracks(playlist) == [keys[0]]
    assert database.playlists.get(playlist).duration_ms == 200_005


def test_playlists_are_listed_by_name(database: Database) -> None:
    for name in ("zoo", "Ärger", "apple", "Mix 10", "mix 9"):
        database.playlists.create(name)
    assert [playlist.name for playlist in database.playlists.all()] == ["apple", "Ärger", "mix 9", "Mix 10", "zoo"]


def test_renaming_and_deleting(database: Database, keys: tuple[TrackId, ...]) -> None:
    playlist = database.playlists.create("Old")
    database.playlists.set_tracks(playlist, keys)
    database.playlists.rename(playlist, " New ")
    assert database.playlists.get(playlist).name == "New"
    database.playlists.delete(playlist)
    assert database.playlists.get(playlist) is None
    assert database.tracks.count() == 3
    assert database.check() == []


def test_a_smart_playlist_keeps_its_rules(database: Database) -> None:
    rules = SmartRules("genre:jazz -live", TrackOrder.PLAYS, descending=True, limit=25)
    playlist = database.playlists.create("Jazz", rules=rules)
    assert database.playlists.get(playlist).rules == rules
    database.playlists.set_rules(playlist, SmartRules("genre:rock"))
    assert database.playlists.get(playlist).rules == SmartRules("genre:rock")


def test_a_retagged_and_moved_track_stays_in_its_playlist(database: Database, keys: tuple[TrackId, ...]) -> None:
    playlist = database.playlists.create("Mix")
    database.playlists.set_tracks(playlist, keys)
    database.files.mark_missing([keys[1]], NOW)
    database.files.write_scan([song("/moved", audio_key="sound of /2", title="Retagged")], NOW)
    assert database.playlists.tracks(playlist) == list(keys)


def test_a_playlist_needs_a_name(database: Database) -> None:
    with pytest.raises(UsageError, match="name"):
        database.playlists.create("  ")


def test_what_is_gone_cannot_be_changed(database: Database) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        database.playlists.rename(PlaylistId(9), "x")


@pytest.fixture
def lengths(database: Database) -> Database:
    """Ten tracks of one minute and a thousand bytes."""
    store(database, *(song(f"/m/{at}.flac", duration_ms=Ms(60_000), size=1_000) for at in range(10)))
    return database


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ({}, 10),
        ({"limit": 3}, 3),
        ({"limit_ms": Ms(300_000)}, 5),
        ({"limit_ms": Ms(299_999)}, 4),
        ({"limit_bytes": 2_500}, 2),
        ({"limit": 7, "limit_ms": Ms(240_000), "limit_bytes": 6_000}, 4),
        ({"limit_ms": Ms(1)}, 0),
    ],
)
@pytest.mark.parametrize("order", [TrackOrder.TITLE, TrackOrder.RANDOM])
def test_smart_playlists_are_limited_by_number_length_and_size(
    lengths: Database, order: TrackOrder, limits: dict[str, int], count: int
) -> None:
    key = lengths.playlists.create("Limited", rules=SmartRules("", order, **limits))
    playlist = lengths.playlists.get(key)
    assert playlist is not None
    assert playlist.rules == SmartRules("", order, **limits)
    assert len(lengths.tracks.find(playlist.rules.query())) == count


def test_a_random_order_stays_for_its_seed(lengths: Database) -> None:
    rules = SmartRules("", TrackOrder.RANDOM, limit=5)
    first, again, other = (list(lengths.tracks.find(rules.query(seed))) for seed in (1, 1, 2))
    assert first == again != other
    everything = list(lengths.tracks.find(SmartRules("", TrackOrder.RANDOM).query(1)))
    assert everything[:5] == first
    assert sorted(everything) == list(range(1, 11)) != everything


def test_a_random_choice_stays_when_it_is_sorted_otherwise(lengths: Database) -> None:
    query = SmartRules("", TrackOrder.RANDOM, limit=5).query(1)
    by_title = query.sorted_by((SortKey(TrackOrder.TITLE),))
    assert list(lengths.tracks.find(by_title)) == sorted(lengths.tracks.find(query))
