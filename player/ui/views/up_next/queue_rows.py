"""Painting a row of Up Next, and where in it one can press."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.domain import EntryId, Track
from player.ui import words
from player.ui.commands import Command
from player.ui.covers import Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import Index
from player.ui.models.queue import QueueModel, QueueRow
from player.ui.paint import Align, Canvas, mirror
from player.ui.views.up_next.glide import Glide
from player.ui.widgets.buttons.basics import Directed, mirrored

COVER_PX = 52
BUTTON_PX = 30
MARK_PX = 16
ICON_PX = 15
DOT_PX = 6
"""Of the dot beside a suggestion that has just come."""
THUMBS = ((Command.THUMB_DOWN, "thumbs-down", "bad", -1), (Command.THUMB_UP, "thumbs-up", "good", 1))


class PaintedQueue(Directed, Protocol):
    """The list whose rows are painted."""

    @property
    def queue(self) -> QueueModel:
        """The rows."""

    @property
    def glide(self) -> Glide:
        """Where rows are on their way."""

    @property
    def focused_row(self) -> int:
        """The row with the keyboard's focus; -1 for none."""

    @property
    def hovered(self) -> int:
        """The row below the mouse; -1 for none."""

    @property
    def mouse(self) -> QPoint:
        """Where the mouse is in the viewport."""

    def hasFocus(self) -> bool:
        """Return whether the list has the focus. As QWidget.hasFocus."""

    def saw(self, entry_id: EntryId) -> None:
        """Take note that a fresh entry was painted."""


