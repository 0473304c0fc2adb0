"""Words, exit codes, streams."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from player.child import run_child
from player.cli import _run, remote
from player.cli._commands import COMMANDS, load
from player.cli._session import clock_text, complain
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT, Segue

HEAVY = ("PySide6", "numpy", "sqlalchemy", "onnxruntime", "av", "mutagen", "psutil")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom player.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_sub_command_explains_itself(segue: Segue, name: str) -> None:
    answer = segue(name, "--help")
    assert answer.code == 0
    assert f"segue {name}" in answer.out
    assert load(name).__doc__


def test_wrong_usage_is_2(segue: Segue) -> None:
    assert segue("scan", "--colour").code == 2
    assert segue("play").code == 3  # no window runs that could play on
    nowhere = segue("scan", "/no/such/folder")
    assert (nowhere.code, nowhere.out, nowhere.err) == (2, "", "segue: /no/such/folder is not a folder.\n")
    unknown = segue("dance")
    assert unknown.code == 2
    assert "“dance” is neither a sub-command nor a file" in unknown.err
    assert "Did you mean search?" in segue("serach", "x").err
    assert segue("log", "-n", "-1").code == 2


def test_without_a_screen_the_window_says_so(segue: Segue, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    answer = segue()
    assert answer.code == 3
    assert "segue scan DIR" in answer.err
    assert answer.err.count("\n") == 1


def test_a_profile_that_cannot_be_used_is_3(segue: Segue) -> None:
    segue.profile.write_text("a file, not a folder")
    answer = segue("log")
    assert answer.code == 3
    assert answer.err.startswith("segue: The folder")
    assert "Traceback" not in answer.err


def test_a_fault_of_ours_is_logged_and_said_in_one_line(
    segue: Segue, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("the command failed")
    monkeypatch.setattr(_run, "load", lambda _name: 1 / 0)
    answer = segue("log")
    assert answer.code == 3
    assert answer.err.startswith("segue: Segue has failed by a fault of its own")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    assert "ZeroDivisionError" in (segue.profile / "logs" / "segue.log").read_text()


def test_what_the_system_refuses_is_said(segue: Segue, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog) -> None:
    expect_log("the command failed")
    monkeypatch.setattr(_run, "load", lambda _name: (segue.profile / "gone").read_bytes())
    answer = segue("log")
    assert answer.code == 3
    assert answer.err.startswith("segue: The system refused: ")
    assert answer.err.endswith("gone: No such file or directory.\n")


def test_help_shows_on_any_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "player", "--help"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert b"SUBCOMMAND" in done.stdout


def test_json_is_all_there_is_on_standard_output(segue: Segue, music: Path) -> None:
    for words in (("scan", music), ("search", "song"), ("log",), ("next", "-n", "3"), ("train",)):
        answer = segue(*words, "--json")
        assert json.loads(answer.out) is not None, words


def test_training_with_few_plays_is_no_error(segue: Segue, music: Path) -> None:
    segue("scan", music)
    answer = segue("train", "--json")
    assert answer.code == 0
    assert set(answer.document) >= {"version", "events", "seconds", "before", "after", "promoted"}
    assert answer.document["promoted"] is False


def test_tracks_are_analysed_once(segue: Segue, music: Path) -> None:
    segue("scan", music)
    answer = segue("analyze", "--limit", "2", "--json")
    assert answer.code == 0
    assert (answer.document["analysed"], answer.document["remaining"]) == (2, 14)
    assert "2 tracks analysed" in segue("analyze", "--limit", "2").out


def test_the_doctor_names_every_part(segue: Segue, music: Path, expect_log: ExpectLog) -> None:
    segue("scan", music)
    answer = segue("doctor", "--json")
    parts = {part["what"]: part for part in answer.document}
    assert {"Python", "libraries", "disk", "database", "music folders", "sound", "model", "analysis"} <= set(parts)
    if not parts["sound"]["ok"]:
        expect_log("no sound output")
    assert parts["database"]["ok"]
    assert "16 tracks" in parts["database"]["says"]
    assert parts["model"]["says"].endswith("it suggests 3 tracks")
    assert answer.code == int(not all(part["ok"] for part in answer.document))


def test_a_listening_log_is_evaluated(segue: Segue, tmp_path: Path) -> None:
    rows = [f"{1_600_000_000 + 240 * n},Song {n % 7},Artist {n % 3}" for n in range(80)]
    log = tmp_path / "log.csv"
    log.write_text("ts,track,artist\n" + "\n".join(rows))
    answer = segue("evaluate", log, "--models", "frequency,segue", "--max-test", "5", "--json")
    assert answer.code == 0
    assert set(answer.document["models"]) == {"frequency", "segue"}
    assert "frequency" in segue("evaluate", log, "--models", "frequency", "--max-test", "5").out
    assert segue("evaluate", log, "--models", "magic").code == 2
    assert segue("evaluate", tmp_path / "nothing.csv").code == 3


def test_a_frozen_program_runs_its_children(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_child(["player.cli"]) == 2
    assert "needs one of" in capsys.readouterr().err
    command = [sys.executable, "-m", "player", "--child", "player.recommending.analysis", "a", "b"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "at most one argument: the sound model's file\n"


def test_file_names_that_are_no_text_are_escaped_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    complain("caf\udce9.ogg and\nBjörk")
    assert capsys.readouterr().err == "caf\\udce9.ogg and Björk\n"


def test_a_folder_without_music_is_a_problem(segue: Segue, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = segue("play", tmp_path / "empty", "--output", "null", "--json")
    assert answer.code == 1
    assert answer.document == {"played": [], "problems": ["There is no music in there."]}


@pytest.mark.parametrize(("milliseconds", "text"), [(0, "0:00"), (65_000, "1:05"), (3_723_000, "1:02:03")])
def test_lengths_read_like_a_clock(milliseconds: int, text: str) -> None:
    assert clock_text(milliseconds) == text


def test_options_may_stand_before_and_after_the_sub_command(segue: Segue, music: Path) -> None:
    segue("scan", music)
    words = [("--json", "search", "song"), ("search", "--json", "song"), ("search", "song", "--json")]
    answers = [segue(*each).document for each in words]
    assert answers[0] == answers[1] == answers[2] != []


def test_what_follows_two_dashes_is_no_option(segue: Segue, music: Path) -> None:
    segue("scan", music)
    assert segue("search", "--json", "--", "Song").document != []
    assert "“--json” is neither" in segue("--", "--json").err


def test_the_version_is_a_number(segue: Segue) -> None:
    assert re.fullmatch(r"Segue \d+\.\d+\.\d+", segue("--version").out.strip())


def test_empty_results_are_said(segue: Segue, music: Path) -> None:
    segue("scan", music)
    assert segue("search", "nothing like it").out == "Nothing found.\n"
    assert segue("log").out == "Nothing was played yet.\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_know_every_sub_command(segue: Segue, shell: str) -> None:
    answer = segue("completion", shell)
    assert answer.code == 0
    assert all(name in answer.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("90", ("seek", 90.0)),
        ("1:30", ("seek", 90.0)),
        ("1:00:00", ("seek", 3600.0)),
        ("+10", ("seek-by", 10.0)),
        ("-1.5", ("seek-by", -1.5)),
    ],
)
def test_positions_are_read_as_people_write_them(text: str, request_: tuple[str, float]) -> None:
    request = remote._request(argparse.Namespace(command="seek", value=text))
    assert (request.command, *request.args) == request_


@pytest.mark.parametrize("words", [("seek", "soon"), ("volume", "200"), ("volume", "loud"), ("queue", "add")])
def test_values_that_make_no_sense_are_wrong_usage(segue: Segue, words: tuple[str, ...]) -> None:
    assert segue(*words).code == 2


def test_ctrl_c_ends_with_130(segue: Segue, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_run, "load", interrupted)
    assert segue("log").code == 130


def test_relocate(segue: Segue, music: Path) -> None:
    segue("scan", music)
    new = music.with_name("new place")
    music.rename(new)
    answer = segue("relocate", music, new, "--json")
    assert (answer.code, answer.document["relocated"], answer.document["scan"]["added"]) == (
        0,
        answer.document["scan"]["seen"],
        0,
    )
    assert answer.document["relocated"] > 0
    assert segue("relocate", music, new).code == 2
    assert segue("relocate", new, music).code == 2  # nothing is there
