"""A long list below a head: where both do not fit, the head goes up before the list scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look

LEAST_PX = 220
"""Height of a list, at 100 % text, below which the head has to make room."""
STEP_PX = 96
NOTCH = 120
"""Qt's measure of one notch of a wheel."""


class HeadedList(QScrollArea):
    """The column of head and list.

    Args:
        look: For the size of text.
        inside: Holds the head and, below it, `body`.
        body: What holds the list.
        view: The list; it scrolls by itself.
    """

    def __init__(self, look: Look, inside: QWidget, body: QWidget, view: QAbstractItemView) -> None:
        super().__init__()
        self._look = look
        self._inside = inside
        self._body = body
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        view.viewport().installEventFilter(self)
        view.selectionModel().currentChanged.connect(self._follow)
        look.restyled.connect(self.fit)

    def fit(self) -> None:
        """Give the list what the head leaves, or the whole height where that is too little."""
        layout = self._inside.layout()
        if layout is None:
            return
        height, width = self.viewport().height(), self.viewport().width()
        self._body.setMinimumHeight(0)
        own = self._body.minimumSizeHint().height()
        needed = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
        head = needed - (self._body.sizeHint().height() if layout.hasHeightForWidth() else own)
        self._body.setMinimumHeight(height if height - head < self._look.px(LEAST_PX) else 0)

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the height anew."""
        super().resizeEvent(event)
        self.fit()

    @guarded(bool)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel moves the head out of the way first, and back last."""
        if watched is not self._view.viewport() or not isinstance(event, QWheelEvent):
            return super().eventFilter(watched, event)
        bar, turned = self.verticalScrollBar(), event.angleDelta().y()
        up = turned > 0 and self._view.verticalScrollBar().value() == self._view.verticalScrollBar().minimum()
        if (up and bar.value() > 0) or (turned < 0 and bar.value() < bar.maximum()):
            bar.setValue(bar.value() - (event.pixelDelta().y() or round(turned * STEP_PX / NOTCH)))
            return True
        return False

    def _follow(self, index: QModelIndex) -> None:
        """The current row is to be seen, whatever moved it."""
        rect = self._view.visualRect(index)
        if rect.isValid():
            place = self._view.viewport().mapTo(self._inside, rect.center())
            self.ensureVisible(0, place.y(), 0, rect.height())
