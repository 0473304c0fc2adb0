"""A box for what keeps the window from opening: whoever starts Segue from a menu sees no terminal."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox

from player.paths import APP


def problem_box(text: str, *, restorable: bool) -> QMessageBox:
    """Return a box with a sentence, as plain text, and buttons to bring a copy back (where there is one) and to quit.

    It is accepted where the user wants the copy.
    """
    box = QMessageBox(QMessageBox.Icon.Critical, APP, text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if restorable:
        box.addButton(QCoreApplication.translate("Startup", "Bring the copy back"), QMessageBox.ButtonRole.AcceptRole)
    quit_ = box.addButton(QCoreApplication.translate("Startup", "Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(quit_)
    return box


def wants_copy(text: str, *, restorable: bool) -> bool:
    """Show the box and wait for the answer; whether the copy is wanted. Before the window's event loop only."""
    box = problem_box(text, restorable=restorable)
    box.exec()
    clicked = box.clickedButton()
    return clicked is not None and box.buttonRole(clicked) is QMessageBox.ButtonRole.AcceptRole
