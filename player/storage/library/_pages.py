"""Rows of tracks, albums and artists as the domain's values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from player.domain import Album, AlbumId, Artist, ArtistId, Gain, Ms, Track, UtcMs
from player.storage._vectors import chunks
from player.storage.schema import (
    AlbumArtistRow,
    AlbumRow,
    ArtistRow,
    GenreRow,
    LoudnessRow,
    Role,
    StarRow,
    TrackArtistRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
    TrackStatRow,
)

REFERENCE_LUFS = -18.0
"""ReplayGain 2.0's reference loudness."""

_TRACKS = (
    select(
        TrackRow.id,
        TrackRow.path,
        TrackRow.title,
        TrackRow.artist,
        func.coalesce(AlbumRow.title, ""),
        TrackRow.album_id,
        func.coalesce(AlbumRow.artist, ""),
        func.coalesce(TrackRow.track_gain_db, REFERENCE_LUFS - LoudnessRow.lufs),
        func.coalesce(TrackRow.track_peak, LoudnessRow.peak),
        TrackRow.album_gain_db,
        TrackRow.album_peak,
        TrackRow.disc_no,
        TrackRow.track_no,
        TrackRow.year,
        TrackRow.duration_ms,
        TrackRow.audio_key,
        TrackRow.cover_key,
        TrackRow.start_ms,
        TrackRow.end_ms,
        TrackRow.playable,
        TrackRow.state != TrackState.PRESENT,
        TrackRow.added_at,
        func.coalesce(TrackStatRow.thumb, 0),
        func.coalesce(TrackStatRow.play_count, 0),
        func.coalesce(TrackStatRow.skip_count, 0),
        TrackStatRow.last_played_at,
        func.coalesce(StarRow.value / 5, TrackRow.rating),
        StarRow.value,
    )
    .outerjoin(AlbumRow, AlbumRow.id == TrackRow.album_id)
    .outerjoin(TrackStatRow, TrackStatRow.track_id == TrackRow.id)
    .outerjoin(StarRow, StarRow.track_id == TrackRow.id)
    .outerjoin(LoudnessRow, LoudnessRow.audio_key == TrackRow.audio_key)
)
_ARTISTS = select(TrackArtistRow.track_id, TrackArtistRow.artist_id).where(TrackArtistRow.role == Role.ARTIST)
_GENRES = select(TrackGenreRow.track_id, GenreRow.name).join(GenreRow, GenreRow.id == TrackGenreRow.genre_id)

_PROBLEMS = select(TrackDetailRow.track_id, TrackDetailRow.problem)


def read_tracks(connection: Connection, ids: Sequence[int]) -> list[Track]:
    """Tracks in the order of `ids`; ids that do not exist are left out. Three statements for up to 900 ids.

    One more where some of them cannot be played.
    """
    found: dict[int, Track] = {}
    for part in chunks(list(dict.fromkeys(int(key) for key in ids))):
        artists = _grouped(
            connection.execute(_ARTISTS.where(TrackArtistRow.track_id.in_(part)).order_by(TrackArtistRow.position))
        )
        genres = _grouped(
            connection.execute(_GENRES.where(TrackGenreRow.track_id.in_(part)).order_by(TrackGenreRow.position))
        )
        for row in connection.execute(_TRACKS.where(TrackRow.id.in_(part))):
            key = row[0]
            found[key] = _track(row, tuple(artists.get(key, ())), tuple(genres.get(key, ())))
    if unplayable := [key for key, track in found.items() if not track.playable]:
        for part in chunks(unplayable):
            for key, problem in connection.execute(_PROBLEMS.where(TrackDetailRow.track_id.in_(part))):
                found[key] = replace(found[key], problem=problem)
    return [found[int(key)] for key in ids if key in found]


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for key, value in rows:
        groups.setdefault(key, []).append(value)
    return groups


def _track(row: Any, artist_ids: tuple[ArtistId, ...], genres: tuple[str, ...]) -> Track:
    """A row of `_TRACKS`: taken apart by position, which costs a third of asking a row for its names."""
    key, path, title, artist, album, album_id, album_artist, gain_db, peak, album_gain_db, album_peak, *rest = row
    disc_no, track_no, year, duration_ms, audio_key, cover_key, *rest = rest
    return Track(
        key,
        path,
        title,
        artist,
        artist_ids,
        album,
        album_id,
        album_artist,
        genres,
        disc_no,
        track_no,
        year,
        duration_ms,
        audio_key,
        cover_key,
        Gain(gain_db, peak, album_gain_db, album_peak),
        *rest,
    )


_first_album_artist = (
    select(AlbumArtistRow.artist_id)
    .where(AlbumArtistRow.album_id == AlbumRow.id, AlbumArtistRow.position == 0)
    .scalar_subquery()
)
ALBUMS = select(
    AlbumRow.id,
    AlbumRow.title,
    AlbumRow.artist,
    _first_album_artist.label("artist_id"),
    AlbumRow.year,
    AlbumRow.track_count,
    AlbumRow.duration_ms,
    AlbumRow.cover_key,
    AlbumRow.added_at,
).where(AlbumRow.track_count > 0)
ARTISTS = select(ArtistRow.id, ArtistRow.name, ArtistRow.album_count, ArtistRow.track_count, ArtistRow.cover_key).where(
    (ArtistRow.track_count > 0) | (ArtistRow.album_count > 0)
)


def album_of(row: Any) -> Album:
    """A row of `ALBUMS`."""
    key, title, artist, artist_id, year, tracks, duration_ms, cover_key, added_at, *_ = row
    return Album(AlbumId(key), title, artist, artist_id, year, tracks, Ms(duration_ms), cover_key, UtcMs(added_at))


def artist_of(row: Any) -> Artist:
    """A row of `ARTISTS`."""
    key, name, albums, tracks, cover_key = row
    return Artist(ArtistId(key), name, albums, tracks, cover_key)
