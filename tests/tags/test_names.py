"""What names of files and folders say about files without tags."""

import os
from pathlib import Path

import pytest

from player.tags import read_track
from player.tags.read._names import NameGuess, disc_of_folder, guess, title_of
from tests.audio_files import make
from tests.tags._files import vorbis_file

ROOT = "/music"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Title.mp3", NameGuess("Title")),
        ("01 - Title.mp3", NameGuess("Title", track_no=1)),
        ("01. Title.mp3", NameGuess("Title", track_no=1)),
        ("01_Title.mp3", NameGuess("Title", track_no=1)),
        ("1-02 Title.mp3", NameGuess("Title", track_no=2, disc_no=1)),
        ("01 - Artist - Title.mp3", NameGuess("Title", "Artist", track_no=1)),
        ("Artist - Title.mp3", NameGuess("Title", "Artist")),
        ("Artist - 03 - Title.mp3", NameGuess("Title", "Artist", track_no=3)),
        ("Artist_-_Some_Title.mp3", NameGuess("Some Title", "Artist")),
        ("Artist/Album/01 Title.mp3", NameGuess("Title", "Artist", "Album", 1)),
        ("Artist/1999 - Album/01 Title.mp3", NameGuess("Title", "Artist", "Album", 1, date="1999")),
        ("Artist/Album (1999)/01 Title.mp3", NameGuess("Title", "Artist", "Album", 1, date="1999")),
        ("Artist - Album/Title.mp3", NameGuess("Title", "Artist", "Album")),
        ("Artist - 1999 - Album/Title.mp3", NameGuess("Title", "Artist", "Album", date="1999")),
        ("Artist/Album/CD2/03 Title.mp3", NameGuess("Title", "Artist", "Album", 3, 2)),
        ("Artist/Album/Disc 1 - Live/03 Title.mp3", NameGuess("Title", "Artist", "Album", 3, 1)),
        ("Downloads/Title.mp3", NameGuess("Title")),
        ("Music/Album/Title.mp3", NameGuess("Title", "", "Album")),
        ("99 Luftballons.mp3", NameGuess("Luftballons", track_no=99)),
        ("1999.mp3", NameGuess("1999")),
        ("01.mp3", NameGuess("01")),
        ("2 - 1.mp3", NameGuess("1", track_no=2)),
    ],
)
def test_guess(path: str, expected: NameGuess) -> None:
    assert guess(f"{ROOT}/{path}".replace("/", os.sep), ROOT) == expected


def test_folders_above_the_root_say_nothing() -> None:
    assert guess("/home/me/Title.mp3", "/home/me") == NameGuess("Title")
    assert guess("/home/me/x/Title.mp3") == NameGuess("Title")
    assert guess("/home/me/Artist - Album/Title.mp3") == NameGuess("Title", "Artist", "Album")


def test_title_is_never_empty() -> None:
    for name in ("01 - .mp3", " .mp3", ".mp3", "_.mp3", "--.mp3", "caf\udce9.mp3"):
        assert title_of(name).strip()


def test_untagged_file_is_named_from_its_path(tmp_path: Path) -> None:
    path = make(tmp_path / "Band" / "Record" / "02 - Song.wav")
    track = read_track(str(path), root=str(tmp_path))
    assert (track.title, track.artists, track.album, track.track_no) == ("Song", ("Band",), "Record", 2)


def test_tags_outweigh_names(tmp_path: Path) -> None:
    track = vorbis_file(tmp_path / "Band" / "Record" / "02 - Song.flac", {"ARTIST": "Someone"})
    assert (track.title, track.artists, track.album, track.track_no) == ("Song", ("Someone",), "", 2)
    track = vorbis_file(tmp_path / "02 - Song.flac", {"TITLE": "Other"})
    assert (track.title, track.track_no) == ("Other", None)


@pytest.mark.parametrize(
    ("folder", "disc"),
    [("CD1", 1), ("Disc 02", 2), ("disk-3 (bonus)", 3), ("Vol. 2", None), ("Album", None), ("CD", None)],
)
def test_a_disc_folder_numbers_the_disc_of_tagged_files(folder: str, disc: int | None) -> None:
    assert disc_of_folder(f"/music/Artist/Album/{folder}/01.flac") == disc
