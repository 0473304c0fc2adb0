"""One window per profile: a lock, and a local socket for the remote control.

The socket lives where only the same user may connect (`UserAccessOption`). A second start finds the
lock taken and hands its arguments to the first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from player.desktop._client import socket_name
from player.desktop._protocol import MAX_LINE, Request, answer, parse_request, refusal
from player.domain import KnownError

logger = logging.getLogger(__name__)
MAX_CLIENTS = 16
MAX_BEHIND = 1 << 20
"""Bytes that a watcher may leave unread before it is let go."""
PATIENCE_MS = 5_000
"""So long a client may take for its request."""


class Instance(QObject):
    """The lock and the socket of a running window.

    Args:
        profile: Data folder of the profile.
        handle: Does a request on the GUI thread and returns its result (for JSON); KnownErrors become refusals.
        patience_ms: How long a client may take for its request.
        parent: Qt parent.
    """

    def __init__(
        self,
        profile: Path,
        handle: Callable[[Request], Any],
        parent: QObject | None = None,
        *,
        patience_ms: int = PATIENCE_MS,
    ) -> None:
        super().__init__(parent)
        self._patience_ms = patience_ms
        self._handle = handle
        self._name = socket_name(profile)
        self._lock = QLockFile(str(profile / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._buffers: dict[QLocalSocket, bytearray] = {}
        self._watchers: list[QLocalSocket] = []

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
        for socket in (*self._buffers, *self._watchers):
            socket.abort()
        self._buffers.clear()
        self._watchers.clear()
        self._lock.unlock()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._buffers) + len(self._watchers) >= MAX_CLIENTS:
                socket.abort()
                socket.deleteLater()
                continue
            self._buffers[socket] = bytearray()
            socket.setReadBufferSize(MAX_LINE + 1)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(lambda socket=socket: self._forget(socket))
            QTimer.singleShot(self._patience_ms, socket, lambda socket=socket: self._give_up(socket))

    def _forget(self, socket: QLocalSocket) -> None:
        self._buffers.pop(socket, None)
        if socket in self._watchers:
            self._watchers.remove(socket)
        socket.deleteLater()

    def broadcast(self, document: Callable[[], dict[str, Any]]) -> None:
        """Send an event to every client that watches; one that does not read is let go.

        Args:
            document: Makes what is sent; called where somebody watches only.
        """
        line = answer(document()) if self._watchers else b""
        for socket in list(self._watchers):
            if socket.bytesToWrite() > MAX_BEHIND:
                socket.abort()
            else:
                socket.write(line)
                socket.flush()

    def _give_up(self, socket: QLocalSocket) -> None:
        """Half a request, or none, is not waited for any longer: it would keep others out."""
        if socket in self._buffers:
            self._reply(socket, refusal("The request did not end."))

    def _read(self, socket: QLocalSocket) -> None:
        buffer = self._buffers.get(socket)
        if buffer is None:
            return  # it has been answered; one connection is one request
        buffer += bytes(socket.readAll().data())
        line, end, _ = bytes(buffer).partition(b"\n")
        if len(line) > MAX_LINE:
            self._reply(socket, refusal("The request is too long."))
        elif end:
            self._answer(socket, line)

    def _answer(self, socket: QLocalSocket, line: bytes) -> None:
        try:
            request = parse_request(line)
            reply = answer(self._handle(request))
        except KnownError as error:
            self._reply(socket, refusal(str(error)))
        except Exception:  # the border of the process: the window must outlive any request
            logger.exception("a remote command failed")
            self._reply(socket, refusal("That did not work; the log file says why."))
        else:
            self._reply(socket, reply, stays=request.command == "watch")

    def _reply(self, socket: QLocalSocket, reply: bytes, *, stays: bool = False) -> None:
        self._buffers.pop(socket, None)
        socket.write(reply)
        socket.flush()
        if stays:
            self._watchers.append(socket)
        else:
            socket.disconnectFromServer()
