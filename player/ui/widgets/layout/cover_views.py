"""Covers on the screen: to be looked at, and to be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas
from player.ui.plain import tip
from player.ui.widgets.buttons.basics import Drawn, Pressed


class _Cover(Drawn):
    """What a cover that is looked at and one that is pressed have in common."""

    _look: Look

    def _set_up(self, look: Look, covers: Covers, side: int, radius: float) -> None:
        self._look = look
        self._covers = covers
        self._radius = radius
        self._art: CoverArt | None = None
        self.setFixedSize(side, side)
        covers.ready.connect(self._arrived)
        look.changed.connect(self.update)

    def set_art(self, art: CoverArt | None) -> None:
        """Show another cover; None shows a quiet square with a note."""
        if art != self._art:
            self._art = art
            self.update()

    def set_side(self, side: int) -> None:
        """Be of another size."""
        self.setFixedSize(side, side)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cover, and a ring with the focus."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect())
        side = self.width()
        if self._art is None:
            canvas.box("hover", canvas.rect(0, 0, side, side), self._radius)
            note = round(side * 0.4)
            canvas.icon("music-note", "text3", (side - note) / 2, (side - note) / 2, note)
        else:
            pixmap = self._covers.get(self._art, side, self._radius, canvas.dpr)
            canvas.cover(pixmap, canvas.rect(0, 0, side, side), self._radius)
        if self.hasFocus():
            canvas.ring(canvas.rect(1, 1, side - 2, side - 2), self._radius)
        painter.end()

    def _arrived(self, art: CoverArt) -> None:
        if art == self._art:
            self.update()


class CoverView(_Cover, QWidget):
    """A cover at a fixed size."""

    def __init__(self, look: Look, covers: Covers, side: int, radius: float) -> None:
        super().__init__()
        self._set_up(look, covers, side, radius)


class CoverButton(_Cover, Pressed, QAbstractButton):
    """A cover that opens what it stands for, by click, Enter or Space."""

    def __init__(self, look: Look, covers: Covers, side: int, radius: float, name: str) -> None:
        super().__init__()
        self._set_up(look, covers, side, radius)
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
