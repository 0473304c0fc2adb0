"""Plays: why they start and end, the events, and the one rule for "played" and "skipped".

The log keeps what happened (`listened_ms`, reasons); whether that was a play or a skip is decided
when reading, by `outcome`, so that the rule can be changed without touching the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.domain._ids import Ms, PlayId, TrackId, UtcMs

LISTEN_MS = Ms(30_000)
"""Listened time from which a play counts as played; ended by the listener before, it is a skip."""

FINISHED_FRACTION = 0.5
"""Share of a short track that must have been heard where it ended by itself: seeking to the end is not listening."""

SESSION_GAP_MS = Ms(30 * 60_000)
"""Time without a play after which a new listening session begins."""

NOT_NOW_MS = Ms(5 * 86_400_000)
"""Time that a dismissed suggestion ("Not now") stays away."""

COUNT_FRACTION = 0.5
COUNT_MS = Ms(240_000)
"""A play adds to the play count after half of the track or four minutes, whichever is earlier."""


class PlayerState(StrEnum):
    """What the player does now."""

    STOPPED = "stopped"
    PLAYING = "playing"
    PAUSED = "paused"


class StartReason(StrEnum):
    """Why a track started."""

    PICKED = "picked"
    ALBUM = "album"
    PLAYLIST = "playlist"
    QUEUED = "queued"
    UP_NEXT = "up_next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    RESTORED = "restored"
    REMOTE = "remote"
    IMPORTED = "imported"


class EndReason(StrEnum):
    """Why a track ended."""

    FINISHED = "finished"
    SKIPPED = "skipped"
    REPLACED = "replaced"
    """The listener picked something else."""
    PREVIOUS = "previous"
    STOPPED = "stopped"
    QUIT = "quit"
    ERROR = "error"
    CRASHED = "crashed"
    """The program died; found and closed at its next start."""


class Outcome(StrEnum):
    """What a play says about the listener."""

    PLAYED = "played"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


SKIP_REASONS = (EndReason.SKIPPED, EndReason.PREVIOUS, EndReason.REPLACED)
"""Ends by which the listener turns away from a track."""


def outcome(listened_ms: int, ended: EndReason | None, duration_ms: int) -> Outcome:
    """Return whether a play counts as played or skipped: the one rule.

    Played: at least 30 s were heard, or the track ended by itself and half of it was heard. Skipped: the listener
    ended it earlier (next, previous, or picking something else). Anything else (stop, quit, error, crash, still open,
    the end reached by seeking) says nothing about taste.

    Args:
        listened_ms: Sound heard.
        ended: Why the play ended; None while it is open.
        duration_ms: Length of the track; 0 where unknown.
    """
    if listened_ms >= LISTEN_MS:
        return Outcome.PLAYED
    if ended is EndReason.FINISHED and listened_ms >= FINISHED_FRACTION * duration_ms:
        return Outcome.PLAYED
    return Outcome.SKIPPED if ended in SKIP_REASONS else Outcome.UNKNOWN


def counts_as_play(listened_ms: int, duration_ms: int) -> bool:
    """Whether a play adds to a track's play count: half of it or four minutes were heard."""
    if duration_ms <= 0:
        return listened_ms >= LISTEN_MS
    return listened_ms >= min(COUNT_FRACTION * duration_ms, COUNT_MS)


@dataclass(frozen=True, slots=True)
class TrackStarted:
    """A track's first sample was sent to the output.

    Attributes:
        track_id: What started.
        started_at: When.
        duration_ms: Length of the track.
        reason: Why it started.
        queue_position: Tracks played from the queue in this session before this one.
        model_version: Version of the model that suggested it; None for what the user chose.
        score: Score with which it was suggested; None likewise.
    """

    track_id: TrackId
    started_at: UtcMs
    duration_ms: Ms
    reason: StartReason
    queue_position: int = 0
    model_version: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class PlayFinished:
    """A track that had started has ended.

    Attributes:
        start: The event that opened this play.
        ended_at: When it ended.
        listened_ms: Sound of it that reached the output; pauses and seeks not counted.
        reason: Why it ended.
        message: Why it failed, or what was wrong with the file although it played.
    """

    start: TrackStarted
    ended_at: UtcMs
    listened_ms: Ms
    reason: EndReason
    message: str = ""

    @property
    def outcome(self) -> Outcome:
        """What this play says under the rule `outcome`."""
        return outcome(self.listened_ms, self.reason, self.start.duration_ms)


@dataclass(frozen=True, slots=True)
class LoggedPlay:
    """One row of the play log.

    Attributes:
        id: Primary key.
        track_id: The track.
        title: Its title now.
        artist: Its artist now.
        started_at: Start of the play.
        utc_offset_min: Minutes local time was ahead of UTC.
        listened_ms: Sound heard.
        duration_ms: Length of the track then.
        start_reason: Why it started.
        end_reason: Why it ended; None while open.
        queue_position: Position in the queue.
        model_version: Model that suggested it.
        score: Score with which it was suggested.
        session: Listening session; a gap of 30 minutes begins a new one.
        message: What was wrong with the file, if anything.
    """

    id: PlayId
    track_id: TrackId
    title: str
    artist: str
    started_at: UtcMs
    utc_offset_min: int
    listened_ms: Ms
    duration_ms: Ms
    start_reason: StartReason
    end_reason: EndReason | None
    queue_position: int
    model_version: str | None
    score: float | None
    session: int
    message: str = ""

    @property
    def outcome(self) -> Outcome:
        """What this play says under the rule `outcome`."""
        return outcome(self.listened_ms, self.end_reason, self.duration_ms)


@dataclass(frozen=True, slots=True)
class ThumbGiven:
    """The listener gave (or took back) a thumb.

    Attributes:
        track_id: The track judged.
        value: +1, -1, or 0 to take it back.
        at: When.
        while_playing: The track that was sounding, None in silence.
    """

    track_id: TrackId
    value: int
    at: UtcMs
    while_playing: TrackId | None = None
