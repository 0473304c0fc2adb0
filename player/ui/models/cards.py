"""Cards: what cover grids and shelves show (albums, artists, mixes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from player.ui.covers import CoverArt
from player.ui.guard import guarded

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class Card(NamedTuple):
    """One card.

    Attributes:
        id: What it stands for; a row id or a name.
        title: First line.
        subtitle: Second line.
        art: Its cover.
        about: Further words for tips and screen readers.
        round: Whether it is a person: a circle, words centred.
    """

    id: int | str
    title: str
    subtitle: str
    art: CoverArt
    about: str = ""
    round: bool = False


class CardModel(QAbstractListModel):
    """A list of cards, replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: Sequence[Card] = ()

    @property
    def cards(self) -> Sequence[Card]:
        """All cards."""
        return self._cards

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards; equal ones change nothing, so that position and selection stay."""
        if list(cards) == list(self._cards):
            return
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def card(self, row: int) -> Card:
        """The card in a row.

        Raises:
            IndexError: there is no such row.
        """
        return self._cards[row]

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many cards."""
        return 0 if parent.isValid() else len(self._cards)

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title; accessible text; tip."""
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (card.title, card.subtitle, card.about) if part)
        return None
