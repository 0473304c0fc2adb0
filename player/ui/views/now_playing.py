"""The full view of what plays: a large cover, its lyrics in time, why it was chosen."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from player.domain import Track
from player.ui import lyrics, words
from player.ui.context import Context
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.lyrics import Lyrics
from player.ui.models.nav import PageKind, Place
from player.ui.paint import Canvas
from player.ui.widgets.basics import CoverView, ElidedLink, IconButton, TextLabel
from player.ui.widgets.empty import EmptyState
from player.ui.widgets.scrolling import SmoothWheel

MOST_COVER_PX = 440
WIDE_PX = 760
"""From here on lyrics stand beside the cover."""
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


class NowPlaying(QWidget):
    """What plays, in full.

    Signals:
        closed(): The user wants to go back.

    Args:
        context: The window's services.
    """

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self._track: Track | None = None
        self._request = 0
        look = context.look
        self.cover = CoverView(look, context.covers, MOST_COVER_PX, 16)
        self.title = ElidedLink(look, font="title")
        self.artist = ElidedLink(look, font="row_title", colour="text2")
        self.why = TextLabel(look, font="second", colour="text2", wrap=True)
        self.close_button = IconButton(look, "caret-down", self.tr("Close the full view"))
        self.lines = LyricsView(look)
        self.none = EmptyState(look, "microphone-stage")
        self._scroll = QScrollArea()
        self._lay_out()
        self._glide = QPropertyAnimation(self._scroll.verticalScrollBar(), b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._connect()

    def _lay_out(self) -> None:
        self._scroll.setObjectName("lyrics")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.lines)
        self._scroll.viewport().setAutoFillBackground(False)
        self.lines.setAutoFillBackground(False)
        SmoothWheel(self._scroll, self._look)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addStretch()
        left.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addSpacing(18)
        for widget in (self.title, self.artist, self.why):
            left.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addStretch()
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._scroll, 1)
        right.addWidget(self.none, 1)
        both = self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setContentsMargins(48, 0, 48, 0)
        both.setSpacing(48)
        both.addLayout(left, 5)
        both.addWidget(self._right, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 0)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(both, 1)

    def _connect(self) -> None:
        controller = self._context.parts.controller
        controller.track_changed.connect(self._track_changed)
        controller.position_changed.connect(self._show_position)
        self.close_button.clicked.connect(self.closed)
        self.lines.picked.connect(controller.seek)
        self.title.clicked.connect(self._go_to_album)
        self.artist.clicked.connect(self._go_to_artist)

    def open_view(self) -> None:
        """It has come into sight."""
        self._track_changed(self._context.parts.controller.current_track)
        self.close_button.setFocus()

    def _track_changed(self, track: Track | None) -> None:
        if not self.isVisible():
            return
        self._track = track
        self.cover.set_art(words.cover_of(track) if track is not None else None)
        self.title.set_text(track.title if track is not None else self.tr("Nothing is playing"))
        parts = (track.artist, track.album) if track is not None else ()
        self.artist.set_text(" · ".join(part for part in parts if part))
        reasons = self._context.parts.suggestions.why(track.id) if track is not None else ()
        self.why.setText(reasons[0].text if reasons else "")
        self._read_lyrics(track)

    def _read_lyrics(self, track: Track | None) -> None:
        self._request += 1
        request = self._request
        self._show_lyrics(request, "")
        if track is None:
            return
        db = self._context.parts.db

        def read() -> str:
            return lyrics.beside(track.path) or db.tracks.lyrics(track.id)

        self._context.parts.storage_lane.submit(read, done=lambda text: self._show_lyrics(request, text))

    def _show_lyrics(self, request: int, text: str) -> None:
        if request != self._request:
            return
        found = lyrics.parse(text)
        self.lines.show_lyrics(found)
        self._scroll.setVisible(bool(found.lines))
        self.none.setVisible(not found.lines)
        self._fit()
        hint = self.tr("Lyrics in the file's tags, or in an .lrc file beside it, appear here in time with the music.")
        self.none.show_words(self.tr("No lyrics for this track"), hint)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_position(int(self._context.parts.controller.position_ms))

    def _show_position(self, position_ms: int, _length_ms: int = 0) -> None:
        if not self.isVisible() or not self.lines.lyrics.times:
            return
        middle = self.lines.show_position(position_ms)
        if middle is None:
            return
        bar = self._scroll.verticalScrollBar()
        target = max(0, min(bar.maximum(), middle - self._scroll.viewport().height() // 3))
        self._glide.stop()
        duration = self._look.motion_ms(180)
        if not duration:
            bar.setValue(target)
            return
        self._glide.setDuration(duration)
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(target)
        self._glide.start()

    def _go_to_album(self) -> None:
        if self._track is not None and self._track.album_id is not None:
            self._context.go(Place(PageKind.ALBUM, int(self._track.album_id)))

    def _go_to_artist(self) -> None:
        if self._track is not None and self._track.artist_ids:
            self._context.go(Place(PageKind.ARTIST, int(self._track.artist_ids[0])))

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The cover takes what room there is; in a narrow window lyrics stand below a small one."""
        wide, sung = self.width() >= WIDE_PX, bool(self.lines.lyrics.lines)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(beside if wide else below)
        self._both.setStretch(0, 5 if wide else 0 if sung else 1)
        margin = 48 if wide else 20
        self._both.setContentsMargins(margin, 0, margin, 0)
        self._both.setSpacing(48 if wide else 12)
        self._right.setVisible(wide or sung)
        room = self.width() * 0.38 if wide else self.width() - 120
        side = int(max(120, min(MOST_COVER_PX, room, self.height() - 220)))
        if not wide and sung:
            side = min(side, max(72, self.height() // 4))
        self.cover.set_side(side)
        for widget in (self.title, self.artist, self.why):
            widget.setFixedWidth(side if wide else max(side, self.width() - 2 * margin - 28))

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cover's mood over everything."""
        painter = QPainter(self)
        tint = QLinearGradient(0, 0, 0, self.height())
        tint.setColorAt(0, self._look.theme.colour("tint2"))
        tint.setColorAt(1, self._look.theme.colour("base"))
        painter.fillRect(QRectF(self.rect()), tint)
        painter.end()
