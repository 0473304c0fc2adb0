"""Which columns of a table of tracks there is room for, and the menus that choose columns and order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QMenu

from player.domain import SortKey, TrackOrder
from player.ui.models.tracks import COLUMNS, INDEX_OF, heading

ROOM_FOR_TEXT = 150
"""Width in px that a column of text needs; columns are left out until each has it."""
ALWAYS = ("no", "title")
"""Columns that nobody can take away."""


class Fitted(NamedTuple):
    """How a width is shared out.

    Attributes:
        widths: Width in px of each column that there is room for, by its index.
        artist_below: Whether the artist, whose column has none, has to stand below the title.
    """

    widths: dict[int, int]
    artist_below: bool


def fitted(width: int, names: Collection[str], px: Callable[[float], int]) -> Fitted:
    """Share a width out among columns; those that matter least go where texts would be too narrow.

    Args:
        width: In px.
        names: The columns wanted.
        px: A length as the size of text makes it.
    """
    wanted = [INDEX_OF[column.name] for column in COLUMNS if column.name in names]
    kept = list(wanted)

    def rest(columns: list[int]) -> float:
        texts = sum(1 for i in columns if COLUMNS[i].share) or 1
        return (width - sum(px(COLUMNS[i].width) for i in columns)) / texts

    while len(kept) > 1 and rest(kept) < px(ROOM_FOR_TEXT):
        kept.remove(max(kept, key=lambda i: COLUMNS[i].rank))
    shares = sum(COLUMNS[i].share for i in kept)
    free = width - sum(px(COLUMNS[i].width) for i in kept)
    widths = {
        i: (int(free * COLUMNS[i].share / shares) if COLUMNS[i].share else 0) or px(COLUMNS[i].width) for i in kept
    }
    # A list without artists would be a list of riddles: where their column has no room, they stand below the title.
    artist = INDEX_OF["artist"]
    return Fitted(widths, artist in wanted and artist not in kept)


def add_columns(menu: QMenu, shown: Collection[str], toggle: Callable[[str, bool], None]) -> None:
    """Add the columns that can be shown and hidden to a menu."""
    for column in COLUMNS:
        if column.name in ALWAYS:
            continue
        action = menu.addAction(heading(column.name))
        action.setCheckable(True)
        action.setChecked(column.name in shown)
        action.toggled.connect(lambda on, name=column.name: toggle(name, on))


def add_orders(menu: QMenu, keys: Sequence[SortKey], sort: Callable[[TrackOrder], None], *, further: bool) -> None:
    """Add what rows can be sorted by to a menu: the headings, for the keyboard.

    Args:
        menu: Where to.
        keys: By what they are sorted.
        sort: Sorts by one.
        further: Whether it is about what they are sorted by after the first key.
    """
    used = [key.order for key in keys]
    for column in COLUMNS:
        if column.order is not None and not (further and column.order in used[:1]):
            action = menu.addAction(heading(column.name))
            action.setCheckable(True)
            action.setChecked(column.order in (used[1:] if further else used[:1]))
            action.triggered.connect(lambda _on, order=column.order: sort(order))
