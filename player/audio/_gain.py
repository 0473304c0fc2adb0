"""ReplayGain arithmetic: which gain a track gets, and how far clipping prevention lowers it."""

from __future__ import annotations

import math

from player.domain import Gain

REFERENCE_LUFS = -18.0
"""Loudness at which ReplayGain 2.0 plays everything."""


def replaygain_db(
    gain: Gain,
    mode: str,
    preamp_db: float = 0.0,
    *,
    album_in_order: bool = False,
    untagged_db: float = 0.0,
    prevent_clipping: bool = True,
) -> float:
    """Gain in dB for `Source.gain_db`.

    Args:
        gain: The track's loudness metadata.
        mode: "off", "track", "album", or "auto": album while an album plays in order, track else. A missing
            value of the one kind is replaced by the other, as ReplayGain recommends.
        preamp_db: Added to every known gain.
        album_in_order: Whether the track plays among its album's, for "auto".
        untagged_db: For a track of unknown loudness; no clipping prevention is possible there.
        prevent_clipping: Hold gain and peak together within full scale.

    Raises:
        ValueError: unknown mode.
    """
    if mode not in {"off", "track", "album", "auto"}:
        raise ValueError(f"unknown gain mode {mode!r}")
    if mode == "off":
        return 0.0
    choices = [(gain.track_db, gain.track_peak), (gain.album_db, gain.album_peak)]
    if mode == "album" or (mode == "auto" and album_in_order):
        choices.reverse()
    value, peak = next(((db, peak) for db, peak in choices if db is not None), (None, None))
    if value is None:
        return untagged_db
    value += preamp_db
    if prevent_clipping and peak is not None and peak > 0.0:
        value = min(value, -20.0 * math.log10(peak))
    return value
