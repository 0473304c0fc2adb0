"""What the engine's thread tells the owner's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.audio._ledger import Play


class Event(StrEnum):
    """What the engine tells, with the value that goes with it."""

    STARTED = "started"
    """Token."""
    ENDED = "ended"
    """`PlayEnded`."""
    NEXT_WANTED = "next_wanted"
    """Token."""
    STATE = "state"
    """`PlayerState`."""
    MOVED = "moved"
    """None: the position jumped, the present play changed, or its length became known."""
    DEVICE_FAILED = "device_failed"
    """Message for the user."""
    DEVICES = "devices"
    """`list[Device]`."""


@dataclass(frozen=True, slots=True)
class Now:
    """What is heard, as of one instant.

    Attributes:
        play: The present play.
        position_s: Position in its source.
        heard_s: Sound of it that reached the output.
        speed: Seconds of the source per second of the clock; 0 while the clock says nothing.
        at: `time.monotonic()` of the instant.
        silent: Whether nobody can hear it.
    """

    play: Play | None = None
    position_s: float = 0.0
    heard_s: float = 0.0
    speed: float = 0.0
    at: float = 0.0
    silent: bool = False
