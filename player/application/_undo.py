"""One undo history for everything: queue, playlists, thumbs, tags, settings, wherever a change was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

MAX_STEPS = 100
"""Number of changes that can be taken back."""


@dataclass(frozen=True, slots=True, eq=False)
class UndoStep:
    """A change that can be taken back and done again; equal to itself only.

    Attributes:
        text: What was done, for menus and notices.
        undo: Takes it back.
        redo: Does it again.
    """

    text: str
    undo: Callable[[], None]
    redo: Callable[[], None]


class UndoHistory(QObject):
    """The changes that can be taken back, the newest first, and those that were and can be done again.

    A new change forgets what could be redone. The functions of a step must not add steps themselves. Neither waits:
    a step that writes hands its write to the storage lane, which keeps the order.

    Signals:
        changed(): Another change would be taken back or done again now: see `undo_text`, `redo_text`.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._together: list[UndoStep] | None = None

    @property
    def undo_text(self) -> str:
        """What `undo` would take back; empty if there is nothing."""
        return self._done[-1].text if self._done else ""

    @property
    def newest(self) -> UndoStep | None:
        """The step that `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def redo_text(self) -> str:
        """What `redo` would do again; empty if there is nothing."""
        return self._undone[-1].text if self._undone else ""

    def add(self, text: str, *, undo: Callable[[], None], redo: Callable[[], None]) -> UndoStep:
        """Remember a change; the step can be given to `retract`."""
        step = UndoStep(text, undo, redo)
        if self._together is not None:
            self._together.append(step)
        else:
            self._push(step)
        return step

    @contextmanager
    def together(self, text: str = "") -> Iterator[None]:
        """Count everything added inside as one change.

        Args:
            text: What was done; empty to take the text of the first change.
        """
        if self._together is not None:
            yield
            return
        steps: list[UndoStep] = []
        self._together = steps
        try:
            yield
        finally:
            self._together = None
            if steps:
                self._push(_joined(text or steps[0].text, steps) if len(steps) > 1 or text else steps[0])

    def retract(self, step: UndoStep) -> None:
        """Forget a step: its change could not be carried out. Does nothing if it is not here any more."""
        if step in self._done or step in self._undone:
            self._done = [one for one in self._done if one is not step]
            self._undone = [one for one in self._undone if one is not step]
            self.changed.emit()

    def undo(self) -> str:
        """Take the newest change back; returns what it was, empty if there was none."""
        return self._move(self._done, self._undone, lambda step: step.undo())

    def redo(self) -> str:
        """Do again what was taken back last; returns what it was, empty if there was nothing."""
        return self._move(self._undone, self._done, lambda step: step.redo())

    def clear(self) -> None:
        """Forget everything: what the steps would restore is not there any more."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def _push(self, step: UndoStep) -> None:
        self._done = [*self._done, step][-MAX_STEPS:]
        self._undone.clear()
        self.changed.emit()

    def _move(self, source: list[UndoStep], target: list[UndoStep], act: Callable[[UndoStep], None]) -> str:
        if not source:
            return ""
        step = source.pop()
        target.append(step)
        act(step)
        self.changed.emit()
        return step.text


def _joined(text: str, steps: list[UndoStep]) -> UndoStep:
    def undo() -> None:
        for step in reversed(steps):
            step.undo()

    def redo() -> None:
        for step in steps:
            step.redo()

    return UndoStep(text, undo, redo)
