"""Forms: sheets over the window with fields to fill in. Not modal: the music goes on, Escape closes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.overlays.sheet import Sheet

WIDTH = 520


class Field(QLineEdit):
    """A line to fill in, with a ring in the accent for the focus."""

    def __init__(self, look: Look, name: str, text: str = "", hint: str = "") -> None:
        super().__init__(text)
        self._look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(look.font("body"))
        self.setCursorPosition(0)

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a ring with the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            Canvas(painter, self._look, self.rect()).ring(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)
            painter.end()


class FormSheet(Sheet):
    """A sheet with a title, rows of named controls, and two buttons.

    Signals:
        accepted(): The main button was pressed, or Enter in a field; the sheet has closed.

    Args:
        look: How to draw.
        parent: The window's content.
        title: Its heading.
        about: A line below, empty for none.
        action: What the main button does.
    """

    accepted = Signal()

    def __init__(self, look: Look, parent: QWidget, title: str, about: str, action: str) -> None:
        super().__init__(look, parent)
        self.card.setAccessibleName(title)
        self._first: QWidget | None = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        inside = QWidget()
        inside.setObjectName("clear")
        inside.setLayout(self.grid)
        scroll = QScrollArea()
        scroll.setObjectName("clear")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        save = TextButton(look, action, role="main")
        save.clicked.connect(self._accept)
        cancel = TextButton(look, self.tr("Cancel"), role="quiet")
        cancel.clicked.connect(self.close_sheet)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(TextLabel(look, title, font="panel", wrap=True))
        if about:
            column.addWidget(TextLabel(look, about, font="second", colour="text2", wrap=True))
        column.addWidget(scroll, 1)
        column.addLayout(buttons)

    def add_row(self, name: str, control: QWidget) -> None:
        """Add a named control."""
        label = TextLabel(self.look, name, font="second", colour="text2")
        label.setBuddy(control)
        row = self.grid.rowCount()
        self.grid.addWidget(label, row, 0)
        self.grid.addWidget(control, row, 1)
        self._first = self._first or control

    def add_field(self, name: str, text: str = "", hint: str = "") -> Field:
        """Add a line to fill in; Enter in it accepts."""
        field = Field(self.look, name, text, hint)
        field.returnPressed.connect(self._accept)
        self.add_row(name, field)
        return field

    def open_sheet(self) -> None:
        """Show it, ready to type."""
        super().open_sheet()
        if self._first is not None:
            self._first.setFocus()

    def place_card(self) -> None:
        """In the middle, as high as its rows need."""
        width = min(self.look.px(WIDTH), self.width() - 24)
        height = min(self.look.px(196) + self.grid.sizeHint().height(), self.height() - 24)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _accept(self) -> None:
        self.close_sheet()
        self.accepted.emit()
