"""What widgets are made of: the icon button, and how buttons show the focus and are pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from player.ui import plain
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas

if TYPE_CHECKING:
    Drawn = QAbstractButton
else:
    Drawn = object  # Beside a Qt base class, shiboken allows no second one.

NO_NEW_HAND = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back from another window or a menu: the hand is where it was."""


class Directed(Protocol):
    """Something laid out from left to right or the other way."""

    def layoutDirection(self) -> Qt.LayoutDirection:
        """Return the direction. As QWidget.layoutDirection."""


def mirrored(widget: Directed) -> bool:
    """Whether the widget's layout runs from right to left."""
    return widget.layoutDirection() is Qt.LayoutDirection.RightToLeft


class IconButton(QToolButton):
    """A round button with an icon, a tip, and the tip as its accessible name.

    Args:
        look: How to draw.
        icon: Name of the icon; filled while checked.
        tip: What it does, in words.
        px: Side of the icon.
        side: Side of the button.
        weight: "regular" or "fill", while not checked.
        colour: Token of the icon while not checked.
        on_colour: Token of the icon while checked.
        disc: Whether it stands on a disc in the accent.
        checkable: Whether it stays down.
        parent: Qt parent.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        tip: str,
        *,
        px: int = 20,
        side: int = 36,
        weight: str = "regular",
        colour: str = "text2",
        on_colour: str = "accent",
        disc: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self._px = px
        self._weight = weight
        self._colour = colour
        self._on_colour = on_colour
        self._disc = disc
        self._lit = False
        self.setCheckable(checkable)
        self._side = side
        self._base_px = self._px
        self._resize_to_text()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_tip(tip)
        look.restyled.connect(self._resize_to_text)
        look.changed.connect(self.update)

    def _resize_to_text(self) -> None:
        """Buttons and their icons grow with the text, and never shrink below what a finger or a tremor needs."""
        scale = max(1.0, self._look.text_scale)
        self._px = round(self._base_px * scale)
        self.setFixedSize(round(self._side * scale), round(self._side * scale))

    def set_tip(self, tip: str) -> None:
        """Say something else."""
        self.setToolTip(plain.tip(tip))
        self.setAccessibleName(tip)

    @property
    def lit(self) -> bool:
        """Whether it says that something is on."""
        return self._lit

    def light(self, on: bool) -> None:
        """Say by the colour that something is on; the button itself does not stay down."""
        self._lit = on
        self.update()

    @property
    def icon_name(self) -> str:
        """The icon shown."""
        return self._icon_name

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.update()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc, icon, ring with the focus."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect())
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour, weight = self._colour, self._weight
        if self._disc:
            colour = "on_accent" if self.isEnabled() else "text3"
            canvas.box("accent" if self.isEnabled() else "press", whole, whole.width() / 2)
        elif self.isEnabled() and (self.isDown() or self.underMouse()):
            canvas.box(self._look.theme.colour("text", 0.12 if self.isDown() else 0.07), whole, whole.width() / 2)
        if not self.isEnabled() and not self._disc:
            colour = "text3"
        elif self.isChecked() or self._lit:
            colour, weight = self._on_colour, "fill"
        pixmap = self._look.pixmap(self._icon_name, colour, self._px, canvas.dpr, weight)
        inset = (self.width() - self._px) / 2
        painter.setOpacity(1.0 if self.isEnabled() or self._disc else 0.5)
        painter.drawPixmap(QPointF(inset, inset), pixmap)
        painter.setOpacity(1.0)
        if self.hasFocus():
            canvas.ring(whole, whole.width() / 2, "text" if self._disc else "accent")
        painter.end()


class RingByKey(Drawn):
    """A button whose ring shows where the keyboard is, not where the mouse was; stands before the Qt class."""

    _by_mouse = False

    @property
    def shows_focus(self) -> bool:
        """Whether it has the focus and the hand is at the keyboard."""
        return self.hasFocus() and not self._by_mouse

    @guarded(none)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click takes the focus without a ring."""
        if event.reason() not in NO_NEW_HAND:
            self._by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand is at the mouse now, also where the button has the focus already."""
        self._by_mouse = True
        super().mousePressEvent(event)

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The hand is at the keyboard now; but Space after a click pauses, and presses nothing again."""
        if self._by_mouse and event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        self._by_mouse = False
        super().keyPressEvent(event)
        self.update()


class Pressed(Drawn):
    """A button that Enter presses, too; stands before the Qt class among the bases."""

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
