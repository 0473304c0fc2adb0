"""The library and the logs as columns: frozen values of numpy arrays, for the recommender's snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from player.domain import (
    FINISHED_FRACTION,
    LISTEN_MS,
    NO_NAMES,
    SKIP_REASONS,
    EndReason,
    StartReason,
    is_name,
)
from player.storage._vectors import IntArray, LongArray, columns, unordered
from player.storage.schema import (
    AlbumRow,
    ArtistRow,
    DismissalRow,
    GenreRow,
    PlayRow,
    Role,
    ThumbRow,
    TrackArtistRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
)

ByteArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]

START_REASONS: tuple[StartReason, ...] = tuple(StartReason)
"""`PlayLog.start_reason` holds indices into this."""
END_REASONS: tuple[EndReason, ...] = tuple(EndReason)
"""`PlayLog.end_reason` holds indices into this; -1 is a play still open."""
_NAMELESS = ("", "track [0-9]*", "track[0-9]*", "audiotrack*", "untitled*", "unknown*", "[0-9]", "[0-9][0-9]")
"""Patterns (GLOB) of the sort keys of titles that say nothing."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tracks of the library, by ascending id; N tracks. -1 stands for what is not known.

    Attributes:
        ids: Track ids, int64[N].
        artist: Id of the first performing artist, int64[N]; "Unknown artist" and the like are nobody.
        album: Album id, int64[N]; likewise.
        disc: Disc number, int32[N].
        track_no: Track number, int32[N].
        year: Year of original release, int32[N].
        duration_ms: Length, int32[N].
        added_at: When it was added, UTC ms, int64[N].
        available: Whether its file is there and decodes, bool[N].
        named: Whether its title says what it is, unlike "Track 01", bool[N].
        genre_starts: Track n has the genres `genres[genre_starts[n]:genre_starts[n + 1]]`, int64[N + 1].
        genres: Indices into `genre_names`, int32; without those that say nothing ("Other").
        genre_names: Names of all genres.
    """

    ids: LongArray
    artist: LongArray
    album: LongArray
    disc: IntArray
    track_no: IntArray
    year: IntArray
    duration_ms: IntArray
    added_at: LongArray
    available: BoolArray
    named: BoolArray
    genre_starts: LongArray
    genres: IntArray
    genre_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlayLog:
    """The play log in time order; P plays.

    Attributes:
        track_id: What was played, int64[P].
        started_at: When it began, UTC ms, int64[P].
        utc_offset_min: Minutes local time was ahead of UTC, int16[P].
        listened_ms: Sound heard, int32[P].
        duration_ms: Length of the track then, int32[P].
        start_reason: Index into START_REASONS, int8[P].
        end_reason: Index into END_REASONS, -1 while open, int8[P].
        suggested: Whether a model had suggested it, bool[P].
        imported: Whether another program played it, bool[P].
        session: Listening session, ascending, int32[P].
    """

    track_id: LongArray
    started_at: LongArray
    utc_offset_min: npt.NDArray[np.int16]
    listened_ms: IntArray
    duration_ms: IntArray
    start_reason: ByteArray
    end_reason: ByteArray
    suggested: BoolArray
    imported: BoolArray
    session: IntArray

    @property
    def played(self) -> BoolArray:
        """Which plays count as played by the rule `player.domain.outcome`, bool[P]."""
        finished = self.end_reason == END_REASONS.index(EndReason.FINISHED)
        least = np.where(finished, np.minimum(FINISHED_FRACTION * self.duration_ms, LISTEN_MS), LISTEN_MS)
        return np.asarray(self.listened_ms >= least)

    @property
    def skipped(self) -> BoolArray:
        """Which plays count as skipped by the same rule, bool[P]."""
        codes = [END_REASONS.index(reason) for reason in SKIP_REASONS]
        return np.asarray(np.isin(self.end_reason, codes) & ~self.played)


@dataclass(frozen=True, slots=True)
class ThumbLog:
    """All thumbs in time order; T thumbs.

    Attributes:
        track_id: The track judged, int64[T].
        value: +1, 0 or -1, int8[T].
        at: When, UTC ms, int64[T].
    """

    track_id: LongArray
    value: ByteArray
    at: LongArray


@dataclass(frozen=True, slots=True)
class DismissalLog:
    """All "not now", in time order; D of them.

    Attributes:
        track_id: The track, int64[D].
        at: When, UTC ms, int64[D].
        until: Not to be suggested before, UTC ms, int64[D].
    """

    track_id: LongArray
    at: LongArray
    until: LongArray


def read_catalogue(connection: Connection) -> Catalogue:
    """The library's columns; tracks of removed folders are left out."""
    unknown = (TrackRow.album_id, TrackRow.disc_no, TrackRow.track_no, TrackRow.year)
    statement = select(
        TrackRow.id,
        *(func.coalesce(part, -1) for part in unknown),
        TrackRow.duration_ms,
        TrackRow.added_at,
        case((TrackRow.state == TrackState.PRESENT, TrackRow.playable), else_=0),
        case(*((TrackRow.title_key.op("GLOB")(pattern), 0) for pattern in _NAMELESS), else_=1),
    ).where(TrackRow.state != TrackState.REMOVED)
    found = unordered(connection, statement, ("i8", "i8", "i4", "i4", "i4", "i4", "i8", "?", "?"))
    by_id = np.argsort(found[0])
    ids, album, disc, track_no, year, duration_ms, added_at, available, named = (part[by_id] for part in found)
    nameless = select(AlbumRow.id).where(func.lower(AlbumRow.title).in_(NO_NAMES))
    album[np.isin(album, np.array(connection.execute(nameless).scalars().all(), np.int64))] = -1
    artist = _first_artists(connection, ids)
    starts, genres, names = _genres(connection, ids)
    columns = (ids, artist, album, disc, track_no, year, duration_ms, added_at, available, named)
    return Catalogue(*columns, starts, genres, names)


