"""The full view of what plays: a large cover, its lyrics in time, why it was chosen."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRectF, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from player.domain import Track
from player.library import parse_lyrics
from player.ui import words
from player.ui.guard import guarded, none
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasQueue
from player.ui.views.playing.lyrics_view import LyricsView
from player.ui.views.up_next.why import ReasonLine
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.layout.cover_views import CoverView
from player.ui.widgets.layout.labels import ElidedLabel, ElidedLink, TextLabel
from player.ui.widgets.layout.scrolling import SmoothWheel

MOST_COVER_PX = 440
ALONE_COVER_PX = 560
"""Without lyrics beside it, the cover may take more of the room."""
AROUND_COVER_PX = 250
"""Height of what stands above and below the cover, at 100 % text."""
WORDS_PX = 260
"""Title, artist and what else stands below the cover get at least this, at 100 % text."""
WIDE_PX = 760
"""From here on lyrics stand beside the cover."""


class NowPlayingNeeds(HasController, HasCovers, HasGo, HasLibrary, HasLook, HasQueue, Protocol):
    """What `NowPlaying` asks for."""


class NowPlaying(QFrame):
    """What plays, in full.

    Signals:
        closed(): The user wants to go back.

    Args:
        context: The window's services.
    """

    closed = Signal()

    def __init__(self, context: NowPlayingNeeds) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self._track: Track | None = None
        self._request = 0
        look = context.look
        self.cover = CoverView(look, context.covers, MOST_COVER_PX, 16)
        self.title = ElidedLink(look, font="title")
        self.artist = ElidedLink(look, font="row_title", colour="text2")
        self.why = ReasonLine(look)
        self.next = ElidedLabel(look, font="second", colour="text3")
        self.close_button = IconButton(look, "caret-down", self.tr("Close the full view"))
        self.lines = LyricsView(look)
        self.none = TextLabel(look, font="small", colour="text3", wrap=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What plays, in full"))
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
        for widget in self._words():
            left.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addStretch()
        both = self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setContentsMargins(48, 0, 48, 0)
        both.setSpacing(48)
        both.addLayout(left, 5)
        both.addWidget(self._scroll, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 0)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(both, 1)

    def _words(self) -> tuple[QWidget, ...]:
        """What stands below the cover."""
        return (self.title, self.artist, self.why, self.next, self.none)

    def _connect(self) -> None:
        controller = self._context.controller
        self._context.queue.changed.connect(self._show_next)
        controller.track_changed.connect(self._track_changed)
        controller.position_changed.connect(self._show_position)
        self.close_button.clicked.connect(self.closed)
        self.lines.picked.connect(controller.seek)
        self.title.clicked.connect(self._go_to_album)
        self.artist.clicked.connect(self._go_to_artist)

    def open_view(self) -> None:
        """It has come into sight."""
        self._track_changed(self._context.controller.current_track)
        # Not the button: a ring around it would be the first thing seen.
        self.setFocus()

    def _track_changed(self, track: Track | None) -> None:
        if not self.isVisible():
            return
        self._track = track
        self.cover.set_art(words.cover_of(track) if track is not None else None)
        self.title.set_text(track.title if track is not None else self.tr("Nothing is playing"))
        parts = (track.artist or words.unknown_artist(), track.album) if track is not None else ()
        self.artist.set_text(" · ".join(part for part in parts if part))
        self.artist.setVisible(track is not None)
        current = self._context.queue.current
        suggestion = current.suggestion if track is not None and current is not None else None
        self.why.show_suggestion(track.title if track is not None else "", suggestion)
        self._show_next()
        self._read_lyrics(track)

    def _show_next(self) -> None:
        """What comes next: Up Next itself is out of sight here."""
        if not self.isVisible():
            return
        entry = self._context.queue.peek()
        found = self._context.library.tracks([entry.track_id]) if entry is not None else []
        text = ""
        if found:
            name = " · ".join(part for part in (found[0].title, found[0].artist) if part)
            text = self.tr("Next: {0}").format(name)
        self.next.set_text(text)
        self.next.setVisible(bool(text))

    def _read_lyrics(self, track: Track | None) -> None:
        self._request += 1
        request = self._request
        self._show_lyrics(request, "")
        if track is None:
            return
        self._context.library.lyrics(track, lambda text: self._show_lyrics(request, text))

    def _show_lyrics(self, request: int, text: str) -> None:
        if request != self._request:
            return
        found = parse_lyrics(text)
        self.lines.show_lyrics(found)
        self._scroll.setVisible(bool(found.lines))
        self.none.setText(
            ""
            if found.lines or self._track is None
            else self.tr("No lyrics: they would be in the file's tags, or in an .lrc file beside it.")
        )
        self.none.setVisible(bool(self.none.text()))
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)
        self._show_position(int(self._context.controller.position_ms))

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
        """The cover takes what room there is; lyrics stand beside it, in a narrow window below a small one."""
        wide, sung = self.width() >= WIDE_PX, bool(self.lines.lyrics.lines)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(beside if wide else below)
        self._both.setStretch(0, 5 if wide else 0 if sung else 1)
        margin = 48 if wide else 20
        self._both.setContentsMargins(margin, 0, margin, 0)
        self._both.setSpacing(48 if wide else 12)
        room = self.width() * 0.38 if wide and sung else self.width() - 120
        most = MOST_COVER_PX if sung else ALONE_COVER_PX
        side = int(max(120, min(most, room, self.height() - self._context.look.px(AROUND_COVER_PX))))
        if not wide and sung:
            side = min(side, max(72, self.height() // 4))
        self.cover.set_side(side)
        # In large text a title needs more than the cover that still fits.
        words_px = max(side, int(min(self._look.px(WORDS_PX), room))) if wide else self.width() - 2 * margin - 28
        for widget in self._words():
            widget.setFixedWidth(max(side, words_px))
        self.none.setFixedHeight(max(0, self.none.heightForWidth(self.none.width())))

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cover's mood over everything."""
        painter = QPainter(self)
        tint = QLinearGradient(0, 0, 0, self.height())
        tint.setColorAt(0, self._look.theme.colour("tint2"))
        tint.setColorAt(1, self._look.theme.colour("base"))
        painter.fillRect(QRectF(self.rect()), tint)
        painter.end()
