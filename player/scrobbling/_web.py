"""Requests on Qt's network access: asynchronous, bounded, and given up at once when the player ends."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from player.scrobbling._calls import Call, Reply

TIMEOUT_MS = 20_000
MOST_BYTES = 1 << 20
"""No answer of these services is larger."""


class Web(QObject):
    """Sends requests; answers come on the GUI thread, from the event loop.

    Proxies and certificates are the system's. Redirections are not followed: a token goes where the user said.

    Args:
        agent: What the program calls itself.
        parent: Qt parent.
    """

    def __init__(self, agent: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._agent = agent
        self._manager: QNetworkAccessManager | None = None  # made with the first request: most never need it
        self._open: set[QNetworkReply] = set()

    def send(self, call: Call, done: Callable[[Reply], None]) -> None:
        """Send a request; `done` is told the answer, or that none came."""
        if self._manager is None:
            self._manager = QNetworkAccessManager(self)
        request = QNetworkRequest(QUrl(call.url))
        request.setTransferTimeout(TIMEOUT_MS)
        manual = QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        request.setAttribute(QNetworkRequest.Attribute.RedirectPolicyAttribute, manual)
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, self._agent)
        if call.authorization:
            request.setRawHeader(b"Authorization", call.authorization.encode())
        if call.body is None:
            reply = self._manager.get(request)
        else:
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, call.content_type)
            reply = self._manager.post(request, QByteArray(call.body))
        self._open.add(reply)
        reply.downloadProgress.connect(lambda received, _total: _stop_flood(reply, received))
        reply.finished.connect(lambda: self._finished(reply, done))

    def close(self) -> None:
        """Give up what is under way; nobody is told."""
        under_way, self._open = self._open, set()
        for reply in under_way:
            reply.abort()
            reply.deleteLater()

    def _finished(self, reply: QNetworkReply, done: Callable[[Reply], None]) -> None:
        if reply not in self._open:
            return
        self._open.discard(reply)
        reply.deleteLater()
        done(_read(reply))


def _stop_flood(reply: QNetworkReply, received: int) -> None:
    if received > MOST_BYTES:
        reply.abort()


def _read(reply: QNetworkReply) -> Reply:
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    headers = {
        bytes(name.data()).decode("latin-1").lower(): bytes(value.data()).decode("latin-1")
        for name, value in reply.rawHeaderPairs()
    }
    aborted = reply.error() is QNetworkReply.NetworkError.OperationCanceledError
    if status is None or aborted:
        return Reply(0, headers, b"", reply.errorString())
    return Reply(int(status), headers, bytes(reply.readAll().data())[:MOST_BYTES])
