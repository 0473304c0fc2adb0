"""Drawing a row or a card: every rectangle goes through one mirror, so right-to-left comes for free."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from player.ui.look import Look

MIN_TEXT_WIDTH = 8


class Align(Enum):
    """Where a line begins; swapped when mirrored."""

    START = 0
    CENTRE = 1
    END = 2


class Canvas:
    """A painter with a look, for one area.

    Coordinates are logical px as in a left-to-right layout; `area` is what they are mirrored in.

    Args:
        painter: Begins and ends elsewhere.
        look: Colours, fonts, icons.
        area: The row's or card's rectangle.
        mirrored: Whether the layout runs from right to left.
    """

    __slots__ = ("area", "dpr", "look", "mirrored", "painter")

    def __init__(self, painter: QPainter, look: Look, area: QRect, *, mirrored: bool = False) -> None:
        self.painter = painter
        self.look = look
        self.area = area
        self.mirrored = mirrored
        self.dpr = painter.device().devicePixelRatioF()

    def rect(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A logical rectangle on the device."""
        return mirror(self.area, x, y, width, height, mirrored=self.mirrored)

    def text(
        self,
        font: str,
        colour: str | QColor,
        box: tuple[float, float, float, float],
        text: str,
        align: Align = Align.START,
    ) -> float:
        """One elided line, centred vertically in `box` (x, y, width, height); its width."""
        x, y, width, height = box
        if width < MIN_TEXT_WIDTH or not text:
            return 0.0
        line = self.look.text(font, text, int(width))
        place = self.rect(x, y, width, height)
        end = align is Align.END if not self.mirrored else align is Align.START
        left = place.x() + (place.width() - line.width if end else 0)
        if align is Align.CENTRE:
            left = place.x() + (place.width() - line.width) / 2
        self.painter.setFont(self.look.font(font))
        self.painter.setPen(self._colour(colour))
        self.painter.drawStaticText(QPointF(left, place.y() + (height - line.height) / 2), line.text)
        return line.width

    def icon(self, name: str, colour: str, x: float, y: float, px: int, weight: str = "regular") -> None:
        """An icon of `px` x `px` at (x, y)."""
        self.painter.drawPixmap(self.rect(x, y, px, px).topLeft(), self.look.pixmap(name, colour, px, self.dpr, weight))

    def box(self, colour: str | QColor, rect: QRectF, radius: float = 0.0) -> None:
        """A filled rectangle with round corners."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self._colour(colour))
        self.painter.drawRoundedRect(rect, radius, radius)

    def ring(self, rect: QRectF, radius: float = 0.0, colour: str = "accent", width: float = 2.0) -> None:
        """The outline that shows the focus."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(self._colour(colour), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(rect, radius, radius)

    def cover(self, pixmap: QPixmap | None, rect: QRectF, radius: float) -> None:
        """A cover that already has its size and corners, or its place while it is on its way."""
        if pixmap is None:
            self.box("hover", rect, radius)
        else:
            self.painter.drawPixmap(rect.topLeft(), pixmap)

    def _colour(self, colour: str | QColor) -> QColor:
        return self.look.theme.colour(colour) if isinstance(colour, str) else colour


def mirror(area: QRect, x: float, y: float, width: float, height: float, *, mirrored: bool) -> QRectF:
    """A rectangle given as in a left-to-right layout, mirrored within `area` where asked for."""
    if mirrored:
        x = area.left() + area.right() + 1 - x - width
    return QRectF(x, y, width, height)
