"""Painting a row of a track table straight from its track."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from player.domain import Track
from player.ui import words
from player.ui.covers import Covers
from player.ui.look import Look
from player.ui.models.tracks import Column, TrackModel
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import Directed

COVER_PX = 32
MARK_PX = 16


class PaintedTable(Directed, Protocol):
    """The table whose rows are painted."""

    @property
    def tracks(self) -> TrackModel:
        """The rows."""

    @property
    def with_covers(self) -> bool:
        """Whether rows begin with a cover."""

    @property
    def artist_below(self) -> bool:
        """Whether the artist stands below the title."""

    @property
    def focused_row(self) -> int:
        """The row with the keyboard's focus; -1 for none."""

    @property
    def hovered(self) -> int:
        """The row below the mouse; -1 for none."""

    def hasFocus(self) -> bool:
        """Return whether the table has the focus. As QWidget.hasFocus."""

    def selectionModel(self) -> QItemSelectionModel:
        """Return what is selected. As QAbstractItemView.selectionModel."""


class RowPainter:
    """Paints rows.

    Args:
        table: Whose rows; knows which is hovered, selected, focused.
        look: How to draw.
        covers: Where covers come from.
    """

    def __init__(self, table: PaintedTable, look: Look, covers: Covers) -> None:
        self._table = table
        self._look = look
        self._covers = covers

    def paint(self, painter: QPainter, row: int, rect: QRect, cells: Sequence[tuple[Column, int, int]]) -> None:
        """One row.

        Args:
            painter: Of the viewport.
            row: Number of the row.
            rect: Its rectangle.
            cells: The columns shown, each with its left edge and width.
        """
        table = self._table
        if table.selectionModel().isRowSelected(row):
            painter.fillRect(rect, self._look.theme.colour("selection"))
        elif row == table.hovered:
            painter.fillRect(rect, self._look.theme.colour("hover"))
        track = table.tracks.track(row)
        if track is None:
            return
        mirrored = table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        canvas = Canvas(painter, self._look, rect, mirrored=mirrored)
        for column, left, width in cells:
            canvas.area = QRect(left, rect.y(), width, rect.height())
            if column.name == "title":
                self._paint_title(canvas, track)
            elif column.name == "no":
                self._paint_number(canvas, row, track)
            else:
                self._paint_text(canvas, column, track)
        if row == table.focused_row:
            canvas.ring(QRectF(rect).adjusted(1, 1, -1, -1), 4)

    def _paint_text(self, canvas: Canvas, column: Column, track: Track) -> None:
        rect = canvas.area
        box = (rect.x() + 8.0, float(rect.y()), rect.width() - 18.0, float(rect.height()))
        font = "digits" if column.digits else "second"
        canvas.text(font, self._colour(track, "text2"), box, column.text(track), column.align)

    def _colour(self, track: Track, usual: str) -> str:
        return "text3" if track.missing or not track.playable else usual

    def _paint_title(self, canvas: Canvas, track: Track) -> None:
        rect, x = canvas.area, float(canvas.area.x() + 8)
        if self._table.with_covers:
            side = max(COVER_PX, self._look.px(COVER_PX))
            place = canvas.rect(x, rect.y() + (rect.height() - side) / 2, side, side)
            canvas.cover(self._covers.get(words.cover_of(track), side, 4, canvas.dpr), place, 4)
            x += side + 12
        colour = "accent" if track.id == self._table.tracks.playing else self._colour(track, "text")
        mark = self._look.px(MARK_PX)
        marked = track.missing or not track.playable or track.thumb
        right = rect.right() - (mark + 18 if marked else 8)
        artist = track.artist if self._table.artist_below else ""
        if artist:
            title_height, artist_height = (self._look.metrics(name).height() for name in ("medium", "small"))
            y = rect.y() + (rect.height() - title_height - artist_height) / 2
            canvas.text("medium", colour, (x, y, right - x, title_height), track.title)
            box = (x, y + title_height, right - x, artist_height)
            canvas.text("small", self._colour(track, "text2"), box, artist)
        else:
            canvas.text("medium", colour, (x, rect.y(), right - x, rect.height()), track.title)
        right = rect.right() - mark - 18
        middle = rect.y() + (rect.height() - mark) / 2
        if track.missing or not track.playable:
            canvas.icon("warning-circle", "text3", right + 8, middle, mark)
        elif track.thumb:
            icon, shade = ("heart", "accent") if track.thumb > 0 else ("thumbs-down", "bad")
            canvas.icon(icon, shade, right + 8, middle, mark, "fill")

    def _paint_number(self, canvas: Canvas, row: int, track: Track) -> None:
        rect = canvas.area
        mark = self._look.px(MARK_PX)
        x, middle = rect.right() - mark - 9.0, rect.y() + (rect.height() - mark) / 2
        if row == self._table.hovered and track.playable and not track.missing:
            canvas.icon("play", "text", x, middle, mark, "fill")
        elif track.id == self._table.tracks.playing:
            canvas.icon("waveform", "accent", x, middle, mark)
        else:
            box = (rect.x() + 4.0, float(rect.y()), rect.width() - 14.0, float(rect.height()))
            canvas.text("digits", "text3", box, self._table.tracks.number_text(row, track), Align.END)
