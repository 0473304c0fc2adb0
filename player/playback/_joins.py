"""How one track leads to the next: albums in order, loudness, crossfade."""

from __future__ import annotations

from player.audio import GainReason, Source, replaygain_db
from player.domain import Settings, Track

LEAST_CROSSFADE_PART = 3
"""A track shorter than so many crossfades is joined without one."""

UNKNOWN_DB = -8.0
"""Gain where no loudness is known of any track: most records of the last decades lie near -10 LUFS."""


def album_goes_on(track: Track, following: Track | None) -> bool:
    """Whether `following` comes after `track` on the same album, in order."""
    if following is None or track.album_id is None or track.album_id != following.album_id:
        return False
    if track.track_no is None or following.track_no is None:
        return False
    disc, next_disc = track.disc_no or 1, following.disc_no or 1
    if disc == next_disc:
        return following.track_no == track.track_no + 1
    return next_disc == disc + 1 and following.track_no == 1


def crossfade_ms(track: Track, following: Track, settings: Settings) -> int:
    """Length of the crossfade between two tracks; 0 within an album in order and beside short tracks."""
    if album_goes_on(track, following):
        return 0
    shortest = min(track.duration_ms, following.duration_ms)
    return settings.crossfade_ms if settings.crossfade_ms * LEAST_CROSSFADE_PART <= shortest else 0


def source_of(track: Track, settings: Settings, *, album: bool) -> Source:
    """What the sound engine has to play for a track; `album` where it plays among its album's, in order."""
    expected = track.gain.expected_db
    gain = replaygain_db(
        track.gain,
        settings.gain_mode,
        settings.preamp_db,
        album_in_order=album,
        untagged_db=(UNKNOWN_DB if expected is None else expected) + settings.preamp_db,
    )
    reason = _gain_reason(track, settings.gain_mode, album=album)
    return Source(track.path, track.duration_ms, track.start_ms, track.end_ms, gain_db=gain, gain_reason=reason)


def _gain_reason(track: Track, mode: str, *, album: bool) -> GainReason:
    if mode == "off":
        return GainReason.OFF
    known = {GainReason.TRACK: track.gain.track_db, GainReason.ALBUM: track.gain.album_db}
    by_album = mode == "album" or (mode == "auto" and album)
    wanted = (GainReason.ALBUM, GainReason.TRACK) if by_album else (GainReason.TRACK, GainReason.ALBUM)
    return next((reason for reason in wanted if known[reason] is not None), GainReason.ESTIMATED)
