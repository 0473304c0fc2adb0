"""Who is the same artist, what is the same album, and how many tracks they have."""

import pytest

from player.domain import AlbumQuery, ScannedTrack, TrackQuery
from player.storage import Database
from tests.storage.songs import song, store


def test_artists_are_the_same_but_for_case(database: Database) -> None:
    store(database, song("/1", artists=("ABBA",)), song("/2", artists=("Abba",)))
    assert [(artist.name, artist.track_count) for artist in database.tracks.artists()] == [("ABBA", 2)]


def test_musicbrainz_ids_tell_namesakes_apart(database: Database) -> None:
    store(
        database,
        song("/1", artists=("Nirvana",), mb_artist_ids=("us",)),
        song("/2", artists=("Nirvana",), mb_artist_ids=("uk",)),
    )
    assert len(database.tracks.artists()) == 2


def test_an_artist_without_an_id_adopts_it_later(database: Database) -> None:
    store(database, song("/1", artists=("Nirvana",)))
    store(database, song("/2", artists=("Nirvana",), mb_artist_ids=("us",)))
    store(database, song("/3", artists=("nirvana",)))
    assert [artist.track_count for artist in database.tracks.artists()] == [3]


def test_one_id_under_two_spellings_is_one_artist(database: Database) -> None:
    store(database, song("/1", artists=("Björk",), mb_artist_ids=("b",)))
    store(database, song("/2", artists=("Bjork",), mb_artist_ids=("b",)))
    assert [artist.name for artist in database.tracks.artists()] == ["Björk"]


ETTA = song("/e/1", artists=("Etta James",), mb_artist_ids=("nina",))
NINA = song("/n/1", artists=("Nina Simone",), mb_artist_ids=("nina",))
OWN = [song(f"/e/{at}", artists=("Etta James",), album="At Last") for at in (2, 3, 4)]


@pytest.mark.parametrize(
    "songs", [[ETTA, NINA, *OWN], [NINA, *OWN, ETTA], [*OWN, ETTA, NINA]], ids=["1st", "5th", "4th"]
)
@pytest.mark.parametrize("apart", [False, True])
def test_one_wrong_artist_id_swallows_nobody(database: Database, songs: list[ScannedTrack], apart: bool) -> None:
    second = song("/n/2", artists=("Nina Simone",), mb_artist_ids=("nina",))
    if apart:  # in separate batches, the wrong id last
        for batch in ([NINA, second], OWN, [ETTA]):
            store(database, *batch)
    else:
        store(database, *songs, second)
    artists = database.tracks.artists()
    assert [(artist.name, artist.track_count) for artist in artists] == [("Etta James", 4), ("Nina Simone", 2)]


def test_an_album_of_one_artist_with_guests(database: Database) -> None:
    store(
        database,
        song("/1", album="X", artists=("A",)),
        song("/2", album="X", artists=("A", "Guest"), artist_display="A feat. Guest"),
    )
    assert [(album.artist, album.track_count) for album in database.tracks.albums(AlbumQuery())] == [("A", 2)]


def test_albums_of_one_name_by_two_artists(database: Database) -> None:
    store(database, song("/1", album="Hits", artists=("A",)), song("/2", album="Hits", artists=("B",)))
    assert [album.artist for album in database.tracks.albums(AlbumQuery())] == ["A", "B"]


def test_a_compilation_over_two_discs(database: Database) -> None:
    store(
        database,
        song("/m/hits/CD 1/1.mp3", album="Hits", artists=("A",), compilation=True, disc_no=1),
        song("/m/hits/CD 2/1.mp3", album="Hits", artists=("B",), compilation=True, disc_no=2),
        song("/m/other/1.mp3", album="Hits", artists=("C",), compilation=True),
    )
    albums = database.tracks.albums(AlbumQuery())
    assert sorted((album.artist, album.track_count) for album in albums) == [
        ("Various Artists", 1),
        ("Various Artists", 2),
    ]
    assert {album.artist_id for album in albums} == {None}


def test_releases_of_one_album_are_told_apart(database: Database) -> None:
    store(
        database,
        song("/1", album="X", album_artists=("A",), mb_album_id="1971"),
        song("/2", album="X", album_artists=("A",), mb_album_id="2011"),
    )
    assert len(database.tracks.albums(AlbumQuery())) == 2


def test_sort_names_sort(database: Database) -> None:
    store(
        database,
        song("/1", artists=("Johann Sebastian Bach",), artist_sorts=("Bach, Johann Sebastian",)),
        song("/2", artists=("Chopin",)),
    )
    assert [artist.name for artist in database.tracks.artists()] == ["Johann Sebastian Bach", "Chopin"]


def test_counts_follow_the_tracks(database: Database) -> None:
    (first, _) = store(
        database,
        song("/m/1", album="X", artists=("A",), cover_key="c", date="1990"),
        song("/n/2", album="X", artists=("A",), date="1980"),
    )
    (album,) = database.tracks.albums(AlbumQuery())
    assert (album.track_count, album.duration_ms, album.year, album.cover_key) == (2, 400_000, 1980, "c")
    database.files.remove_root("/n")
    assert database.tracks.albums(AlbumQuery())[0].track_count == 1
    assert database.tracks.artists()[0].track_count == 1
    assert list(database.tracks.find(TrackQuery())) == [first]


def test_artists_of_a_track_and_of_its_album_one_each(database: Database) -> None:
    (key,) = store(database, song("/m/a.flac", artists=("Plant", "Kraus"), album="X", album_artists=("Plant", "Band")))
    assert database.tracks.people([key]) == {key: (("Plant", "Kraus"), ("Plant", "Band"))}
