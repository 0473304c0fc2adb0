"""A crash leaves a report without names; a run that ends well, or is killed, leaves none."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from player.cli import _crash
from player.cli._crash import CrashReport, newest_report
from player.cli._logs import log_kept
from player.paths import Profile
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT

CRASH = """
import logging, os, signal, sys
from pathlib import Path
from player.cli._logs import log_kept
from player.paths import Profile

with log_kept(Profile.at(Path(sys.argv[1]))):
    logging.getLogger("player.test").info("now playing %s", "Secret Song")
    os.kill(os.getpid(), int(sys.argv[2]))
"""


def run(profile: Profile, signal: int) -> None:
    subprocess.run(
        [sys.executable, "-c", CRASH, str(profile.data), str(signal)], cwd=ROOT, check=False, capture_output=True
    )


@pytest.mark.skipif(os.name == "nt", reason="crashes by signal")
def test_a_crash_leaves_a_report_without_names(profile: Profile) -> None:
    run(profile, 11)
    report = newest_report(profile)
    assert report is not None
    text = report.read_text("utf-8")
    assert text.startswith("Segue ")
    assert "Python 3" in text
    assert "INFO player.test: now playing %s" in text
    assert "Segmentation fault" in text
    assert "Secret" not in text
    assert not list(profile.logs.glob("running-*"))


@pytest.mark.skipif(os.name == "nt", reason="killed by signal")
def test_what_was_killed_leaves_no_report(profile: Profile) -> None:
    run(profile, 9)
    assert len(list(profile.logs.glob("running-*"))) == 1
    assert newest_report(profile) is None
    assert not list(profile.logs.glob("running-*"))


def test_a_fault_of_our_own_leaves_a_report(profile: Profile, expect_log: ExpectLog) -> None:
    expect_log("the command failed")
    title = "".join(["Sec", "ret"])
    with log_kept(profile):
        try:
            raise KeyError(title)
        except KeyError:
            logging.getLogger("player.cli._run").exception("the command failed")
    report = newest_report(profile)
    assert report is not None
    assert "KeyError" in report.read_text("utf-8")
    assert "test_crash.py" in report.read_text("utf-8")
    assert "Secret" not in report.read_text("utf-8")


def test_a_run_that_ends_well_leaves_nothing(profile: Profile) -> None:
    with log_kept(profile):
        logging.getLogger("player").info("fine")
    assert [file.name for file in profile.logs.iterdir()] == ["segue.log"]


def test_reports_stay_small_and_few(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_crash, "MAX_REPORTS", 2)
    for number in range(4):
        (profile.logs / f"crash-2026010{number}-000000.txt").touch()
    report = CrashReport(profile)
    for number in range(5_000):
        report.emit(logging.LogRecord("a", logging.INFO, "", 0, "line %s of /home/me/x.mp3", (number,), None))
    (running,) = profile.logs.glob("running-*")
    assert running.stat().st_size < 30_000
    report._is_fault = True
    report.close()
    assert len(list(profile.logs.glob("crash-*"))) == 2


@pytest.mark.parametrize(
    ("said", "kept"),
    [("/music/Secret.mp3: is damaged", ""), ("no cover from “Secret”", "no cover from "), ("scanned", "scanned")],
)
def test_messages_that_were_put_together_lose_their_names(profile: Profile, said: str, kept: str) -> None:
    report = CrashReport(profile)
    report.emit(logging.LogRecord("a", logging.INFO, "", 0, said, None, None))
    (running,) = profile.logs.glob("running-*")
    assert running.read_text("utf-8").splitlines()[-1].endswith(f"a: {kept}")
    report.close()


def test_the_home_folder_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_crash.Path, "home", lambda: Path("/home/secret"))
    assert _crash._homeless('File "/home/secret/segue/x.py"') == 'File "~/segue/x.py"'
