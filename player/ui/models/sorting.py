"""By what a table is sorted: what a click on a heading makes of it, how headings show it, how it is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from player.domain import SortKey, TrackOrder

_SUPERSCRIPTS = "¹²³⁴"
MOST_SORT_KEYS = len(_SUPERSCRIPTS)
_LARGEST_FIRST = frozenset({TrackOrder.PLAYS, TrackOrder.ADDED, TrackOrder.LAST_PLAYED})
_NOT_OF_COLUMNS = frozenset({TrackOrder.PLAYLIST, TrackOrder.RELEVANCE})


def next_keys(before: Sequence[SortKey], order: TrackOrder, *, further: bool) -> tuple[SortKey, ...]:
    """The sort keys after a click on a heading.

    The first click sorts by it, alone or after the keys that are there; the next one turns it round; as a further key,
    a third one takes it away again.

    Args:
        before: The keys until now.
        order: What the heading sorts by.
        further: Whether the other keys stay.
    """
    key = SortKey(order, order in _LARGEST_FIRST)
    turned = SortKey(order, not key.descending)
    if not further or any(other.order in _NOT_OF_COLUMNS for other in before):
        return (turned,) if tuple(before[:1]) == (key,) else (key,)
    if key in before:
        return tuple(turned if other == key else other for other in before)
    if turned in before:
        return tuple(other for other in before if other != turned) or (key,)
    return (*before[: MOST_SORT_KEYS - 1], key)


def sort_mark(keys: Sequence[SortKey], order: TrackOrder | None) -> str:
    """What a heading shows behind its name: an arrow, and where there are several keys which one it is."""
    for at, key in enumerate(keys):
        if key.order is order:
            return (" ↓" if key.descending else " ↑") + (_SUPERSCRIPTS[at] if len(keys) > 1 else "")
    return ""


def plain_keys(keys: Sequence[SortKey]) -> list[list[Any]]:
    """Keys to be remembered."""
    return [[key.order.value, key.descending] for key in keys]


def kept_keys(state: Mapping[str, Any]) -> tuple[SortKey, ...]:
    """The keys of a remembered state; what is no key is left out."""
    kept = state.get("sorted_by")
    if not isinstance(kept, list):
        kept = [[state.get("order"), state.get("descending")]]  # as it was remembered when there was one key only
    pairs = [pair for pair in kept if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)]
    known = [SortKey(TrackOrder(order), bool(descending)) for order, descending in pairs if order in set(TrackOrder)]
    return tuple(known[:MOST_SORT_KEYS])
