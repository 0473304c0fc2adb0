"""One undo for everything: queue, playlists, thumbs, tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        self._gathered: list[Done] | None = None

    @property
    def text(self) -> str:
        """What `undo` would take back; empty where there is nothing."""
        return self._done[-1].text if self._done else ""

    def add(self, text: str, undo: Callable[[], None]) -> None:
        """Remember a change."""
        if self._gathered is not None:
            self._gathered.append(Done(text, undo))
            return
        self._done.append(Done(text, undo))
        del self._done[:-MOST]
        self.changed.emit(self.text)

    @contextmanager
    def together(self, text: str = "") -> Iterator[None]:
        """What is done within is taken back as one change: what a hand did at once is not undone piece by piece.

        Args:
            text: What was done; without it, what the first of the changes says of itself.
        """
        if self._gathered is not None:
            yield
            return
        gathered: list[Done] = []
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None
            if gathered:
                self.add(text or gathered[0].text, lambda: _take_back(gathered))

    def undo(self) -> str:
        """Take the newest change back; what it was, empty where there was none."""
        if not self._done:
            return ""
        done = self._done.pop()
        done.undo()
        self.changed.emit(self.text)
        return done.text


def _take_back(done: list[Done]) -> None:
    """Take several changes back, the newest first."""
    for step in reversed(done):
        step.undo()
