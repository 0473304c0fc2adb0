"""What is shown where the window cannot open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from player.ui.startup_problem import problem_box


def test_the_box_at_the_start_shows_names_as_they_are(qtbot: QtBot) -> None:
    box = problem_box("<b>x</b>", restorable=True)
    qtbot.addWidget(box)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert [box.buttonRole(button) for button in box.buttons()].count(QMessageBox.ButtonRole.AcceptRole) == 1
    other = problem_box("x", restorable=False)
    qtbot.addWidget(other)
    assert len(other.buttons()) == 1
