"""The transport's state, what can happen to it, and what it asks for: frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.audio import PlayEnded, Source
from player.domain import EndReason, Ms, PlayerState, PlayFinished, QueueEntry, StartReason, Track, TrackStarted, UtcMs


class Phase(StrEnum):
    """Where the transport stands; `player.playback._transport` draws the transitions."""

    READY = "ready"
    """Nothing plays; the current entry of the queue is the next to start."""
    PASSED = "passed"
    """Nothing plays; the user skipped the last entry, so the current one is not played again."""
    RAN_OUT = "ran_out"
    """Nothing plays; the last play ended by itself and nothing followed."""
    STARTING = "starting"
    """The current play was given to the engine and is not heard yet."""
    SOUNDING = "sounding"
    """The current play is heard, or paused after it was heard."""
    OVER = "over"
    """The current play ended by itself or failed; the engine goes on with the next one or falls silent."""
    CLOSED = "closed"
    """The engine is closed."""


@dataclass(frozen=True, slots=True)
class Play:
    """One play given to the engine.

    Attributes:
        token: Its name in the engine; later plays have higher ones.
        entry: The queue entry it plays.
        track: The track.
        source: What the engine was given for it.
        reason: Why it starts.
        at_ms: Position it starts at, ms.
        album: Whether it plays among its album's tracks in order.
        started: The event, once its first sample was heard.
        leaving: Why the user or the queue ends it, where they do.
    """

    token: int
    entry: QueueEntry
    track: Track
    source: Source
    reason: StartReason
    at_ms: int = 0
    album: bool = False
    started: TrackStarted | None = None
    leaving: EndReason | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A queue entry looked up in the library.

    Attributes:
        entry: The entry.
        track: Its track; None where the library has it no more.
        source: What the engine would be given; None where the track cannot be played.
        album: Whether it would play among its album's tracks in order.
        resume_ms: Where a long track was left, ms; 0 else.
        crossfade_ms: Overlap with the current play, ms.
    """

    entry: QueueEntry
    track: Track | None
    source: Source | None
    album: bool = False
    resume_ms: int = 0
    crossfade_ms: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A track that could not be played.

    Attributes:
        track: The track; None where the library has it no more.
        message: What the engine said; empty where the track was not given to it.
        row: Number of failures in a row, this one included.
        final: Whether playing stops because of it.
    """

    track: Track | None
    message: str
    row: int
    final: bool = False


@dataclass(frozen=True, slots=True)
class TransportState:
    """Everything the transport knows.

    Attributes:
        phase: Where it stands. There is a current play in STARTING, SOUNDING and OVER only.
        current: The current play.
        ahead: The play set to follow it in the engine; it becomes the current one when it is heard.
        others: Plays given to the engine earlier that it has not ended yet; `plays` has the latest of each.
        engine: State the engine reported last.
        last_token: Highest token given out.
        heard: Number of plays that started.
        failures: Tracks in a row that could not be played.
        held_at: In READY, the position the current entry will start at, ms; None for its beginning.
        pause_next: Whether a play that starts by itself waits paused: the user paused at the end of the one before.
        last_failure: The failure to report when what sounds is over.
    """

    phase: Phase = Phase.READY
    current: Play | None = None
    ahead: Play | None = None
    others: tuple[Play, ...] = ()
    engine: PlayerState = PlayerState.STOPPED
    last_token: int = 0
    heard: int = 0
    failures: int = 0
    held_at: Ms | None = None
    pause_next: bool = False
    last_failure: Failure | None = None

    @property
    def plays(self) -> tuple[Play, ...]:
        """All plays the engine has not ended, by rising token; in OVER, it has ended the current one."""
        current = self.current if self.phase is not Phase.OVER else None
        known = {play.token: play for play in (*self.others, current, self.ahead) if play is not None}
        return tuple(known[token] for token in sorted(known))


# Events: what the user does


@dataclass(frozen=True, slots=True)
class PlayPressed:
    """The user wants to hear something."""


@dataclass(frozen=True, slots=True)
class PausePressed:
    """The user wants silence and to keep the position."""


@dataclass(frozen=True, slots=True)
class StopPressed:
    """The user stops."""


@dataclass(frozen=True, slots=True)
class NextPressed:
    """The user skips the current play."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The user moves to a position, ms."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class Held:
    """The current entry will start at a position, ms: a restart goes on where the player was quit."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class Closing:
    """The player ends."""

    position_ms: Ms


# Events: what the queue and the settings say


@dataclass(frozen=True, slots=True)
class StartRequested:
    """A candidate is to be played now.

    Attributes:
        candidate: What to play.
        leaving: Why the current play ends.
        at_ms: Where to start, ms; None for where a long track was left.
        paused: Whether it waits paused.
    """

    candidate: Candidate
    leaving: EndReason
    at_ms: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class QueueExhausted:
    """The answer to `StartNext` where nothing is queued: why the play ended, and whether by itself."""

    leaving: EndReason
    automatic: bool


@dataclass(frozen=True, slots=True)
class FollowerFound:
    """The answer to `FindFollower`: what will play after the current play; None for nothing."""

    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """Entries or modes of the queue changed, or where a long track was left."""


@dataclass(frozen=True, slots=True)
class JoinChanged:
    """The settings that decide how one track leads to the next changed."""


@dataclass(frozen=True, slots=True)
class GainChanged:
    """A play gets another gain: its token, its new source, and the length of the change in ms."""

    token: int
    source: Source
    over_ms: int


# Events: what the engine reports


@dataclass(frozen=True, slots=True)
class EngineStarted:
    """The first sample of a play was heard, at an instant (UTC ms)."""

    token: int
    at: UtcMs


@dataclass(frozen=True, slots=True)
class EngineEnded:
    """A play is over, at an instant (UTC ms)."""

    ended: PlayEnded
    at: UtcMs


@dataclass(frozen=True, slots=True)
class EngineStateChanged:
    """The engine plays, is paused or stopped."""

    state: PlayerState


Event = (
    PlayPressed
    | PausePressed
    | StopPressed
    | NextPressed
    | Sought
    | Held
    | Closing
    | StartRequested
    | QueueExhausted
    | FollowerFound
    | QueueChanged
    | JoinChanged
    | GainChanged
    | EngineStarted
    | EngineEnded
    | EngineStateChanged
)


# Commands: to the engine


@dataclass(frozen=True, slots=True)
class PlayNow:
    """`AudioOutput.play`."""

    source: Source
    token: int
    at_ms: int
    paused: bool


@dataclass(frozen=True, slots=True)
class SetNext:
    """`AudioOutput.set_next`."""

    source: Source | None
    token: int = 0
    crossfade_ms: int = 0


@dataclass(frozen=True, slots=True)
class SetGain:
    """`AudioOutput.set_gain`."""

    token: int
    gain_db: float
    over_ms: int


@dataclass(frozen=True, slots=True)
class Seek:
    """`AudioOutput.seek`."""

    position_ms: int


class EngineCommand(StrEnum):
    """A command to the engine without values."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    CLOSE = "close"


