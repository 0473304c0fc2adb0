"""Notices: a line that slides in over the window, says something, offers one action, and goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from player.ui.guard import guarded
from player.ui.look import Look
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel

SHOWN_MS = 6_000
PROBLEM_SHOWN_MS = 12_000
MOST_WIDTH = 620


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say.

    Attributes:
        text: A sentence.
        problem: Whether something went wrong.
        action: What can be done about it; empty for nothing.
        act: Does it.
        undoes: Whether that takes back the newest change: it means something only until there is a newer one.
    """

    text: str
    problem: bool = False
    action: str = ""
    act: Callable[[], None] | None = None
    undoes: bool = False

    @classmethod
    def of_change(cls, text: str, undo: Callable[[], None]) -> Self:
        """One that tells of the newest change and offers to take it back."""
        return cls(text, action=QCoreApplication.translate("Notices", "Undo"), act=undo, undoes=True)


class NoticeBar(QFrame):
    """Shows one notice at a time at the bottom of its parent; never takes the focus.

    Args:
        look: How to draw.
        parent: What it lies over.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._area = parent
        self._notice: Notice | None = None
        self._above = 0
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = self._row = QHBoxLayout(self)
        inset(row, 16, 8, 8, 8)
        row.setSpacing(10)
        self._label = TextLabel(look, font="medium", wrap=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = TextButton(look, "", role="quiet")
        self._button.clicked.connect(self._act)
        close = IconButton(look, "x", self.tr("Close"), px=16, side=32)
        close.clicked.connect(self.hide)
        for widget, stretch in ((self._label, 1), (self._button, 0), (close, 0)):
            row.addWidget(widget, stretch)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_over)
        parent.installEventFilter(self)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice if self.isVisible() else None

    def say(self, notice: Notice) -> None:
        """Show a notice in place of the present one."""
        self._notice = notice
        self._label.setText(notice.text)
        self._button.setText(notice.action)
        self._button.setVisible(bool(notice.action))
        self.setProperty("problem", notice.problem)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(PROBLEM_SHOWN_MS if notice.problem else SHOWN_MS)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def outdate(self) -> None:
        """Something was changed or taken back: a notice of the change before offers to undo the wrong one now."""
        if self._notice is not None and self._notice.undoes:
            self.hide()

    def set_clearance(self, above: int) -> None:
        """How much room to leave at the bottom, in px."""
        self._above = above
        self._place()

    @guarded(bool)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent changes its size."""
        if event.type() is QEvent.Type.Resize and watched is self.parent():
            self._place()
        return False

    def _place(self) -> None:
        parent = self._area
        width = min(MOST_WIDTH, parent.width() - 32)
        self.setFixedWidth(max(200, width))
        height = max(self._row.heightForWidth(self.width()), self._row.sizeHint().height())
        self.resize(self.width(), height)
        self.move(QPoint((parent.width() - self.width()) // 2, parent.height() - self._above - height - 16))

    def _time_over(self) -> None:
        if self.underMouse():
            self._timer.start(SHOWN_MS)
        else:
            self.hide()

    def _act(self) -> None:
        notice = self._notice
        self.hide()
        if notice is not None and notice.act is not None:
            notice.act()
