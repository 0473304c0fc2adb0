"""The list of Up Next: cover, title, artist, time, one line of reason; thumbs on hover and on focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QHoverEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QWidget,
)

from player.domain import EntryId
from player.ui import words
from player.ui.commands import Command
from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.queue import QueueModel, unpack_entries
from player.ui.models.tracks import unpack_tracks
from player.ui.views.tracks.row_hands import RowHands
from player.ui.views.up_next.glide import Glide
from player.ui.views.up_next.queue_rows import QueueDelegate
from player.ui.widgets.layout.scrolling import SmoothWheel

SEEN_MS = 4_000
"""Time for which a row that has just come is marked once it is in sight."""

MAX_GLIDING = 500
"""Rows of a queue that is laid out at once to see where they go."""


class QueueView(RowHands, QListView):
    """The entries of Up Next.

    Signals:
        command(Command, list[int]): What the user wants done with rows.
        menu_wanted(list[int], QPoint): The context menu for rows, at a global position.
        moved(list[EntryId], int): Entries were dropped before a row.
        dropped(list[TrackId], int): Tracks were dropped before a row.
        files_dropped(list[str], int): Files or folders were dropped before a row.
        why_wanted(int): The icon of a row's reason was clicked.

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
    why_wanted = Signal(int)

    def __init__(self, look: Look, covers: Covers, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.queue = model
        self.hovered = -1
        self.mouse = QPoint(-1, -1)
        self._over_why = False
        self._delegate = QueueDelegate(self, look, covers, self)
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
        self.glide = Glide(self, look, self)
        self._painted: set[EntryId] = set()
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._seen.timeout.connect(self._mark_seen)
        covers.ready.connect(self._cover_arrived)
        look.restyled.connect(self.relayout)
        look.changed.connect(self.viewport().update)

    def relayout(self) -> None:
        """Headings or sizes may have changed."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def rearrange(self) -> None:
        """The rows have changed: those in sight glide to their places."""
        self.relayout()
        if self.queue.rowCount() <= MAX_GLIDING:
            self.executeDelayedItemsLayout()
            self.glide.start()

    def saw(self, entry_id: EntryId) -> None:
        """A row with a mark was painted: the mark goes once there was time to see it."""
        self._painted.add(entry_id)
        if not self._seen.isActive():
            self._seen.start()

    def _mark_seen(self) -> None:
        seen, self._painted = self._painted, set()
        self.queue.seen(seen)

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

    def why_at(self, point: QPoint) -> int:
        """The row whose reason's icon is at a point of the viewport; -1 for none."""
        row = self.indexAt(point).row()
        if row < 0 or self.queue.entries[row].suggestion is None:
            return -1
        body = self._delegate.body(self.queue.row(row), self.row_rect(row))
        return row if self._delegate.why(body).contains(QPointF(point)) else -1

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
            Command.THUMB_DOWN: self.tr("Less like this"),
        }
        why = self.why_at(self.mouse) >= 0
        self.viewport().setToolTip(tips[hit[1]] if hit else self.tr("Why this?") if why else "")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if why or hit else Qt.CursorShape.ArrowCursor)
        if why != self._over_why:
            self._over_why = why
            self._repaint_row(self.hovered)

    def _hover(self, row: int) -> None:
        before, self.hovered = self.hovered, row
        for changed in {before, row} - {-1}:
            self._repaint_row(changed)

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(self.row_rect(row))

    @guarded(none)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a thumb or on a reason's icon does not select."""
        self.by_key = False
        point = event.position().toPoint()
        left = event.button() is Qt.MouseButton.LeftButton
        if self.button_at(point) is None and not (left and self.why_at(point) >= 0):
            super().mousePressEvent(event)

    @guarded(none)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a thumb gives it; one on a reason's icon explains it."""
        point = event.position().toPoint()
        hit, left = self.button_at(point), event.button() is Qt.MouseButton.LeftButton
        if hit is not None and left:
            self.command.emit(hit[1], [hit[0]])
        elif left and self.why_at(point) >= 0 and self.state() is QAbstractItemView.State.NoState:
            self.why_wanted.emit(self.why_at(point))
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
