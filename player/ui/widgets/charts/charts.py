"""Small charts: bars side by side, and a bar in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import mirrored

HEIGHT = 120
MOST_STEP = 92.0
"""From one bar to the next at the most: few bars stand side by side rather than far apart."""


class BarChart(QWidget):
    """Bars for values over time, the last one in the accent, with a label below some.

    Args:
        look: How to draw.
        name: Accessible name.
        full: The value of a bar of full height, and what it is called at its line; None: the highest of the bars.
    """

    def __init__(self, look: Look, name: str, *, full: tuple[float, str] | None = None) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._full = full
        self._bars: Sequence[tuple[float, str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._resize_to_text()
        look.restyled.connect(self._resize_to_text)
        look.changed.connect(self.update)

    def _resize_to_text(self) -> None:
        """Words on and below the bars must leave these their room."""
        self.setFixedHeight(self._look.px(HEIGHT))

    def show_bars(self, bars: Sequence[tuple[float, str, str]]) -> None:
        """Show values, each with the words on its bar and those below it (empty for none)."""
        self._bars = bars
        self.setAccessibleName(f"{self._name}: " + ", ".join(text for _, text, _ in bars if text))
        self.update()

    @guarded(lambda: QSize(280, HEIGHT))
    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(280, self._look.px(HEIGHT))

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bars."""
        if not self._bars:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        highest = self._full[0] if self._full else max(value for value, _, _ in self._bars) or 1.0
        step = min(self.width() / len(self._bars), self._look.px(MOST_STEP))
        label = self._look.metrics("small").height() + 4
        room = self.height() - 2 * label
        if self._full:
            canvas.box("line", canvas.rect(0, label, self.width(), 1), 0)
            canvas.text("small", "text3", (0, 0, self.width(), float(label)), self._full[1], Align.END)
        for number, (value, text, _below) in enumerate(self._bars):
            tall = max(3.0, room * value / highest)
            x = number * step
            bar = canvas.rect(x + step * 0.18, label + room - tall, step * 0.64, tall)
            last = number == len(self._bars) - 1
            canvas.box("accent" if last else self._look.theme.colour("accent", 0.45), bar, 4)
            if value and step > self._look.metrics("small").horizontalAdvance(text) + 2:
                box = (x, label + room - tall - label, step, float(label))
                canvas.text("small", "text2", box, text, Align.CENTRE)
        self._paint_labels(canvas, step, label)
        painter.end()

    def _paint_labels(self, canvas: Canvas, step: float, height: int) -> None:
        """What stands below the bars; the later ones first, those without room are left out."""
        free = float(self.width())
        for number in range(len(self._bars) - 1, -1, -1):
            below = self._bars[number][2]
            width = self._look.metrics("small").horizontalAdvance(below) + 8
            left = max(0.0, min(number * step + (step - width) / 2, self.width() - width))
            if below and left + width <= free:
                canvas.text("small", "text3", (left, self.height() - height, width, float(height)), below, Align.CENTRE)
                free = left


class ShareBar(QWidget):
    """A name, a bar, a figure."""

    def __init__(self, look: Look, name: str, share: float, figure: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._share = min(1.0, max(0.0, share))
        self._figure = figure
        self.setAccessibleName(f"{name}: {figure}")
        self.setFixedHeight(look.metrics("body").height() + 10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        width, height = self.width(), self.height()
        name, figure = width * 0.36, self._look.metrics("digits").horizontalAdvance(self._figure) + 8
        canvas.text("body", "text", (0, 0, name - 12, height), self._name)
        track = width - name - figure - 8
        middle = height / 2 - 4
        canvas.box("hover", canvas.rect(name, middle, track, 8), 4)
        canvas.box("accent", canvas.rect(name, middle, max(8.0, track * self._share), 8), 4)
        canvas.text("digits", "text2", (width - figure, 0, figure, height), self._figure, Align.END)
        painter.end()
