"""Gain of whole albums whose tags have none, from the loudness of their tracks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from player.domain import AlbumId
from player.storage._vectors import chunks
from player.storage.library._pages import REFERENCE_LUFS
from player.storage.schema import LoudnessRow, TrackRow, TrackState

SILENCE_LUFS = -70.0
RELATIVE_GATE_LU = 10.0


@dataclass(frozen=True, slots=True)
class AlbumGain:
    """What all tracks of an album are played at, so that they keep their levels among each other.

    Attributes:
        gain_db: Relative to -18 LUFS, as ReplayGain 2.0 album gain.
        peak: Highest sample of the album, 1.0 is full scale; None where it is not known of any track.
    """

    gain_db: float
    peak: float | None


def read_album_gains(connection: Connection, albums: Sequence[AlbumId]) -> dict[AlbumId, AlbumGain]:
    """The gains of those albums of which each track's loudness is known, by a tag or measured."""
    statement = (
        select(
            TrackRow.album_id,
            TrackRow.duration_ms,
            func.coalesce(REFERENCE_LUFS - TrackRow.track_gain_db, LoudnessRow.lufs),
            func.coalesce(TrackRow.track_peak, LoudnessRow.peak),
            LoudnessRow.audio_key,
        )
        .outerjoin(LoudnessRow, LoudnessRow.audio_key == TrackRow.audio_key)
        .where(TrackRow.state == TrackState.PRESENT, TrackRow.playable)
    )
    parts: dict[AlbumId, list[tuple[float, float]]] = {}
    peaks: dict[AlbumId, list[float]] = {}
    unknown: set[AlbumId] = set()
    for some in chunks(list(dict.fromkeys(int(album) for album in albums))):
        rows: Sequence[Any] = connection.execute(statement.where(TrackRow.album_id.in_(some))).all()
        for album, duration_ms, lufs, peak, measured in rows:
            if lufs is None and measured is None:
                unknown.add(album)
            elif lufs is not None:  # what was measured in vain has no loudness that could count
                parts.setdefault(album, []).append((duration_ms, lufs))
            if peak is not None:
                peaks.setdefault(album, []).append(peak)
    return {
        album: AlbumGain(REFERENCE_LUFS - lufs, max(peaks.get(album, ()), default=None))
        for album, tracks in parts.items()
        if album not in unknown and (lufs := programme_lufs(tracks)) > SILENCE_LUFS
    }


def programme_lufs(tracks: Sequence[tuple[float, float]]) -> float:
    """Loudness of tracks, each a length and a loudness in LUFS, as one programme.

    Their powers are averaged by length. Of BS.1770's gates, which look at blocks of 400 ms, the relative one is
    applied to tracks as wholes: a quiet interlude does not make an album louder.
    """
    powers = [(length, 10.0 ** (lufs / 10.0)) for length, lufs in tracks if lufs > SILENCE_LUFS and length > 0]
    if not powers:
        return SILENCE_LUFS
    gate = _mean(powers) / 10.0 ** (RELATIVE_GATE_LU / 10.0)
    return 10.0 * math.log10(_mean([(length, power) for length, power in powers if power > gate]))


def _mean(powers: Sequence[tuple[float, float]]) -> float:
    return sum(length * power for length, power in powers) / sum(length for length, _ in powers)
