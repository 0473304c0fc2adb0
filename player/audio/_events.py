"""What the engine's thread tells the owner's."""

from __future__ import annotations

from enum import StrEnum


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
    SIGNAL_PATH = "signal_path"
    """`SignalPath` of the present play, or None."""
