"""What hands do to a window: keys pressed, things dropped; and suggestions to fill Up Next with."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.domain import ReasonKind, ReasonText, Suggestion, TrackId

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def suggestions(*ids: TrackId) -> list[Suggestion]:
    reason = ReasonText(ReasonKind.SIMILAR, "Like what you play now", 0.6)
    return [Suggestion(i, 1.0 / (n + 1), (reason,), "test") for n, i in enumerate(ids)]


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key press wherever the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def drop(view: QWidget, data: QMimeData, point: QPointF) -> None:
    """Drop data at a point of a list."""
    event = QDropEvent(point, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    view.dropEvent(event)
