"""The page of one playlist, whose order the user may change."""

from __future__ import annotations

import os
from functools import partial
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QMenu

from player.application import Changes, Kind, query_of
from player.domain import PlaylistEntry, PlaylistId, StartReason, TrackId, TrackOrder, TrackQuery
from player.ui import words
from player.ui.commands import Command
from player.ui.context import HasTracks
from player.ui.covers import CoverArt
from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import MIME, unpack_tracks
from player.ui.plain import tip
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists
from player.ui.views.browse.detail import DetailPage, Head
from player.ui.views.playlists.playlist_files import ask_export, export_text
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.layout.dropping import RowDrops
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel

MOST_ABSENT = 5
"""So many entries without a track are named on the page, all in its tip."""


class PlaylistPageNeeds(
    HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists, HasTracks, Protocol
):
    """What `PlaylistPage` asks for."""


class PlaylistPage(DetailPage):
    """One playlist: its tracks in their order, which the user may change."""

    context: PlaylistPageNeeds

    reason = StartReason.PLAYLIST

    def __init__(self, context: PlaylistPageNeeds) -> None:
        name = words.translate("PlaylistPage", "Tracks of the playlist")
        super().__init__(context, Head(context), TrackList(context, name, reason=StartReason.PLAYLIST, goes_on=True))
        self._id = PlaylistId(0)
        self.head.kind.setText(self.tr("Playlist"))
        self.head.link.hide()
        self.list.command_left.connect(self._change)
        self.list.menu_opening.connect(self._add_remove)
        self.list.loaded.connect(self._loaded)
        self.list.empty.show_words(
            self.tr("This playlist is empty"),
            self.tr("Drag tracks onto its name, or choose “Add to playlist” from their menu."),
            icon="playlist",
        )
        drops = RowDrops(self.list.table, context.look, lambda data: data.hasFormat(MIME) and self._changeable)
        drops.dropped.connect(self._dropped)
        self.absent = TextLabel(context.look, font="second", colour="text3", wrap=True)
        inset(self.absent, 11, 0, 20, 10)
        self.absent.hide()
        self._absent = 0
        self._column.insertWidget(1, self.absent)
        context.playlists.changed.connect(self._show_head)
        context.operations.changed.connect(self._on_changes)

    def show_place(self, place: Place) -> None:
        """Show the playlist."""
        self._id = PlaylistId(int(place.of or 0))
        self._show_head()
        self._find_absent()
        self.open(place, self._query())

    def _find_absent(self) -> None:
        """Entries of the playlist's file that the library has no track for stay in it, and are named here."""
        asked = self._id

        def found(entries: list[PlaylistEntry]) -> None:
            if asked != self._id:
                return
            names = [" – ".join(filter(None, (one.artist, one.title))) or os.path.basename(one.path) for one in entries]
            some = "; ".join(names[:MOST_ABSENT]) + ("…" if len(names) > MOST_ABSENT else "")
            self._absent = len(entries)
            self.absent.setText(self.tr("%Ln entries are not in your library: {0}", "", len(entries)).format(some))
            self.absent.setToolTip(tip("\n".join(names)))
            self.absent.setVisible(bool(entries))
            self.area.fit()

        self.context.playlists.find_absent(self._id, found)

    def _query(self) -> TrackQuery:
        playlist = self.context.playlists.get(self._id)
        return query_of(playlist) if playlist is not None else TrackQuery(playlist_id=self._id)

    def _show_head(self) -> None:
        playlist = self.context.playlists.get(self._id)
        if playlist is None:
            return
        self.head.title.set_text(playlist.name)
        self.head.kind.setText(self.tr("Playlist") if playlist.rules is None else self.tr("Smart playlist"))
        if playlist.rules is not None:
            self.head.facts.setText(playlist.rules.text)
            return
        facts = words.tracks(playlist.track_count)
        self.head.facts.setText(f"{facts} · {words.long_time(playlist.duration_ms)}" if playlist.duration_ms else facts)

    def _loaded(self, count: int) -> None:
        tracks = self.list.tracks_of([0]) if count else []
        name = self.head.title.line
        self.head.cover.set_art(words.cover_of(tracks[0]) if tracks else CoverArt(None, name))

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS, Kind.PLAYS):
            self._listened()
        if changes.touches(Kind.ENTRIES) and int(self._id) in changes.ids:
            self._find_absent()
            playlist = self.context.playlists.get(self._id)
            if playlist is not None and playlist.rules is not None:
                self.list.show_query(query_of(playlist))
            else:
                self.list.reload()

    def _listened(self) -> None:
        """What was played or liked may be in the rules of a smart playlist."""
        playlist = self.context.playlists.get(self._id)
        if self.isVisible() and playlist is not None and playlist.rules is not None:
            self.list.reload()

    @property
    def _changeable(self) -> bool:
        playlist = self.context.playlists.get(self._id)
        in_order = self.list.query.order is TrackOrder.PLAYLIST and not self.list.query.descending
        return playlist is not None and playlist.rules is None and in_order

    def _change(self, command: Command, rows: list[int]) -> None:
        if not self._changeable:
            return
        ids = [TrackId(track_id) for track_id in self.list.ids]
        if command is Command.REMOVE:
            kept = [track_id for row, track_id in enumerate(ids) if row not in set(rows)]
            self.context.playlists.set_tracks(self._id, kept, self.tr("Remove from playlist"))
        elif command in (Command.MOVE_UP, Command.MOVE_DOWN) and len(rows) == 1:
            row, target = rows[0], rows[0] + (-1 if command is Command.MOVE_UP else 1)
            if 0 <= target < len(ids):
                ids.insert(target, ids.pop(row))
                self.list.table.select_row(target)
                self.context.playlists.set_tracks(self._id, ids, self.tr("Move in playlist"))

    def _dropped(self, data: QMimeData, row: int) -> None:
        """Rows of this list move, other tracks come in."""
        ids = [TrackId(track_id) for track_id in self.list.ids]
        own = self.list.table.tracks.own_rows(data)
        moved = [ids[r] for r in own] if own else unpack_tracks(data)
        head = [track_id for r, track_id in enumerate(ids[:row]) if r not in set(own)]
        tail = [track_id for r, track_id in enumerate(ids[row:], start=row) if r not in set(own)]
        text = self.tr("Move in playlist") if own else self.tr("Add to playlist")
        self.context.playlists.set_tracks(self._id, [*head, *moved, *tail], text)

    def _add_remove(self, menu: QMenu, rows: list[int]) -> None:
        if self._changeable:
            menu.addSeparator()
            remove = self.tr("Remove from playlist")
            self.context.tracks.item(menu, "x", remove, lambda: self._change(Command.REMOVE, rows))

    def add_to_menu(self, menu: QMenu) -> None:
        """Change or delete the playlist."""
        menu.addSeparator()
        playlist = self.context.playlists.get(self._id)
        if playlist is not None and playlist.rules is not None:
            edit = partial(self.context.tracks.smart_wanted.emit, playlist, "")
            self.context.tracks.item(menu, "note-pencil", self.tr("Edit rules"), edit)
        playlists, shown = self.context.playlists, self._id
        self.context.tracks.item(menu, "download-simple", export_text(), lambda: ask_export(playlists, shown, self))
        if self._absent:
            drop = self.tr("Remove what your library does not have")
            self.context.tracks.item(menu, "x", drop, lambda: self.context.playlists.drop_absent(self._id))
        delete = self.tr("Delete playlist")
        self.context.tracks.item(menu, "trash", delete, self._delete)

    def _delete(self) -> None:
        self.context.playlists.delete(self._id)
        self.context.go(Place(PageKind.HOME))

    def library_changed(self) -> None:
        """Read again and stay where one is."""
        self._find_absent()
        self.list.show_query(self._query().sorted_by(self.list.query.sort_keys))
