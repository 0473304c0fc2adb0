"""A page that is a column of cards in a scroll area."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from player.ui.look import Look
from player.ui.services import HasLook
from player.ui.views.frame.page import Page
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.layout.scrolling import KeptScroll, SmoothWheel

COLUMN_PX = 860


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class ScrolledPage(Page):
    """A column that is no wider than reads well."""

    context: HasLook

    def __init__(self, context: HasLook) -> None:
        super().__init__(context)
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(max(COLUMN_PX, context.look.px(COLUMN_PX * 0.8)) + 60)
        inside.setMinimumWidth(1)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(28, 2, 28, 28)
        self.column.setSpacing(16)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        SmoothWheel(self.area, context.look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def state(self) -> dict[str, Any]:
        """The position."""
        return {"scroll": self.area.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the position, as far as the page is long enough by now."""
        KeptScroll(self.area, state.get("scroll"))

    def add_card(self, card: QWidget) -> None:
        """Add a card at the end."""
        self.column.addWidget(card)


class PanelCard(QFrame):
    """A card with a heading.

    Args:
        look: How to draw.
        title: Its heading.
        text: A line below, empty for none.
    """

    def __init__(self, look: Look, title: str, text: str = "") -> None:
        super().__init__()
        self.setObjectName("panelCard")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(10)
        self.body.addWidget(TextLabel(look, title, font="row_title", wrap=True))
        if text:
            self.body.addWidget(TextLabel(look, text, font="second", colour="text2", wrap=True))
