"""What goes into a sound engine and comes out of it, as plain values. Free of Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from player.domain import Ms

SILENCE = "null"
"""Name of the device that nobody hears, which must be asked for: what plays there counts as heard."""


PROCESS_LOST = "the sound process ended while it played"
PROCESS_LOST_AGAIN = "the sound process ended twice while it played"


class Clock(StrEnum):
    """What drains a silent output."""

    REAL = "realtime"
    """The system's monotonic clock."""
    MAX = "max"
    """Everything is taken at once: as fast as it decodes."""
    MANUAL = "manual"
    """`SilentEngine.advance`."""


class EndCause(StrEnum):
    """Why a play ended, as far as the engine can know."""

    FINISHED = "finished"
    REPLACED = "replaced"
    """`play` put another play in its place."""
    STOPPED = "stopped"
    ERROR = "error"


class GainReason(StrEnum):
    """Where a play's gain comes from."""

    OFF = "off"
    """Loudness is left as it is."""
    TRACK = "track"
    """Loudness of the track."""
    ALBUM = "album"
    """Loudness of its album."""
    ESTIMATED = "estimated"
    """The loudness is not known yet."""


@dataclass(frozen=True, slots=True)
class Source:
    """What to play.

    Attributes:
        path: File.
        duration_ms: Length where known, 0 else.
        start_ms: Where it begins in the file (cue sheets).
        end_ms: Where it ends in the file, None for the file's end.
        gain_db: Gain to apply, in dB, clipping prevention already taken into account.
        gain_reason: Where the gain comes from.
    """

    path: str
    duration_ms: Ms = Ms(0)
    start_ms: Ms = Ms(0)
    end_ms: Ms | None = None
    gain_db: float = 0.0
    gain_reason: GainReason = GainReason.OFF


@dataclass(frozen=True, slots=True)
class PlayEnded:
    """One play is over.

    Attributes:
        token: The caller's name for the play.
        cause: Why it ended.
        listened_ms: Sound of it that reached the output, in time of the source (at double speed ten minutes
            of the clock are twenty); pauses and seeks not counted.
        position_ms: Where in the source it was left.
        message: What went wrong: why it failed (`EndCause.ERROR`), or why it ended early although it played.
    """

    token: int
    cause: EndCause
    listened_ms: Ms
    position_ms: Ms
    message: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """An output device.

    Attributes:
        name: Stable name, for the settings; empty is the system's default, "null" the one that nobody hears.
        label: Name for the user.
    """

    name: str
    label: str = field(default="")


class Obstacle(StrEnum):
    """What keeps the samples of the file from reaching the device unchanged."""

    GAIN = "gain"
    VOLUME = "volume"
    EQUALISER = "equaliser"
    SPEED = "speed"
    RESAMPLED = "resampled"
    MIXED_DOWN = "mixed_down"
    FEWER_BITS = "fewer_bits"
    """The device takes fewer bits a sample than the file has."""


@dataclass(frozen=True, slots=True)
class SignalPath:
    """The way of a play's sound from its file to the device.

    Attributes:
        token: The play.
        path: Its file.
        codec: FFmpeg's name of the file's codec, which is decoded by FFmpeg.
        sample_format: FFmpeg's name of the decoded samples' format, as "s16", "s32" or "fltp".
        rate: Samples a second in the file, in Hz.
        channels: Number of channels in the file.
        gain_db: Gain in dB.
        gain_reason: Where the gain comes from.
        volume: Factor of amplitude, 1 for full volume.
        equaliser: Whether the equaliser filters.
        speed: Seconds of the source per second.
        output: Kind of output; empty while none is open.
        device: Name of the device for the user; empty where the output does not tell.
        device_rate: Samples a second that it takes, in Hz. Where it differs from `rate`, soxr resamples.
        device_format: Format of the samples that it takes, in the output's words; empty where it does not tell.
        device_bits: Bits a sample that pass through it unchanged, 0 where unknown.
        latency_s: Time from the output's queue to the ear, in hundredths of a second.
        obstacles: What stands in the way of the samples reaching the device unchanged.
    """

    token: int
    path: str
    codec: str
    sample_format: str
    rate: int
    channels: int
    gain_db: float
    gain_reason: GainReason
    volume: float
    equaliser: bool
    speed: float
    output: str = ""
    device: str = ""
    device_rate: int = 0
    device_format: str = ""
    device_bits: int = 0
    latency_s: float = 0.0
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def bit_perfect(self) -> bool:
        """Whether the device gets the samples that the file holds."""
        return bool(self.output) and not self.obstacles


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of one play, as of one instant.

    Attributes:
        token: The caller's name for the play.
        started: Whether a sample of it left the output's queue.
        duration_s: Length of its source in seconds, None while unknown.
        position_s: Position in the source of the sample that left the queue last.
        heard_s: Sound of it that left the queue, in seconds of the source.
        begins_s: Time until its queued sound begins to leave the queue.
        queued_s: Time that its queued sound takes.
        complete: Whether the queue holds all that is left of it.
    """

    token: int
    started: bool = False
    duration_s: float | None = None
    position_s: float = 0.0
    heard_s: float = 0.0
    begins_s: float = 0.0
    queued_s: float = 0.0
    complete: bool = False

    def ending(self, cause: EndCause, message: str = "") -> PlayEnded:
        """Return the end of the play at this instant."""
        return PlayEnded(self.token, cause, to_ms(self.heard_s), to_ms(self.position_s), message)


@dataclass(frozen=True, slots=True)
class Now:
    """What is heard, as of one instant.

    Attributes:
        present: The play that is heard, or will be next.
        others: Plays that fade out under it, or are queued behind it, in the order of their beginning.
        speed: Seconds of the source per second of the clock; 0 while nothing leaves the queue in real time.
        at: `time.monotonic()` of the instant; it runs alike in all processes.
        silent: Whether nobody can hear it.
        latency_s: Time that sound takes from the queue to the ear.
        since_s: Position from which the present play sounds without a jump.
    """

    present: Heard | None = None
    others: tuple[Heard, ...] = ()
    speed: float = 0.0
    at: float = 0.0
    silent: bool = False
    latency_s: float = 0.0
    since_s: float = 0.0

    def heard(self, play: Heard, at: float) -> Heard:
        """Return what was heard of one of the plays at a later instant, as far as its sound was queued."""
        if self.speed <= 0.0:
            return play
        passed = min(max(0.0, at - self.at - play.begins_s), play.queued_s)
        gone = passed * self.speed
        return replace(
            play,
            started=play.started or passed > 0.0,
            position_s=play.position_s + gone,
            heard_s=play.heard_s + gone,
            begins_s=max(0.0, play.begins_s - max(0.0, at - self.at)),
            queued_s=play.queued_s - passed,
        )

    def position_s(self, at: float) -> float:
        """Return the position in the present play that reaches the ear at an instant, in seconds."""
        if self.present is None:
            return 0.0
        position = self.heard(self.present, at).position_s
        if self.speed > 0.0:
            position = min(position, max(self.since_s, position - self.latency_s * self.speed))
        length = self.present.duration_s
        return position if length is None else min(position, length)


def to_ms(seconds: float) -> Ms:
    """Return seconds as whole milliseconds."""
    return Ms(round(seconds * 1000))
