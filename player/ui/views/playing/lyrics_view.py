"""The lines of a song, the one being sung marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel

from player.library import Lyrics
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Canvas

GAP = 14
INDENT = 10


class LyricsView(QLabel):
    """The lines of a song; the one being sung stands out; a click on a line goes there.

    Signals:
        picked(int): The user clicked the line that begins at this position, ms, or went there by Up or Down.
    """

    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lyrics = Lyrics()
        self._current = -1
        self._tops: list[int] = []
        self._layouts: list[QTextLayout] = []
        self.setAccessibleName(self.tr("Lyrics"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.restyled.connect(self._lay_out)

    @property
    def lyrics(self) -> Lyrics:
        """What is shown."""
        return self._lyrics

    @property
    def current(self) -> int:
        """The line being sung, -1 for none."""
        return self._current

    def show_lyrics(self, found: Lyrics) -> None:
        """Show the lines of another song."""
        self._lyrics = found
        self._current = -1
        self.setAccessibleDescription("\n".join(found.lines))
        self.setCursor(Qt.CursorShape.PointingHandCursor if found.times else Qt.CursorShape.ArrowCursor)
        self._lay_out()

    def show_position(self, position_ms: int) -> int | None:
        """Mark the line sung at a position; its middle in px where it is another one, else None."""
        line = self._lyrics.line_at(position_ms)
        if line == self._current:
            return None
        before, self._current = self._current, line
        for changed in (before, line):
            if 0 <= changed < len(self._tops):
                self.update(self._rect(changed).adjusted(0, -6, 0, 2))
        return self._rect(line).center().y() if 0 <= line < len(self._tops) else 0

    def _rect(self, line: int) -> QRect:
        bottom = self._tops[line + 1] if line + 1 < len(self._tops) else self.height()
        return QRect(0, self._tops[line], self.width(), bottom - self._tops[line])

    def _lay_out(self) -> None:
        width, y = max(80, self.width() - 2 * INDENT), self._look.px(GAP)
        font = self._look.font("lyric")
        self._tops, self._layouts = [], []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        option.setTextDirection(self.layoutDirection())
        for text in self._lyrics.lines:
            layout = QTextLayout(text or " ", font)
            layout.setTextOption(option)
            layout.beginLayout()
            height = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, height))
                height += line.height()
            layout.endLayout()
            self._tops.append(y)
            self._layouts.append(layout)
            y += int(height) + self._look.px(GAP if text else GAP // 2)
        self.setFixedHeight(y + self._look.px(120) if self._tops else 10)
        self.update()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    @guarded(none)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines in sight."""
        painter = QPainter(self)
        theme = self._look.theme
        plain = not self._lyrics.times
        for line, layout in enumerate(self._layouts):
            rect = self._rect(line)
            if rect.intersects(event.rect()):
                sung = line == self._current
                painter.setPen(theme.colour("text") if sung or plain else theme.colour("text", 0.45))
                layout.draw(painter, QPointF(INDENT, rect.top()))
        if self.hasFocus():
            at_line = self._current >= 0 and not plain
            rect = self._rect(self._current) if at_line else self.visibleRegion().boundingRect()
            Canvas(painter, self._look, self.rect()).ring(QRectF(rect).adjusted(1, -4, -1, -2), 8)
        painter.end()

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the line before or after; lines without times are scrolled by them."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._lyrics.times and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.picked.emit(self._lyrics.times[max(0, min(len(self._lyrics.times) - 1, self._current + step))])
        else:
            event.ignore()

    @guarded(none)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the line."""
        y = event.position().y()
        hit = next((i for i in range(len(self._tops)) if self._rect(i).contains(5, int(y))), -1)
        if 0 <= hit < len(self._lyrics.times):
            self.picked.emit(self._lyrics.times[hit])
