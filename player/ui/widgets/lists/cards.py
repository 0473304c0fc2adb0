"""Drawing a card: cover, two lines, the button that plays; and how large it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from player.ui.covers import Covers
from player.ui.look import Look
from player.ui.models.cards import Card
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import mirrored

GAP = 22
RADIUS = 8.0
PLAY_SIDE = 42
LEAST_WIDTH = 120


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is drawn now."""

    hovered: bool = False
    focused: bool = False
    selected: bool = False


class CardPainter:
    """Draws cards, and knows their geometry within a cell.

    Args:
        view: Whose cards; its direction counts.
        look: How to draw.
        covers: Where covers come from.
        ideal_px: Width that cells are given about, at 100 %.
    """

    def __init__(self, view: QWidget, look: Look, covers: Covers, ideal_px: int) -> None:
        self._view = view
        self._look = look
        self._covers = covers
        self._ideal = ideal_px

    def cell(self, width: int) -> QSize:
        """The size of a cell where rows are `width` px wide."""
        least = 1 if width < 2 * LEAST_WIDTH else 2
        side = max(60, width // max(least, width // self._look.px(self._ideal)))
        text = self._look.metrics("row_title").height() + self._look.metrics("second").height()
        return QSize(side, side - GAP + text + 32)

    def cover_rect(self, cell: QRect) -> QRectF:
        """Where the cover is in a cell."""
        side = cell.width() - GAP
        return QRectF(cell.x() + (cell.width() - side) // 2, cell.y() + 6, side, side)

    def play_rect(self, cell: QRect) -> QRectF:
        """Where the button that plays is in a cell."""
        cover = self.cover_rect(cell)
        x = cover.left() + 12 if mirrored(self._view) else cover.right() - PLAY_SIDE - 12
        return QRectF(x, cover.bottom() - PLAY_SIDE - 12, PLAY_SIDE, PLAY_SIDE)

    def paint(self, painter: QPainter, cell: QRect, card: Card, state: CardState) -> None:
        """One card."""
        canvas = Canvas(painter, self._look, cell, mirrored=mirrored(self._view))
        cover = self.cover_rect(cell)
        side = cover.width()
        radius = side / 2 if card.round else RADIUS
        canvas.cover(self._covers.get(card.art, side, radius, canvas.dpr), cover, radius)
        if state.hovered:
            self._paint_button(canvas, cell, cover, radius)
        if state.focused or state.selected:
            canvas.ring(cover.adjusted(-3, -3, 3, 3), radius + 3)
        align = Align.CENTRE if card.round else Align.START
        line = self._look.metrics("row_title").height() + 2
        second = self._look.metrics("second").height()
        x, y = cell.x() + (cell.width() - side) / 2, cover.bottom()
        canvas.text("row_title", "text", (x, y + 8, side, line), card.title, align)
        canvas.text("second", "text2", (x, y + 9 + line, side, second), card.subtitle, align)

    def _paint_button(self, canvas: Canvas, cell: QRect, cover: QRectF, radius: float) -> None:
        canvas.box(self._look.theme.colour("side", 0.28), cover, radius)
        button = self.play_rect(cell)
        canvas.box("accent", button, PLAY_SIDE / 2)
        triangle = self._look.pixmap("play", "on_accent", 20, canvas.dpr, "fill")
        canvas.painter.drawPixmap(button.center().toPoint() - QPoint(9, 10), triangle)
