"""The library on the GUI thread: signals, questions, covers, watching."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mutagen.flac import FLAC, Picture

from player.audio import PROCESS_LOST_AGAIN
from player.domain import AlbumQuery, ScanPhase, TrackQuery
from player.library import Library
from player.library._watch import nearest_folder
from player.storage import Database, TrackStore
from player.workers import Lane
from tests.library.conftest import Tagged, touch

JPEG = b"\xff\xd8\xff\xe0" + bytes(1_000)


@pytest.fixture
def storage_lane(qapp) -> Iterator[Lane]:
    lane = Lane("storage")
    yield lane
    lane.close()


@pytest.fixture
def library(qapp, database: Database, storage_lane: Lane) -> Iterator[Library]:
    library = Library(database, storage_lane, watch=False)
    yield library
    library.close()


def scanned(qtbot, library: Library, start) -> object:
    with qtbot.waitSignal(library.scan_finished, timeout=20_000) as finished:
        start()
    return finished.args[0]


def asked(qtbot, ask, *question) -> object:
    answers: list[object] = []
    ask(*question, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=5_000)
    return answers[0]


def test_adding_a_folder_scans_it(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("a.flac", title="One", artist="X", album="Y", genre="Jazz")
    progress: list[object] = []
    changes: list[bool] = []
    library.scan_progress.connect(progress.append)
    library.changed.connect(lambda: changes.append(library.scanning))
    report = scanned(qtbot, library, lambda: library.add_root(str(music)))
    assert (report.added, library.roots(), library.scanning) == (1, [str(music)], False)
    assert progress[0].phase is ScanPhase.WALKING
    assert changes
    (track_id,) = asked(qtbot, library.find_tracks, TrackQuery(text="artist:x genre:jazz"))
    track = library.track(track_id)
    assert track.title == "One"
    assert library.tracks([track_id]) == [track]
    assert library.album(track.album_id).title == "Y"
    assert library.artist(track.artist_ids[0]).name == "X"
    assert [album.title for album in asked(qtbot, library.find_albums, AlbumQuery())] == ["Y"]
    assert [artist.name for artist in asked(qtbot, library.find_artists, "")] == ["X"]
    assert [genre.name for genre in asked(qtbot, library.genres)] == ["Jazz"]


def test_a_scan_that_changes_nothing_says_nothing(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("a.flac")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    with qtbot.assertNotEmitted(library.changed):
        scanned(qtbot, library, library.scan)


def test_removed_folder_is_hidden_and_comes_back(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("a.flac", title="One")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    with qtbot.waitSignal(library.changed, timeout=5_000):
        library.remove_root(str(music))
    assert library.roots() == []
    assert len(asked(qtbot, library.find_tracks, TrackQuery())) == 0
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    assert len(asked(qtbot, library.find_tracks, TrackQuery())) == 1


def test_two_folders_added_at_once(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("A/a.flac", "a.flac")
    tagged("B/b.flac", "b.flac")
    library.add_root(str(music / "A"))
    library.add_root(str(music / "B"))
    qtbot.waitUntil(lambda: library._db.tracks.count() == 2 and not library.scanning, timeout=20_000)


def test_cancelled_scan_is_reported(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    for number in range(40):
        tagged(f"{number}.flac", "abcdef"[number % 6] + ".flac")
    library.scan_progress.connect(lambda _: library.cancel_scan())
    report = scanned(qtbot, library, lambda: library.add_root(str(music)))
    assert report.cancelled


def test_embedded_cover_by_its_key(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    path = tagged("a.flac", title="One")
    media, picture = FLAC(path), Picture()
    picture.type, picture.data = 3, JPEG
    media.add_picture(picture)
    media.save()
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    (track_id,) = asked(qtbot, library.find_tracks, TrackQuery())
    key = library.track(track_id).cover_key
    assert asked(qtbot, library.cover, key) == JPEG
    assert asked(qtbot, library.cover, "no such key") is None


def test_folder_cover_wishes_are_all_fulfilled(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    for folder, sound in (("A", "a.flac"), ("B", "b.flac")):
        tagged(f"{folder}/x.flac", sound)
        (music / folder / "Cover.JPG").write_bytes(JPEG + folder.encode())
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    tracks = library.tracks(asked(qtbot, library.find_tracks, TrackQuery()))
    answers: list[bytes | None] = []
    for _ in range(3):
        for track in tracks:
            library.cover(track.cover_key, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 6, timeout=5_000)
    assert set(answers) == {JPEG + b"A", JPEG + b"B"}
    shutil.rmtree(music / "A")
    library._covers.forget()
    gone = next(track for track in tracks if "/A/" in track.path)
    with_nothing = asked(qtbot, library.cover, gone.cover_key)
    assert with_nothing is None


@pytest.fixture
def watching(qapp, database: Database, storage_lane: Lane, monkeypatch) -> Iterator[Library]:
    monkeypatch.setattr("player.library._watch._QUIET_MS", 100)
    library = Library(database, storage_lane)
    yield library
    library.close()


def test_new_and_changed_files_are_noticed(qtbot, watching: Library, music: Path, tagged: Tagged) -> None:
    tagged("A/a.flac", title="One")
    scanned(qtbot, watching, lambda: watching.add_root(str(music)))
    qtbot.waitUntil(lambda: watching._watcher.watching, timeout=5_000)
    report = scanned(qtbot, watching, lambda: tagged("B/b.flac", "b.flac", title="Two"))
    assert report.added == 1
    report = scanned(qtbot, watching, lambda: (music / "B").rename(music / "C"))
    assert (report.moved, report.added) == (1, 0)
    report = scanned(qtbot, watching, lambda: touch(music / "A" / "a.flac"))
    assert report.updated == 1


def test_a_folder_that_appears_is_scanned_and_one_that_goes_is_noticed(
    qtbot, watching: Library, music: Path, tagged: Tagged, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("player.library._watch._ABSENT_S", 0.1)
    tagged("A/a.flac", title="One")
    tagged("C/c.flac", "c.flac", title="Three")
    scanned(qtbot, watching, lambda: watching.add_root(str(music)))
    scanned(qtbot, watching, lambda: watching.add_root(str(tmp_path / "drive")))
    qtbot.waitUntil(lambda: watching._watcher.watching, timeout=5_000)
    shutil.copytree(music / "A", tmp_path / "elsewhere" / "B")
    report = scanned(qtbot, watching, lambda: (tmp_path / "elsewhere").rename(tmp_path / "drive"))
    assert report.added == 1
    report = scanned(qtbot, watching, lambda: shutil.rmtree(music / "A"))
    assert (report.moved, report.vanished) == (1, 0)  # its sound stands in the other folder


def test_nearest_folder(music: Path) -> None:
    (music / "A").mkdir()
    assert nearest_folder(str(music / "A" / "gone" / "gone"), [str(music)]) == str(music / "A")
    assert nearest_folder(str(music / "gone"), [str(music)]) == str(music)
    assert nearest_folder("/elsewhere", [str(music)]) is None
    assert nearest_folder(str(music / "x"), [str(music / "x")]) is None


def test_edit_of_several_tracks_and_its_undo(
    qtbot, library: Library, music: Path, tagged: Tagged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.library._editing._WRITE_BATCH", 1)
    tagged("a.flac", "a.flac", title="One", artist="X")
    tagged("b.flac", "b.flac", title="Two", artist="Y")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    ids = list(asked(qtbot, library.find_tracks, TrackQuery()))
    (music / "b.flac").unlink()
    edit = asked(qtbot, library.edit_tags, ids, {"album": ["Both"], "artist": []})
    assert [Path(path).name for path, _ in edit.before] == ["a.flac"]
    assert [Path(file.path).name for file in edit.failed] == ["b.flac"]
    (found,) = asked(qtbot, library.find_tracks, TrackQuery(text="album:both"))
    assert (library.track(found).title, library.track(found).artist) == ("One", "")
    undone = asked(qtbot, library.undo_edit, edit)
    assert library.track(found).artist == "X"
    assert library.track(found).album == ""
    assert dict(undone.before)[str(music / "a.flac")]["album"] == ("Both",)


def test_a_folder_removed_during_its_scan_stays_hidden(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    for number in range(30):
        tagged(f"{number}.flac", "abcdef"[number % 6] + ".flac")
    library.scan_progress.connect(lambda at: library.remove_root(str(music)) if at.phase is ScanPhase.READING else None)
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    qtbot.waitSignal(library.changed, timeout=5_000).wait()
    assert library.roots() == []
    assert len(asked(qtbot, library.find_tracks, TrackQuery())) == 0


def test_a_scan_asked_for_during_another_follows_it(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("a.flac")
    reports: list[object] = []
    library.scan_finished.connect(reports.append)
    library.add_root(str(music))
    qtbot.waitUntil(lambda: library.scanning, timeout=5_000)
    library.scan()
    qtbot.waitUntil(lambda: len(reports) == 2, timeout=20_000)
    assert [report.added for report in reports] == [1, 0]


def test_playlist_files(qtbot, library: Library, music: Path, tagged: Tagged, tmp_path: Path) -> None:
    path = tmp_path / "list.m3u"
    path.write_text(str(music / "a.flac"))
    failures: list[str] = []
    imported: list[object] = []
    library.import_playlist(path, imported.append, failures.append)
    qtbot.waitUntil(lambda: bool(imported), timeout=5_000)
    assert imported[0].unresolved == 1
    tagged("a.flac", title="Found later")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    playlists = library._db.playlists
    qtbot.waitUntil(lambda: len(playlists.tracks(imported[0].playlist_id)) == 1, timeout=5_000)
    playlist = playlists.get(imported[0].playlist_id)
    library.export_playlist(playlist, tmp_path / "out.xspf", lambda: imported.append("written"), failures.append)
    qtbot.waitUntil(lambda: imported[-1] == "written", timeout=5_000)
    library.import_playlist(tmp_path / "gone.m3u", imported.append, failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=5_000)
    assert "cannot be read" in failures[0]


def test_albums_and_artists_speak_the_search_language(qtbot, library: Library, music: Path, tagged: Tagged) -> None:
    tagged("a.flac", title="One", artist="Xenia", album="Early", genre="Jazz", date="1971")
    tagged("b.flac", title="Two", artist="Yann", album="Late", genre="Jazz", date="1999")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    albums = asked(qtbot, library.find_albums, AlbumQuery(text="genre:jazz year:1970..1979"))
    assert [album.title for album in albums] == ["Early"]
    assert [artist.name for artist in asked(qtbot, library.find_artists, "year:>1990")] == ["Yann"]
    assert [album.title for album in asked(qtbot, library.find_albums, AlbumQuery(text="late"))] == ["Late"]
    assert len(asked(qtbot, library.find_tracks, TrackQuery(text="()"))) == 0


def test_too_many_folders_to_watch_are_said_once(
    qtbot, database: Database, storage_lane: Lane, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.library._ground._MOST_FOLDERS", 0)
    told: list[bool] = []
    for _ in range(2):
        library = Library(database, storage_lane)
        library.not_watched.connect(lambda: told.append(True))
        refused: list[bool] = []
        library._watcher.too_many.connect(lambda refused=refused: refused.append(True))
        scanned(qtbot, library, lambda library=library: library.add_root(str(music)) or library.scan())
        qtbot.waitUntil(lambda refused=refused: bool(refused), timeout=10_000)
        storage_lane.call(lambda: None)
        qtbot.waitUntil(lambda: bool(told), timeout=5_000)
        library.close()
    assert told == [True]


def test_what_a_later_key_made_void_is_not_looked_up(
    qtbot, library: Library, music: Path, tagged: Tagged, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagged(music / "a.flac", title="River")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    looked_up: list[str] = []
    find = TrackStore.find

    def watched(store: TrackStore, query: TrackQuery, wanted: Callable[[], bool]) -> object:
        looked_up.append(query.text)
        return find(store, query, wanted)

    monkeypatch.setattr(TrackStore, "find", watched)
    asked(qtbot, lambda done: library.find_tracks(TrackQuery(text="r"), done, lambda: False))
    assert looked_up == []
    assert len(asked(qtbot, lambda done: library.find_tracks(TrackQuery(text="riv"), done, lambda: True))) == 1
    assert looked_up == ["riv"]
    for ask, question in (
        (library.find_tracks, TrackQuery(text="riv")),
        (library.find_albums, AlbumQuery(text="title:riv")),
        (library.find_artists, "title:riv"),
    ):
        answers = iter([True])  # void once it has begun
        given_up = asked(
            qtbot, lambda done, ask=ask, of=question, more=answers: ask(of, done, lambda: next(more, False))
        )
        assert len(given_up) == 0


def test_a_file_that_ended_the_sound_process_twice_is_marked(qtbot, library, music, tagged) -> None:
    """Its beginning may be decoded without a fault: no look is taken."""
    tagged("a.flac", title="One")
    scanned(qtbot, library, lambda: library.add_root(str(music)))
    (track_id,) = asked(qtbot, library.find_tracks, TrackQuery())
    with qtbot.waitSignal(library.changed, timeout=20_000):
        library.look_into(library.track(track_id), PROCESS_LOST_AGAIN)
    track = library.track(track_id)
    assert (track.playable, track.problem) == (False, PROCESS_LOST_AGAIN)
