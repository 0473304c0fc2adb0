"""The main row of the window: navigation, centre, Up Next, and how they fold."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.views.frame.navigation import Navigation
from player.ui.views.up_next.up_next import UpNext

WIDE_PX = 1_100
"""From here on Up Next stands beside the page; below it lies over it when it is wanted."""
NARROW_PX = 800
"""Below this the navigation shows only icons."""


class Scrim(QWidget):
    """Dims the page while Up Next lies over it.

    Signals:
        pressed(): The user pressed beside the panel.
    """

    pressed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.hide()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("side", 0.5))
        painter.end()

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing below is meant."""
        event.accept()
        self.pressed.emit()


class Stage(QWidget):
    """Navigation, centre and Up Next side by side.

    Signals:
        up_next_shown(bool): Up Next is to be seen, or not any more.

    Args:
        look: How to draw.
        navigation: At the start.
        centre: In the middle.
        up_next: At the end.
        wants_up_next: Whether the user wants Up Next beside the page.
    """

    up_next_shown = Signal(bool)

    def __init__(
        self, look: Look, navigation: Navigation, centre: QWidget, up_next: UpNext, *, wants_up_next: bool
    ) -> None:
        super().__init__()
        self._navigation = navigation
        self._up_next = up_next
        self._over = False
        self.wants_up_next = wants_up_next
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(navigation)
        self._row.addWidget(centre, 1)
        self._row.addWidget(up_next)
        self._scrim = Scrim(look, self)
        self._scrim.pressed.connect(lambda: self.show_up_next(False))

    @property
    def wide(self) -> bool:
        """Whether there is room for Up Next beside the page."""
        return self.width() >= WIDE_PX

    @property
    def over(self) -> bool:
        """Whether Up Next lies over the page now."""
        return self._over

    @property
    def shows_up_next(self) -> bool:
        """Whether Up Next is to be seen."""
        return self._up_next.isVisibleTo(self)

    def show_up_next(self, shown: bool) -> None:
        """Show or hide Up Next: beside the page, or over it where room is scarce."""
        if self.wide:
            self.wants_up_next = shown
        self._over = shown and not self.wide
        self._place(shown)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where room is scarce."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Fit the panels to the width."""
        self._navigation.set_folded(self.width() < NARROW_PX)
        if self.wide:
            self._over = False
        self._place(self.wants_up_next if self.wide else self._over)

    def _place(self, shown: bool) -> None:
        beside = self.wide
        if beside and self._row.indexOf(self._up_next) < 0:
            self._up_next.fit()
            self._row.addWidget(self._up_next)
        elif not beside and self._row.indexOf(self._up_next) >= 0:
            self._row.removeWidget(self._up_next)
            self._up_next.setParent(self)
        self._up_next.setVisible(shown)
        self.up_next_shown.emit(shown)
        self._scrim.setVisible(not beside and shown)
        if not beside and shown:
            self._scrim.setGeometry(self.rect())
            self._scrim.raise_()
            width = self._up_next.fit(self.width())
            left = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - width
            self._up_next.setGeometry(QRect(left, 0, width, self.height()))
            self._up_next.raise_()
