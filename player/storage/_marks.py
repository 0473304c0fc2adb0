"""Marks: a few numbers that differ when a part of the database differs, much quicker to read than the part.

Who keeps something made from the database keeps the mark with it, and makes it anew when the mark is another one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from player.storage._revisions import CONTENT
from player.storage.schema import (
    ArtistRow,
    ContentRow,
    ForeignPlayRow,
    PlaylistEntryRow,
    PlaylistRow,
    PlayRow,
    RevisionRow,
    Role,
    TrackArtistRow,
    TrackRow,
    TrackState,
)

_PRIMES = (1_000_003, 7_919, 104_729, 15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121, 122_949_823)
_MODULUS = 2_147_483_647


def library_mark(connection: Connection) -> str:
    """Of all that the recommender reads of the library: tracks, artists, sound, playlists, imported plays elsewhere."""
    state = case((TrackRow.state == TrackState.PRESENT, 1), (TrackRow.state == TrackState.REMOVED, 2), else_=0)
    track = (
        TrackRow.id,
        func.coalesce(TrackRow.album_id, 0),
        func.coalesce(TrackRow.disc_no, 0),
        func.coalesce(TrackRow.track_no, 0),
        func.coalesce(TrackRow.year, 0),
        TrackRow.duration_ms,
        TrackRow.added_at,
        TrackRow.mtime_ns + TrackRow.size,
        3 * state + TrackRow.playable,
    )
    artist = (TrackArtistRow.track_id, TrackArtistRow.artist_id)
    first = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
    entry = (PlaylistEntryRow.playlist_id, PlaylistEntryRow.position, func.coalesce(PlaylistEntryRow.track_id, 0))
    parts = (
        select(func.count(), _sum(track)).select_from(TrackRow),
        select(func.count(), _sum(artist)).select_from(TrackArtistRow).where(*first),
        select(func.count(), func.max(ArtistRow.id)).select_from(ArtistRow),
        select(func.count()).select_from(ContentRow),
        select(RevisionRow.value).where(RevisionRow.subject == CONTENT),
        select(func.count(), _sum(entry)).select_from(PlaylistEntryRow),
        select(func.count(), func.count(PlaylistRow.rules), func.max(PlaylistRow.id)).select_from(PlaylistRow),
        select(func.count(), func.total(ForeignPlayRow.started_at)).select_from(ForeignPlayRow),
    )
    return "/".join(str(tuple(connection.execute(part).first() or ())) for part in parts)


def plays_mark(connection: Connection, until: int) -> str:
    """Of the plays with ids up to `until`."""
    play = (
        PlayRow.id,
        PlayRow.track_id,
        PlayRow.started_at,
        PlayRow.listened_ms,
        func.coalesce(func.length(PlayRow.end_reason), 0),
    )
    statement = select(func.count(), func.count(PlayRow.end_reason), _sum(play))
    return str(tuple(connection.execute(statement.where(PlayRow.id <= until)).one()))


def _sum(values: tuple[Any, ...]) -> ColumnElement[int]:
    """A sum over the rows that no exchange of values between rows or columns keeps, but by rare chance."""
    first, *others = values
    mixed = first % _MODULUS * _PRIMES[0]
    for value, prime in zip(others, _PRIMES[1:], strict=False):
        mixed = mixed % _MODULUS * 31 + value % _MODULUS * prime
    return func.coalesce(func.sum(mixed % _MODULUS), 0)
