"""Small widgets: icon button, elided label, cover, heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QToolButton, QWidget

from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas

if TYPE_CHECKING:
    Drawn = QAbstractButton
else:
    Drawn = object  # Beside a Qt base class, shiboken allows no second one.

NO_NEW_HAND = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back from another window or a menu: the hand is where it was."""


def mirrored(widget: QWidget) -> bool:
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
        self.setToolTip(tip)
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
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The hand is at the keyboard now."""
        self._by_mouse = False
        super().keyPressEvent(event)
        self.update()


class TextLabel(QLabel):
    """A label in a font of the type scale and the colour of a token; wraps where asked for."""

    def __init__(
        self, look: Look, text: str = "", *, font: str = "body", colour: str = "text", wrap: bool = False
    ) -> None:
        super().__init__(text)
        self._look = look
        self._font_name = font
        self._colour_name = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        look.restyled.connect(self._redraw)
        self._redraw()
        self._align()

    def set_colour(self, name: str) -> None:
        """Another token's colour."""
        self._colour_name = name
        self._redraw()

    def _align(self) -> None:
        """Qt aligns a label after the script of its words; a column of them has to follow the window's direction."""
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        side = Qt.AlignmentFlag.AlignRight if mirrored(self) else Qt.AlignmentFlag.AlignLeft
        upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)

    def _redraw(self) -> None:
        self.setFont(self._look.font(self._font_name))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), self._look.theme.colour(self._colour_name))
        self.setPalette(palette)


class _Line(Drawn):
    """What a label and a link of one line have in common; stands before the Qt class among the bases."""

    _look: Look

    def _set_up(self, look: Look, font: str, colour: str) -> None:
        self._look = look
        self._font_name = font
        self._colour_name = colour
        self._line = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.restyled.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def line(self) -> str:
        """The whole line."""
        return self._line

    def set_font_name(self, font: str) -> None:
        """Take another font of the type scale."""
        if font != self._font_name:
            self._font_name = font
            self.updateGeometry()
            self.update()

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self._line:
            self._line = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    @guarded(lambda: QSize(40, 20))
    def sizeHint(self) -> QSize:
        """Wide enough for the line."""
        metrics = self._look.metrics(self._font_name)
        return QSize(metrics.horizontalAdvance(self._line) + 2, metrics.height() + 2)

    @guarded(lambda: QSize(40, 20))
    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(40, self.sizeHint().height())

    def _paint_line(self, canvas: Canvas) -> float:
        box = (0.0, 0.0, float(self.width()), float(self.height()))
        return canvas.text(self._font_name, self._colour_name, box, self._line)


class ElidedLabel(_Line, QLabel):
    """One line that ends in "…" where it does not fit."""

    def __init__(self, look: Look, *, font: str, colour: str = "text") -> None:
        super().__init__()
        self._set_up(look, font, colour)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        self._paint_line(Canvas(painter, self._look, self.rect(), mirrored=mirrored(self)))
        painter.end()


class Pressed(Drawn):
    """A button that Enter presses, too; stands before the Qt class among the bases."""

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ElidedLink(_Line, Pressed, QAbstractButton):
    """One line, ending in "…" where it does not fit, that leads somewhere by click, Enter or Space."""

    def __init__(self, look: Look, *, font: str, colour: str = "text") -> None:
        super().__init__()
        self._set_up(look, font, colour)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_text(self, text: str) -> None:
        """Show another line; an empty one cannot have the focus."""
        super().set_text(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if text else Qt.FocusPolicy.NoFocus)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, underlined under the mouse or with the focus."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        width = self._paint_line(canvas)
        if width and (self.underMouse() or self.hasFocus()):
            line = canvas.rect(0, self.height() - 2, width, 1.5 if self.hasFocus() else 1)
            painter.fillRect(line, self._look.theme.colour("accent" if self.hasFocus() else self._colour_name))
        painter.end()


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
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
