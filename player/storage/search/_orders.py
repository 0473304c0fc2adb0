"""The library in every order, as vectors of ids kept in memory.

A list of a million tracks is a vector of ids (8 MB) whose pages are read by rowid; a filtered list is the hits
sorted by the rank each has in that vector, which numpy does in milliseconds where SQL would sort and join.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from sqlalchemy import Connection, func, literal, select, union_all

from player.domain import Field, SortKey, TrackOrder
from player.storage._revisions import STATS, TRACKS, stamp
from player.storage._vectors import FloatArray, IntArray, LongArray, in_order
from player.storage.schema import AlbumRow, TrackRow
from player.storage.search._artist_keys import album_artist_key, track_artist_key
from player.storage.search._numbers import (
    ALBUM_RANK,
    ARTIST_RANK,
    FOLDER_RANK,
    GENRE_RANK,
    PATH_RANK,
    TITLE_RANK,
    TRACK_PLACE,
    Values,
)

Keys: TypeAlias = tuple[SortKey, ...]

NATURAL: Keys = (SortKey(TrackOrder.ARTIST),)
"""Artist, year, album, disc, track: what breaks the ties of every other order."""

_NO_YEAR = 99_999
_KEPT = 3
_FEW = 8

_SORTED_BY = {
    TrackOrder.TITLE: TITLE_RANK,
    TrackOrder.ALBUM: ALBUM_RANK,
    TrackOrder.GENRE: GENRE_RANK,
    TrackOrder.PATH: PATH_RANK,
    TrackOrder.TRACK_NO: TRACK_PLACE,
    TrackOrder.YEAR: Field.YEAR,
    TrackOrder.ADDED: Field.ADDED,
    TrackOrder.PLAYS: Field.PLAYS,
    TrackOrder.SKIPS: Field.SKIPS,
    TrackOrder.LAST_PLAYED: Field.LAST_PLAYED,
    TrackOrder.DURATION: Field.DURATION,
    TrackOrder.RATING: Field.RATING,
    TrackOrder.BPM: Field.BPM,
}
_AMONG_OTHERS = {**_SORTED_BY, TrackOrder.ARTIST: ARTIST_RANK}
_FOLLOWED = {**_AMONG_OTHERS, TrackOrder.PATH: FOLDER_RANK}
_DAY_MS = 86_400_000
_SECOND_MS = 1_000
_BY_COUNTERS = {TrackOrder.PLAYS, TrackOrder.SKIPS, TrackOrder.LAST_PLAYED}


@dataclass(frozen=True, slots=True)
class _Ordered:
    """One order of the library.

    Attributes:
        stamp: Revisions at which it was read.
        ids: Track ids in order, int64[n].
        rank: Place of each id, -1 for ids without a track, int32[max id + 1].
    """

    stamp: tuple[int, ...]
    ids: LongArray
    rank: IntArray


class Orders:
    """Cached orders of all tracks (removed ones too), each with its rank vector.

    Safe from any thread, as `Values` is.

    Attributes:
        values: The numbers that orders sort by.
    """

    def __init__(self) -> None:
        self.values = Values()
        self._cache: dict[Keys, _Ordered] = {}

    def ids(self, connection: Connection, keys: Keys = NATURAL) -> LongArray:
        """All track ids in order, int64[n]. Do not change the array."""
        return self._ordered(connection, keys).ids

    def rank(self, connection: Connection) -> IntArray:
        """Place of each id in the natural order, -1 for ids without a track, int32[max id + 1]."""
        return self._ordered(connection, NATURAL).rank

    def sort(self, connection: Connection, hits: LongArray, keys: Keys = NATURAL) -> LongArray:
        """Distinct `hits` in order; ids that are not in the library drop out."""
        ordered = self._ordered(connection, keys)
        hits = hits[hits < len(ordered.rank)]
        if len(hits) * _FEW > len(ordered.ids):
            chosen = np.zeros(len(ordered.rank), np.bool_)
            chosen[hits] = True
            return ordered.ids[chosen[ordered.ids]]
        places = ordered.rank[hits]
        known = places >= 0
        return hits[known][np.argsort(places[known], kind="stable")]

    def _ordered(self, connection: Connection, keys: Keys) -> _Ordered:
        counted = any(key.order in _BY_COUNTERS for key in keys)
        revision = stamp(connection, *((TRACKS, STATS) if counted else (TRACKS,)))
        kept = self._cache.get(keys)
        if kept is not None and kept.stamp == revision:
            return kept
        ids = _natural(connection) if keys == NATURAL else self._read(connection, keys)
        rank = np.full(int(ids.max(initial=0)) + 1, -1, np.int32)
        rank[ids] = np.arange(len(ids), dtype=np.int32)
        ordered = _Ordered(revision, ids, rank)
        self._keep(keys, ordered)
        return ordered

    def _keep(self, keys: Keys, ordered: _Ordered) -> None:
        others = {other: kept for other, kept in self._cache.items() if other not in (keys, NATURAL)}
        newest = dict(list(others.items())[-_KEPT + 1 :])
        if NATURAL in self._cache:
            newest[NATURAL] = self._cache[NATURAL]
        self._cache = {**newest, keys: ordered}

    def _read(self, connection: Connection, keys: Keys) -> LongArray:
        """The natural order, sorted by the last key first: a stable sort leaves the earlier one inside the later."""
        ids = self._ordered(connection, NATURAL).ids
        if len(keys) == 1 and keys[0].order not in _SORTED_BY:
            nobody = np.isnan(self.values.vector(connection, ARTIST_RANK)[ids])
            return np.concatenate([ids[~nobody][::-1], ids[nobody]])
        for at, key in reversed(list(enumerate(keys))):
            values = self._values(connection, key, followed=at < len(keys) - 1)[ids]
            ids = ids[np.argsort(-values if key.descending else values, kind="stable")]
        return ids

    def _values(self, connection: Connection, key: SortKey, *, followed: bool) -> FloatArray:
        """What a key sorts by, by track id; one that others follow only as fine as lists show it."""
        values = self.values.vector(connection, (_FOLLOWED if followed else _AMONG_OTHERS)[key.order])
        if followed and key.order is TrackOrder.DURATION:
            return np.floor(values / _SECOND_MS)
        if followed and key.order in (TrackOrder.ADDED, TrackOrder.LAST_PLAYED):
            return np.floor((values + time.localtime().tm_gmtoff * 1_000) / _DAY_MS)
        return values


def sorting(keys: Sequence[SortKey]) -> Keys:
    """Keys without those that add nothing; the natural order where there are none."""
    first = {key.order: key for key in reversed(keys) if key.order in _AMONG_OTHERS}
    return tuple(key for key in keys if first.get(key.order) is key) or NATURAL


def _natural(connection: Connection) -> LongArray:
    """Album artist, year, album, disc, track; tracks without an album after their artist's albums, nobody's last.

    The groups (albums, and tracks without one) are sorted by SQL; the tracks come from an index in which each
    album's tracks already stand in order, and are put together by a stable sort on the rank of their group.
    """
    albums = select(
        literal(0).label("loose"),
        AlbumRow.id.label("id"),
        album_artist_key().label("artist_key"),
        func.coalesce(AlbumRow.year, _NO_YEAR - 1).label("year"),
        AlbumRow.title_key.label("title_key"),
    )
    loose = select(literal(1), TrackRow.id, track_artist_key(), literal(_NO_YEAR), TrackRow.title_key).where(
        TrackRow.album_id.is_(None)
    )
    groups = union_all(albums, loose).subquery()
    ordered = select(groups.c.loose, groups.c.id).order_by(
        groups.c.artist_key.nulls_last(), groups.c.year, groups.c.title_key, groups.c.id
    )
    is_loose, group_ids = in_order(connection, ordered, ("?", "i8"))
    places = np.arange(len(group_ids))
    album_place = np.zeros(int(group_ids[~is_loose].max(initial=0)) + 1, np.int64)
    album_place[group_ids[~is_loose]] = places[~is_loose]
    in_albums = (
        select(TrackRow.id, TrackRow.album_id)
        .where(TrackRow.album_id.is_not(None))
        .order_by(TrackRow.album_id, TrackRow.disc_no, TrackRow.track_no, TrackRow.title_key, TrackRow.id)
    )
    track_ids, album_ids = in_order(connection, in_albums, ("i8", "i8"))
    ids = np.concatenate([track_ids, group_ids[is_loose]])
    at = np.concatenate([album_place[album_ids], places[is_loose]])
    return ids[np.argsort(at, kind="stable")]
