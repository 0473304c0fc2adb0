"""Music folders, known files, vanished ones, duplicates, covers."""

from __future__ import annotations

from player.domain import Ms, TrackQuery, UtcMs
from player.storage import Database
from tests.storage.songs import NOW, song, store, titles


def test_music_folders(database: Database) -> None:
    first = database.files.add_root("/music", NOW)
    assert database.files.add_root("/music", NOW) == first
    database.files.add_root("/more")
    assert database.files.roots() == ["/music", "/more"]
    assert database.settings.load().roots == ("/music", "/more")


def test_a_removed_folder_hides_its_tracks_until_it_is_added_again(database: Database) -> None:
    database.files.add_root("/music")
    (key,) = store(database, song(artists=("A",), album="X", genres=("G",)))
    assert database.files.remove_root("/music") == 1
    assert database.tracks.count() == 0
    assert database.tracks.artists() == []
    assert database.tracks.genres() == []
    assert len(database.tracks.catalogue().ids) == 0
    database.files.add_root("/music")
    assert database.tracks.get([key])[0].missing
    database.files.mark_found([key])
    assert not database.tracks.get([key])[0].missing
    assert [artist.track_count for artist in database.tracks.artists()] == [1]


def test_tracks_below_another_music_folder_stay(database: Database) -> None:
    database.files.add_root("/music")
    database.files.add_root("/music/best")
    store(database, song("/music/a.flac"), song("/music/best/b.flac"))
    assert database.files.remove_root("/music") == 1
    assert titles(database, database.tracks.find(TrackQuery())) == ["b"]


def test_a_removed_track_is_back_when_its_file_is_scanned(database: Database) -> None:
    (key,) = store(database, song())
    database.files.remove_root("/music")
    assert database.files.write_scan([song()], NOW).updated == (key,)
    assert database.tracks.count() == 1


def test_known_files(database: Database) -> None:
    (key,) = store(database, song("/music/a.flac", size=7, mtime_ns=8, audio_key="k"), song("/musical/b.flac"))[:1]
    known = database.files.known_table("/music")
    assert (known.path_hashes.tolist(), known.ids.tolist()) == ([hash("/music/a.flac")], [key])
    assert (known.sizes.tolist(), known.mtimes_ns.tolist(), known.missing.tolist()) == ([7], [8], [False])
    database.files.mark_missing([key], NOW)
    assert database.files.known_table("/music/").missing.tolist() == [True]


def test_folder_names_that_need_care(database: Database) -> None:
    paths = ["/m/100%/a", "/m/a_b/a", "/m/axb/a", "/m/ü/a", "/m/\U0010ffff/a"]
    store(database, *map(song, paths))
    for path in paths:
        assert database.files.known_table(path[:-2]).path_hashes.tolist() == [hash(path)]


def test_missing_tracks_stay(database: Database) -> None:
    (key,) = store(database, song(album="X"))
    database.files.mark_missing([key], NOW)
    assert database.files.settle([key], []) == {}
    assert database.tracks.get([key])[0].missing
    assert database.tracks.count() == 1
    assert not database.tracks.catalogue().available[0]


def test_duplicates(database: Database) -> None:
    keys = store(
        database,
        song("/1", audio_key="x"),
        song("/2", audio_key="y"),
        song("/3", audio_key="x"),
        song("/4", audio_key=None),
        song("/5", audio_key=None),
        song("/6", audio_key="x", start_ms=Ms(5)),
    )
    assert database.tracks.duplicates() == [(keys[0], keys[2])]


def test_folders(database: Database) -> None:
    store(database, song("/m/a/1"), song("/m/a/x/2"), song("/m/b/3"), song("/m/4"), song("/n/5"))
    assert database.files.folders("/m") == [("/m/a", 2), ("/m/b", 1)]
    assert database.files.folders("/m/a/") == [("/m/a/x", 1)]
    assert database.files.folders("/") == [("/m", 4), ("/n", 1)]
    assert database.files.folders("/m/b") == []


def test_folders_whose_names_begin_alike(database: Database) -> None:
    names = ["A", "A B", "A-B", "A/B", "A0", "AB", "a", "ä", "春", "A%", "A_", "\U0010ffff"]
    store(database, *(song(f"/m/{name}/{at}") for name in names for at in "12"), song("/m/A"), song("/m/A.flac"))
    shown = sorted(f"/m/{name}" for name in names if "/" not in name)
    assert database.files.folders("/m") == [(name, 4 if name == "/m/A" else 2) for name in shown]


