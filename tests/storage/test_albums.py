"""What is one album: by tags, folders, numbers and dates, and by the user's word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player.domain import Album, AlbumQuery, ScannedTrack, TrackId, TrackQuery, UsageError
from player.storage import Database
from tests.storage.songs import NOW, song, store, titles


def record(folder: str, count: int = 4, **tags: object) -> list[ScannedTrack]:
    """A numbered album in a folder."""
    return [
        song(f"{folder}/{at:02}.flac", **{"track_no": at, "artists": ("Ada",), **tags}) for at in range(1, count + 1)
    ]


def scan(database: Database, *songs: ScannedTrack) -> list[TrackId]:
    result = database.files.write_scan(songs, NOW)
    written = [*result.added, *result.updated, *result.moved]
    database.files.arrange_albums(written)
    assert database.check() == []
    return written


def albums(database: Database) -> list[tuple[str, str, int]]:
    return sorted((album.artist, album.title, album.track_count) for album in found(database))


def found(database: Database) -> list[Album]:
    return database.tracks.albums(AlbumQuery())


def order(database: Database, album: Album) -> list[tuple[int | None, int | None]]:
    tracks = database.tracks.get(database.tracks.find(TrackQuery(album_id=album.id)))
    return [(track.disc_no, track.track_no) for track in tracks]


def both_ways(database: Database, *songs: ScannedTrack) -> list[tuple[str, str, int]]:
    """The albums after one scan; a scan of each file alone, and a look at everything, come to the same."""
    scan(database, *songs)
    together = albums(database)
    assert database.files.arrange_albums() == 0
    ids = [album.id for album in found(database)]
    for each in songs:
        scan(database, each)
    assert albums(database) == together
    assert [album.id for album in found(database)] == ids
    return together


def test_albums_of_one_artist_and_title(database: Database) -> None:
    weezer = {"album": "Weezer", "album_artists": ("Weezer",), "artists": ("Weezer",)}
    songs = [
        *record("/m/Weezer (Blue)", 3, date="1994", **weezer),
        *record("/m/Weezer (Green)", 3, date="2001", **weezer),
        *record("/m/Weezer (Red)", 3, date="2008", **weezer),
    ]
    assert both_ways(database, *songs) == [("Weezer", "Weezer", 3)] * 3
    assert sorted(album.year or 0 for album in found(database)) == [1994, 2001, 2008]
    assert [order(database, album) for album in found(database)] == [[(None, 1), (None, 2), (None, 3)]] * 3


def test_a_remaster_stands_beside_its_original(database: Database) -> None:
    tags = {"album": "Blue", "album_artists": ("Ada",), "original_date": "1971"}
    songs = [*record("/m/Blue", date="1971", **tags), *record("/m/Blue (remaster)", date="2021", **tags)]
    assert both_ways(database, *songs) == [("Ada", "Blue", 4)] * 2


def test_a_remaster_in_the_same_folder(database: Database) -> None:
    tags = {"album": "Blue", "album_artists": ("Ada",)}
    old = record("/m", date="1971", **tags)
    new = [replace(file, path=file.path + "2", date="2021", audio_key=file.path + "2") for file in old]
    assert both_ways(database, *old, *new) == [("Ada", "Blue", 4)] * 2


def test_the_same_album_twice_without_dates(database: Database) -> None:
    songs = [*record("/m/mp3/X", album="X"), *record("/m/flac/X", album="X")]
    assert both_ways(database, *songs) == [("Ada", "X", 4)] * 2


def test_an_album_over_two_folders(database: Database) -> None:
    one, two = record("/m/a", 6, album="X"), record("/n/b", 6, album="X")
    assert both_ways(database, *one[:3], *two[3:]) == [("Ada", "X", 6)]


def test_a_few_copies_beside_an_album_belong_to_it(database: Database) -> None:
    songs = [*record("/m/X", 8, album="X"), *record("/downloads", 2, album="X")]
    assert both_ways(database, *songs) == [("Ada", "X", 10)]


def test_release_ids_tell_albums_apart_whatever_their_folder(database: Database) -> None:
    tags = {"album": "X", "album_artists": ("Ada",)}
    songs = [*record("/m/1", mb_album_id="one", **tags), *record("/m/2", mb_album_id="two", **tags)]
    assert both_ways(database, *songs) == [("Ada", "X", 4)] * 2


def test_one_track_without_the_release_id(database: Database) -> None:
    *most, last = record("/m/X", album="X", album_artists=("Ada",))
    songs = [
        *(
            song(f.path, track_no=f.track_no, artists=("Ada",), album="X", album_artists=("Ada",), mb_album_id="id")
            for f in most
        ),
        last,
    ]
    assert both_ways(database, *songs) == [("Ada", "X", 4)]


@pytest.mark.parametrize("album", ["", "X", "X album"], ids=["none", "the folder's", "like the folder's"])
def test_one_track_without_tags(database: Database, album: str) -> None:
    """Its title and number come from its name, its album at most from the folder's."""
    tagged = record("/m/Ada/1999 - X album", 3, album="X", album_artists=("Ada",), mb_album_id="id", date="1999")
    bare = song("/m/Ada/1999 - X album/04 Last.flac", title="Last", track_no=4, album=album)
    assert both_ways(database, *tagged, bare) == [("Ada", "X", 4)]


