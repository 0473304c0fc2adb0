"""Index, play, log, choose: the whole loop from the command line."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.paths import Profile
from player.storage import Database
from tests.bed.logs import ExpectLog
from tests.cli.command import Segue, song


def test_a_folder_is_indexed_and_then_known(segue: Segue, music: Path) -> None:
    first = segue("scan", music, "--json")
    assert first.code == 0
    assert (first.document["seen"], first.document["added"], first.document["tracks"]) == (16, 16, 16)
    assert first.document["unreadable"] == []
    song(music / "4" / "new.wav", title="New")
    again = segue("scan")
    assert again.code == 0
    assert again.out.startswith("17 files seen: 1 added, 0 updated")


def test_unreadable_files_are_named_and_not_fatal(segue: Segue, music: Path) -> None:
    (music / "broken.flac").write_bytes(b"not a sound")
    answer = segue("scan", music, "--json")
    assert answer.code == 1
    assert answer.document["seen"] == 17
    assert [Path(file["path"]).name for file in answer.document["unreadable"]] == ["broken.flac"]
    assert answer.document["unreadable"][0]["why"]


def test_tracks_are_found_by_words(segue: Segue, music: Path) -> None:
    segue("scan", music)
    answer = segue("search", "song", "2.3", "--json")
    assert [track["title"] for track in answer.document] == ["Song 2.3"]
    assert "Song 2.3" in segue("search", "artist", "2").out
    assert segue("search", "nothing like it", "--json").document == []


def test_files_are_played_to_the_end_and_logged(segue: Segue, music: Path) -> None:
    segue("scan", music)
    files = [music / "0" / "1.wav", music / "1" / "2.wav"]
    played = segue("play", *files, "--output", "null", "--speed", "max", "--json")
    assert played.code == 0
    assert [(play["path"], play["reason"]) for play in played.document["played"]] == [
        (str(file), "finished") for file in files
    ]
    log = segue("log", "--json").document
    assert [(play["title"], play["end_reason"], play["outcome"]) for play in log] == [
        ("Song 1.2", "finished", "played"),
        ("Song 0.1", "finished", "played"),
    ]
    assert all(play["listened_ms"] == pytest.approx(300, abs=5) for play in log)
    assert "Artist 1 - Song 1.2" in segue("log", "-n", "1").out


def test_files_unknown_so_far_come_into_the_library(segue: Segue, tmp_path: Path) -> None:
    file = song(tmp_path / "alone.wav", title="Alone")
    assert segue("play", file, "--output", "null", "--speed", "max").out == "- - Alone (0:00)\n"
    assert segue("search", "alone", "--json").document[0]["path"] == str(file)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
def test_file_names_that_are_no_text_are_no_trouble(segue: Segue, tmp_path: Path) -> None:
    file = song(Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.wav")))
    played = segue("play", file, "--output", "null", "--speed", "max", "--json")
    assert [play["path"] for play in played.document["played"]] == [str(file)]
    assert "Traceback" not in played.err
    assert segue("scan", tmp_path).code == 0
    assert segue("log").code == segue("next").code == 0
    file.with_suffix(".flac").write_bytes(b"no sound")
    scanned = segue("scan", tmp_path)
    assert "caf" in scanned.out + scanned.err
    assert "Traceback" not in scanned.err


def test_what_cannot_be_played_is_named(segue: Segue, music: Path) -> None:
    (music / "broken.wav").write_bytes(b"not a sound")
    files = [music / "nowhere.wav", music / "broken.wav", music / "0" / "1.wav"]
    answer = segue("play", *files, "--output", "null", "--speed", "max", "--json")
    assert answer.code == 1
    assert len(answer.document["problems"]) == 2
    assert [play["reason"] for play in answer.document["played"]] == ["finished"]
    assert "nowhere.wav" in answer.err


@pytest.mark.parametrize("how", ["damaged", "empty", "vanished"])
@pytest.mark.parametrize("bad", [{3}, {0}, {2, 3}, {0, 1, 2, 3}], ids=str)
def test_playing_ends_wherever_a_file_fails(
    segue: Segue, music: Path, expect_log: ExpectLog, bad: set[int], how: str
) -> None:
    """Files that were sound when the library was made."""
    expect_log("cannot be opened")
    expect_log("cannot play")
    segue("scan", music)
    files = sorted(music.rglob("*.wav"))[:4]
    for number in bad:
        if how == "vanished":
            files[number].unlink()
        else:
            files[number].write_bytes(b"no sound" if how == "damaged" else b"")
    answer = segue("play", *files, "--output", "null", "--speed", "max", "--json")
    assert answer.code == 1
    assert len(answer.document["problems"]) == len(bad)
    heard = [str(file) for number, file in enumerate(files) if number not in bad]
    assert [play["path"] for play in answer.document["played"]] == heard


def test_playing_what_the_library_misses_ends_at_once(segue: Segue, music: Path, expect_log: ExpectLog) -> None:
    expect_log("cannot play")
    segue("scan", music)
    gone = music / "0" / "1.wav"
    gone.unlink()
    segue("scan")
    answer = segue("play", gone, "--output", "null", "--speed", "max", "--json")
    assert answer.code == 1
    assert len(answer.document["problems"]) == 1


def test_next_gives_different_tracks_with_reasons(segue: Segue, music: Path) -> None:
    segue("scan", music)
    chosen = segue("next", "-n", "10", "--json").document
    assert len({track["id"] for track in chosen}) == 10
    assert all(track["reasons"] and track["title"] and Path(track["path"]).exists() for track in chosen)
    after = segue("next", "-n", "3", "--after", str(chosen[0]["id"]), "--json").document
    assert chosen[0]["id"] not in {track["id"] for track in after}
    assert "Artist" in segue("next", "-n", "2").out


def test_next_needs_a_library_and_known_tracks(segue: Segue, music: Path) -> None:
    empty = segue("next")
    assert (empty.code, empty.out) == (3, "")
    assert "segue scan DIR" in empty.err
    segue("scan", music)
    assert "no track with the id 999" in segue("next", "--after", "999").err


def wait_for_a_play(segue: Segue) -> None:
    """Until the log holds an open play."""
    path = Profile.at(segue.profile).database
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if path.exists():
            database = Database.open(path)
            try:
                if any(play.end_reason is None for play in database.plays.recent(1)):
                    return
            finally:
                database.close()
        time.sleep(0.05)
    pytest.fail("nothing was played")


@pytest.fixture
def playing(segue: Segue, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A player in a process of its own, in the middle of a long track."""
    file = song(tmp_path / "long.wav", 60_000, title="Long")
    segue("scan", tmp_path)
    with segue.start("play", file, "--output", "null") as process:
        try:
            wait_for_a_play(segue)
            yield process
        finally:
            process.kill()
            process.communicate()


def test_interrupting_is_logged_as_quit(segue: Segue, playing: subprocess.Popen[str]) -> None:
    playing.send_signal(signal.SIGINT)
    assert playing.wait(20) == 130
    (play,) = segue("log", "--json").document
    assert play["end_reason"] == "quit"
    assert play["outcome"] == "unknown"


@pytest.mark.usefixtures("playing")
def test_next_is_what_comes_after_the_track_that_plays(segue: Segue, music: Path) -> None:
    segue("scan", music)
    (play,) = segue("log", "--json").document
    chosen = {track["title"] for track in segue("next", "-n", "20", "--json").document}
    assert len(chosen) == 16
    assert play["title"] == "Long"
    assert "Long" not in chosen


def test_a_killed_player_leaves_a_row_that_is_closed_as_crashed(segue: Segue, playing: subprocess.Popen[str]) -> None:
    assert segue("log", "--json").document[0]["end_reason"] is None
    playing.kill()
    playing.wait(20)
    (play,) = segue("log", "--json").document
    assert play["end_reason"] == "crashed"
