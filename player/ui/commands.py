"""What can be done with the tracks of a list, and the plain keys for it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Command(Enum):
    """Something to do with the chosen rows of a list."""

    PLAY = "play"
    PLAY_NEXT = "play_next"
    ADD = "add"
    THUMB_UP = "thumb_up"
    THUMB_DOWN = "thumb_down"
    REMOVE = "remove"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"


ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLAIN = {
    Qt.Key.Key_Q: Command.ADD,
    Qt.Key.Key_Plus: Command.THUMB_UP,
    Qt.Key.Key_Equal: Command.THUMB_UP,
    Qt.Key.Key_Minus: Command.THUMB_DOWN,
    Qt.Key.Key_Delete: Command.REMOVE,
    Qt.Key.Key_Backspace: Command.REMOVE,
}
WITH_ALT = {Qt.Key.Key_Up: Command.MOVE_UP, Qt.Key.Key_Down: Command.MOVE_DOWN}
LEFT_TO_WINDOW = (Qt.Key.Key_Space, Qt.Key.Key_Question, Qt.Key.Key_Slash, Qt.Key.Key_F1)
"""Keys that lists would swallow but that mean something in the whole window."""

KEYBOARD_FOCUS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""The focus came by key: lists show where it is."""


def command_of(event: QKeyEvent) -> Command | None:
    """The command of a key press; None where it is something else."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in ENTER:
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            return Command.PLAY_NEXT
        return Command.PLAY if modifiers == Qt.KeyboardModifier.NoModifier else None
    if modifiers == Qt.KeyboardModifier.AltModifier:
        return WITH_ALT.get(key)
    if modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return PLAIN.get(key)
    return None
