"""Odd files and folders in the library, and folders that vanish while they are read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from mutagen import id3

from player.domain import TrackQuery
from player.library import scan
from player.storage import Database
from tests.audio_files import make
from tests.cli.command import library


@pytest.mark.parametrize("suffix", ["mp3", "flac", "wav", "ogg", "m4a"])
def test_a_file_of_two_gigabytes_of_nothing_is_named(database: Database, tmp_path: Path, suffix: str) -> None:
    with (tmp_path / f"a.{suffix}").open("wb") as file:
        file.truncate(2 << 30)
    report = scan(database, [str(tmp_path)])
    assert [one.path for one in report.unreadable] == [str(tmp_path / f"a.{suffix}")]


def test_sound_that_ends_in_two_gigabytes_of_nothing_is_found(database: Database, tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    with path.open("r+b") as file:
        file.truncate(2 << 30)
    report = scan(database, [str(tmp_path)])
    assert report.added + len(report.unreadable) == 1


def test_tags_of_ten_megabytes(database: Database, tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text="t" * 1_000_000))
    tags.add(id3.COMM(encoding=3, lang="eng", desc="", text="c" * 5_000_000))
    tags.add(id3.USLT(encoding=3, lang="eng", desc="", text="la " * 1_500_000))
    tags.add(id3.TXXX(encoding=3, desc="x" * 10_000, text=["y" * 100] * 1_000))
    tags.save(path)
    report = scan(database, [str(tmp_path)])
    assert (report.added, report.unreadable) == (1, ())
    (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
    assert len(track.title) < 100_000


def test_a_folder_of_fifty_thousand_entries(database: Database, tmp_path: Path) -> None:
    for number in range(50_000):
        os.close(os.open(tmp_path / f"{number}.txt", os.O_CREAT | os.O_WRONLY))
    make(tmp_path / "a.flac")
    assert scan(database, [str(tmp_path)]).added == 1


def test_a_folder_that_vanishes_in_a_scan(database: Database, tmp_path: Path) -> None:
    music = tmp_path / "music"
    library(music, artists=6)
    done: list[int] = []

    def vanish(progress: object) -> None:
        if not done:
            done.append(1)
            shutil.rmtree(music / "3")
            shutil.rmtree(music / "4")

    first = scan(database, [str(music)], progress=vanish)
    assert done
    assert first.added == 16
    second = scan(database, [str(music)])
    assert second.unreadable == ()
    assert database.tracks.count() == 16


def test_the_whole_library_vanishes_in_a_scan_and_comes_back(database: Database, tmp_path: Path) -> None:
    music, away = tmp_path / "music", tmp_path / "away"
    library(music)
    scan(database, [str(music)])
    done: list[int] = []

    def vanish(progress: object) -> None:
        if not done:
            done.append(1)
            music.rename(away)

    scan(database, [str(music)], progress=vanish)
    away.rename(music)
    report = scan(database, [str(music)])
    assert (report.added, report.unreadable) == (0, ())
    assert database.tracks.count() == 16


def test_loops_of_links(database: Database, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    make(tmp_path / "a" / "b" / "x.flac")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    report = scan(database, [str(tmp_path)])
    assert report.added == 1
