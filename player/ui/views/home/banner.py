"""The banner on the first page: an invitation, or what plays and why."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from player.ui.covers import CoverArt
from player.ui.guard import guarded, none
from player.ui.services import HasCovers, HasLook
from player.ui.views.up_next.why import ReasonLine
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.cover_views import CoverView
from player.ui.widgets.layout.labels import TextLabel

COVER_PX = 76
NARROW_PX = 380
COVER_FROM_PX = 480
"""From this width on there is room for the cover."""
SLACK_PX = 32
"""So much narrower the banner stays as it is. More than a scroll bar takes: one that comes and goes with the banner's
height would change its form again, and that its height, without end."""


class BannerNeeds(HasCovers, HasLook, Protocol):
    """What `Banner` asks for."""


class Banner(QFrame):
    """The invitation at the top, tinted like the playing cover."""

    def __init__(self, context: BannerNeeds) -> None:
        super().__init__()
        self._look = context.look
        self.title = TextLabel(context.look, font="title", wrap=True)
        self.text = TextLabel(context.look, font="body", colour="text2", wrap=True)
        self.why = ReasonLine(context.look)
        self._has_art = self._roomy = self._narrow = False
        self.cover = CoverView(context.look, context.covers, COVER_PX, 8)
        self.button = TextButton(context.look, self.tr("Play what I like"), role="main", icon="play")
        words_column = QVBoxLayout()
        words_column.setSpacing(6)
        words_column.addWidget(self.title)
        words_column.addWidget(self.text)
        words_column.addWidget(self.why)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(24, 22, 24, 22)
        self._row.setSpacing(24)
        self._row.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words_column, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        context.look.changed.connect(self.update)

    def show_art(self, art: CoverArt | None) -> None:
        """The cover beside the words; None for none."""
        self.cover.set_art(art)
        self._has_art = art is not None
        self._fit_art()

    def _fit_art(self) -> None:
        self._roomy = self.width() >= self._look.px(COVER_FROM_PX - (SLACK_PX if self._roomy else 0))
        self.cover.setVisible(self._has_art and self._roomy)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands below the words where it would take their room."""
        super().resizeEvent(event)
        self._narrow = self.width() < self._look.px(NARROW_PX + (SLACK_PX if self._narrow else 0))
        self._fit_art()
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14 if self._narrow else 24)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft gradient in a round frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = QLinearGradient(0, 0, self.width(), self.height())
        tint.setColorAt(0, self._look.theme.colour("tint2"))
        tint.setColorAt(1, self._look.theme.colour("surface"))
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), 14, 14)
        painter.fillPath(shape, tint)
        painter.end()