class QueueDelegate(QStyledItemDelegate):
    """Paints a row of Up Next."""

    def __init__(self, view: PaintedQueue, look: Look, covers: Covers, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._look = look
        self._covers = covers

    @property
    def cover_px(self) -> int:
        """Side of a cover: it grows with the text, but leaves room for it."""
        return round(COVER_PX * min(1.4, max(1.0, self._look.text_scale)))

    @property
    def button_px(self) -> int:
        """Side of a thumb."""
        return max(BUTTON_PX, self._look.px(BUTTON_PX))

    @property
    def row_height(self) -> int:
        """Height of a row without a heading."""
        return max(self.cover_px + 20, sum(self._line_heights()) + 19)

    @property
    def heading_height(self) -> int:
        """Height of a section's heading."""
        return self._look.metrics("small_bold").height() + 16

    def _line_heights(self) -> tuple[int, int, int]:
        title, artist, reason = (self._look.metrics(name).height() for name in ("row_title", "second", "small"))
        return title + 2, artist + 1, reason + 4

    def body(self, row: QueueRow, rect: QRect) -> QRect:
        """The row's rectangle without the heading."""
        top = self.heading_height if row.section else 0
        return rect.adjusted(8, top + 1, -8, -1)

    def buttons(self, body: QRect) -> dict[Command, QRectF]:
        """Where the thumbs are."""
        flipped, side = mirrored(self._view), self.button_px
        right, top = body.right() - 6, body.y() + 8
        return {
            Command.THUMB_UP: mirror(body, right - side, top, side, side, mirrored=flipped),
            Command.THUMB_DOWN: mirror(body, right - 2 * side - 4, top, side, side, mirrored=flipped),
        }

    def why(self, body: QRect) -> QRectF:
        """Where the icon of the reason is, with room for a hand around it: a click on it tells the whole reason."""
        title, artist, reason = self._line_heights()
        icon = self._look.px(ICON_PX)
        side = max(24, icon + 8)
        x = body.x() + self.cover_px + 20.0 + (icon - side) / 2
        y = self._top(body) + title + artist + 4 + (reason - side) / 2
        return mirror(body, x, y, side, side, mirrored=mirrored(self._view))

    def _top(self, body: QRect) -> float:
        """Where the lines of text begin."""
        return body.y() + (body.height() - sum(self._line_heights()) - 4) / 2

    @guarded(lambda: QSize(100, 80))
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows that begin a section are higher."""
        heading = self.heading_height if self._view.queue.begins_section(index.row()) else 0
        return QSize(100, self.row_height + heading)

    @guarded(none)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        rect: QRect = option.rect.translated(0, self._view.glide.offset(self._view.queue.entries[index.row()].id))
        state: QStyle.StateFlag = option.state
        row = self._view.queue.row(index.row())
        canvas = Canvas(painter, self._look, rect, mirrored=mirrored(self._view))
        body = self.body(row, rect)
        if row.section:
            box = (body.x() + 12.0, rect.y() + 6.0, body.width() - 24.0, self.heading_height - 6.0)
            canvas.text("small_bold", "text3", box, row.section)
        canvas.area = body
        focused = index.row() == self._view.focused_row
        hovered = index.row() == self._view.hovered
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            canvas.box("selection", QRectF(body), 10)
        elif hovered:
            canvas.box(self._look.theme.colour("text", 0.06), QRectF(body), 10)
        if focused:
            canvas.ring(QRectF(body).adjusted(1, 1, -1, -1), 9)
        if row.track is not None:
            self._paint_track(canvas, row, row.track, buttons=hovered or focused)
        if self._view.queue.is_fresh(index.row()):
            canvas.box("accent", canvas.rect(body.x() - 1, body.center().y() - DOT_PX / 2, DOT_PX, DOT_PX), DOT_PX / 2)
            self._view.saw(row.entry.id)

    def _paint_track(self, canvas: Canvas, row: QueueRow, track: Track, *, buttons: bool) -> None:
        body = canvas.area
        title, artist, reason = self._line_heights()
        y = self._top(body)
        art = words.cover_of(track)
        place = canvas.rect(body.x() + 8, body.y() + (body.height() - self.cover_px) / 2, self.cover_px, self.cover_px)
        canvas.cover(self._covers.get(art, self.cover_px, 6, canvas.dpr), place, 6)
        x, right = body.x() + self.cover_px + 20.0, body.right() - 8.0
        time_width = self._look.metrics("digits").horizontalAdvance(words.clock(track.duration_ms)) + 4
        room = 2 * self.button_px + 8 if buttons else time_width + 8
        below = (
            2 * self.button_px + 8 if buttons else self._look.px(MARK_PX) + 10 if track.thumb or row.entry.pinned else 0
        )
        gone = track.missing or not track.playable
        canvas.text("row_title", "text3" if gone else "text", (x, y, right - x - room, title), track.title)
        name = track.artist or words.unknown_artist()
        canvas.text("second", "text2", (x, y + title, right - x - below, artist), name)
        icon_px = self._look.px(ICON_PX)
        middle = y + title + artist + 4 + (reason - icon_px) / 2
        place = self.why(body)
        if row.entry.suggestion is not None and place.contains(QPointF(self._view.mouse)):
            canvas.box(self._look.theme.colour("text", 0.12), place, place.width() / 2)
        filled = row.icon in ("heart", "fire-simple")
        canvas.icon(row.icon, "accent", x, middle, icon_px, "fill" if filled else "regular")
        faint = self._look.theme.colour("text", 0.78)
        line = (x + icon_px + 6, y + title + artist + 4, right - x - icon_px - 6, reason)
        canvas.text("small", faint, line, row.reason)
        if buttons:
            self._paint_buttons(canvas, track)
            return
        canvas.text(
            "digits", "text3", (right - time_width, y, time_width, title), words.clock(track.duration_ms), Align.END
        )
        mark = self._look.px(MARK_PX)
        self._paint_mark(canvas, row, track, right - mark, y + title + (artist - mark) / 2)

    def _paint_buttons(self, canvas: Canvas, track: Track) -> None:
        places, px = self.buttons(canvas.area), round(self.button_px * 0.6)
        for command, icon, shade, value in THUMBS:
            place, given = places[command], track.thumb == value
            if place.contains(QPointF(self._view.mouse)):
                canvas.box(self._look.theme.colour("text", 0.09), place, self.button_px / 2)
            pixmap = self._look.pixmap(
                icon, shade if given else "text2", px, canvas.dpr, "fill" if given else "regular"
            )
            inset = (self.button_px - px) / 2
            canvas.painter.drawPixmap(place.topLeft() + QPointF(inset, inset), pixmap)

    def _paint_mark(self, canvas: Canvas, row: QueueRow, track: Track, x: float, y: float) -> None:
        if track.thumb:
            icon, shade = ("thumbs-up", "good") if track.thumb > 0 else ("thumbs-down", "bad")
            canvas.icon(icon, shade, x, y, self._look.px(MARK_PX), "fill")
        elif row.entry.pinned:
            canvas.icon("push-pin", "text3", x, y, self._look.px(MARK_PX), "fill")
