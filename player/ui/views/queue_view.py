"""The list of Up Next: cover, title, artist, time, one line of reason; thumbs on hover and on focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QHoverEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from player.domain import Track
from player.ui import words
from player.ui.commands import Command
from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import Index
from player.ui.models.queue import QueueModel, QueueRow, unpack_entries
from player.ui.models.tracks import unpack_tracks
from player.ui.paint import Align, Canvas, mirror
from player.ui.views.row_hands import RowHands
from player.ui.widgets.basics import mirrored
from player.ui.widgets.scrolling import SmoothWheel

COVER_PX = 52
BUTTON_PX = 30
MARK_PX = 16
THUMBS = ((Command.THUMB_DOWN, "thumbs-down", "bad", -1), (Command.THUMB_UP, "thumbs-up", "good", 1))


class QueueDelegate(QStyledItemDelegate):
    """Paints a row of Up Next."""

    def __init__(self, view: QueueView, look: Look, covers: Covers) -> None:
        super().__init__(view)
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

    @guarded(lambda: QSize(100, 80))
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows that begin a section are higher."""
        heading = self.heading_height if self._view.queue.begins_section(index.row()) else 0
        return QSize(100, self.row_height + heading)

    @guarded(none)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        rect: QRect = option.rect
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

    def _paint_track(self, canvas: Canvas, row: QueueRow, track: Track, *, buttons: bool) -> None:
        body = canvas.area
        title, artist, reason = self._line_heights()
        y = body.y() + (body.height() - title - artist - reason - 4) / 2
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
        icon_px = self._look.px(15)
        middle = y + title + artist + 4 + (reason - icon_px) / 2
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


class QueueView(RowHands, QListView):
    """The entries of Up Next.

    Signals:
        command(Command, list[int]): What the user wants done with rows.
        menu_wanted(list[int], QPoint): The context menu for rows, at a global position.
        moved(list[EntryId], int): Entries were dropped before a row.
        dropped(list[TrackId], int): Tracks were dropped before a row.
        files_dropped(list[str], int): Files or folders were dropped before a row.

    Args:
        look: How to draw.
        covers: Where covers come from.
        model: The rows.
        parent: Qt parent.
    """

    command = Signal(object, list)
    menu_wanted = Signal(list, QPoint)
    moved = Signal(list, int)
    dropped = Signal(list, int)
    files_dropped = Signal(list, int)

    def __init__(self, look: Look, covers: Covers, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.queue = model
        self.hovered = -1
        self.mouse = QPoint(-1, -1)
        self._delegate = QueueDelegate(self, look, covers)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Up Next"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        SmoothWheel(self, look)
        covers.ready.connect(self._cover_arrived)
        look.restyled.connect(self.relayout)
        look.changed.connect(self.viewport().update)

    def relayout(self) -> None:
        """Headings or sizes may have changed."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def title_of(self, row: int) -> str:
        """The title of a row's track."""
        track = self.queue.row(row).track
        return track.title if track is not None else ""

    def button_at(self, point: QPoint) -> tuple[int, Command] | None:
        """The thumb at a point of the viewport, with its row."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        body = self._delegate.body(self.queue.row(index.row()), self.visualRect(index))
        for command, place in self._delegate.buttons(body).items():
            if place.contains(QPointF(point)):
                return index.row(), command
        return None

    def _cover_arrived(self, art: CoverArt) -> None:
        if not self.isVisible():
            return
        area = self.viewport().rect()
        for number in range(self.queue.rowCount()):
            rect = self.visualRect(self.queue.index(number))
            if rect.top() > area.bottom():
                return
            track = self.queue.row(number).track if rect.bottom() >= 0 else None
            if track is not None and words.cover_of(track) == art:
                self.viewport().update(rect)

    @guarded(bool)
    def viewportEvent(self, event: QEvent) -> bool:
        """Keep track of the mouse; a thumb says what it does."""
        if isinstance(event, QHoverEvent) and event.type() is not QEvent.Type.HoverLeave:
            self.mouse = event.position().toPoint()
            self._hover(self.indexAt(self.mouse).row())
            self._say_thumb()
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self.mouse = QPoint(-1, -1)
            self._hover(-1)
        return super().viewportEvent(event)

    def _say_thumb(self) -> None:
        hit = self.button_at(self.mouse)
        tips = {
            Command.THUMB_UP: self.tr("More like this, starting now"),
            Command.THUMB_DOWN: self.tr("Leave it out and play less like it"),
        }
        self.viewport().setToolTip(tips[hit[1]] if hit else "")

    def _hover(self, row: int) -> None:
        before, self.hovered = self.hovered, row
        for changed in {before, row} - {-1}:
            self.viewport().update(self.visualRect(self.queue.index(changed)))

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a thumb does not select."""
        self.by_key = False
        if self.button_at(event.position().toPoint()) is None:
            super().mousePressEvent(event)

    @guarded(none)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a thumb gives it."""
        hit = self.button_at(event.position().toPoint())
        if hit is not None and event.button() is Qt.MouseButton.LeftButton:
            self.command.emit(hit[1], [hit[0]])
        else:
            super().mouseReleaseEvent(event)

    @guarded(none)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click plays."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and self.button_at(point) is None:
            self.command.emit(Command.PLAY, [index.row()])

    @guarded(none)
    def dropEvent(self, event: QDropEvent) -> None:
        """Entries move, tracks come in, before the row at the mouse."""
        row = self._row_below(event.position().toPoint())
        entries, tracks = unpack_entries(event.mimeData()), unpack_tracks(event.mimeData())
        # The drag's source must not remove anything itself, whatever it proposed.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if entries:
            self.moved.emit(entries, row)
        elif tracks:
            self.dropped.emit(tracks, row)
        elif files := [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]:
            self.files_dropped.emit(files, row)
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _row_below(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if not index.isValid():
            return self.queue.rowCount()
        return index.row() + (point.y() > self.visualRect(index).center().y())
