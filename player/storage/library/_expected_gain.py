"""Gain of tracks whose loudness is not known yet: that of the tracks nearest to them whose loudness is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from player.domain import Track, TrackId
from player.storage._vectors import chunks
from player.storage.library._pages import REFERENCE_LUFS
from player.storage.schema import LoudnessRow, TrackArtistRow, TrackRow

MAX_SAMPLE = 500
"""Loudnesses looked at for the median of the library, and tracks for that of an artist."""

MAX_TAGGED = 5_000
"""Newest tracks looked through for gain tags, for the median of the library."""

_LUFS = func.coalesce(REFERENCE_LUFS - TrackRow.track_gain_db, LoudnessRow.lufs)


def read_expected_gains(connection: Connection, tracks: Sequence[Track]) -> dict[TrackId, float]:
    """Track gain in dB that tracks probably have: the median of their album's, of their artists', of the library's.

    Empty where no loudness is known at all.
    """
    albums = _medians(connection, TrackRow.album_id, [track.album_id for track in tracks if track.album_id is not None])
    unlike = [track for track in tracks if track.album_id not in albums]
    artist_ids = [artist for track in unlike for artist in track.artist_ids]
    artists = _medians(connection, TrackArtistRow.artist_id, artist_ids, by_artist=True)
    library: float | None = None
    found: dict[TrackId, float] = {}
    for track in tracks:
        lufs = albums.get(track.album_id or 0)
        if lufs is None:
            lufs = next((artists[artist] for artist in track.artist_ids if artist in artists), None)
        if lufs is None:
            library = lufs = _of_library(connection) if library is None else library
        if lufs is None:
            return found
        found[track.id] = REFERENCE_LUFS - lufs
    return found


def _medians(
    connection: Connection, key: ColumnElement[Any] | Any, keys: Sequence[int], *, by_artist: bool = False
) -> dict[int, float]:
    statement: Select[Any] = select(key, _LUFS).select_from(TrackRow)
    statement = statement.outerjoin(LoudnessRow, LoudnessRow.audio_key == TrackRow.audio_key)
    if by_artist:
        statement = statement.join(TrackArtistRow, TrackArtistRow.track_id == TrackRow.id)
    values: dict[int, list[float]] = defaultdict(list)
    for some in chunks(list(dict.fromkeys(int(key) for key in keys))):
        for one, lufs in connection.execute(statement.where(key.in_(some)).limit(MAX_SAMPLE * len(some))):
            if lufs is not None:
                values[one].append(lufs)
    return {one: median(lufs) for one, lufs in values.items()}


def _of_library(connection: Connection) -> float | None:
    """Median of some loudnesses: a million of them would have to be read for the exact one."""
    measured = select(LoudnessRow.lufs).where(LoudnessRow.lufs.is_not(None)).limit(MAX_SAMPLE)
    values = [float(lufs) for lufs in connection.execute(measured).scalars() if lufs is not None]
    newest = select(TrackRow.track_gain_db).order_by(TrackRow.id.desc()).limit(MAX_TAGGED).subquery()
    tagged = select(newest.c.track_gain_db).where(newest.c.track_gain_db.is_not(None)).limit(MAX_SAMPLE)
    values += [REFERENCE_LUFS - gain for gain in connection.execute(tagged).scalars()]
    return median(values) if values else None
