"""Browsing by folder, as the files lie on the disk; and the music that lies there more than once."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from player.domain import StartReason, TrackId, TrackOrder, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.models.nav import NavItem, PageKind, Place
from player.ui.models.tracks import MIME
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations
from player.ui.views.frame.page import Page
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.lists.nav_list import NavList

SIDE_PX = 240
NARROW_PX = 620
LIST_PX = 190
MOST_CRUMBS = 4


def folder_name(path: str) -> str:
    """A folder as it is called in a list."""
    return os.path.basename(path.rstrip(os.sep)) or path


def crumbs_of(path: str, roots: Sequence[str]) -> list[str]:
    """The folders from a music folder down to `path`, both included; only `path` where no music folder holds it."""
    inside = [root for root in roots if path == root or path.startswith(root.rstrip(os.sep) + os.sep)]
    if not inside:
        return [path]
    root = max(inside, key=len)
    found = [path]
    while found[0] != root:
        found.insert(0, os.path.dirname(found[0]))
    return found


class FoldersPageNeeds(HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasTracks, Protocol):
    """What `FoldersPage` asks for."""


class FoldersPage(Page):
    """The folders in a folder, and all tracks below it."""

    context: FoldersPageNeeds

    def __init__(self, context: FoldersPageNeeds) -> None:
        super().__init__(context)
        look = context.look
        self._path = ""
        self._shown: int | None = None
        self._request = 0
        self._duplicates = TextButton(look, self.tr("Duplicates"))
        self._duplicates.clicked.connect(lambda: context.go(Place(PageKind.DUPLICATES)))
        self.folders = NavList(look, MIME, follows_arrows=False)
        self.folders.setAccessibleName(self.tr("Folders in this folder"))
        self.folders.chosen.connect(self._chosen)
        columns = ("no", "title", "artist", "album", "time")
        self.list = TrackList(context, self.tr("Tracks in this folder"), goes_on=True, columns=columns)
        self.list.empty.show_words(
            self.tr("No music in this folder"), self.tr("Folders with music below them are listed here.")
        )
        self.list.loaded.connect(self._loaded)
        self._lay_out()
        look.restyled.connect(self._fold)

    def _lay_out(self) -> None:
        look = self.context.look
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(2)
        self.play = TextButton(look, self.tr("Play"), role="main", icon="play")
        self.shuffle = TextButton(look, self.tr("Shuffle"), icon="shuffle")
        self.play.clicked.connect(lambda: self._play(shuffle=False))
        self.shuffle.clicked.connect(lambda: self._play(shuffle=True))
        head = QHBoxLayout()
        inset(head, 11, 0, 20, 12)
        head.setSpacing(8)
        head.addLayout(self._crumbs, 1)
        head.addWidget(self.play)
        head.addWidget(self.shuffle)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(8)
        self._body.addWidget(self.folders)
        self._body.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        inset(column, 17, 0, 4, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._body, 1)

    def title(self) -> str:
        """The page's name."""
        return self.tr("Folders")

    def count(self) -> str:
        """How many tracks lie below the folder shown."""
        return words.number(self._shown) if self._shown is not None else ""

    def tools(self) -> Sequence[QWidget]:
        """The way to the duplicates."""
        return (self._duplicates,)

    def show_place(self, place: Place) -> None:
        """Show a folder; without one the only music folder, or the list of them."""
        roots = self.context.library.roots()
        path = str(place.of or "") or (roots[0] if len(roots) == 1 else "")
        if path == self._path and self._shown is not None:
            return
        self._path = path
        self._show_crumbs(roots)
        self._load_folders()
        query = TrackQuery(folder=path or None, order=TrackOrder.PATH)
        self.list.open_query(query.sorted_by(self.list.query.sort_keys or query.sort_keys), path)

    def library_changed(self) -> None:
        """Read again and stay where one is."""
        self._load_folders()
        self.list.reload()

    def focus_content(self) -> None:
        """The folders, or the tracks where there are none."""
        (self.folders if self.folders.items.rowCount() else self.list.table).setFocus(Qt.FocusReason.TabFocusReason)

    def state(self) -> dict[str, Any]:
        """Order, columns, position of the tracks."""
        return self.list.state(self._path)

    def restore(self, state: dict[str, Any]) -> None:
        """Take up order and columns."""
        self.list.restore(state)

    def _load_folders(self) -> None:
        self._request += 1
        request, path = self._request, self._path

        def found(folders: Sequence[tuple[str, int]]) -> None:
            if request == self._request:
                self._show_folders(folders)

        if path:
            self.context.library.folders(path, found)
        else:
            self._show_folders([(root, 0) for root in self.context.library.roots()])

    def _show_folders(self, folders: Sequence[tuple[str, int]]) -> None:
        items = []
        for path, count in folders:
            name = folder_name(path) if self._path else path
            text = f"{name}  ·  {words.number(count)}" if count else name
            items.append(NavItem(text, "folder-open", Place(PageKind.FOLDERS, path)))
        self.folders.items.set_items(items)
        self.folders.setVisible(bool(items))

    def _show_crumbs(self, roots: Sequence[str]) -> None:
        while (item := self._crumbs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        steps: list[str] = crumbs_of(self._path, roots) if self._path else []
        if len(roots) > 1:
            steps.insert(0, "")
        for step in steps[-MOST_CRUMBS:]:
            self._add_crumb(step)
        self._crumbs.addStretch(1)

    def _add_crumb(self, path: str) -> None:
        look = self.context.look
        name = folder_name(path) if path else self.tr("All folders")
        if path == self._path:
            self._crumbs.addWidget(TextLabel(look, name, font="row_title"))
            return
        button = TextButton(look, name, role="quiet")
        button.setAccessibleName(self.tr("Up to {0}").format(name))
        button.clicked.connect(partial(self.context.go, Place(PageKind.FOLDERS, path or None)))
        self._crumbs.addWidget(button)
        self._crumbs.addWidget(TextLabel(look, "/", font="body", colour="text3"))

    def _chosen(self, row: int) -> None:
        place = self.folders.items.item(row).place
        if place is not None:
            self.context.go(place)
            self.focus_content()

    def _play(self, *, shuffle: bool) -> None:
        self.context.tracks.play_query(self.list.query, StartReason.PICKED, shuffle=shuffle)

    def _loaded(self, count: int) -> None:
        self._shown = count
        self.play.setEnabled(count > 0)
        self.shuffle.setEnabled(count > 0)
        self.header_changed.emit()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folders stand above the tracks where it is narrow."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        look = self.context.look
        narrow = self.width() < look.px(NARROW_PX)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(below if narrow else beside)
        self.shuffle.setVisible(not narrow)
        most = 16_777_215
        self.folders.setMinimumWidth(0 if narrow else look.px(SIDE_PX))
        self.folders.setMaximumSize(most if narrow else look.px(SIDE_PX), look.px(LIST_PX) if narrow else most)


class DuplicatesPageNeeds(HasController, HasCovers, HasLibrary, HasLook, HasOperations, HasTracks, Protocol):
    """What `DuplicatesPage` asks for."""


class DuplicatesPage(Page):
    """Files with the same sound, side by side; Segue shows them, and deletes nothing."""

    context: DuplicatesPageNeeds

    def __init__(self, context: DuplicatesPageNeeds) -> None:
        super().__init__(context)
        self._groups: Sequence[Sequence[TrackId]] | None = None
        about = self.tr(
            "The same recording in more than one file, whatever its tags say. Segue deletes no files: "
            "open the folder of the copy that you do not need."
        )
        self.about = TextLabel(context.look, about, font="second", colour="text2", wrap=True)
        inset(self.about, 11, 0, 20, 10)
        columns = ("no", "title", "artist", "time", "folder")
        self.list = TrackList(context, self.tr("Files with the same sound"), columns=columns)
        self.list.empty.show_words(
            self.tr("No duplicates"), self.tr("No recording lies in more than one file."), icon="check"
        )
        self.list.menu_opening.connect(self._add_open)
        column = QVBoxLayout(self)
        inset(column, 17, 0, 4, 0)
        column.setSpacing(0)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def title(self) -> str:
        """The page's name."""
        return self.tr("Duplicates")

    def count(self) -> str:
        """How many files are too many."""
        if not self._groups:
            return ""
        return self.tr("%Ln copies too many", "", sum(len(group) - 1 for group in self._groups))

    def show_place(self, place: Place) -> None:
        """Look for them."""
        self.context.library.duplicates(self._show)

    def library_changed(self) -> None:
        """Look again."""
        self.show_place(Place(PageKind.DUPLICATES))

    def focus_content(self) -> None:
        """The table."""
        self.list.table.setFocus()

    def _show(self, groups: Sequence[Sequence[TrackId]]) -> None:
        self._groups = groups
        self.about.setVisible(bool(groups))
        self.list.show_ids(array("q", [track_id for group in groups for track_id in group]))
        self.header_changed.emit()

    def _add_open(self, menu: QMenu, rows: list[int]) -> None:
        tracks = self.list.tracks_of(rows[:1])
        if tracks:
            folder = os.path.dirname(tracks[0].path)
            open_it = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(folder))
            self.context.tracks.item(menu, "arrows-out-simple", self.tr("Open its folder outside Segue"), open_it)
