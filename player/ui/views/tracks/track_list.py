"""A table of the tracks of one query, with everything one can do with them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from player.application import Changes, Kind
from player.domain import SortKey, StartReason, Track, TrackOrder, TrackQuery
from player.ui.commands import Command
from player.ui.context import HasTracks
from player.ui.models.sorting import kept_keys, plain_keys
from player.ui.models.tracks import PAGE
from player.ui.services import HasController, HasCovers, HasLibrary, HasLook, HasOperations
from player.ui.views.tracks.track_table import DEFAULT_COLUMNS, TrackTable
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.layout.scrolling import KeptScroll

FIRST_HITS = 2 * PAGE
"""The best hits of a search are shown before all others are found and sorted: a letter finds half of a library."""

MOST_KEPT = 500
"""Of a longer selection no more rows are remembered."""


def rows_of(ids: array[int], chosen: Sequence[int]) -> list[int]:
    """The rows of tracks in a list of maybe a million."""
    if not ids:
        return []
    rows: list[int] = np.flatnonzero(np.isin(np.asarray(ids), chosen)).tolist()
    return rows


class TrackListNeeds(HasController, HasCovers, HasLibrary, HasLook, HasOperations, HasTracks, Protocol):
    """What `TrackList` asks for."""


class TrackList(QWidget):
    """Tracks of a query.

    Signals:
        loaded(int): So many tracks were found.
        command_left(Command, list[int]): A command that means something to the owner only (remove, move).
        menu_opening(QMenu, list[int]): The context menu is about to open; the owner may add to it.

    Args:
        context: The window's services.
        name: Accessible name of the table.
        reason: What the play log says of tracks started here.
        goes_on: Whether playing a track queues those after it; else suggestions follow it.
        columns: Columns shown.
        with_covers: Whether titles have covers beside them.
    """

    loaded = Signal(int)
    command_left = Signal(object, list)
    menu_opening = Signal(object, list)

    def __init__(
        self,
        context: TrackListNeeds,
        name: str,
        *,
        reason: StartReason = StartReason.PICKED,
        goes_on: bool = False,
        columns: Sequence[str] = DEFAULT_COLUMNS,
        with_covers: bool = True,
    ) -> None:
        super().__init__()
        self._context = context
        self._reason = reason
        self._goes_on = goes_on
        self._query = TrackQuery()
        self._request = 0
        self._keep_at: int | None = None
        self._keep_chosen: Sequence[int] = ()
        self._kept_of: object = None
        self._fixed = False
        fetch = context.library.tracks
        self.table = TrackTable(context.look, context.covers, fetch, name, columns=columns, with_covers=with_covers)
        self.empty = EmptyState(context.look, "music-notes")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.table.command.connect(self._run)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.sort_wanted.connect(self.sort)
        context.operations.changed.connect(self._on_changes)
        context.controller.track_changed.connect(self._show_playing)
        self._show_playing(context.controller.current_track)
        self.setFocusProxy(self.table)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS, Kind.PLAYS):
            self.table.tracks.refresh()

    @property
    def query(self) -> TrackQuery:
        """What is shown."""
        return self._query

    @property
    def ids(self) -> array[int]:
        """The tracks shown, in order."""
        return self.table.tracks.ids

    def show_query(self, query: TrackQuery) -> None:
        """Show the tracks of another query, from its top."""
        self._query = query
        self.table.set_sorted_by(query.sort_keys)
        self._keep_at, self._keep_chosen = None, ()
        self._load()

    def open_query(self, query: TrackQuery, of: object) -> None:
        """Show the tracks of what `of` names: as they were left, where that is what was restored; else from the top."""
        if of is not None and of == self._kept_of:
            self.start_restored(query)
        else:
            self.show_query(query)
        self._kept_of = None

    def show_ids(self, ids: array[int]) -> None:
        """Show these tracks in this order, which is not sorted otherwise."""
        self._request += 1
        self._fixed = True
        self.table.set_sorted_by(())
        self._found(self._request, ids)

    def reload(self) -> None:
        """Ask again and stay where one is."""
        self._keep_at = self.table.verticalScrollBar().value()
        self._keep_chosen = self._chosen_ids()
        self._load()

    def sort(self, keys: Sequence[SortKey]) -> None:
        """Sort by something else, or by several things."""
        if not self._fixed:
            self.show_query(self._query.sorted_by(keys))

    def tracks_of(self, rows: Sequence[int]) -> list[Track]:
        """The tracks in rows, without those that have gone."""
        found = (self.table.tracks.track(row) for row in rows)
        return [track for track in found if track is not None]

    def play(self, rows: Sequence[int]) -> None:
        """Play a row (and what follows it), or the chosen rows."""
        if len(rows) > 1:
            self._context.tracks.play([self.ids[row] for row in rows], 0, self._reason)
        elif rows and self._goes_on:
            self._context.tracks.play(self.ids, rows[0], self._reason)
        elif rows:
            self._context.tracks.play([self.ids[rows[0]]], 0, self._reason)

    def _chosen_ids(self) -> list[int]:
        return [self.ids[row] for row in self.table.chosen_rows()[:MOST_KEPT]]

    def state(self, of: object = None) -> dict[str, Any]:
        """Order, columns, position and selection, to be remembered; `of` names what is listed (JSON)."""
        return {
            "of": of,
            "sorted_by": plain_keys(self._query.sort_keys),
            "columns": list(self.table.columns),
            "scroll": self.table.verticalScrollBar().value(),
            "chosen": self._chosen_ids(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up order, columns, position and selection."""
        keys = kept_keys(state)
        if keys:
            self._query = self._query.sorted_by(keys)
            self.table.set_sorted_by(keys)
        columns = state.get("columns")
        if isinstance(columns, list):
            self.table.set_columns([str(name) for name in columns])
        scroll = state.get("scroll")
        self._keep_at = scroll if isinstance(scroll, int) else None
        chosen = state.get("chosen")
        kept = chosen if isinstance(chosen, list) else []
        self._keep_chosen = [track_id for track_id in kept if isinstance(track_id, int)]
        self._kept_of = state.get("of")

    def start_restored(self, query: TrackQuery) -> None:
        """Show a query's tracks in the restored order and position."""
        self._query = query.sorted_by(self._query.sort_keys or query.sort_keys)
        self._load()

    def _load(self) -> None:
        self._request += 1
        request, query = self._request, self._query
        first = replace(query, limit=FIRST_HITS)

        def ask(wanted: TrackQuery, done: Callable[[int, array[int]], None]) -> None:
            find = self._context.library.find_tracks
            find(wanted, lambda ids: done(request, ids), lambda: request == self._request)

        def best(request: int, ids: array[int]) -> None:
            if len(ids) < FIRST_HITS:
                self._found(request, ids)
            elif request == self._request:
                self.table.tracks.set_ids(ids)
                self._stack.setCurrentIndex(0)
                ask(query, self._found_rest)

        staged = query.order is TrackOrder.RELEVANCE and query.limit is None and self._keep_at is None
        ask(first if staged else query, best if staged else self._found)

    def _found_rest(self, request: int, ids: array[int]) -> None:
        if request == self._request:
            self.table.tracks.add_ids(ids)
            self._told(ids)

    def _found(self, request: int, ids: array[int]) -> None:
        if request == self._request:
            self.table.tracks.set_ids(ids)
            self._told(ids)

    def _told(self, ids: array[int]) -> None:
        self._stack.setCurrentIndex(0 if ids else 1)
        if self._keep_chosen:
            self.table.choose_rows(rows_of(ids, self._keep_chosen))
            self._keep_chosen = ()
        if self._keep_at is not None:
            KeptScroll(self.table, self._keep_at)
            self._keep_at = None
        self.loaded.emit(len(ids))

    def _show_playing(self, track: Track | None) -> None:
        self.table.set_playing(track.id if track is not None else None)

    def _run(self, command: Command, rows: list[int]) -> None:
        if command is Command.PLAY:
            self.play(rows)
        elif not self._context.tracks.run(command, self.tracks_of(rows)):
            self.command_left.emit(command, rows)

    def _add_table_choices(self, menu: QMenu) -> None:
        """What the headings offer to the mouse."""
        menu.addSeparator()
        if not self._fixed:
            self.table.add_sort_choice(menu.addMenu(self.tr("Sort by")))
        self.table.add_column_choice(menu.addMenu(self.tr("Columns")))

    def _show_menu(self, rows: list[int], at: QPoint) -> None:
        tracks = self.tracks_of(rows)
        if tracks:
            menu: QMenu = self._context.tracks.menu(tracks, self, play=lambda: self.play(rows))
            self.menu_opening.emit(menu, rows)
            self._add_table_choices(menu)
            self._context.tracks.popup(menu, at)
