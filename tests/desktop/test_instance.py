"""One window per profile, and its remote control over a local socket."""

import json
import os
import random
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalSocket

from player.desktop import _client as client
from player.desktop._client import _ask_pipe, ask, socket_name
from player.desktop._instance import MAX_CLIENTS, Instance
from player.desktop._protocol import MAX_LINE, Request, parse_answer, parse_request
from player.domain import KnownError, UsageError


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def patience_ms(request) -> int:
    """How long the window waits for a request; tests of that set another value."""
    return getattr(request, "param", 20_000)


@pytest.fixture
def served(runtime, qtbot, patience_ms):
    seen = []

    def handle(request: Request):
        seen.append(request)
        if request.command == "quit":
            raise UsageError("Not now.")
        if request.command == "stop":
            raise ZeroDivisionError
        return {"echo": request.command}

    instance = Instance(runtime, handle, patience_ms=patience_ms)
    assert instance.acquire()
    yield runtime, seen
    instance.close()


ASK = """
import sys
from pathlib import Path
from player.desktop import ask
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
    for end in (b"", b"\n"):
        with pytest.raises(KnownError, match="too long"):
            parse_answer(_send(qtbot, served[0], b"x" * (MAX_LINE + 10) + end))


def _send(qtbot, profile: Path, *parts: bytes) -> bytes:
    """What the window says to these bytes, until it ends the connection."""
    asker = QLocalSocket()
    with qtbot.waitSignal(asker.disconnected, timeout=20_000):
        asker.connectToServer(socket_name(profile))
        for part in parts:
            asker.write(part)
            asker.flush()
            QCoreApplication.processEvents()
    return bytes(asker.readAll().data())


def test_one_connection_is_one_request(served, qtbot):
    line = Request("status").line()
    for parts in ((line + line,), (line, line), (line[:7], line[7:] + line[:3])):
        served[1].clear()
        assert parse_answer(_send(qtbot, served[0], *parts)) == {"echo": "status"}
        assert served[1] == [Request("status")]


@pytest.mark.parametrize("patience_ms", [100], indirect=True)
@pytest.mark.parametrize("part", [b"", b'{"command": "sta', b"\x00" * 5_000])
def test_half_a_request_is_not_waited_for(served, qtbot, part):
    with pytest.raises(KnownError, match="did not end"):
        parse_answer(_send(qtbot, served[0], part))
    assert served[1] == []


@pytest.mark.parametrize("patience_ms", [1_000], indirect=True)
def test_a_crowd_that_says_nothing_does_not_keep_others_out_for_long(served, qtbot):
    silent = [QLocalSocket() for _ in range(MAX_CLIENTS + 5)]
    for one in silent:
        one.connectToServer(socket_name(served[0]))
    qtbot.waitUntil(
        lambda: all(s.state() is QLocalSocket.LocalSocketState.UnconnectedState for s in silent), timeout=20_000
    )
    assert _ask(qtbot, served[0], Request("status")) == "{'echo': 'status'}"


def test_any_bytes_are_refused_and_the_window_lives_on(served, qtbot):
    dice = random.Random(7)
    whole = Request("open", (["/m/a.mp3", "/m/ü.flac"],)).line()
    for _ in range(150):
        line = bytearray(dice.randbytes(dice.randrange(1, 60)) if dice.random() < 0.5 else whole)
        for _ in range(dice.randrange(1, 6)):
            line[dice.randrange(len(line))] = dice.randrange(256)
        said = _send(qtbot, served[0], bytes(line).replace(b"\n", b" ") + b"\n")
        assert json.loads(said)["ok"] in {True, False}
    assert all(isinstance(request, Request) for request in served[1])
    assert _ask(qtbot, served[0], Request("status")) == "{'echo': 'status'}"


@pytest.mark.skipif(os.name == "nt", reason="named pipes have no owner to look at")
def test_a_socket_that_is_not_ours_is_told_nothing(runtime, monkeypatch):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(socket_name(runtime))
    listener.listen()
    path = socket_name(runtime)
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    monkeypatch.setattr(client, "socket_name", lambda _profile: path)
    with pytest.raises(KnownError, match="No Segue window"):
        ask(runtime, Request("open", (["/secret/name.mp3"],)))
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()


def test_a_window_that_hangs_is_said_to(runtime, monkeypatch):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(socket_name(runtime))
    listener.listen()
    monkeypatch.setattr(client, "ANSWER_S", 0.05)
    with pytest.raises(KnownError, match="did not answer in time"):
        ask(runtime, Request("status"))
    listener.close()


def test_a_pipe_is_spoken_to_like_a_socket(tmp_path):
    # A file stands in for Windows' named pipe: what is read follows what was written.
    pipe = tmp_path / "pipe"
    request = Request("status")
    pipe.write_bytes(b" " * len(request.line()) + b'{"ok": true, "result": 7}\n')
    assert parse_answer(_ask_pipe(str(pipe), request)) == 7
    assert pipe.read_bytes().startswith(request.line())


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


WATCH = """
import json, sys
from pathlib import Path
from player.desktop import watch
for event in watch(Path(sys.argv[1])):
    print(json.dumps(event), flush=True)
"""


def test_a_watcher_gets_every_event_until_the_window_closes(runtime, qtbot):
    instance = Instance(runtime, lambda request: {"echo": request.command})
    assert instance.acquire()
    child = subprocess.Popen([sys.executable, "-c", WATCH, str(runtime)], stdout=subprocess.PIPE, text=True)
    made = []

    def event():
        made.append(len(made))
        return {"number": len(made)}

    # Nobody watches before the child has asked: what is made for nobody is not made.
    qtbot.waitUntil(lambda: (instance.broadcast(event), bool(made))[1], timeout=20_000)
    instance.broadcast(event)
    instance.close()
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    lines = child.communicate()[0].splitlines()
    assert [json.loads(line) for line in lines] == [{"echo": "watch"}, {"number": 1}, {"number": 2}]


@pytest.mark.skipif(os.name == "nt", reason="asks by a socket file")
def test_a_watcher_that_does_not_read_is_let_go(runtime, qtbot):
    instance = Instance(runtime, lambda _request: {})
    assert instance.acquire()
    made = []

    def event():
        made.append(1)
        return {"text": "x" * 100_000}

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as watcher:
        watcher.connect(socket_name(runtime))
        watcher.sendall(Request("watch").line())

        def let_go() -> bool:
            before = len(made)
            instance.broadcast(event)
            return 0 < before == len(made)

        qtbot.waitUntil(let_go, timeout=20_000)
    instance.close()
