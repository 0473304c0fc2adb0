"""Asking before something is deleted for good: in place, without a box that keeps the music or the window waiting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.labels import TextLabel


class ConfirmRow(QWidget):
    """A button that asks where it stands; the focus goes to the harmless answer, Escape gives it.

    Signals:
        asked(): The question stands open now.
        confirmed(): The user wants it.

    Attributes:
        answers: The row of the question; it may be turned where it is narrow.

    Args:
        look: How to draw.
        action: What the button does.
        about: What will be gone, and what will stay.
        yes: The answer that does it.
    """

    asked = Signal()
    confirmed = Signal()

    def __init__(self, look: Look, action: str, about: str, yes: str) -> None:
        super().__init__()
        self.button = TextButton(look, action, icon="trash")
        self.button.clicked.connect(self._ask)
        self.yes = TextButton(look, yes, role="main")
        self.yes.setAccessibleName(f"{action}: {yes}")
        self.yes.clicked.connect(self._confirm)
        self.no = TextButton(look, self.tr("Keep it"))
        self.no.clicked.connect(self.close_question)
        self._question = QWidget()
        answers = self.answers = QHBoxLayout(self._question)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(8)
        warning = TextLabel(look, self.tr("This cannot be undone."), font="second", colour="bad")
        for widget in (warning, self.yes, self.no):
            answers.addWidget(widget)
        answers.addStretch()
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(TextLabel(look, about, font="small", colour="text2", wrap=True))
        column.addWidget(self._question)
        self._question.hide()

    @property
    def asking(self) -> bool:
        """Whether the question stands open."""
        return not self._question.isHidden()

    def close_question(self) -> None:
        """Take the question away; nothing happens."""
        had_focus = self._question.isAncestorOf(self.focusWidget() or self)
        self._question.hide()
        self.button.setEnabled(True)
        if had_focus:
            self.button.setFocus()

    def _ask(self) -> None:
        self.button.setEnabled(False)
        self._question.show()
        self.no.setFocus()
        self.asked.emit()

    def _confirm(self) -> None:
        self.close_question()
        self.confirmed.emit()

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape and self.asking:
            self.close_question()
        else:
            super().keyPressEvent(event)
