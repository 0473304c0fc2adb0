"""Child processes: lines in and out, ends of every kind."""

import sys

import psutil
import pytest

from player.workers import ChildProcess, child_command, child_environment

ECHO = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"


def child(code: str, *, low_priority: bool = False) -> ChildProcess:
    return ChildProcess([sys.executable, "-c", code], name="test child", low_priority=low_priority)


def test_lines_go_in_and_out() -> None:
    with child(ECHO) as process:
        process.send("abc")
        assert process.receive(10) == "cba"
        process.send("äöü")
        assert process.receive(10) == "üöä"
        process.end_input()
        assert process.receive(10) is None
        assert process.receive(10) is None
        assert process.wait(10) == 0


def test_a_child_that_does_not_answer_times_out_and_is_killed() -> None:
    with child("import time; time.sleep(60)") as process:
        with pytest.raises(TimeoutError, match="did not answer"):
            process.receive(0.01)
        with pytest.raises(TimeoutError, match="still runs"):
            process.wait(0.01)
        process.kill()
        assert process.receive(10) is None
    assert process.returncode not in (0, None)


def test_its_last_words_are_kept() -> None:
    with child("import sys; sys.exit('it is all over')") as process:
        assert process.receive(10) is None
        assert process.wait(10) == 1
    assert process.last_words == "it is all over"


def test_a_child_that_has_gone_takes_no_lines() -> None:
    with child("import sys; sys.stdin.close()") as process:
        process.wait(10)
        with pytest.raises(BrokenPipeError):
            process.send("x" * 100_000)


def test_closing_ends_it() -> None:
    process = child("import time; time.sleep(60)")
    process.close()
    assert not psutil.pid_exists(process.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes instead of numbers")
def test_low_priority_is_the_lowest() -> None:
    with child(ECHO, low_priority=True) as process:
        assert psutil.Process(process.pid).nice() == 19


def test_a_frozen_program_is_asked_to_be_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("player.tags") == [sys.executable, "-m", "player.tags"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("player.tags") == [sys.executable, "--child", "player.tags"]


def test_children_find_our_packages_from_anywhere() -> None:
    with ChildProcess([sys.executable, "-c", "import os; os.chdir('/'); import player"], name="far") as process:
        assert process.wait(20) == 0
    assert child_environment()["OPENBLAS_NUM_THREADS"] == "1"
