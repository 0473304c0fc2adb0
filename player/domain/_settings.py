"""Everything the user can set, with its defaults. Stored as JSON, one row a key."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices.

    Attributes:
        roots: Music folders, absolute.
        volume: Perceptual volume, 0 to 1.
        muted: Whether the sound is off.
        output_device: Name of the output device; empty follows the system's default.
        gain_mode: "off", "track", "album" or "auto" (album while an album plays in order).
        preamp_db: Added to every gain, in dB.
        crossfade_ms: 0 is gapless; at most 12,000.
        equaliser_on: Whether the equaliser is used; off is bit-exact.
        equaliser: Ten band gains in dB, 31 Hz to 16 kHz; empty is flat.
        equaliser_preamp_db: Gain before the bands, in dB, added to the automatic one that makes room for raised bands.
        adventurousness: -1 familiar, 0 balanced, +1 adventurous.
        theme: "dark", "light" or "system".
        language: "system", "en" or "zh_CN".
        private_session: While true nothing is learned.
        idle_training: Whether the model may train itself when the computer is idle.
        up_next_size: Suggested tracks held ahead in the queue.
        text_scale: Factor of all text in the window, 0.8 to 2.
        announce_tracks: Whether the desktop shows a notification, with the cover, for each track.
        reduced_motion: Whether the window does without animations.
        tray: Whether an icon stands in the desktop's tray.
        close_to_tray: Whether closing the window then leaves the player running there.
        listenbrainz: Whether plays are sent to ListenBrainz.
        listenbrainz_url: Its server, or another one that speaks like it.
        lastfm: Whether plays are sent to Last.fm.
        lastfm_url: Its server, or another one that speaks like it.
        lastfm_key: The user's API key there.
    """

    roots: tuple[str, ...] = ()
    volume: float = 1.0
    muted: bool = False
    output_device: str = ""
    gain_mode: str = "auto"
    preamp_db: float = 0.0
    crossfade_ms: int = 0
    equaliser_on: bool = False
    equaliser: tuple[float, ...] = field(default=())
    equaliser_preamp_db: float = 0.0
    adventurousness: float = 0.0
    theme: str = "system"
    language: str = "system"
    private_session: bool = False
    idle_training: bool = True
    up_next_size: int = 20
    text_scale: float = 1.0
    announce_tracks: bool = False
    reduced_motion: bool = False
    tray: bool = False
    close_to_tray: bool = False
    listenbrainz: bool = False
    listenbrainz_url: str = "https://api.listenbrainz.org"
    lastfm: bool = False
    lastfm_url: str = "https://ws.audioscrobbler.com/2.0/"
    lastfm_key: str = ""
