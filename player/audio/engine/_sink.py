"""What the engine needs of an output: a queue of stereo frames that somebody else drains.

The engine only ever appends and may take back what has not been handed on yet. That makes seek, skip and volume
immediate and the accounting exact although the queue holds about a second, so that neither a busy GUI thread nor
a held interpreter can starve the device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from player.audio._samples import Samples
from player.audio._values import Device
from player.domain import AudioError


class NotAnsweringError(AudioError):
    """The sound server hangs: what was known of its devices before still holds."""

    def __init__(self) -> None:
        super().__init__("the sound server does not answer")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sound of an open output goes.

    Attributes:
        device: Name of the device for the user; empty where the output does not tell.
        sample_format: Format of the samples that it takes, in the output's words; empty where it does not tell.
        bits: Bits a sample that pass through it unchanged, 0 where unknown.
    """

    device: str = ""
    sample_format: str = ""
    bits: int = 0


class Sink(Protocol):
    """An output. All methods are called from the engine's thread.

    Attributes:
        name: What it is, for messages.
        rate: Sample rate in Hz, valid while open.
        silent: Whether nobody can hear it.
        real_time: Whether it drains at the speed of sound; False for the silent one in its other modes.
        place: Where its sound goes, valid while open.
        latency_s: Time from the queue to the ear, in seconds, as far as it is known.
    """

    name: str
    rate: int
    silent: bool
    real_time: bool
    place: Place

    @property
    def latency_s(self) -> float: ...

    def open(self, device: str) -> None:
        """Open the named device at its own sample rate, held; empty is the system's default.

        Raises:
            NotAnsweringError: it may be there, but cannot be asked now.
            AudioError: it cannot be opened.
        """

    def close(self) -> None:
        """Free the device and what `devices` needed; what is queued is lost. May be called twice."""

    def write(self, block: Samples) -> None:
        """Append to the queue.

        Raises:
            AudioError: the device is gone.
        """

    def queued(self) -> int:
        """Frames not yet handed to the device."""

    def take_back(self, most: int) -> int:
        """Remove frames from the end of the queue, but not those about to be played; tells how many.

        Raises:
            AudioError: the device is gone.
        """

    def settle(self) -> None:
        """What was taken back and not written anew shall not be heard."""

    def start(self) -> None:
        """Let the device drain the queue."""

    def hold(self) -> bool:
        """Stop draining, as the queue is empty; False where what left it must be played first: ask again."""

    def finish(self) -> None:
        """Nothing more is coming soon: play out the last bit."""

    def alive(self) -> bool:
        """Whether the device still takes sound."""

    def misplaced(self) -> bool:
        """Whether the sound was moved to a device of another rate, so that it is resampled once more there.

        Raises:
            NotAnsweringError: it cannot be asked now.
        """

    def devices(self) -> list[Device]:
        """Devices it could open, without the default.

        Raises:
            NotAnsweringError: they cannot be asked for now.
            AudioError: this kind of output is not there at all.
        """
