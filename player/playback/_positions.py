"""Where long tracks were left, so that they go on there."""

from __future__ import annotations

from collections.abc import Mapping

from player.domain import Ms, Track, TrackId

LONG_MS = Ms(20 * 60_000)
"""Tracks from this length on (mixes, audiobooks, concerts) go on where they were left."""

MARGIN_MS = 30_000
"""Nothing is remembered so close to the beginning or the end."""

MOST = 500


class LongTracks:
    """Remembers positions in long tracks.

    Args:
        positions: What was remembered in earlier runs, position in ms by track id, oldest first.
    """

    def __init__(self, positions: Mapping[TrackId, Ms] | None = None) -> None:
        self._positions = dict(positions or {})

    @property
    def positions(self) -> dict[TrackId, Ms]:
        """What is remembered, oldest first."""
        return dict(self._positions)

    def clear(self) -> None:
        """Remember nothing."""
        self._positions.clear()

    def resume(self, track: Track) -> Ms:
        """Where to begin a track: 0 unless it is long and was left on its way."""
        return self._positions.get(track.id, Ms(0)) if track.duration_ms >= LONG_MS else Ms(0)

    def left(self, track: Track, position_ms: int, *, finished: bool) -> None:
        """A track was left at `position_ms`, or heard to its end."""
        self._positions.pop(track.id, None)
        on_its_way = MARGIN_MS <= position_ms <= track.duration_ms - MARGIN_MS
        if track.duration_ms >= LONG_MS and on_its_way and not finished:
            self._positions[track.id] = Ms(position_ms)
            while len(self._positions) > MOST:
                self._positions.pop(next(iter(self._positions)))
