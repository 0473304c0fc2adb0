"""Walking: links, hidden and system folders, case, cue sheets."""

import os
from pathlib import Path

import pytest

from player.library._walk import Walk


def names(root: Path) -> list[str]:
    return [os.path.relpath(found.path, root) for found in Walk(str(root)).files()]


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def test_suffixes_in_any_case(music: Path) -> None:
    put(music, "a.MP3", "b.Flac", "c.txt", "d", "e.jpg")
    assert names(music) == ["a.MP3", "b.Flac"]


@pytest.mark.parametrize(
    "folder", [".hidden", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "__MACOSX", "lost+found"]
)
def test_hidden_and_system_folders_are_left_out(music: Path, folder: str) -> None:
    put(music, f"{folder}/a.mp3", "b.mp3", "._b.mp3")
    assert names(music) == ["b.mp3"]


def test_folder_marked_nomedia_is_left_out(music: Path) -> None:
    put(music, "Ringtones/.nomedia", "Ringtones/a.mp3", "b.mp3")
    assert names(music) == ["b.mp3"]


def test_loop_of_links_ends(music: Path) -> None:
    put(music, "A/a.mp3")
    (music / "A" / "loop").symlink_to(music, target_is_directory=True)
    assert names(music) == ["A/a.mp3"]


def test_link_to_a_folder_inside_is_walked_once_under_its_real_name(music: Path) -> None:
    put(music, "Z/a.mp3")
    (music / "A").symlink_to(music / "Z", target_is_directory=True)
    assert names(music) == ["Z/a.mp3"]


def test_link_to_a_folder_outside_is_followed(music: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.mp3")
    (music / "Link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert names(music) == ["Link/a.mp3"]


def test_two_links_to_one_file(music: Path, tmp_path: Path) -> None:
    put(music, "b.mp3")
    put(tmp_path, "outside.mp3")
    os.link(music / "b.mp3", music / "c.mp3")
    (music / "a.mp3").symlink_to(music / "b.mp3")
    (music / "o.mp3").symlink_to(tmp_path / "outside.mp3")
    assert names(music) == ["b.mp3", "o.mp3"]


def test_link_to_nowhere_is_reported(music: Path) -> None:
    (music / "a.mp3").symlink_to(music / "gone.mp3")
    (music / "notes.txt").symlink_to(music / "gone.txt")
    walk = Walk(str(music))
    assert list(walk.files()) == []
    assert [file.path for file in walk.dangling] == [str(music / "a.mp3")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_no_file(music: Path) -> None:
    os.mkfifo(music / "a.mp3")
    assert names(music) == []


def test_cue_sheets_are_found_by_name(music: Path) -> None:
    put(music, "a.flac", "A.cue", "b.flac", "b.flac.cue", "c.flac")
    cues = {os.path.basename(found.path): os.path.basename(found.cue) for found in Walk(str(music)).files()}
    assert cues == {"a.flac": "A.cue", "b.flac": "b.flac.cue", "c.flac": ""}


def test_missing_root(tmp_path: Path) -> None:
    walk = Walk(str(tmp_path / "gone"))
    assert list(walk.files()) == []
    assert not walk.listed
    assert [folder.path for folder in walk.unlisted] == [str(tmp_path / "gone")]


def test_cancel_ends_the_walk(music: Path) -> None:
    put(music, "A/a.mp3", "B/b.mp3")
    walk = Walk(str(music))
    assert list(walk.files(lambda: True)) == []
