"""The overlay that lists all keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from player.ui.look import Look
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.overlays.sheet import Sheet

COLUMNS = 3
COLUMN_PX = 330

Group = tuple[str, Sequence[tuple[str, Sequence[str]]]]


def parts_of(groups: Sequence[Group], cuts: Sequence[int]) -> list[Sequence[Group]]:
    """Groups in order, cut before these places."""
    edges = [0, *cuts, len(groups)]
    return [groups[first:last] for first, last in pairwise(edges)]


class Shortcuts(Sheet):
    """The overlay that lists all keys.

    Args:
        look: How to draw.
        groups: Headings with their lines: what, and its keys in portable form.
        parent: The window's content.
    """

    def __init__(self, look: Look, groups: Sequence[Group], parent: QWidget) -> None:
        super().__init__(look, parent)
        self._groups = groups
        self._columns = 0
        self._inside = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setObjectName("clear")
        column = QVBoxLayout(self.card)
        column.setContentsMargins(20, 18, 20, 14)
        column.addWidget(TextLabel(look, self.tr("All shortcuts"), font="panel"))
        column.addWidget(self._scroll, 1)

    def _fill(self, count: int) -> None:
        """Lay the groups out in so many columns, in their order, with the longest column as short as can be."""
        inside = QWidget()
        inside.setObjectName("clear")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(8, 4, 8, 8)
        columns.setSpacing(36)
        groups = self._groups
        cuts = min(
            combinations(range(1, len(groups)), min(count, len(groups)) - 1),
            key=lambda cuts: max(sum(len(lines) + 2 for _, lines in part) for part in parts_of(groups, cuts)),
        )
        for part in parts_of(groups, cuts):
            stack = QVBoxLayout()
            stack.setSpacing(20)
            for heading, lines in part:
                stack.addLayout(self._group(heading, lines))
            stack.addStretch()
            columns.addLayout(stack, 1)
        self._columns = count
        self._inside = inside
        self._scroll.setWidget(inside)

    def _group(self, heading: str, lines: Sequence[tuple[str, Sequence[str]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(0, 1)
        grid.addWidget(TextLabel(self.look, heading, font="small_bold", colour="text3"), 0, 0, 1, 2)
        for row, (text, keys) in enumerate(lines, start=1):
            grid.addWidget(TextLabel(self.look, text, font="second", wrap=True), row, 0)
            box = QHBoxLayout()
            box.setSpacing(4)
            for key in keys:
                label = QLabel(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
                label.setObjectName("key")
                label.setFont(self.look.font("small"))
                label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
                box.addWidget(label)
            box.addStretch()
            grid.addLayout(box, row, 1)
        return grid

    def open_sheet(self) -> None:
        """Show it; arrows scroll."""
        super().open_sheet()
        self._scroll.setFocus()

    def place_card(self) -> None:
        """In the middle, as large as it needs."""
        width = min(self.look.px(1080), self.width() - 40)
        columns = max(1, min(COLUMNS, width // self.look.px(COLUMN_PX)))
        if columns != self._columns:
            self._fill(columns)
        tall = self._inside.heightForWidth(width - 56)
        height = min(tall + self.look.px(40) + 40, self.height() - 40)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
