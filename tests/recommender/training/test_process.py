"""Training as a process: lines of progress, a folder at the end, and an end within a moment when asked."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender import Artefact, Snapshot


@pytest.fixture
def command(tmp_path: Path, base: Artefact, history: Snapshot) -> list[str]:
    base.save(tmp_path / "base")
    history.save(tmp_path / "history.npz")
    return [
        *(sys.executable, "-m", "recommender.training"),
        *(str(tmp_path / "history.npz"), str(tmp_path / "out"), "--base", str(tmp_path / "base")),
    ]


def start(command: list[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_a_run_leaves_a_model_and_a_report(command: list[str], tmp_path: Path) -> None:
    with start(command) as process:
        assert process.stdout is not None
        lines = [json.loads(line) for line in process.stdout]
    assert process.returncode == 0
    assert lines[0]["stage"] == "load"
    assert lines[-1] == {"stage": "done", "seconds": lines[-1]["seconds"], "promoted": True}
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert Artefact.load(tmp_path / "out").version == report["version"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "history.npz", "out"]


@pytest.mark.parametrize("how", ["signal", "stdin"])
def test_a_request_to_stop_leaves_nothing(command: list[str], tmp_path: Path, how: str) -> None:
    with start(command) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        if how == "signal":
            process.send_signal(signal.SIGTERM)
        else:
            process.stdin.close()
        assert process.wait(30) == 3
    assert not (tmp_path / "out").exists()


def test_few_plays_leave_the_report_alone(
    command: list[str], tmp_path: Path, listener: Callable[[int], Snapshot]
) -> None:
    listener(40).save(tmp_path / "history.npz")
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.json"]
    assert not json.loads((tmp_path / "out" / "report.json").read_text())["promoted"]


def test_what_cannot_run_says_why(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "history.npz").write_bytes(b"nothing")
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 3
    assert "not a snapshot" in done.stderr
    assert "Traceback" not in done.stderr
