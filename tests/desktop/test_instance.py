"""One window per profile, and its remote control over a local socket."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from player.desktop._instance import Instance, ask, socket_name
from player.desktop._protocol import MAX_LINE, Request, parse_answer, parse_request
from player.domain import KnownError, UsageError


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def served(runtime, qtbot):
    seen = []

    def handle(request: Request):
        seen.append(request)
        if request.command == "quit":
            raise UsageError("Not now.")
        if request.command == "stop":
            raise ZeroDivisionError
        return {"echo": request.command}

    instance = Instance(runtime, handle)
    assert instance.acquire()
    yield runtime, seen
    instance.close()


ASK = """
import sys
from pathlib import Path
from player.desktop._instance import ask
from player.desktop._protocol import parse_request
from player.domain import KnownError
try:
    print(ask(Path(sys.argv[1]), parse_request(sys.argv[2].encode())))
except KnownError as error:
    print("refused:", error)
"""


def _ask(qtbot, profile: Path, request: Request) -> str:
    """Ask from another process, as the command line does, while this one runs the event loop."""
    child = subprocess.Popen(
        [sys.executable, "-c", ASK, str(profile), request.line().decode()], stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    return child.communicate()[0].strip()


def test_a_request_is_handled_and_answered(served, qtbot):
    profile, seen = served
    assert _ask(qtbot, profile, Request("seek", (12.5,))) == "{'echo': 'seek'}"
    assert seen == [Request("seek", (12.5,))]


def test_a_refusal_reaches_the_asker_in_words(served, qtbot):
    assert _ask(qtbot, served[0], Request("quit")) == "refused: Not now."


def test_a_bug_is_logged_and_the_window_lives_on(served, qtbot, expect_log):
    expect_log("a remote command failed")
    assert "log file" in _ask(qtbot, served[0], Request("stop"))
    assert _ask(qtbot, served[0], Request("status")) == "{'echo': 'status'}"


def test_without_a_window_it_says_how_to_start_one(runtime):
    with pytest.raises(KnownError, match=r"No Segue window.*segue\.py"):
        ask(runtime, Request("status"))


def test_only_one_window_per_profile(served):
    second = Instance(served[0], lambda request: None)
    assert not second.acquire()


def test_the_lock_of_a_killed_window_is_taken_over(runtime):
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from player.desktop._instance import Instance; app = QCoreApplication([]);"
        "i = Instance(Path(sys.argv[1]), print); assert i.acquire(); print('up', flush=True); app.exec()"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(runtime)], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"up\n"
    child.kill()
    child.wait()
    child.stdout.close()
    instance = Instance(runtime, lambda request: "alive")
    assert instance.acquire()
    instance.close()


@pytest.mark.skipif(os.name == "nt", reason="named pipes have no file mode")
def test_the_socket_is_the_users_alone(served):
    mode = os.stat(socket_name(served[0])).st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0


def test_an_endless_request_is_cut_off(served, qtbot):
    socket = QLocalSocket()
    socket.connectToServer(socket_name(served[0]))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"x" * (MAX_LINE + 10))
    with pytest.raises(KnownError, match="too long"):
        parse_answer(bytes(socket.readAll().data()))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"command": 7}',
        b'{"command": "format-disk"}',
        b'{"command": "seek"}',
        b'{"command": "seek", "args": ["soon"]}',
        b'{"command": "seek", "args": [NaN]}',
        b'{"command": "open", "args": ["a.mp3"]}',
        b'{"command": "open", "args": [["a\\u0000b"]]}',
        b'{"command": "status", "args": {}}',
        b"[" * 10_000,
    ],
)
def test_anything_malformed_is_refused(line):
    with pytest.raises(UsageError):
        parse_request(line)


def test_requests_survive_the_round_trip():
    request = Request("open", (["/m/a b.mp3", "/m/ü.flac"],))
    assert parse_request(request.line()) == request
    assert json.loads(request.line())["command"] == "open"
