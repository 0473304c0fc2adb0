"""What the pages of an album, an artist and a playlist have in common: a head with cover and buttons over a table."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from player.domain import StartReason, TrackId, TrackQuery
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.models.nav import Place
from player.ui.services import HasCovers, HasLook, HasPlaylists
from player.ui.views.frame.page import Page
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.cover_views import CoverView
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import ElidedLabel, ElidedLink, TextLabel
from player.ui.widgets.lists.headed_list import HeadedList

COVER_PX = 184
SMALL_COVER_PX = 104


class HeadNeeds(HasCovers, HasLook, Protocol):
    """What `Head` asks for."""


class Head(QWidget):
    """Cover, title, a line that may lead somewhere, figures, buttons."""

    def __init__(self, context: HeadNeeds, *, round_cover: bool = False) -> None:
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
        inset(row, 11, 4, 20, 18)
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


class DetailPageNeeds(HasLook, HasPlaylists, HasTracks, Protocol):
    """What `DetailPage` asks for."""


class DetailPage(Page):
    """A head over a list of tracks."""

    context: DetailPageNeeds

    def __init__(self, context: DetailPageNeeds, head: Head, tracks: TrackList) -> None:
        super().__init__(context)
        self._of: int | str | None = None
        self.head = head
        self.list = tracks
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMinimumWidth(1)
        self._column = QVBoxLayout(inside)
        inset(self._column, 17, 0, 4, 0)
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
        tracks.loaded.connect(self._show_playable)

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
        self.context.tracks.play(ids, 0, self.reason, shuffle=shuffle)

    def _show_playable(self, count: int) -> None:
        for button in (self.head.play, self.head.shuffle):
            button.setEnabled(count > 0)

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
        like = self.tr("More like this")
        actions.item(menu, "magic-wand", like, lambda: actions.more_like(ids, self.title_text()))
        self.add_to_menu(menu)
        menu.popup(self.head.more.mapToGlobal(QPoint(0, self.head.more.height() + 4)))

    def title_text(self) -> str:
        """What the page is about."""
        return self.head.title.line

    def add_to_menu(self, menu: QMenu) -> None:
        """Further lines of the "More" menu."""
