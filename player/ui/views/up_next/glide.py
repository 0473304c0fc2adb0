"""Rows of Up Next glide to their new places when the queue changes."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEasingCurve, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QVariantAnimation
from PySide6.QtWidgets import QWidget

from player.domain import EntryId
from player.ui.look import Look
from player.ui.models.queue import QueueModel

GLIDE_MS = 200
MAX_ROWS = 40
"""Rows from the first visible one on that glide."""


class GlidingList(Protocol):
    """The list whose rows glide."""

    @property
    def queue(self) -> QueueModel:
        """The rows."""

    def viewport(self) -> QWidget:
        """Return what is painted on. As QAbstractItemView.viewport."""

    def isVisible(self) -> bool:
        """Return whether it is shown. As QWidget.isVisible."""

    def indexAt(self, point: QPoint, /) -> QModelIndex:
        """Return the row at a point. As QAbstractItemView.indexAt."""

    def visualRect(self, index: QModelIndex | QPersistentModelIndex, /) -> QRect:
        """Return where a row stands. As QAbstractItemView.visualRect."""

    def verticalOffset(self) -> int:
        """Return how far it is scrolled. As QAbstractItemView.verticalOffset."""


class Glide(QObject):
    """Tells how far from its place each row is painted while the rows move; nothing moves under reduced motion.

    Args:
        view: The list.
        look: Whether motion is wanted.
    """

    def __init__(self, view: GlidingList, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._look = look
        self._places: dict[EntryId, int] = {}
        self._from: dict[EntryId, int] = {}
        self._run = QVariantAnimation(self)
        self._run.setDuration(GLIDE_MS)
        self._run.setStartValue(1.0)
        self._run.setEndValue(0.0)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._moved)
        self._run.finished.connect(self._arrived)

    @property
    def running(self) -> bool:
        """Whether rows move."""
        return self._run.state() is QVariantAnimation.State.Running

    def offset(self, entry_id: EntryId) -> int:
        """How far below its place an entry is painted now, px."""
        far = self._from.get(entry_id, 0)
        return round(far * float(self._run.currentValue() or 0.0)) if far and self.running else 0

    def start(self) -> None:
        """The rows were laid out anew: those in sight set out from where they stood before."""
        before, self._places = self._places, self._now()
        height = self._view.viewport().height()
        self._from = {
            entry_id: max(-height, min(height, before[entry_id] - top))
            for entry_id, top in self._places.items()
            if entry_id in before and before[entry_id] != top
        }
        self._run.stop()
        if self._from and not self._look.reduced_motion and self._view.isVisible():
            self._run.start()

    def _now(self) -> dict[EntryId, int]:
        """Where the rows in sight, and some below them, are, wherever the list is scrolled to."""
        view, entries = self._view, self._view.queue.entries
        first = max(0, view.indexAt(view.viewport().rect().topLeft()).row())
        rows = range(first, min(len(entries), first + MAX_ROWS))
        scrolled = view.verticalOffset()
        return {entries[row].id: view.visualRect(view.queue.index(row)).top() + scrolled for row in rows}

    def _moved(self) -> None:
        self._view.viewport().update()

    def _arrived(self) -> None:
        self._from = {}
        self._view.viewport().update()
