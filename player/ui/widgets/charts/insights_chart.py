"""How well versions of the model foretell: a small chart for each figure, one column for each version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.application.insights import Fate
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import mirrored

MARK = 9.0
PLOT = 66
GAP = 14
DASH = 20.0
MOST_COLUMN = 170.0
COLOURS = {Fate.IN_USE: "accent", Fate.USED: "text2", Fate.ROLLED_BACK: "bad", Fate.REJECTED: "text3"}


@dataclass(frozen=True, slots=True)
class Column:
    """One version of the model.

    Attributes:
        fate: What became of it.
        label: What stands below, such as the day.
        before: Each figure of the version in use before; None where it is not known.
        after: Each figure of this version, on the same plays.
    """

    fate: Fate
    label: str
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]


def draw_mark(painter: QPainter, fate: Fate, colour: QColor, centre: QPointF, side: float = MARK) -> None:
    """The mark of a version: a full disc, a small disc, an open ring or a cross, so that it is not by colour alone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = side / 2
    if fate in (Fate.IN_USE, Fate.USED):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = half + 1 if fate is Fate.IN_USE else half - 1
        painter.drawEllipse(centre, radius, radius)
        return
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if fate is Fate.ROLLED_BACK:
        painter.drawEllipse(centre, half - 0.5, half - 0.5)
        return
    arm = QPointF(half - 1, half - 1)
    painter.drawLine(centre - arm, centre + arm)
    arm = QPointF(half - 1, 1 - half)
    painter.drawLine(centre - arm, centre + arm)


class FateMark(QWidget):
    """The mark of a version, for a row of a list; what it means stands beside it in words."""

    def __init__(self, look: Look, fate: Fate) -> None:
        super().__init__()
        self._look = look
        self._fate = fate
        self.setFixedSize(16, 16)
        look.changed.connect(self.update)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark."""
        painter = QPainter(self)
        draw_mark(painter, self._fate, self._look.theme.colour(COLOURS[self._fate]), QRectF(self.rect()).center())
        painter.end()


class VersionChart(QWidget):
    """Figures over versions, oldest first: a mark for each version, a dash for the one before on the same plays.

    Args:
        look: How to draw.
        name: Accessible name; `show_columns` completes it.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._figures: Sequence[str] = ()
        self._columns: Sequence[Column] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.restyled.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def show_columns(self, figures: Sequence[str], columns: Sequence[Column], told: str) -> None:
        """Show versions.

        Args:
            figures: Names of the figures; those that no version has are left out.
            columns: The versions, oldest first.
            told: The same in words, for screen readers.
        """
        self._figures, self._columns = figures, columns
        self.setAccessibleName(f"{self._name}: {told}")
        self.updateGeometry()
        self.update()

    def _known(self) -> list[int]:
        """The figures that some version has."""
        numbers = range(len(self._figures))
        return [number for number in numbers if any(column.after[number] is not None for column in self._columns)]

    def _line(self) -> int:
        return self._look.metrics("small").height()

    @guarded(lambda: QSize(280, 60))
    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        each = self._line() + PLOT + GAP
        return QSize(280, each * len(self._known()) + self._line())

    @guarded(lambda: QSize(160, 60))
    def minimumSizeHint(self) -> QSize:
        """Narrower makes the columns narrower."""
        return QSize(160, self.sizeHint().height())

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A chart for each figure, and the labels."""
        if not self._columns:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        step = min(self.width() / len(self._columns), self._look.px(MOST_COLUMN))
        top = 0.0
        for number in self._known():
            canvas.text("small", "text2", (0, top, self.width(), self._line()), self._figures[number])
            top += self._line()
            self._paint_figure(canvas, number, top, step)
            top += PLOT + GAP
        self._paint_labels(canvas, top, step)
        painter.end()

    def _paint_figure(self, canvas: Canvas, number: int, top: float, step: float) -> None:
        pairs = [(column.before[number], column.after[number]) for column in self._columns]
        values = [value for pair in pairs for value in pair if value is not None]
        low, high = min(values), max(values)
        span = max(high - low, 0.02)
        # Room above the highest mark for its value, below the lowest for half a mark.
        above, below = self._line() + MARK, MARK

        def y(value: float) -> float:
            return top + PLOT - below - ((value - (low + high - span) / 2) / span) * (PLOT - above - below)

        canvas.box("line", canvas.rect(0, top + PLOT, step * len(pairs), 1))
        for place, (before, after) in enumerate(pairs):
            if after is None:
                continue
            x, fate = step * (place + 0.5), self._columns[place].fate
            if before is not None:
                faint = self._look.theme.colour(COLOURS[fate], 0.5)
                canvas.box("text3", canvas.rect(x - DASH / 2, y(before) - 1, DASH, 2), 1)
                canvas.box(faint, canvas.rect(x - 0.75, min(y(before), y(after)), 1.5, abs(y(after) - y(before))))
            colour = self._look.theme.colour(COLOURS[fate])
            draw_mark(canvas.painter, fate, colour, canvas.rect(x, y(after), 0, 0).topLeft())
            text = f"{after:.3f}"
            if self._look.metrics("small").horizontalAdvance(text) + 4 <= step or place == len(pairs) - 1:
                ink = "text" if fate is Fate.IN_USE else "text2"
                upper = min(y(after), y(before) if before is not None else y(after)) - MARK / 2 - self._line()
                canvas.text("small", ink, (x - step / 2, upper, step, self._line()), text, Align.CENTRE)

    def _paint_labels(self, canvas: Canvas, top: float, step: float) -> None:
        """The later ones first; those without room are left out."""
        free = float(self.width())
        for place in range(len(self._columns) - 1, -1, -1):
            label = self._columns[place].label
            width = self._look.metrics("small").horizontalAdvance(label) + 8
            left = max(0.0, min(step * (place + 0.5) - width / 2, self.width() - width))
            if left + width <= free:
                canvas.text("small", "text3", (left, top, width, float(self._line())), label, Align.CENTRE)
                free = left
