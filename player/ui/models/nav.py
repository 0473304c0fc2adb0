"""Places to go, as the navigation lists them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal

from player.ui.guard import guarded
from player.ui.models.cards import NO_INDEX, Index
from player.ui.plain import tip


class PageKind(Enum):
    """The kinds of pages."""

    HOME = "home"
    ALBUMS = "albums"
    TRACKS = "tracks"
    ARTISTS = "artists"
    GENRES = "genres"
    YEARS = "years"
    FOLDERS = "folders"
    DUPLICATES = "duplicates"
    LIKED = "liked"
    ALBUM = "album"
    ARTIST = "artist"
    GENRE = "genre"
    PLAYLIST = "playlist"
    SEARCH = "search"
    HISTORY = "history"
    INSIGHTS = "insights"
    SETTINGS = "settings"
    DATA = "data"
    EQUALISER = "equaliser"


class Place(NamedTuple):
    """Where the user is: a kind of page and what it shows.

    Attributes:
        kind: Kind of page.
        of: Row id, genre, folder or search text; None where the kind says it all.
    """

    kind: PageKind
    of: int | str | None = None


class NavItem(NamedTuple):
    """One line of the navigation.

    Attributes:
        text: Its words.
        icon: Its icon; empty for a heading.
        place: Where it leads; None for headings and actions.
        editable: Whether it can be renamed in place.
    """

    text: str
    icon: str = ""
    place: Place | None = None
    editable: bool = False


class NavModel(QAbstractListModel):
    """The lines of the navigation, replaced as a whole.

    Signals:
        renamed(Place, str): The user gave a line another name.
    """

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[NavItem] = ()

    def set_items(self, items: Sequence[NavItem]) -> None:
        """Show other lines."""
        if items != self._items:
            self.beginResetModel()
            self._items = items
            self.endResetModel()

    def item(self, row: int) -> NavItem:
        """The line in a row.

        Raises:
            IndexError: there is no such row.
        """
        return self._items[row]

    def row_of(self, place: Place) -> int:
        """The row that leads to a place, -1 without one."""
        return next((row for row, item in enumerate(self._items) if item.place == place), -1)

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self._items)

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; also for editing."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return item.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(item.text)
        return None

    @guarded(bool)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Announce a new name; its owner changes it."""
        item = self._items[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not item.editable or not name or item.place is None:
            return False
        if name != item.text:
            self.renamed.emit(item.place, name)
        return True

    @guarded(lambda: Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid() or not self._items[index.row()].icon:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._items[index.row()].editable:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        return flags
