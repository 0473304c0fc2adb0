"""What outlives a window that opens anew in another language: what can be taken back, the playlists, what is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from player.ui.look import Look
from player.ui.parts import Parts
from player.ui.track_actions import TrackActions


class Shared(QObject):
    """The services of a window that its successor takes over.

    Signals:
        said(Notice): Something to tell the user, in whichever window there is.
        going(Place): Somewhere to go.

    Args:
        parts: The running player.
        look: How to draw.
        parent: Qt parent.
    """

    said = Signal(object)
    going = Signal(object)

    def __init__(self, parts: Parts, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = parts.history
        self.playlists = parts.playlists
        self.tracks = TrackActions(parts, look, self.undo, self.playlists, self.said.emit, self.going.emit, self)
