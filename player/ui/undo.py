"""One undo for everything: queue, playlists, thumbs, tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

MOST = 100


@dataclass(frozen=True, slots=True)
class Done:
    """A change that can be taken back.

    Attributes:
        text: What was done.
        undo: Takes it back.
    """

    text: str
    undo: Callable[[], None]


class Undo(QObject):
    """The changes that can be taken back, whoever made them; the newest goes first.

    Signals:
        changed(str): What `undo` would take back now; empty where there is nothing.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Done] = []

    @property
    def text(self) -> str:
        """What `undo` would take back; empty where there is nothing."""
        return self._done[-1].text if self._done else ""

    def add(self, text: str, undo: Callable[[], None]) -> None:
        """Remember a change."""
        self._done.append(Done(text, undo))
        del self._done[:-MOST]
        self.changed.emit(self.text)

    def undo(self) -> str:
        """Take the newest change back; what it was, empty where there was none."""
        if not self._done:
            return ""
        done = self._done.pop()
        done.undo()
        self.changed.emit(self.text)
        return done.text
