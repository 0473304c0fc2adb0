"""Asking the running window, as the command line does: the standard library alone, so that a word takes no time.

The window listens at a socket file that only its user may use; on Windows, at a named pipe.
"""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from player.desktop._protocol import Request, parse_answer
from player.domain import KnownError
from player.paths import start_command

ANSWER_S = 5.0
CONNECT_S = 1.0
CHUNK = 1 << 16


class Stream(Protocol):
    """An open connection."""

    def read(self, size: int, /) -> bytes | None:
        """What has come, as soon as there is something; nothing at the end."""

    def write(self, data: bytes, /) -> int | None:
        """Send."""


def socket_name(profile: Path) -> str:
    """Name of the socket of one user's profile; short, since paths of sockets may have 107 bytes only."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = hashlib.sha256(f"{user}\0{profile.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    folder = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return f"segue-{digest}" if os.name == "nt" else str(Path(folder) / f"segue-{digest}.socket")


def ask(profile: Path, request: Request) -> Any:
    """Ask the running window; waits, so it is for the command line, never for the window itself.

    Raises:
        KnownError: no window is running, or it refused.
    """
    name = socket_name(profile)
    try:
        reply = _ask_pipe(rf"\\.\pipe\{name}", request) if os.name == "nt" else _ask_socket(name, request)
    except TimeoutError:
        reply = b""  # it runs, and does not answer
    except OSError as error:
        raise _nobody() from error
    return parse_answer(reply)


def watch(profile: Path) -> Iterator[Any]:
    """Yield what plays, then every event of the running window, until it quits. Blocks.

    Raises:
        KnownError: no window is running, or it refused.
    """
    name = socket_name(profile)
    try:
        if os.name == "nt":
            with open(rf"\\.\pipe\{name}", "r+b", buffering=0) as pipe:
                yield from _events(pipe)
        else:
            with _connected(name) as connection, connection.makefile("rwb", buffering=0) as stream:
                connection.settimeout(None)
                yield from _events(stream)
    except OSError as error:
        raise _nobody() from error


def _events(stream: Stream) -> Iterator[Any]:
    stream.write(Request("watch").line())
    received = bytearray()
    while chunk := stream.read(CHUNK):
        received += chunk
        while b"\n" in received:
            line, _, rest = bytes(received).partition(b"\n")
            received = bytearray(rest)
            yield parse_answer(line)


def _nobody() -> KnownError:
    return KnownError(f"No Segue window is running with this profile. Start it with: {start_command()}")


def _connected(path: str) -> socket.socket:
    """Return a connection to the window at this socket file.

    Raises:
        OSError: none listens there, or another user does, who must not learn what is asked.
    """
    found = os.lstat(path)
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{path} is not ours")
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_S)
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _ask_socket(path: str, request: Request) -> bytes:
    """Return the answer of the window at this socket file.

    Raises:
        OSError: as `_connected`, or it does not answer in time.
    """
    with _connected(path) as connection:
        connection.settimeout(ANSWER_S)
        with connection.makefile("rwb", buffering=0) as stream:
            return exchange(stream, request)


def _ask_pipe(path: str, request: Request) -> bytes:
    """The answer of the window at this named pipe of Windows, which knows no time limits of its own.

    Raises:
        OSError: none listens there.
        TimeoutError: it does not answer.
    """
    answers: list[bytes] = []
    with open(path, "r+b", buffering=0) as stream:
        reading = threading.Thread(target=lambda: answers.append(exchange(stream, request)), daemon=True)
        reading.start()
        reading.join(ANSWER_S)
        if not answers:
            raise TimeoutError
    return answers[0]


def exchange(stream: Stream, request: Request) -> bytes:
    """Send a request over an open stream and read its answer, as far as it comes.

    Raises:
        OSError: the stream breaks.
    """
    stream.write(request.line())
    received = bytearray()
    while b"\n" not in received and (chunk := stream.read(CHUNK)):
        received += chunk
    return bytes(received)
