"""Cards: what cover grids and shelves show (albums, artists, mixes)."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from player.ui.covers import CoverArt
from player.ui.guard import guarded
from player.ui.plain import tip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_PAGE = 128
_PAGES_KEPT = 32


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


class LazyCards(Sequence[Card]):
    """Cards that are made when they are first shown, a page at a time; few are kept.

    Args:
        keys: What each card is made of, such as an id; equal keys make equal lists.
        make: Makes the cards of some keys, one for each.
    """

    def __init__(self, keys: Sequence[Any], make: Callable[[Sequence[Any]], Sequence[Card]]) -> None:
        self.keys = keys
        self._make = make
        self._pages: OrderedDict[int, Sequence[Card]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Card: ...

    @overload
    def __getitem__(self, at: slice) -> list[Card]: ...

    def __getitem__(self, at: int | slice) -> Card | list[Card]:
        """A card, or some; IndexError where there is none."""
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        number, offset = divmod(range(len(self))[at], _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._make(self.keys[number * _PAGE : (number + 1) * _PAGE])
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[offset]


def row_of(cards: Sequence[Card], card_id: object) -> int:
    """The row of the card with an id; -1 without one. Of lazy cards with ids for keys none is made."""
    if isinstance(cards, LazyCards) and isinstance(cards.keys, array):
        return cards.keys.index(card_id) if isinstance(card_id, int) and card_id in cards.keys else -1
    return next((row for row, card in enumerate(cards) if card.id == card_id), -1)


def _same(cards: Sequence[Card], others: Sequence[Card]) -> bool:
    if isinstance(cards, LazyCards) and isinstance(others, LazyCards):
        return cards.keys == others.keys
    return not isinstance(cards, LazyCards) and list(cards) == list(others)


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
        if _same(cards, self._cards):
            if isinstance(cards, LazyCards) and cards:  # what they show may be new
                self._cards = cards
                self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
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
            text = ", ".join(part for part in (card.title, card.subtitle, card.about) if part)
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None
