"""The head of the centre: back, title, count, the page's tools, search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.inputs.search_field import SearchField
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel

SEARCH_PX = 260
TOOLS_PX = 560
"""Below this width the tools of a page are left out."""
AROUND_PX = 96
"""Margins and gaps."""
SQUEEZED_PX = 340
"""Below this width there is room for the name of the page or for a search field in use."""


class Header(QWidget):
    """Title and search.

    Signals:
        back_wanted(): The user wants to go back.
    """

    back_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tools: list[QWidget] = []
        self.back = IconButton(look, "caret-left", self.tr("Back"), side=36)
        self.back.clicked.connect(self.back_wanted)
        self.title = ElidedLabel(look, font="title")
        self.count = TextLabel(look, font="second", colour="text3")
        self.count.setContentsMargins(0, 0, 0, 4)
        self._hint = self.tr("Search your library")
        self.search = SearchField(look, self._hint)
        self.search.focus_changed.connect(self._fold)
        row = self._row = QHBoxLayout(self)
        inset(row, 28, 14, 24, 12)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.search)
        look.restyled.connect(self._resize_to_text)
        self._resize_to_text()
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _resize_to_text(self) -> None:
        self.setMinimumHeight(max(62, self._look.metrics("title").height() + 30))

    def show_back(self, possible: bool) -> None:
        """Whether there is a page to go back to."""
        self.back.setVisible(possible)
        inset(self._row, 14 if possible else 28, 14, 24, 12)

    def show_title(self, title: str, count: str) -> None:
        """What the page is."""
        self.title.set_text(title)
        self.count.setText(count)
        self._fold()

    def show_tools(self, tools: Sequence[QWidget]) -> None:
        """The page's own widgets, before the search field."""
        if list(tools) == self._tools:
            return
        for widget in self._tools:
            self._row.removeWidget(widget)
            widget.setParent(None)
        self._tools = list(tools)
        for widget in self._tools:
            self._row.insertWidget(self._row.count() - 1, widget)
            widget.show()
        self._fold()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        width = self.width()
        roomy = width >= TOOLS_PX
        for widget in self._tools:
            widget.setVisible(roomy)
        tools = sum(widget.sizeHint().width() + 10 for widget in self._tools) if roomy else 0
        field = max(120, min(self._look.px(SEARCH_PX), width * 2 // 5))
        title = self.title.sizeHint().width() if self.title.line else 0
        # The name of the page is worth more than an empty field: that shrinks to its icon until it is used.
        used = self.search.hasFocus() or bool(self.search.text())
        cramped = title + field + tools + AROUND_PX > width
        if cramped:
            back = self.back.width() + self._row.spacing() if self.back.isVisibleTo(self) else 0
            field = max(120, width - tools - AROUND_PX - back) if used else self.search.sizeHint().height() + 6
        # In the narrowest window the field that is used takes the place of the name.
        self.title.setVisible(bool(title) and not (used and cramped and width < SQUEEZED_PX))
        self.search.setFixedWidth(field)
        self.search.setPlaceholderText("" if cramped and not used else self._hint)
        # The count goes before the title has to end in "…".
        needed = title + self.count.sizeHint().width()
        fits = width >= 400 and needed + field + tools + AROUND_PX <= width
        self.count.setVisible(bool(self.count.text()) and fits)

    @guarded(lambda: QSize(280, 64))
    def minimumSizeHint(self) -> QSize:
        """Folds down to this."""
        return QSize(240, 56)

    @guarded(none)
    def changeEvent(self, event: QEvent) -> None:
        """Back points the other way from right to left."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.back.set_icon("caret-right" if rtl else "caret-left")
