"""The library in every order, as vectors of ids kept in memory.

A list of a million tracks is a vector of ids (8 MB) whose pages are read by rowid; a filtered list is the hits
sorted by the rank each has in that vector, which numpy does in milliseconds where SQL would sort and join. The
vectors are computed when first asked for and again after the library changed (`revisions` in the database, so
that changes by other processes count too).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Executable, func, literal, select, union_all

from player.domain import TrackOrder
from player.storage._listening_tables import TrackStatRow
from player.storage._music_tables import AlbumRow, GenreRow, RevisionRow, TrackGenreRow, TrackRow
from player.storage._vectors import IntArray, LongArray, columns

TRACKS = "tracks"
STATS = "stats"
_NO_YEAR = 99_999
_KEPT = 6


@dataclass(frozen=True, slots=True)
class _Ordered:
    """One order of the library.

    Attributes:
        stamp: Revisions at which it was read.
        ids: Track ids in order, int64[n].
        rank: Place of each id, int32[max id + 1].
    """

    stamp: tuple[int, ...]
    ids: LongArray
    rank: IntArray


_TEXTS = {TrackOrder.TITLE: TrackRow.title_key, TrackOrder.PATH: TrackRow.path}
_NUMBERS = {
    TrackOrder.YEAR: TrackRow.year,
    TrackOrder.ADDED: TrackRow.added_at,
    TrackOrder.DURATION: TrackRow.duration_ms,
    TrackOrder.RATING: TrackRow.rating,
    TrackOrder.BPM: TrackRow.bpm,
}
_COUNTERS = {
    TrackOrder.PLAYS: TrackStatRow.play_count,
    TrackOrder.SKIPS: TrackStatRow.skip_count,
    TrackOrder.LAST_PLAYED: TrackStatRow.last_played_at,
}


class Orders:
    """Cached orders of all tracks (removed ones too), each with its rank vector.

    Safe from any thread: an entry is replaced as a whole; at worst two threads compute the same one.
    """

    def __init__(self) -> None:
        self._cache: dict[tuple[TrackOrder, bool], _Ordered] = {}

    def ids(self, connection: Connection, order: TrackOrder, *, descending: bool = False) -> LongArray:
        """All track ids in order, int64[n]. Do not change the array."""
        return self._ordered(connection, order, descending).ids

    def sort(
        self, connection: Connection, hits: LongArray, order: TrackOrder, *, descending: bool = False
    ) -> LongArray:
        """`hits` in order; ids that are not in the library drop out."""
        rank = self._ordered(connection, order, descending).rank
        hits = hits[hits < len(rank)]
        places = rank[hits]
        known = places >= 0
        return hits[known][np.argsort(places[known], kind="stable")]

    def _ordered(self, connection: Connection, order: TrackOrder, descending: bool) -> _Ordered:
        stamp = _stamp(connection, order)
        kept = self._cache.get((order, descending))
        if kept is not None and kept.stamp == stamp:
            return kept
        ids = self._read(connection, order, descending)
        rank = np.full(int(ids.max(initial=0)) + 1, -1, np.int32)
        rank[ids] = np.arange(len(ids), dtype=np.int32)
        ordered = _Ordered(stamp, ids, rank)
        cache = {key: value for key, value in self._cache.items() if key != (order, descending)}
        for key in [key for key in cache if key != (TrackOrder.ARTIST, False)][: max(0, len(cache) - _KEPT + 1)]:
            del cache[key]
        self._cache = {**cache, (order, descending): ordered}
        return ordered

    def _read(self, connection: Connection, order: TrackOrder, descending: bool) -> LongArray:
        if order is TrackOrder.ARTIST and not descending:
            return _natural(connection)
        natural = self._ordered(connection, TrackOrder.ARTIST, False)
        values = _values(connection, order, natural)
        return natural.ids[np.argsort(-values if descending else values, kind="stable")]


def _stamp(connection: Connection, order: TrackOrder) -> tuple[int, ...]:
    subjects = (TRACKS, STATS) if order in _COUNTERS else (TRACKS,)
    rows = connection.execute(select(RevisionRow.subject, RevisionRow.value))
    found = dict(rows.all())
    return tuple(found.get(subject, 0) for subject in subjects)


def _natural(connection: Connection) -> LongArray:
    """Album artist, year, album, disc, track; tracks without an album after their artist's albums.

    The groups (albums, and tracks without one) are sorted by SQL; the tracks come from an index in which each
    album's tracks already stand in order, and are put together by a stable sort on the rank of their group.
    """
    albums = select(
        literal(0).label("loose"),
        AlbumRow.id.label("id"),
        AlbumRow.artist_key.label("artist_key"),
        func.coalesce(AlbumRow.year, _NO_YEAR - 1).label("year"),
        AlbumRow.title_key.label("title_key"),
    )
    loose = select(literal(1), TrackRow.id, TrackRow.artist_key, literal(_NO_YEAR), TrackRow.title_key).where(
        TrackRow.album_id.is_(None)
    )
    groups = union_all(albums, loose).subquery()
    ordered = select(groups.c.loose, groups.c.id).order_by(
        groups.c.artist_key, groups.c.year, groups.c.title_key, groups.c.id
    )
    is_loose, group_ids = columns(connection, ordered, ("i8", "i8"))
    places = np.arange(len(group_ids))
    album_place = np.zeros(int(group_ids[is_loose == 0].max(initial=0)) + 1, np.int64)
    album_place[group_ids[is_loose == 0]] = places[is_loose == 0]
    in_albums = (
        select(TrackRow.id, TrackRow.album_id)
        .where(TrackRow.album_id.is_not(None))
        .order_by(TrackRow.album_id, TrackRow.disc_no, TrackRow.track_no, TrackRow.title_key, TrackRow.id)
    )
    track_ids, album_ids = columns(connection, in_albums, ("i8", "i8"))
    ids = np.concatenate([track_ids, group_ids[is_loose == 1]])
    at = np.concatenate([album_place[album_ids], places[is_loose == 1]])
    return ids[np.argsort(at, kind="stable")]


def _values(connection: Connection, order: TrackOrder, natural: _Ordered) -> npt.NDArray[np.float64]:
    """What `order` sorts by, for each track in natural order: float64[n], NaN where there is nothing."""
    if order is TrackOrder.ARTIST:
        return np.arange(len(natural.ids), dtype=np.float64)
    values = np.full(len(natural.rank), 0.0 if order in (TrackOrder.PLAYS, TrackOrder.SKIPS) else np.nan)
    ids, found = columns(connection, _valued(order), ("i8", "f8"))
    inside = ids < len(values)
    values[ids[inside]] = found[inside]
    return values[natural.ids]


def _valued(order: TrackOrder) -> Executable:
    """(track id, value to sort by), without NULLs."""
    if order in _NUMBERS:
        number = _NUMBERS[order]
        return select(TrackRow.id, number).where(number.is_not(None))
    if order in _COUNTERS:
        counter = _COUNTERS[order]
        return select(TrackStatRow.track_id, counter).where(counter.is_not(None))
    if order in _TEXTS:
        key = _TEXTS[order]
        return select(TrackRow.id, func.dense_rank().over(order_by=key))
    if order is TrackOrder.ALBUM:
        ranks = select(
            AlbumRow.id, func.row_number().over(order_by=(AlbumRow.title_key, AlbumRow.artist_key)).label("rank")
        )
        albums = ranks.subquery()
        return select(TrackRow.id, albums.c.rank).join(albums, TrackRow.album_id == albums.c.id)
    if order is TrackOrder.GENRE:
        first = TrackGenreRow.position == 0
        rank = func.dense_rank().over(order_by=GenreRow.ident)
        return select(TrackGenreRow.track_id, rank).join(GenreRow, GenreRow.id == TrackGenreRow.genre_id).where(first)
    disc = func.coalesce(TrackRow.disc_no, 1)
    return select(TrackRow.id, disc * 100_000 + TrackRow.track_no).where(TrackRow.track_no.is_not(None))