# Commands: to the queue. The ones that ask are answered by an event at once.


@dataclass(frozen=True, slots=True)
class Advance:
    """This entry is the current one now."""

    entry: QueueEntry


@dataclass(frozen=True, slots=True)
class Drop:
    """This entry cannot be played: take it out."""

    entry: QueueEntry


@dataclass(frozen=True, slots=True)
class StopAfterCurrent:
    """Set or clear the queue's mode of that name."""

    on: bool


@dataclass(frozen=True, slots=True)
class StartCurrent:
    """Ask for the queue's current entry, or what follows it; answered by `StartRequested`, if there is one.

    Attributes:
        passed: Whether the current entry was heard out, so that the next one is wanted.
        at_ms: Where to start, ms; None for its beginning.
    """

    passed: bool
    at_ms: Ms | None


@dataclass(frozen=True, slots=True)
class StartNext:
    """Ask for the next entry; answered by `StartRequested` or `QueueExhausted`.

    Attributes:
        leaving: Why the current play ends.
        automatic: Whether the play before ended by itself (so that repeat-one and stop-after-current count).
        paused: Whether it waits paused.
    """

    leaving: EndReason
    automatic: bool
    paused: bool = False


@dataclass(frozen=True, slots=True)
class FindFollower:
    """Ask what follows the current play; answered by `FollowerFound`."""


# Commands: to tell others


@dataclass(frozen=True, slots=True)
class ReportStarted:
    """Emit `track_started`."""

    started: TrackStarted


@dataclass(frozen=True, slots=True)
class ReportFinished:
    """Emit `play_finished`."""

    finished: PlayFinished


@dataclass(frozen=True, slots=True)
class RememberPosition:
    """A play of a track was left at a position (ms), or heard to its end."""

    track: Track
    position_ms: int
    finished: bool


@dataclass(frozen=True, slots=True)
class ReportFailure:
    """Tell the user of a failure."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class ReportUnplayable:
    """Emit `failed`: the file of this track was there and did not play, as the engine said."""

    track: Track
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReportPosition:
    """Emit `position_changed` for a position that is only held (ms)."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class ReportIdle:
    """Emit `idled`."""


Command = (
    PlayNow
    | SetNext
    | SetGain
    | Seek
    | EngineCommand
    | Advance
    | Drop
    | StopAfterCurrent
    | StartCurrent
    | StartNext
    | FindFollower
    | ReportStarted
    | ReportFinished
    | RememberPosition
    | ReportFailure
    | ReportUnplayable
    | ReportPosition
    | ReportIdle
)