def test_folders_whose_names_are_no_unicode(database: Database) -> None:
    paths = ["/m/caf\udce9/1", "/m/plain/2\udce9", "/m/plain/3", "/m/\udcff", "/m/caf\udce9/x/4", "/n\udce9/5"]
    store(database, *(song(path, audio_key=str(at)) for at, path in enumerate(paths)))
    assert database.files.folders("/m") == [("/m/caf\udce9", 2), ("/m/plain", 2)]
    assert database.files.folders("/m/caf\udce9") == [("/m/caf\udce9/x", 1)]


def test_folders_without_what_was_taken_out(database: Database) -> None:
    for root in ("/m/a", "/m/b"):
        database.files.add_root(root)
    keys = store(database, song("/m/a/1"), song("/m/b/2"), song("/m/b/3", audio_key="x"))
    database.files.write_scan([song("/m/b/3", title="other", duration_ms=Ms(1), audio_key="y")], NOW)
    database.files.mark_missing(keys[1:2], NOW)
    assert database.files.folders("/m") == [("/m/a", 1), ("/m/b", 2)]  # of two that had one place, one
    database.files.remove_root("/m/b")
    assert database.files.folders("/m") == [("/m/a", 1)]
    database.files.add_root("/m/b")
    assert database.files.folders("/m") == [("/m/a", 1), ("/m/b", 2)]


def test_where_a_cover_is(database: Database) -> None:
    store(
        database,
        song("/m/1", cover_key="c", cover_path="/m/cover.jpg"),
        song("/m/2", cover_key="c", cover_path="/m/cover.jpg"),
        song("/m/3", cover_key="c", cover_path="/m/3"),
        song("/m/4"),
    )
    assert database.tracks.cover_paths("c") == ["/m/cover.jpg", "/m/3"]
    assert database.tracks.cover_paths("other") == []


def test_what_cannot_be_played(database: Database) -> None:
    first, second = store(database, song("/1", playable=False, problem="no header"), song("/2"))
    database.files.mark_unplayable(second, "truncated")
    assert database.files.unreadable() == [("/1", "no header"), ("/2", "truncated")]
    assert [track.playable for track in database.tracks.get([first, second])] == [False, False]


def test_lyrics(database: Database) -> None:
    first, second = store(database, song("/1", lyrics="[00:01.00]la"), song("/2"))
    assert database.tracks.lyrics(first) == "[00:01.00]la"
    assert database.tracks.lyrics(second) == ""


def test_the_catalogue(database: Database) -> None:
    store(
        database,
        song("/1", artists=("A", "B"), album="X", disc_no=1, track_no=2, date="1999", genres=("Pop", "Rock")),
        song("/2", playable=False),
        song("/3", genres=("rock",), artists=("B",)),
        at=5,
    )
    catalogue = database.tracks.catalogue()
    assert catalogue.ids.tolist() == [1, 2, 3]
    assert catalogue.artist.tolist() == [1, -1, 2]
    assert (catalogue.album.tolist(), catalogue.year.tolist()) == ([1, -1, -1], [1999, -1, -1])
    assert (catalogue.disc.tolist(), catalogue.track_no.tolist()) == ([1, -1, -1], [2, -1, -1])
    assert catalogue.available.tolist() == [True, False, True]
    assert catalogue.added_at.tolist() == [5, 5, 5]
    assert catalogue.genre_starts.tolist() == [0, 2, 2, 3]
    assert [catalogue.genre_names[at] for at in catalogue.genres] == ["Pop", "Rock", "Rock"]


def test_what_is_no_name_is_nothing_in_the_catalogue(database: Database) -> None:
    store(
        database,
        song("/1", title="Track 07", artists=("Unknown Artist",), album="default", genres=("Other", "Jazz")),
        song("/2", title="Lamp", artists=("Ada",), album="Default Settings", genres=("none",)),
        song("/3", title="Untitled", artists=("Other Lives",), album="None", genres=("Unknown",)),
        at=5,
    )
    catalogue = database.tracks.catalogue()
    assert (catalogue.artist >= 0).tolist() == [False, True, True]
    assert (catalogue.album >= 0).tolist() == [False, True, False]
    assert catalogue.named.tolist() == [False, True, False]
    assert [catalogue.genre_names[at] for at in catalogue.genres] == ["Jazz"]
    assert catalogue.genre_starts.tolist() == [0, 1, 1, 1]


def test_the_catalogue_of_nothing(database: Database) -> None:
    catalogue = database.tracks.catalogue()
    assert catalogue.ids.tolist() == []
    assert catalogue.genre_starts.tolist() == [0]


def test_any_time_is_kept(database: Database) -> None:
    (key,) = store(database, song(mtime_ns=2**62), at=UtcMs(1))
    assert database.tracks.get([key])[0].added_at == 1
