"""Files named by the user become tracks."""

from pathlib import Path

from player.library import open_files
from player.storage import Database
from tests.library.conftest import Tagged


def test_files_and_folders_in_order(database: Database, music: Path, tagged: Tagged) -> None:
    single = tagged("z.flac", "a.flac", title="Z")
    tagged("Album/02.flac", "b.flac", title="Two")
    tagged("Album/01.flac", "c.flac", title="One")
    (music / "Album" / "broken.mp3").write_bytes(b"noise")
    ids, problems = open_files(database, [str(single), str(music / "Album"), str(single), str(music / "gone.mp3")])
    assert [track.title for track in database.tracks.get(ids)] == ["Z", "One", "Two", "Z"]
    assert [Path(problem.path).name for problem in problems] == ["broken.mp3", "gone.mp3"]
    again, _ = open_files(database, [str(single)])
    assert again == ids[:1]
    assert database.tracks.count() == 3


def test_nothing_asked_nothing_started(database: Database) -> None:
    assert open_files(database, []) == ([], [])


def test_a_playlist_stands_for_its_entries(database: Database, music: Path, tagged: Tagged) -> None:
    one = tagged("one.flac", "a.flac", title="One", artist="Ada")
    known = tagged("known.flac", "b.flac", title="Known", artist="Beth")
    ids, _ = open_files(database, [str(known)])
    playlist = music / "mix.m3u8"
    playlist.write_text(
        "#EXTM3U\n"
        "#EXTINF:-1,Beth - Known\nelsewhere/nowhere.flac\n"
        f"{one.name}\n"
        "gone.flac\n"
        "http://radio.example/stream\n",
        encoding="utf-8",
    )
    tracks, problems = open_files(database, [str(playlist)])
    assert [track.title for track in database.tracks.get(tracks)] == ["Known", "One"]
    assert tracks[0] == ids[0]
    assert [(Path(problem.path).name, problem.why.split()[0]) for problem in problems] == [
        ("gone.flac", "The"),
        ("stream", "It"),
    ]


def test_an_empty_or_broken_playlist_says_why(database: Database, music: Path) -> None:
    (music / "empty.m3u").write_text("#EXTM3U\n")
    (music / "broken.xspf").write_text("no XML")
    tracks, problems = open_files(database, [str(music / "empty.m3u"), str(music / "broken.xspf")])
    assert tracks == []
    assert [Path(problem.path).name for problem in problems] == ["empty.m3u", "broken.xspf"]
    assert problems[0].why == "Nothing is in this playlist."
