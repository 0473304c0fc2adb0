"""Albums, artists, genres, years."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from player.domain import AlbumId, AlbumOrder, AlbumQuery, ArtistId, Ms, SortKey, TrackOrder, TrackQuery
from player.storage import Database, Prior
from player.storage.library._browse import _in_order
from player.storage.schema import AlbumRow
from tests.storage.songs import NOW, song, store, titles


@pytest.fixture
def shelf(database: Database) -> Database:
    """Three albums, the middle one by two artists."""
    store(
        database,
        song("/1", album="Zebra", artists=("Ada",), date="1990", genres=("Rock",), duration_ms=Ms(1)),
        song("/2", album="Apple", artists=("Ada",), date="2000", genres=("Pop", "rock"), cover_key="c"),
        at=NOW,
    )
    store(database, song("/3", album="Mango", album_artists=("Bob", "Ada"), artists=("Bob",), date="1980"), at=NOW + 1)
    return database


def albums(database: Database, **query: object) -> list[str]:
    found = database.tracks.albums(AlbumQuery(**query))
    ids = database.tracks.album_ids(AlbumQuery(**query))
    assert database.tracks.albums_of([0, *ids]) == found  # page by page it is the same list
    return [album.title for album in found]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (AlbumOrder.ARTIST, ["Zebra", "Apple", "Mango"]),
        (AlbumOrder.TITLE, ["Apple", "Mango", "Zebra"]),
        (AlbumOrder.YEAR, ["Mango", "Zebra", "Apple"]),
        (AlbumOrder.ADDED, ["Zebra", "Apple", "Mango"]),
        (AlbumOrder.DURATION, ["Zebra", "Apple", "Mango"]),
    ],
)
def test_orders(shelf: Database, order: AlbumOrder, expected: list[str]) -> None:
    assert albums(shelf, order=order) == expected


def test_albums_stand_where_their_artist_stands(database: Database) -> None:
    """A sort name that one file gives an artist holds for the albums whose files do not."""
    store(
        database,
        song("/1", album="Blue Train", artists=("John Coltrane",), artist_sorts=("Coltrane, John",)),
        song("/2", album="Giant Steps", album_artists=("John Coltrane",), artists=("John Coltrane",)),
        song("/3", album="Debut", artists=("Björk",)),
        song("/4", album="Zoo", artists=("Eno",)),
        song("/5", title="Loose", artists=("John Coltrane",)),
    )
    assert [artist.name for artist in database.tracks.artists()] == ["Björk", "John Coltrane", "Eno"]
    assert albums(database, order=AlbumOrder.ARTIST) == ["Debut", "Blue Train", "Giant Steps", "Zoo"]
    by_artist = titles(database, database.tracks.find(TrackQuery()))
    assert by_artist == ["3", "1", "2", "Loose", "4"]
    keys = (SortKey(TrackOrder.ARTIST), SortKey(TrackOrder.TITLE))
    assert titles(database, database.tracks.find(TrackQuery().sorted_by(keys))) == by_artist


def test_albums_of_nobody_stand_last_in_both_directions(database: Database) -> None:
    files = [song(f"/{n}/x", album=f"Album {n}", artists=("Ada", "", "Bob")[n : n + 1]) for n in range(3)]
    store(database, *files, song("/3/x", album="Album 3"))
    assert albums(database, order=AlbumOrder.ARTIST)[:2] == ["Album 0", "Album 2"]
    assert albums(database, order=AlbumOrder.ARTIST, descending=True)[:2] == ["Album 2", "Album 0"]


@pytest.mark.parametrize("descending", [False, True])
def test_an_album_looks_its_artist_up_once_to_be_sorted(*, descending: bool) -> None:
    """All albums are sorted to show the first: of 80,000, a second look at each takes as long as the rest."""
    ordered = _in_order(select(AlbumRow.id), AlbumQuery(order=AlbumOrder.ARTIST, descending=descending))
    assert str(ordered).count("artists.name_key") == 1


def test_descending(shelf: Database) -> None:
    assert albums(shelf, order=AlbumOrder.YEAR, descending=True) == ["Apple", "Zebra", "Mango"]


def test_most_and_last_played_first(shelf: Database) -> None:
    track = shelf.tracks.by_path("/3").id
    shelf.plays.set_priors("other", [Prior(track, 3, last_played_at=NOW)])
    for order in (AlbumOrder.PLAYS, AlbumOrder.LAST_PLAYED):
        assert albums(shelf, order=order, descending=True) == ["Mango", "Zebra", "Apple"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "man"}, ["Mango"]),
        ({"text": "ada"}, ["Zebra", "Apple", "Mango"]),
        ({"text": "ada app"}, ["Apple"]),
        ({"text": "1980"}, ["Mango"]),
        ({"text": "-"}, []),
        ({"genre": "ROCK"}, ["Zebra", "Apple"]),
        ({"limit": 1, "offset": 1}, ["Apple"]),
    ],
)
def test_conditions(shelf: Database, query: dict[str, object], expected: list[str]) -> None:
    assert albums(shelf, **query) == expected


def test_an_artists_albums(shelf: Database) -> None:
    bob = shelf.tracks.artists("bob")[0]
    assert albums(shelf, artist_id=bob.id) == ["Mango"]
    assert len(albums(shelf, artist_id=shelf.tracks.artists("ada")[0].id)) == 3


def test_one_album(shelf: Database) -> None:
    key = shelf.tracks.by_path("/2").album_id
    album = shelf.tracks.album(key)
    assert (album.title, album.artist, album.year, album.track_count, album.cover_key) == ("Apple", "Ada", 2000, 1, "c")
    assert shelf.tracks.album(AlbumId(99)) is None


def test_artists_with_what_they_have(shelf: Database) -> None:
    ada, bob = shelf.tracks.artists()
    assert (ada.name, ada.track_count, ada.album_count, ada.cover_key) == ("Ada", 2, 3, "c")
    assert (bob.name, bob.track_count, bob.album_count) == ("Bob", 1, 1)
    assert shelf.tracks.artist(bob.id) == bob
    assert shelf.tracks.artist(ArtistId(99)) is None


def test_an_artist_has_the_cover_of_an_album_of_their_own_before_that_of_a_compilation(database: Database) -> None:
    store(
        database,
        song("/1", album="Own", album_artists=("Ada",), artists=("Ada",), date="1990", cover_key="own"),
        song("/2", album="Hits", album_artists=("Various",), artists=("Ada",), date="2020", cover_key="shared"),
        song("/3", album="Hits", album_artists=("Various",), artists=("Bob",), date="2020", cover_key="shared"),
    )
    covers = {artist.name: artist.cover_key for artist in database.tracks.artists()}
    assert (covers["Ada"], covers["Bob"]) == ("own", "shared")


def test_artists_by_a_part_of_their_name(database: Database) -> None:
    store(database, song(artists=("The Velvet Underground", "Björk", "春天乐队")))
    assert [artist.name for artist in database.tracks.artists("vel")] == ["The Velvet Underground"]
    assert [artist.name for artist in database.tracks.artists("the vel")] == ["The Velvet Underground"]
    assert [artist.name for artist in database.tracks.artists("BJO")] == ["Björk"]
    assert [artist.name for artist in database.tracks.artists("天乐")] == ["春天乐队"]


def test_genres_and_years(shelf: Database) -> None:
    assert [(genre.name, genre.track_count) for genre in shelf.tracks.genres()] == [("Pop", 1), ("Rock", 2)]
    assert shelf.tracks.years() == [(1980, 1), (1990, 1), (2000, 1)]
