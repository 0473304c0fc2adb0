"""Words on the screen: labels that wrap, lines that end in "…" where they do not fit, lines that lead somewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas
from player.ui.plain import tip
from player.ui.widgets.buttons.basics import Drawn, Pressed, mirrored


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
            self.setToolTip(tip(text))
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