def _first_artists(connection: Connection, ids: LongArray) -> LongArray:
    first = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
    nobody = select(ArtistRow.id).where(func.lower(ArtistRow.name).in_(NO_NAMES))
    statement = select(TrackArtistRow.track_id, TrackArtistRow.artist_id).where(
        *first, TrackArtistRow.artist_id.not_in(nobody)
    )
    track_ids, artist_ids = unordered(connection, statement, ("i8", "i8"))
    by_id = np.full(int(max(ids.max(initial=0), track_ids.max(initial=0))) + 1, -1, np.int64)
    by_id[track_ids] = artist_ids
    return by_id[ids]


def _genres(connection: Connection, ids: LongArray) -> tuple[LongArray, IntArray, tuple[str, ...]]:
    named = connection.execute(select(GenreRow.id, GenreRow.name).order_by(GenreRow.id)).all()
    links = select(TrackGenreRow.track_id, TrackGenreRow.genre_id).order_by(
        TrackGenreRow.track_id, TrackGenreRow.position
    )
    track_ids, genre_ids = columns(connection, links, ("i8", "i8"))
    silent = [key for key, name in named if not is_name(name)]
    listed = np.isin(track_ids, ids) & ~np.isin(genre_ids, np.array(silent, np.int64))
    track_ids, genre_ids = track_ids[listed], genre_ids[listed]
    starts = np.append(np.searchsorted(track_ids, ids), len(track_ids)).astype(np.int64)
    index = np.searchsorted(np.array([key for key, _ in named], np.int64), genre_ids).astype(np.int32)
    return starts, index, tuple(name for _, name in named)


def _code(column: InstrumentedAttribute[Any], words: tuple[Any, ...]) -> Any:
    return case({word: at for at, word in enumerate(words)}, value=column, else_=-1)


def read_plays(connection: Connection, after: int = 0) -> PlayLog:
    """The play log; only plays with ids above `after`."""
    statement = select(
        PlayRow.track_id,
        PlayRow.started_at,
        PlayRow.utc_offset_min,
        PlayRow.listened_ms,
        PlayRow.duration_ms,
        _code(PlayRow.start_reason, START_REASONS),
        _code(PlayRow.end_reason, END_REASONS),
        PlayRow.model_version.is_not(None),
        PlayRow.start_reason == StartReason.IMPORTED,
        PlayRow.session,
    )
    if after:
        statement = statement.where(PlayRow.id > after)
    statement = statement.order_by(PlayRow.started_at, PlayRow.id)
    return PlayLog(*columns(connection, statement, ("i8", "i8", "i2", "i4", "i4", "i1", "i1", "?", "?", "i4")))


def read_thumbs(connection: Connection) -> ThumbLog:
    """All thumbs ever given."""
    statement = select(ThumbRow.track_id, ThumbRow.value, ThumbRow.at).order_by(ThumbRow.at, ThumbRow.id)
    return ThumbLog(*columns(connection, statement, ("i8", "i1", "i8")))


def read_dismissals(connection: Connection) -> DismissalLog:
    """All dismissals ever made."""
    statement = select(DismissalRow.track_id, DismissalRow.at, DismissalRow.until)
    ordered = statement.order_by(DismissalRow.at, DismissalRow.id)
    return DismissalLog(*columns(connection, ordered, ("i8", "i8", "i8")))
