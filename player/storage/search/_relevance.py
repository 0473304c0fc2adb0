"""Search hits, best first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sqlalchemy import Connection, select

from player.domain import Field
from player.storage._columns import BoolArray
from player.storage._vectors import LongArray, id_set
from player.storage.schema import TrackRow, match_expression, sort_key
from player.storage.search._filters import search_hits
from player.storage.search._orders import Orders

_BEST_COLUMNS = ("title", "artists", "album_artists", "album")
"""Where a match is worth more than elsewhere, best first."""


def by_relevance(
    connection: Connection, orders: Orders, words: str, allowed: BoolArray, limit: int | None
) -> LongArray:
    """Exact titles, then words in the title, the artists, the album, elsewhere; more plays first within each.

    With a limit tiers are looked up only until they fill it, and of a large tier only its best are sorted: the
    first letter typed finds half of a library.

    Args:
        connection: A reading connection.
        orders: The library's cached vectors.
        words: As typed; with at least one word.
        allowed: Tracks that may be found, by id.
        limit: At most so many; None: all.
    """
    left = allowed.copy()
    rank = orders.rank(connection).astype(np.int64)
    plays = orders.values.vector(connection, Field.PLAYS)
    tiers: list[LongArray] = []
    wanted = len(rank) if limit is None else limit
    for tier in _tiers(connection, words):
        ids = tier[tier < len(left)]
        ids = ids[left[ids]]
        left[ids] = False
        tiers.append(_best(ids, rank[ids] - plays[ids].astype(np.int64) * len(rank), wanted))
        wanted -= len(tiers[-1])
        if wanted <= 0:
            break
    return np.concatenate(tiers)


def _best(ids: LongArray, keys: LongArray, wanted: int) -> LongArray:
    """The `wanted` ids with the smallest keys, in order."""
    if len(ids) > wanted:
        best = np.argpartition(keys, wanted)[:wanted]
        ids, keys = ids[best], keys[best]
    return ids[np.argsort(keys)]


def _tiers(connection: Connection, words: str) -> Iterator[LongArray]:
    """Ids that match where it counts most, then less and less; ids of earlier tiers come again."""
    yield id_set(connection, select(TrackRow.id).where(TrackRow.title_key == sort_key(words)))
    for columns in (*((name,) for name in _BEST_COLUMNS), ()):
        expression = match_expression(words, columns)
        if expression is not None:
            yield id_set(connection, search_hits(expression))
