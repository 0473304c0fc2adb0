"""The left side: places, playlists, and one quiet line on what is being learned."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from player.application import query_of
from player.domain import PlaylistId, StartReason
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.models.nav import NavItem, PageKind, Place
from player.ui.models.tracks import MIME, unpack_tracks
from player.ui.services import HasGo, HasLook, HasPlaylists
from player.ui.views.playlists.playlist_files import ask_export, ask_import, export_text, import_text
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import ElidedLink, TextLabel
from player.ui.widgets.lists.nav_list import NavList

WIDTH = 220
FOLDED_WIDTH = 64


class Dot(QWidget):
    """A small disc: green while learning, grey in a private session."""

    def __init__(self, context: HasLook) -> None:
        super().__init__()
        self._look = context.look
        self._colour = "good"
        self._look.restyled.connect(self._resize_to_text)
        self._resize_to_text()

    def _resize_to_text(self) -> None:
        px = max(8, self._look.px(8))
        self.setFixedSize(px, self._look.metrics("small").height())

    def set_colour(self, colour: str) -> None:
        """Take another token."""
        self._colour = colour
        self.update()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.colour(self._colour))
        side = self.width() - 1
        painter.drawEllipse(0, (self.height() - side) // 2, side, side)
        painter.end()


class NavigationNeeds(HasGo, HasLook, HasPlaylists, HasTracks, Protocol):
    """What `Navigation` asks for."""


class Navigation(QFrame):
    """Places to go.

    Args:
        context: The window's services.
        parent: Qt parent.
    """

    def __init__(self, context: NavigationNeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._place = Place(PageKind.HOME)
        self.setObjectName("navigation")
        look = context.look
        self.list = NavList(look, MIME)
        self.dot = Dot(context)
        self.learning = TextLabel(look, font="small", colour="text2", wrap=True)
        self.insights = ElidedLink(look, font="small", colour="text2")
        self.insights.set_text(self.tr("What was learned"))
        self.insights_icon = IconButton(look, "sparkle", self.tr("What was learned"), side=32, px=18)
        self.history = IconButton(look, "clock-counter-clockwise", self.tr("History"), side=32, px=18)
        self.settings = IconButton(look, "gear", self.tr("Settings"), side=32, px=18)
        self._lay_out()
        self._connect()
        self._show_items()
        self._resize_to_text()

    def _lay_out(self) -> None:
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        inset(line, 20, 0, 14, 0)
        line.setSpacing(8)
        line.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.learning, 1)
        # In large text the words get a line of their own above the buttons.
        self._words = QHBoxLayout()
        inset(self._words, 28 + self.dot.width(), 0, 12, 0)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inset(self._buttons, 34, 0, 12, 0)
        self._buttons.setSpacing(2)
        self._buttons.addWidget(self.insights, 1)
        self._buttons.addWidget(self.insights_icon)
        self._buttons.addWidget(self.history)
        self._buttons.addWidget(self.settings)
        column = QVBoxLayout(self)
        inset(column, 0, 18, 1, 10)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(self._line)
        column.addLayout(self._words)
        column.addLayout(self._buttons)

    def _connect(self) -> None:
        context = self._context
        self.list.chosen.connect(self._chosen)
        self.list.menu_wanted.connect(self._show_menu)
        self.list.dropped.connect(self._dropped)
        self.list.items.renamed.connect(self._renamed)
        for button in (self.insights, self.insights_icon):
            button.clicked.connect(lambda: context.go(Place(PageKind.INSIGHTS)))
        self.history.clicked.connect(lambda: context.go(Place(PageKind.HISTORY)))
        self.settings.clicked.connect(lambda: context.go(Place(PageKind.SETTINGS)))
        context.playlists.changed.connect(self._show_items)
        context.playlists.created.connect(self._edit_new)
        context.look.restyled.connect(self._resize_to_text)

    def set_folded(self, folded: bool) -> None:
        """Show only icons, or words too."""
        self.list.set_folded(folded)
        self._line.setVisible(not folded)
        self.insights.setVisible(not folded)
        self.insights_icon.setVisible(folded)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(below if folded else beside)
        self._resize_to_text()

    def show_place(self, place: Place) -> None:
        """Mark where the user is."""
        # Everywhere below the folders is the one line "Folders".
        self._place = Place(PageKind.FOLDERS) if place.kind in (PageKind.FOLDERS, PageKind.DUPLICATES) else place
        self.list.show_place(self._place)

    def show_learning(self, text: str, *, private: bool = False) -> None:
        """The line at the bottom."""
        self.learning.setText(text)
        self.dot.set_colour("text3" if private else "good")

    def _resize_to_text(self) -> None:
        scale = self._context.look.text_scale
        icon = self.history.width()
        width = max(FOLDED_WIDTH, icon + 16) if self.list.folded else round(WIDTH * min(1.5, scale))
        self.setFixedWidth(width)
        margin = (width - icon) // 2 if self.list.folded else 34
        inset(self._buttons, margin, 0, margin if self.list.folded else 12, 0)
        fits = self.list.folded or self.insights.sizeHint().width() <= width - 50 - 2 * self.history.width()
        if fits == (self._words.indexOf(self.insights) >= 0):
            there, here = (self._words, self._buttons) if fits else (self._buttons, self._words)
            there.removeWidget(self.insights)
            here.insertWidget(0, self.insights, 1)
            self._buttons.setAlignment(Qt.AlignmentFlag.AlignRight if not fits else Qt.AlignmentFlag(0))

    @guarded(none)
    def changeEvent(self, event: QEvent) -> None:
        """A new direction moves the line at the edge."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.setProperty("mirrored", self.layoutDirection() is Qt.LayoutDirection.RightToLeft)
            self.style().unpolish(self)
            self.style().polish(self)

    def _show_items(self) -> None:
        places = [
            NavItem(self.tr("Home"), "house", Place(PageKind.HOME)),
            NavItem(self.tr("Albums"), "vinyl-record", Place(PageKind.ALBUMS)),
            NavItem(self.tr("Tracks"), "music-notes", Place(PageKind.TRACKS)),
            NavItem(self.tr("Artists"), "user-sound", Place(PageKind.ARTISTS)),
            NavItem(self.tr("Genres"), "tag", Place(PageKind.GENRES)),
            NavItem(self.tr("Years"), "clock", Place(PageKind.YEARS)),
            NavItem(self.tr("Folders"), "folder-open", Place(PageKind.FOLDERS)),
            NavItem(self.tr("Liked"), "heart", Place(PageKind.LIKED)),
            NavItem(self.tr("Playlists")),
        ]
        lists = [
            NavItem(p.name, "playlist" if p.rules is None else "magic-wand", Place(PageKind.PLAYLIST, int(p.id)), True)
            for p in self._context.playlists.all
        ]
        new = NavItem(self.tr("New playlist"), "plus"), NavItem(self.tr("New smart playlist"), "magic-wand")
        self.list.items.set_items([*places, *lists, *new])
        self.list.show_place(self._place)

    def _chosen(self, row: int) -> None:
        place = self.list.items.item(row).place
        if place is not None:
            self._context.go(place)
            return
        self.list.show_place(self._place)  # a line that makes something is no place to be
        if self.list.items.item(row).icon == "plus":
            self._context.playlists.create(self.tr("New playlist"))
        else:
            self._context.tracks.smart_wanted.emit(None, "")

    def _edit_new(self, playlist_id: PlaylistId) -> None:
        row = self.list.items.row_of(Place(PageKind.PLAYLIST, int(playlist_id)))
        if row >= 0 and not self.list.folded and self.isVisible():
            index = self.list.items.index(row)
            self.list.setCurrentIndex(index)
            self.list.edit(index)

    def _renamed(self, place: Place, name: str) -> None:
        self._context.playlists.rename(PlaylistId(int(place.of or 0)), name)

    def _dropped(self, place: Place, data: QMimeData) -> None:
        self._context.playlists.append(PlaylistId(int(place.of or 0)), unpack_tracks(data))

    def _show_menu(self, row: int, at: QPoint) -> None:
        place = self.list.items.item(row).place
        if place is None:
            self._show_new_menu(at)
            return
        if place.kind is not PageKind.PLAYLIST:
            return
        playlist_id = PlaylistId(int(place.of or 0))
        playlist = self._context.playlists.get(playlist_id)
        if playlist is None:
            return
        query = query_of(playlist)
        actions = self._context.tracks
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        play = self.tr("Play")
        actions.item(menu, "play", play, lambda: actions.play_query(query, StartReason.PLAYLIST))
        actions.item(menu, "queue", self.tr("Add to queue"), lambda: actions.add_query(query))
        menu.addSeparator()
        if playlist.rules is not None:
            edit = partial(self._context.tracks.smart_wanted.emit, playlist, "")
            actions.item(menu, "sliders-horizontal", self.tr("Edit rules"), edit)
        index = self.list.items.index(row)
        actions.item(menu, "note-pencil", self.tr("Rename"), lambda: self.list.edit(index))
        export = partial(ask_export, self._context.playlists, playlist_id, self)
        actions.item(menu, "download-simple", export_text(), export)
        delete = self.tr("Delete playlist")
        actions.item(menu, "trash", delete, lambda: self._context.playlists.delete(playlist_id))
        menu.popup(at)

    def _show_new_menu(self, at: QPoint) -> None:
        """Ways to a new playlist; on the lines that make one, and on the heading above."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions, playlists = self._context.tracks, self._context.playlists
        actions.item(menu, "plus", self.tr("New playlist"), lambda: playlists.create(self.tr("New playlist")))
        smart = self.tr("New smart playlist")
        actions.item(menu, "magic-wand", smart, lambda: self._context.tracks.smart_wanted.emit(None, ""))
        actions.item(menu, "folder-open", import_text(), partial(ask_import, playlists, self))
        menu.popup(at)
