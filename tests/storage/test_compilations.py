"""Compilations that nobody tagged as such."""

from __future__ import annotations

from player.domain import AlbumQuery, ScannedTrack, TrackQuery
from player.storage import Database
from tests.storage.songs import NOW, song, store, titles


def sampler(folder: str = "/m/sampler", count: int = 4, **tags: object) -> list[ScannedTrack]:
    """Tracks of one album by as many artists."""
    return [
        song(f"{folder}/{at}.mp3", **{"album": "Sampler", "artists": (f"Artist {at}",), "track_no": at, **tags})
        for at in range(1, count + 1)
    ]


def albums(database: Database) -> list[tuple[str, str, int]]:
    found = database.tracks.albums(AlbumQuery())
    return sorted((album.artist, album.title, album.track_count) for album in found)


def test_a_sampler_becomes_one_album(database: Database) -> None:
    store(database, *sampler())
    assert len(albums(database)) == 4
    assert database.files.arrange_albums() == 3
    assert albums(database) == [("Various Artists", "Sampler", 4)]
    assert titles(database, database.tracks.find(TrackQuery())) == ["1", "2", "3", "4"]
    assert [artist.album_count for artist in database.tracks.artists()] == [1, 1, 1, 1]
    assert database.check() == []


def test_gathering_again_changes_nothing(database: Database) -> None:
    store(database, *sampler())
    database.files.arrange_albums()
    (before,) = database.tracks.albums(AlbumQuery())
    assert database.files.arrange_albums() == 0
    assert database.tracks.albums(AlbumQuery()) == [before]


def test_a_retagged_track_comes_back(database: Database) -> None:
    store(database, *sampler())
    database.files.arrange_albums()
    (album,) = database.tracks.albums(AlbumQuery())
    database.files.write_scan([sampler(genres=("New",))[0]], NOW)
    assert database.files.arrange_albums() == 0
    assert [found.id for found in database.tracks.albums(AlbumQuery())] == [album.id]


def test_two_discs_are_one_album(database: Database) -> None:
    store(database, *sampler("/m/s/CD1", 3, disc_no=1), *sampler("/m/s/CD2", 3, disc_no=2))
    database.files.arrange_albums()
    assert albums(database) == [("Various Artists", "Sampler", 6)]


def test_tagged_album_artists_are_believed(database: Database) -> None:
    store(database, *(song(f"/m/{at}", album="X", album_artists=(f"A{at}",), track_no=at) for at in range(5)))
    assert database.files.arrange_albums() == 0


def test_one_album_in_many_folders_stays_apart(database: Database) -> None:
    for at in range(4):
        store(database, song(f"/m/{at}/1.mp3", album="Untitled", artists=(f"A{at}",), track_no=at))
    assert database.files.arrange_albums() == 0