def test_tracks_without_tags_in_a_folder_of_many_albums_stay_alone(database: Database) -> None:
    songs = [*record("/m", 2, album="X"), song("/m/other.flac", album="Y", artists=("Eva",)), song("/m/bare.flac")]
    assert both_ways(database, *songs) == [("Ada", "X", 2), ("Eva", "Y", 1)]


def test_discs_in_folders_of_their_own(database: Database) -> None:
    songs = [*record("/m/X/Disc 1", 3, album="X", disc_no=1), *record("/m/X/Disc 2", 3, album="X", disc_no=2)]
    assert both_ways(database, *songs) == [("Ada", "X", 6)]


def test_a_split_ep(database: Database) -> None:
    songs = [*record("/m/Split", 4, album="Split")[:2], *record("/m/Split", 4, album="Split", artists=("Eva",))[2:]]
    assert both_ways(database, *songs) == [("Ada, Eva", "Split", 4)]
    assert [artist.album_count for artist in database.tracks.artists()] == [1, 1]


def test_a_sampler_without_numbers(database: Database) -> None:
    songs = [song(f"/m/Sampler/{at}.mp3", album="Sampler", artists=(f"Artist {at}",)) for at in range(6)]
    assert both_ways(database, *songs) == [("Various Artists", "Sampler", 6)]


@pytest.mark.parametrize("folder", ["/m/X", "/m"])
def test_guests_stay_with_their_album(database: Database, folder: str) -> None:
    own = record(folder, 4, album="X", artists=("Rapper",))
    guest = song(f"{folder}/05.flac", album="X", artists=("Rapper & Singer",), track_no=5)
    other = song("/m/other.flac", album="Y", artists=("Eva",))
    assert both_ways(database, *own, guest, other) == [("Eva", "Y", 1), ("Rapper", "X", 5)]


def test_albums_of_one_name_in_one_folder_stay_apart(database: Database) -> None:
    songs = [
        song(f"/m/{artist}{at}.mp3", album="Hits", artists=(artist,), track_no=at)
        for artist in "ABC"
        for at in range(1, 4)
    ]
    assert both_ways(database, *songs) == [("A", "Hits", 3), ("B", "Hits", 3), ("C", "Hits", 3)]


def test_signs_and_case_do_not_part_an_album(database: Database) -> None:
    songs = [*record("/m/X", 4, album="AC/DC: Live!")[:2], *record("/m/X", 4, album="AC_DC - live")[2:]]
    assert len(both_ways(database, *songs)) == 1


def test_a_scan_that_was_cut_off_leaves_a_mark(database: Database) -> None:
    assert not database.files.is_unarranged()
    store(database, *record("/m/X", album="X"))
    assert database.files.is_unarranged()
    scan(database, *record("/m/Y", album="Y"))  # an edit of other tracks meanwhile
    assert database.files.is_unarranged()
    database.files.arrange_albums()
    assert not database.files.is_unarranged()


# By hand


def test_merged_albums_stay_merged(database: Database) -> None:
    songs = [*record("/m/1", 3, album="X (disc one)"), *record("/m/2", 3, album="X (disc two)")]
    scan(database, *songs)
    before = database.corrections.merge_albums([album.id for album in found(database)])
    assert [count for _, _, count in albums(database)] == [6]
    (kept,) = found(database)
    scan(database, *songs)
    scan(database, *record("/m/1", 4, album="X (disc one)")[3:])  # a new track of one of them
    assert [(album.id, album.track_count) for album in found(database)] == [(kept.id, 7)]
    database.files.arrange_albums()
    assert len(found(database)) == 1
    again = database.corrections.restore_albums(before)
    assert [count for _, _, count in albums(database)] == [4, 3] or [count for _, _, count in albums(database)] == [
        3,
        4,
    ]
    database.corrections.restore_albums(again)
    assert len(found(database)) == 1


def test_a_split_album_stays_split(database: Database) -> None:
    songs = record("/m/X", 5, album="X")
    keys = scan(database, *songs)
    before = database.corrections.split_album(keys[3:])
    assert albums(database) == [("Ada", "X", 2), ("Ada", "X", 3)]
    scan(database, *songs)
    database.files.arrange_albums()
    assert albums(database) == [("Ada", "X", 2), ("Ada", "X", 3)]
    database.corrections.restore_albums(before)
    assert albums(database) == [("Ada", "X", 5)]
    assert titles(database, keys) == ["01", "02", "03", "04", "05"]


def test_what_cannot_be_merged_or_split(database: Database) -> None:
    keys = scan(database, *record("/m/X", 3, album="X"), *record("/m/Y", 3, album="Y"))
    one, two = (album.id for album in found(database))
    with pytest.raises(UsageError, match="two albums"):
        database.corrections.merge_albums([one, one])
    for wrong in ([], keys[:3], [keys[0], keys[4]]):
        with pytest.raises(UsageError, match="Choose some"):
            database.corrections.split_album(wrong)
    assert {album.id for album in found(database)} == {one, two}
