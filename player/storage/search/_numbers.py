"""One number of every track as a vector by id, kept in memory: what orders sort by and rules compare.

With a million tracks a vector is 8 MB and a comparison takes numpy two milliseconds, where SQL would read the whole
table. Vectors are read when first asked for and again after the library changed (`revisions` in the database, so
that changes by other processes count too).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import (
    Connection,
    SelectBase,
    SQLColumnExpression,
    String,
    case,
    func,
    select,
    type_coerce,
    union,
    union_all,
)

from player.domain import Field
from player.storage._revisions import STATS, TRACKS, stamp
from player.storage._vectors import FloatArray, unordered
from player.storage.schema import (
    AlbumRow,
    GenreRow,
    StarRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
    TrackStatRow,
)
from player.storage.search._artist_keys import album_artist_key, track_artist_key

_KEPT = 4

TITLE_RANK = "title rank"
PATH_RANK = "path rank"
ALBUM_RANK = "album rank"
ARTIST_RANK = "artist rank"
FOLDER_RANK = "folder rank"
GENRE_RANK = "genre rank"
TRACK_PLACE = "disc and track"
ALBUM = "album id"
SIZE = "bytes of the file"

_OF_TRACKS: dict[str, SQLColumnExpression[Any]] = {
    Field.YEAR: TrackRow.year,
    Field.RATING: func.coalesce(
        select(StarRow.value).where(StarRow.track_id == TrackRow.id).scalar_subquery(), TrackRow.rating * 5
    ),
    Field.ADDED: TrackRow.added_at,
    Field.DURATION: TrackRow.duration_ms,
    Field.BPM: TrackRow.bpm,
    Field.DISC: TrackRow.disc_no,
    Field.TRACK: TrackRow.track_no,
    Field.MISSING: case((TrackRow.state == TrackState.MISSING, 1), else_=0),
    Field.PLAYABLE: TrackRow.playable,
    ALBUM: TrackRow.album_id,
    SIZE: TrackRow.size,
    TRACK_PLACE: func.coalesce(TrackRow.disc_no, 1) * 100_000 + TrackRow.track_no,
}
_OF_DETAILS: dict[str, SQLColumnExpression[Any]] = {
    Field.BITRATE: TrackDetailRow.bitrate,
    Field.SAMPLE_RATE: TrackDetailRow.sample_rate,
    Field.LOSSLESS: TrackDetailRow.lossless,
    Field.COMPILATION: TrackDetailRow.compilation,
}
_OF_STATS: dict[str, SQLColumnExpression[Any]] = {
    Field.PLAYS: TrackStatRow.play_count,
    Field.SKIPS: TrackStatRow.skip_count,
    Field.THUMB: TrackStatRow.thumb,
    Field.LAST_PLAYED: TrackStatRow.last_played_at,
}
NUMBER_FIELDS = frozenset({*Field} & {*_OF_TRACKS, *_OF_DETAILS, *_OF_STATS, Field.STARS})
"""Fields that are numbers; the others are texts."""

_ZERO_WITHOUT = {Field.PLAYS, Field.SKIPS, Field.THUMB}


@dataclass(frozen=True, slots=True)
class _Kept:
    """One vector and the revisions at which it was read."""

    stamp: tuple[int, ...]
    values: FloatArray


class Values:
    """Cached vectors of numbers by track id.

    Safe from any thread: the cache is replaced as a whole; at worst two threads read the same vector.
    """

    def __init__(self) -> None:
        self._cache: dict[str, _Kept] = {}

    def vector(self, connection: Connection, what: str) -> FloatArray:
        """A `Field` or one of the ranks of this module for every track: float64[max id + 1], NaN where absent."""
        revision = stamp(connection, *((TRACKS, STATS) if what in _OF_STATS else (TRACKS,)))
        kept = self._cache.get(what)
        if kept is None or kept.stamp != revision:
            kept = _Kept(revision, _read(connection, what))
            others = {key: value for key, value in self._cache.items() if key != what}
            self._cache = {**dict(list(others.items())[-_KEPT + 1 :]), what: kept}
        return kept.values


def _read(connection: Connection, what: str) -> FloatArray:
    size = connection.execute(select(func.coalesce(func.max(TrackRow.id), 0))).scalar_one() + 1
    values = np.full(size, 0.0 if what in _ZERO_WITHOUT else np.nan)
    ids, found = unordered(connection, _statement(what), ("i8", "f8"))
    values[ids] = found
    return values


def _statement(what: str) -> SelectBase:
    """(track id, value), without NULLs."""
    if what in _OF_TRACKS:
        return select(TrackRow.id, _OF_TRACKS[what]).where(_OF_TRACKS[what].is_not(None))
    if what in _OF_DETAILS:
        return select(TrackDetailRow.track_id, _OF_DETAILS[what]).where(_OF_DETAILS[what].is_not(None))
    if what in _OF_STATS:
        return select(TrackStatRow.track_id, _OF_STATS[what]).where(_OF_STATS[what].is_not(None))
    return select(StarRow.track_id, StarRow.value) if what == Field.STARS else _RANKS[what]


def _album_rank() -> SelectBase:
    order = (AlbumRow.title_key, AlbumRow.artist_key)
    ranks = select(AlbumRow.id, func.row_number().over(order_by=order).label("rank")).subquery()
    return select(TrackRow.id, ranks.c.rank).join(ranks, TrackRow.album_id == ranks.c.id)


def _genre_rank() -> SelectBase:
    rank = func.dense_rank().over(order_by=GenreRow.ident)
    joined = select(TrackGenreRow.track_id, rank).join(GenreRow, GenreRow.id == TrackGenreRow.genre_id)
    return joined.where(TrackGenreRow.position == 0)


def _artist_rank() -> SelectBase:
    """By what the natural order begins with: the album's artist, without an album the track's; none where unknown."""
    albums = select(AlbumRow.id, album_artist_key().label("key")).cte("keyed_albums")
    loose = select(TrackRow.id, track_artist_key().label("key")).where(TrackRow.album_id.is_(None)).cte("keyed_loose")
    keys = union(select(albums.c.key), select(loose.c.key)).subquery()
    known = select(keys.c.key, func.row_number().over(order_by=keys.c.key).label("rank")).where(keys.c.key.is_not(None))
    ranks = known.cte("ranks")
    ranked = select(albums.c.id, ranks.c.rank).join(ranks, ranks.c.key == albums.c.key).subquery()
    return union_all(
        select(TrackRow.id, ranked.c.rank).join(ranked, ranked.c.id == TrackRow.album_id),
        select(loose.c.id, ranks.c.rank).join(ranks, ranks.c.key == loose.c.key),
    )


def _folder_rank() -> SelectBase:
    path = type_coerce(TrackRow.path, String)
    folder = func.rtrim(path, func.replace(path, os.sep, ""))  # takes off what follows the last separator
    return select(TrackRow.id, func.dense_rank().over(order_by=folder))


_RANKS: dict[str, SelectBase] = {
    TITLE_RANK: select(TrackRow.id, func.dense_rank().over(order_by=TrackRow.title_key)),
    PATH_RANK: select(TrackRow.id, func.dense_rank().over(order_by=TrackRow.path)),
    ALBUM_RANK: _album_rank(),
    ARTIST_RANK: _artist_rank(),
    FOLDER_RANK: _folder_rank(),
    GENRE_RANK: _genre_rank(),
}
