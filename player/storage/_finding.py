"""Queries to ids: hits from SQL, order from the rank vectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select

from player.domain import TrackOrder, TrackQuery
from player.storage._base import TrackState
from player.storage._filters import query_tests, search_hits
from player.storage._listening_tables import PlaylistEntryRow, TrackStatRow
from player.storage._music_tables import TrackRow
from player.storage._orders import Orders
from player.storage._text import match_expression, sort_key
from player.storage._vectors import LongArray, column, columns

_BEST_COLUMNS = ("title", "artists", "album_artists", "album")
"""Where a match is worth more than elsewhere, best first."""


def find_ids(connection: Connection, orders: Orders, query: TrackQuery) -> LongArray:
    """Ids of the tracks that fulfil `query`, in its order, int64[n]."""
    order = _order(query)
    if order is TrackOrder.PLAYLIST:
        ids = _in_playlist(connection, query)
    else:
        hits = _hits(connection, query)
        if hits is None:
            ids = orders.ids(connection, order, descending=query.descending)
        elif order is TrackOrder.RELEVANCE:
            ids = _by_relevance(connection, orders, hits, query.text)
        else:
            ids = orders.sort(connection, hits, order, descending=query.descending)
        hidden = _hidden(connection, query)
        ids = ids[~np.isin(ids, hidden)] if len(hidden) else ids
    return ids if query.limit is None else ids[: query.limit]


def _hits(connection: Connection, query: TrackQuery) -> LongArray | None:
    """Ids that fulfil a query's conditions, in no order; None where it has no conditions."""
    expression = match_expression(query.text)
    tests = query_tests(replace(query, text=""))
    if expression is None:
        return column(connection, select(TrackRow.id).where(*tests)) if tests else None
    if not tests:  # straight from the index: no row of a track is touched
        return column(connection, search_hits(expression))
    return column(connection, select(TrackRow.id).where(TrackRow.id.in_(search_hits(expression)), *tests))


def _order(query: TrackQuery) -> TrackOrder:
    """The order that a query really means."""
    if query.order is None:
        return TrackOrder.ARTIST if query.playlist_id is None else TrackOrder.PLAYLIST
    if query.order is TrackOrder.PLAYLIST and query.playlist_id is None:
        return TrackOrder.ARTIST
    if query.order is TrackOrder.RELEVANCE and match_expression(query.text) is None:
        return TrackOrder.ARTIST
    return query.order


def _hidden(connection: Connection, query: TrackQuery) -> LongArray:
    """Tracks that a query without conditions does not show."""
    states = [TrackState.REMOVED] if query.missing else [TrackState.REMOVED, TrackState.MISSING]
    # The partial index on absent tracks serves this only when its own condition is repeated.
    statement = select(TrackRow.id).where(TrackRow.state != TrackState.PRESENT, TrackRow.state.in_(states))
    return column(connection, statement)


def _in_playlist(connection: Connection, query: TrackQuery) -> LongArray:
    entry = PlaylistEntryRow
    statement = (
        select(entry.track_id)
        .join(TrackRow, TrackRow.id == entry.track_id)
        .where(entry.playlist_id == query.playlist_id, *query_tests(query))
        .order_by(entry.position.desc() if query.descending else entry.position)
    )
    if not query.missing:
        statement = statement.where(TrackRow.state == TrackState.PRESENT)
    return column(connection, statement)


def _by_relevance(connection: Connection, orders: Orders, hits: LongArray, text: str) -> LongArray:
    """Exact titles, then words in the title, the artists, the album, elsewhere; more plays first within each."""
    hits = orders.sort(connection, hits, TrackOrder.ARTIST)
    tier = np.full(len(hits), len(_BEST_COLUMNS) + 1, np.int8)
    for at in range(len(_BEST_COLUMNS), 0, -1):
        expression = match_expression(text, (_BEST_COLUMNS[at - 1],))
        if expression is not None:
            tier[np.isin(hits, column(connection, search_hits(expression)))] = at
    exact = column(connection, select(TrackRow.id).where(TrackRow.title_key == sort_key(text)))
    tier[np.isin(hits, exact)] = 0
    ids, counts = columns(connection, select(TrackStatRow.track_id, TrackStatRow.play_count), ("i8", "i8"))
    plays = np.zeros(int(max(hits.max(initial=0), ids.max(initial=0))) + 1, np.int64)
    plays[ids] = counts
    return hits[np.lexsort((-plays[hits], tier))]
