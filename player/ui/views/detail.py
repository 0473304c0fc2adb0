"""The pages of one album, one artist, one playlist: a head with cover and buttons over a table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from player.domain import (
    Album,
    AlbumId,
    AlbumOrder,
    AlbumQuery,
    Artist,
    ArtistId,
    PlaylistEntry,
    PlaylistId,
    StartReason,
    TrackId,
    TrackOrder,
    TrackQuery,
)
from player.ui import words
from player.ui.commands import Command
from player.ui.context import Context
from player.ui.covers import CoverArt
from player.ui.guard import guarded, none
from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import MIME, unpack_tracks
from player.ui.playlists import query_of
from player.ui.views.card_source import CardActions, album_cards
from player.ui.views.page import Page
from player.ui.views.track_list import TrackList
from player.ui.widgets.basics import CoverView, ElidedLabel, ElidedLink, IconButton, TextLabel
from player.ui.widgets.card_grid import CardGrid
from player.ui.widgets.controls import TextButton
from player.ui.widgets.dropping import RowDrops
from player.ui.widgets.headed_list import HeadedList

COVER_PX = 184
SMALL_COVER_PX = 104
MOST_ABSENT = 5
"""So many entries without a track are named on the page, all in its tip."""


class Head(QWidget):
    """Cover, title, a line that may lead somewhere, figures, buttons."""

    def __init__(self, context: Context, *, round_cover: bool = False) -> None:
        super().__init__()
        look = context.look
        self._look = look
        self.cover = CoverView(look, context.covers, COVER_PX, COVER_PX / 2 if round_cover else 10)
        self.kind = TextLabel(look, font="small_bold", colour="text3")
        self.title = ElidedLabel(look, font="hero")
        self.link = ElidedLink(look, font="row_title", colour="text2")
        self.facts = TextLabel(look, font="second", colour="text2")
        self.play = TextButton(look, self.tr("Play"), role="main", icon="play")
        self.shuffle = TextButton(look, self.tr("Shuffle"), icon="shuffle")
        self.more = IconButton(look, "dots-three", self.tr("More"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.play, self.shuffle, self.more):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addStretch()
        for widget in (self.kind, self.title, self.link, self.facts):
            column.addWidget(widget)
        column.addSpacing(10)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 4, 20, 18)
        row.setSpacing(24)
        row.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(column, 1)

    def fit(self, size: QSize) -> None:
        """Take less room where the page is small."""
        px = self._look.px
        small = size.height() < px(560) or size.width() < px(620)
        self.cover.set_side(SMALL_COVER_PX if small else COVER_PX)
        self.cover.setVisible(size.width() >= px(400))
        self.kind.setVisible(not small)
        self.shuffle.setVisible(size.width() >= px(250))
        self.title.set_font_name("hero" if size.width() >= px(460) else "title")


class DetailPage(Page):
    """A head over a list of tracks."""

    def __init__(self, context: Context, head: Head, tracks: TrackList) -> None:
        super().__init__(context)
        self._of: int | str | None = None
        self.head = head
        self.list = tracks
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMinimumWidth(1)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(17, 0, 4, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        self._column.addWidget(tracks, 1)
        self.area = HeadedList(context.look, inside, tracks, tracks.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self.setFocusProxy(tracks)
        head.play.clicked.connect(lambda: self.play_all(shuffle=False))
        head.shuffle.clicked.connect(lambda: self.play_all(shuffle=True))
        head.more.clicked.connect(self._show_more)

    reason = StartReason.PICKED
    of_places = True

    def open(self, place: Place, query: TrackQuery) -> None:
        """List the tracks of a place."""
        self._of = place.of
        self.area.verticalScrollBar().setValue(0)
        self.list.open_query(query, place.of)

    def state(self) -> dict[str, Any]:
        """Of what was shown: order, columns, position, selection."""
        return self.list.state(self._of)

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up; they hold for the place they are of."""
        self.list.restore(state)

    def play_all(self, *, shuffle: bool) -> None:
        """Play what is listed."""
        ids = self.list.ids
        if not ids:
            return
        queue = self.context.parts.queue
        if queue.shuffle != shuffle:
            queue.set_modes(shuffle=shuffle)
        self.context.tracks.play(ids, 0, self.reason)

    def focus_content(self) -> None:
        """The play button: Enter starts what the user came for."""
        self.list.table.setFocus()

    def library_changed(self) -> None:
        """Read again and stay where one is."""
        self.list.reload()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the head, which goes up with the list where both do not fit."""
        super().resizeEvent(event)
        self.head.fit(self.size())
        self.area.fit()

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ids = [TrackId(track_id) for track_id in self.list.ids]
        actions = self.context.tracks
        actions.item(menu, "arrow-bend-down-right", self.tr("Play next"), lambda: actions.play_next(ids))
        actions.item(menu, "queue", self.tr("Add to queue"), lambda: actions.add(ids))
        if not self.head.shuffle.isVisible():
            actions.item(menu, "shuffle", self.tr("Shuffle"), lambda: self.play_all(shuffle=True))
        lists = menu.addMenu(self.context.look.icon("list-plus", "text2", 16), self.tr("Add to playlist"))
        for playlist in self.context.playlists.manual:
            actions.item(lists, "playlist", playlist.name, partial(self.context.playlists.append, playlist.id, ids))
        new = self.tr("New playlist")
        actions.item(lists, "plus", new, lambda: self.context.playlists.create(self.title_text() or new, ids))
        more_like = self.context.parts.suggestions.more_like
        actions.item(menu, "magic-wand", self.tr("More like this"), lambda: more_like(ids[:50]))
        self.add_to_menu(menu)
        menu.popup(self.head.more.mapToGlobal(QPoint(0, self.head.more.height() + 4)))

    def title_text(self) -> str:
        """What the page is about."""
        return self.head.title.line

    def add_to_menu(self, menu: QMenu) -> None:
        """Further lines of the "More" menu."""


class AlbumPage(DetailPage):
    """One album."""

    reason = StartReason.ALBUM

    def __init__(self, context: Context) -> None:
        columns = ("no", "title", "artist", "plays", "time")
        name = self.table_name()
        tracks = TrackList(context, name, reason=StartReason.ALBUM, goes_on=True, columns=columns, with_covers=False)
        tracks.table.tracks.album_numbers = True
        super().__init__(context, Head(context), tracks)
        self._album: Album | None = None
        self.head.kind.setText(self.tr("Album"))
        self.head.link.clicked.connect(self._go_to_artist)

    @staticmethod
    def table_name() -> str:
        """Accessible name of the table."""
        return words.translate("AlbumPage", "Tracks of the album")

    def show_place(self, place: Place) -> None:
        """Show the album."""
        album_id = AlbumId(int(place.of or 0))
        self._show(self.context.parts.library.album(album_id))
        self.open(place, TrackQuery(album_id=album_id))

    def _show(self, album: Album | None) -> None:
        self._album = album
        if album is None:
            self.head.title.set_text(self.tr("This album is no longer in the library"))
            return
        self.head.title.set_text(album.title or words.unknown_album())
        self.head.link.set_text(album.artist or words.unknown_artist())
        parts = [
            str(album.year) if album.year else "",
            words.tracks(album.track_count),
            words.long_time(album.duration_ms),
        ]
        self.head.facts.setText(" · ".join(part for part in parts if part))
        self.head.cover.set_art(CoverArt(album.cover_key, words.album_name(album.title, album.artist)))

    def _go_to_artist(self) -> None:
        if self._album is not None and self._album.artist_id is not None:
            self.context.go(Place(PageKind.ARTIST, int(self._album.artist_id)))


class ArtistPage(DetailPage):
    """One artist: albums and tracks."""

    def __init__(self, context: Context) -> None:
        columns = ("no", "title", "album", "year", "plays", "time")
        name = words.translate("ArtistPage", "Tracks of the artist")
        super().__init__(
            context, Head(context, round_cover=True), TrackList(context, name, goes_on=True, columns=columns)
        )
        self._request = 0
        self.head.kind.setText(self.tr("Artist"))
        self.head.link.hide()
        self.albums = CardGrid(
            context.look, context.covers, self.tr("Albums of the artist"), one_row=True, ideal_px=150
        )
        CardActions(context, self.albums)
        self._column.insertWidget(1, self.albums)
        self._column.insertSpacing(2, 10)

    def show_place(self, place: Place) -> None:
        """Show the artist."""
        artist_id = ArtistId(int(place.of or 0))
        self._show(self.context.parts.library.artist(artist_id))
        self._request += 1
        request = self._request

        def found(albums: Sequence[Album]) -> None:
            if request == self._request:
                self.albums.cards.set_cards(album_cards(albums))
                self.albums.setVisible(bool(albums))
                self.area.fit()

        query = AlbumQuery(artist_id=artist_id, order=AlbumOrder.YEAR, descending=True)
        self.context.parts.library.find_albums(query, found)
        self.open(place, TrackQuery(artist_id=artist_id, order=TrackOrder.PLAYS, descending=True))

    def _show(self, artist: Artist | None) -> None:
        if artist is None:
            self.head.title.set_text(self.tr("This artist is no longer in the library"))
            return
        self.head.title.set_text(artist.name or words.unknown_artist())
        self.head.facts.setText(" · ".join((words.albums(artist.album_count), words.tracks(artist.track_count))))
        self.head.cover.set_art(CoverArt(artist.cover_key, artist.name))


class PlaylistPage(DetailPage):
    """One playlist: its tracks in their order, which the user may change."""

    reason = StartReason.PLAYLIST

    def __init__(self, context: Context) -> None:
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
        self.absent.setContentsMargins(11, 0, 20, 10)
        self.absent.hide()
        self._absent = 0
        self._column.insertWidget(1, self.absent)
        context.playlists.changed.connect(self._show_head)
        context.playlists.tracks_changed.connect(self._tracks_changed)
        context.tracks.thumbed.connect(lambda _track, _value: self._listened())
        if context.parts.recorder is not None:
            context.parts.recorder.logged.connect(self._listened)

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
            self.absent.setText(self.tr("%n entries are not in your library: {0}", "", len(entries)).format(some))
            self.absent.setToolTip("\n".join(names))
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

    def _tracks_changed(self, playlist_id: PlaylistId) -> None:
        if playlist_id == self._id:
            self._find_absent()
            playlist = self.context.playlists.get(playlist_id)
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
            edit = partial(self.context.playlists.smart_wanted.emit, playlist, "")
            self.context.tracks.item(menu, "note-pencil", self.tr("Edit rules"), edit)
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
