"""Queries to ids: hits from SQL, order from the rank vectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select, text

from player.domain import AllOf, Condition, Field, Op, Rule, SortKey, TrackOrder, TrackQuery
from player.storage._vectors import LongArray, columns, id_set
from player.storage.schema import PlaylistEntryRow, TrackRow, TrackState, match_expression
from player.storage.search._filters import query_tests, search_hits, signs_test
from player.storage.search._numbers import SIZE
from player.storage.search._orders import Orders, sorting
from player.storage.search._relevance import by_relevance
from player.storage.search._rules import RuleMasks


def find_ids(connection: Connection, orders: Orders, query: TrackQuery) -> LongArray:
    """Ids of the tracks that fulfil `query`, in its order, int64[n]."""
    order = _order(query)
    if query.is_limited and query.chosen_by and query.chosen_by != query.sort_keys:
        chosen = find_ids(connection, orders, replace(query.sorted_by(query.chosen_by), chosen_by=()))
        return orders.sort(connection, chosen, sorting((SortKey(order, query.descending), *query.then)))
    if order is TrackOrder.RELEVANCE:
        return _by_relevance(connection, orders, query)
    if order is TrackOrder.PLAYLIST:
        ids = _in_playlist(connection, orders, query)
    elif order is TrackOrder.RANDOM:
        hits = _hits(connection, orders, query)
        ids = _by_chance(orders.ids(connection) if hits is None else hits, query.seed)
    else:
        keys = sorting((SortKey(order, query.descending), *query.then))
        hits = _hits(connection, orders, query)
        ids = orders.ids(connection, keys) if hits is None else orders.sort(connection, hits, keys)
    return _within_limits(connection, orders, query, _shown(connection, query, ids))


def _within_limits(connection: Connection, orders: Orders, query: TrackQuery, ids: LongArray) -> LongArray:
    """The first ids that are within all limits of a query."""
    if query.limit is not None:
        ids = ids[: query.limit]
    for limit, what in ((query.limit_ms, Field.DURATION), (query.limit_bytes, SIZE)):
        if limit is not None:
            totals = np.cumsum(np.nan_to_num(orders.values.vector(connection, what)[ids]))
            ids = ids[: int(np.searchsorted(totals, limit, side="right"))]
    return ids


def _by_chance(ids: LongArray, seed: int) -> LongArray:
    """Ids in an order that depends on them and the seed alone (SplitMix64), so that a list stays as it is."""
    mixed = ids.astype(np.uint64) + np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ids[np.argsort(mixed ^ (mixed >> np.uint64(31)), kind="stable")]


def _hits(connection: Connection, orders: Orders, query: TrackQuery) -> LongArray | None:
    """Ids that fulfil a query's conditions, in no order; None where it has no conditions."""
    found: list[LongArray] = []
    expression = match_expression(query.text)
    if expression is not None:  # straight from the index: no row of a track is touched
        found.append(id_set(connection, search_hits(expression)))
    elif query.text.strip():
        found.append(id_set(connection, select(TrackRow.id).where(signs_test(query.text))))
    if tests := query_tests(query):
        found.append(id_set(connection, select(TrackRow.id).where(*tests)))
    if (rule := _rule(query)) is not None:
        found.append(RuleMasks(connection, orders).ids(rule))
    return _common(found) if found else None


def _rule(query: TrackQuery) -> Rule | None:
    """The conditions of a query that cached numbers answer, its own rule among them."""
    rules = [] if query.where is None else [query.where]
    if query.played is not None:
        rules.append(Condition(Field.PLAYS, Op.GT if query.played else Op.LE, 0))
    return AllOf(tuple(rules)) if rules else None


def _common(found: list[LongArray]) -> LongArray:
    """The ids that are in every one of several arrays."""
    fewest, *others = sorted(found, key=len)
    for ids in others:
        there = np.zeros(int(max(ids.max(initial=0), fewest.max(initial=0))) + 1, np.bool_)
        there[ids] = True
        fewest = fewest[there[fewest]]
    return fewest


def _order(query: TrackQuery) -> TrackOrder:
    """The order that a query really means."""
    if query.order is None:
        return TrackOrder.ARTIST if query.playlist_id is None else TrackOrder.PLAYLIST
    if query.order is TrackOrder.PLAYLIST and query.playlist_id is None:
        return TrackOrder.ARTIST
    if query.order is TrackOrder.RELEVANCE and match_expression(query.text) is None:
        return TrackOrder.ARTIST
    return query.order


def _shown(connection: Connection, query: TrackQuery, ids: LongArray) -> LongArray:
    hidden = _hidden(connection, query)
    return ids[~np.isin(ids, hidden)] if len(hidden) else ids


def _hidden(connection: Connection, query: TrackQuery) -> LongArray:
    """The tracks of removed folders and, unless asked for, missing ones."""
    states = [TrackState.REMOVED] if query.missing else [TrackState.REMOVED, TrackState.MISSING]
    # The partial index on absent tracks serves this only when its own condition is repeated.
    absent = select(TrackRow.id).where(text("state <> 'present'"), TrackRow.state.in_(states))
    return id_set(connection, absent)


def _in_playlist(connection: Connection, orders: Orders, query: TrackQuery) -> LongArray:
    entry = PlaylistEntryRow
    statement = (
        select(entry.track_id)
        .join(TrackRow, TrackRow.id == entry.track_id)
        .where(entry.playlist_id == query.playlist_id)
        .order_by(entry.position.desc() if query.descending else entry.position)
    )
    (ids,) = columns(connection, statement, ("i8",))
    others = _hits(connection, orders, replace(query, playlist_id=None))
    return ids if others is None else ids[np.isin(ids, others)]


def _by_relevance(connection: Connection, orders: Orders, query: TrackQuery) -> LongArray:
    allowed = orders.rank(connection) >= 0
    others = _hits(connection, orders, replace(query, text=""))
    if others is not None:
        allowed &= np.isin(np.arange(len(allowed)), others)
    hidden = _hidden(connection, query)
    allowed[hidden[hidden < len(allowed)]] = False
    return _within_limits(connection, orders, query, by_relevance(connection, orders, query.text, allowed, query.limit))
