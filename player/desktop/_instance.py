"""One window per profile: a lock, a local socket for the remote control, and its client.

The socket lives where only the same user may connect (`UserAccessOption`). A second start finds the
lock taken and hands its arguments to the first.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from player.desktop._protocol import MAX_LINE, Request, answer, parse_answer, parse_request, refusal
from player.domain import KnownError
from player.paths import start_command

logger = logging.getLogger(__name__)
ANSWER_MS = 5_000
CONNECT_MS = 1_000
MAX_CLIENTS = 16


def socket_name(profile: Path) -> str:
    """Name of the socket of one user's profile; short, since paths of sockets may have 107 bytes only."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = hashlib.sha256(f"{user}\0{profile.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    folder = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return f"segue-{digest}" if os.name == "nt" else str(Path(folder) / f"segue-{digest}.socket")


class Instance(QObject):
    """The lock and the socket of a running window.

    Args:
        profile: Data folder of the profile.
        handle: Does a request on the GUI thread and returns its result (for JSON); KnownErrors become refusals.
        parent: Qt parent.
    """

    def __init__(self, profile: Path, handle: Callable[[Request], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handle = handle
        self._name = socket_name(profile)
        self._lock = QLockFile(str(profile / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._buffers: dict[QLocalSocket, bytearray] = {}

    def acquire(self) -> bool:
        """Become the one window; False where another one is running."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # left by a window that crashed: we hold the lock
        if not self._server.listen(self._name):
            logger.warning("remote control is off: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Give up the socket and the lock."""
        self._server.close()
        for socket in list(self._buffers):
            socket.abort()
        self._buffers.clear()
        self._lock.unlock()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._buffers) >= MAX_CLIENTS:
                socket.abort()
                socket.deleteLater()
                continue
            self._buffers[socket] = bytearray()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(lambda socket=socket: self._forget(socket))

    def _forget(self, socket: QLocalSocket) -> None:
        if self._buffers.pop(socket, None) is not None:
            socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        buffer = self._buffers.get(socket)
        if buffer is None:
            return
        buffer += bytes(socket.readAll().data())
        if b"\n" not in buffer:
            if len(buffer) > MAX_LINE:
                self._reply(socket, refusal("The request is too long."))
            return
        line, _, _ = bytes(buffer).partition(b"\n")
        self._reply(socket, self._answer(line))

    def _answer(self, line: bytes) -> bytes:
        try:
            return answer(self._handle(parse_request(line)))
        except KnownError as error:
            return refusal(str(error))
        except Exception:  # the border of the process: the window must outlive any request
            logger.exception("a remote command failed")
            return refusal("That did not work; the log file says why.")

    def _reply(self, socket: QLocalSocket, reply: bytes) -> None:
        self._buffers[socket].clear()
        socket.write(reply)
        socket.flush()
        socket.disconnectFromServer()


def ask(profile: Path, request: Request) -> Any:
    """Ask the running window; waits, so it is for the command line, never for the window itself.

    Raises:
        KnownError: no window is running, or it refused.
    """
    socket = QLocalSocket()
    socket.connectToServer(socket_name(profile))
    if not socket.waitForConnected(CONNECT_MS):
        raise KnownError(f"No Segue window is running with this profile. Start it with: {start_command()}")
    socket.write(request.line())
    received = bytearray()
    while b"\n" not in received and socket.waitForReadyRead(ANSWER_MS):
        received += bytes(socket.readAll().data())
    socket.abort()
    return parse_answer(bytes(received))
