"""The command line, each command a process of its own: what it prints where, and how it ends."""

import json
import os
import subprocess
import sys

import pytest

from player.__main__ import main
from player.paths import Profile
from tests.flow.music import AMOUNT


@pytest.fixture
def segue(tmp_path):
    """Runs the command on a profile in `tmp_path`; tells what it printed and how it ended."""

    def run(*words, profile=tmp_path / "p", **environ):
        return subprocess.run(
            [sys.executable, "-m", "player", "--profile", str(profile), *map(str, words)],
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_index_play_log_choose(segue, collection):
    report = json.loads(segue("scan", collection, "--json").stdout)
    assert (report["seen"], report["added"], report["tracks"]) == (AMOUNT, AMOUNT, AMOUNT)

    files = sorted(collection.rglob("*.flac"))[:2]
    played = segue("play", *files, "--output", "null", "--speed", "max", "--json")
    assert played.returncode == 0, played.stderr
    log = json.loads(segue("log", "--json").stdout)
    assert [(play["end_reason"], play["listened_ms"] > 33_000) for play in log] == [("finished", True)] * 2

    chosen = json.loads(segue("next", "-n", "10", "--json").stdout)
    assert len({track["id"] for track in chosen}) == 10
    assert all(track["reasons"] and track["reasons"][0] for track in chosen)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("scan", "/no/such/folder"), 2),
        (("next",), 3),
        (("search",), 2),
        (("nonsense",), 2),
        (("play", "/no/such/file.flac", "--output", "null"), 1),
    ],
)
def test_exit_codes_and_no_traceback(tmp_path, capsys, words, code):
    try:
        ended = main(["--profile", str(tmp_path / "p"), *words])
    except SystemExit as exit_by_parser:
        ended = exit_by_parser.code
    output = capsys.readouterr()
    assert ended == code
    assert "Traceback" not in output.err
    assert output.out == "" or code == 0


def test_without_a_sound_output_it_says_so_and_logs_nothing(segue, collection):
    file = next(collection.rglob("*.flac"))
    ended = segue("play", file, "--json", PULSE_SERVER="unix:/nobody", SDL_AUDIODRIVER="none")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "--output null" in ended.stderr
    assert json.loads(segue("log", "--json").stdout) == []


def test_without_a_screen_it_says_so_and_offers_the_command_line(segue):
    ended = segue(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    if sys.platform.startswith("linux"):
        assert ended.returncode == 3
        assert "no screen" in ended.stderr
        assert "segue scan" in ended.stderr


def test_a_profile_that_cannot_be_used_is_named(segue, tmp_path):
    (tmp_path / "file").write_text("")
    ended = segue("log", profile=tmp_path / "file")
    assert ended.returncode == 3
    assert str(tmp_path / "file") in ended.stderr
    assert "Traceback" not in ended.stderr


def test_all_state_of_a_profile_is_in_its_folder(segue, collection, tmp_path):
    places = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    profile = Profile.at(tmp_path / "p")
    assert segue("scan", collection, profile=profile.data, **places).returncode == 0
    assert segue("next", profile=profile.data, **places).returncode == 0
    assert profile.database.exists()
    assert not any((tmp_path / name).exists() for name in places)
