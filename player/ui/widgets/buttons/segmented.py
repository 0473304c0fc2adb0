"""A row of choices of which one is on, such as Familiar - Balanced - Adventurous."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.widgets.buttons.controls import Segment

PADDING = 10
FONTS = ("second_medium", "small", "segment")
"""Largest first."""


class Segmented(QFrame):
    """Exclusive buttons side by side.

    Signals:
        chosen(int): The user chose the option of this number.

    Args:
        look: How to draw.
        name: Accessible name of the whole.
        options: Texts of the options, each with a tip.
        parent: Qt parent.
    """

    chosen = Signal(int)

    def __init__(
        self, look: Look, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for number, (text, tip) in enumerate(options):
            button = Segment(look, text)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self.chosen)
        look.restyled.connect(self._redraw)

    @property
    def choice(self) -> int:
        """The option that is on."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Switch an option on, silently."""
        button = self._group.button(number)
        if button is not None:
            button.setChecked(True)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the words."""
        super().resizeEvent(event)
        self._redraw()

    def _redraw(self) -> None:
        """Equal widths where every word fits, else each as wide as its word; smaller letters as the last resort."""
        buttons = [button for button in self._group.buttons() if isinstance(button, Segment)]
        free = self.width() - 6 - 2 * max(0, len(buttons) - 1)
        for font in FONTS:
            metrics = self._look.metrics(font)
            widths = [metrics.horizontalAdvance(button.text()) + PADDING for button in buttons]
            equal = max(widths, default=0) * len(buttons) <= free
            if equal or sum(widths) <= free:
                break
        for button, width in zip(buttons, widths, strict=True):
            button.font_name = font
            self._row.setStretchFactor(button, 1 if equal else width)
            button.updateGeometry()
