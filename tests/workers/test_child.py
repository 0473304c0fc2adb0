"""Child processes: lines in and out, ends of every kind."""

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from player.workers import ChildProcess, child_command, child_environment

ROOT = Path(__file__).resolve().parents[2]
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
    assert child_command("player.tags") == [sys.executable, "-m", "player", "--child", "player.tags"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("player.tags") == [sys.executable, "--child", "player.tags"]


def test_children_find_our_packages_from_anywhere() -> None:
    with ChildProcess([sys.executable, "-c", "import os; os.chdir('/'); import player"], name="far") as process:
        assert process.wait(20) == 0
    assert child_environment()["OPENBLAS_NUM_THREADS"] == "1"


BUSY = "print('ready', flush=True)\nwhile True: sum(range(10**9))"
"""A loop inside one call: no other thread of the process, and no signal handler, ever runs."""

_PARENT = """
import sys, threading
from player.workers import ChildProcess, child_command
def start():
    child = ChildProcess({command}, name="child")
    {ready}
    print(child.pid, flush=True)
    children.append(child)
children = []
thread = threading.Thread(target=start)
thread.start()
thread.join()
threading.Event().wait()
"""


def _start_parent(command: str, ready: str) -> tuple[subprocess.Popen[str], psutil.Process]:
    """A process that starts a child in a thread that ends, and waits for ever."""
    code = _PARENT.format(command=command, ready=ready)
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=child_environment(), cwd=ROOT
    )
    return parent, psutil.Process(int(parent.stdout.readline()))


@pytest.mark.parametrize("how", ["kill", "terminate"])
@pytest.mark.parametrize("what", ["busy", "tags"])
def test_a_child_ends_with_its_parent_however_that_ends(tmp_path: Path, how: str, what: str) -> None:
    if what == "busy":
        parent, child = _start_parent(f"[sys.executable, '-c', {BUSY!r}]", "assert child.receive(20) == 'ready'")
    else:
        huge = tmp_path / "huge.mp3"
        with huge.open("wb") as file:
            file.truncate(2_000_000_000)
        parent, child = _start_parent("child_command('player.tags')", f"child.send({json.dumps(str(huge))!r})")
    assert child.is_running()
    getattr(parent, how)()
    parent.wait(10)
    parent.stdout.close()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running()


def test_the_child_outlives_the_thread_that_started_it() -> None:
    parent, child = _start_parent(f"[sys.executable, '-c', {ECHO!r}]", "child.send('a'); child.receive(20)")
    assert child.is_running()
    assert child.status() != psutil.STATUS_ZOMBIE
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    psutil.wait_procs([child], timeout=10)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's own")
def test_a_child_takes_no_more_memory_than_it_may() -> None:
    code = "try:\n x = bytearray(700_000_000)\nexcept MemoryError:\n print('too much')\nelse:\n print('enough')"
    with child(code) as process:
        assert process.receive(20) == "too much"


def test_nothing_stays_open_when_a_child_has_gone() -> None:
    me = psutil.Process()
    with child(ECHO):
        pass
    before = me.num_fds() if sys.platform != "win32" else me.num_handles()
    for _ in range(3):
        with child(ECHO):
            pass
    assert (me.num_fds() if sys.platform != "win32" else me.num_handles()) <= before
