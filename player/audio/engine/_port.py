"""The output in use: chosen among the candidates, opened on demand, watched, changed, opened again."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from player.audio._samples import Samples
from player.audio._values import SILENCE, Device
from player.audio.engine._sink import NotAnsweringError, Place, Sink
from player.domain import AudioError

logger = logging.getLogger(__name__)

NO_OUTPUT = "No sound output can be opened; check that a device is connected and a sound server runs."
NOT_ANSWERING = "The sound server does not answer, so no output can be opened."
DRAIN_S = 0.2
DEVICE_POLL_S = 4.0


class Port:
    """Keeps one of several sinks open. Used by the engine's thread only.

    Attributes:
        better_place: Whether, at the last look at the devices, the output was to be opened anew: the wanted device
            is there, while another one had to be opened, or the sound was moved.

    Args:
        candidates: Sinks in order of preference.
        silence: Opened for the device `SILENCE`; None where there is no such device.
    """

    def __init__(self, candidates: Sequence[Sink], silence: Sink | None = None) -> None:
        self._candidates = list(candidates)
        self._silence = silence
        self._sink: Sink | None = None
        self._device = ""
        self._running = False
        self._next_poll = 0.0
        self._devices: list[Device] = []
        self._problem = ""
        self._displaced = False
        self.better_place = False

    @property
    def is_open(self) -> bool:
        """Whether a sink is open."""
        return self._sink is not None

    @property
    def running(self) -> bool:
        """Whether the device drains the queue."""
        return self._running

    @property
    def silent(self) -> bool:
        """Whether what plays cannot be heard."""
        return self._sink is not None and self._sink.silent

    @property
    def real_time(self) -> bool:
        """Whether the output drains at the speed of sound."""
        return self._sink is None or self._sink.real_time

    @property
    def kind(self) -> str:
        """Kind of the open output; empty where none is open."""
        return self._sink.name if self._sink else ""

    @property
    def place(self) -> Place:
        """Where the sound goes."""
        return self._sink.place if self._sink else Place()

    @property
    def latency_s(self) -> float:
        """Time from the queue to the ear, in seconds; 0 where unknown."""
        return self._sink.latency_s if self._sink else 0.0

    @property
    def rate(self) -> int:
        """Sample rate in Hz; valid while open."""
        return self._sink.rate if self._sink else 0

    def use(self, device: str) -> None:
        """Open this device the next time."""
        self._device = device

    def open(self) -> str:
        """Open an output, held, if none is open.

        Returns:
            A message for the user where another device than the wanted one was taken.

        Raises:
            AudioError: none can be opened.
        """
        if self._sink is not None:
            return ""
        if self._device == SILENCE and self._silence is not None:
            self._displaced = False
            self._silence.open("")
            return self._took(self._silence, "")
        problems: list[str] = []
        for device in dict.fromkeys((self._device, "")):
            for sink in self._candidates:
                try:
                    sink.open(device)
                except NotAnsweringError as error:  # it holds the devices: another way to them would hang as well
                    self._complain(f"{sink.name}: {error}")
                    raise AudioError(NOT_ANSWERING) from error
                except AudioError as error:
                    problems.append(f"{sink.name}: {error}")
                else:
                    self._displaced = device != self._device
                    missing = f"“{self._device}” is not there; the default output is used."
                    return self._took(sink, missing if self._displaced else "")
        self._complain("; ".join(problems))
        raise AudioError(NO_OUTPUT)

    def close(self) -> None:
        """Close what is open."""
        sink, self._sink = self._sink, None
        self._running = self.better_place = False
        if sink is not None:
            sink.close()

    def shut(self) -> None:
        """Close everything for good."""
        self.close()
        for sink in self._candidates:
            sink.close()

    def write(self, block: Samples) -> None:
        """Append to the queue. Raises AudioError when the device is gone."""
        if self._sink is None:
            raise AudioError(NO_OUTPUT)
        self._sink.write(block)

    def queued(self) -> int:
        """Frames not yet handed to the device."""
        return self._sink.queued() if self._sink else 0

    def take_back(self, most: int) -> int:
        """Remove frames from the end of the queue; tells how many. Raises AudioError when the device is gone."""
        return self._sink.take_back(most) if self._sink else 0

    def settle(self) -> None:
        """What was taken back and not written anew shall not be heard."""
        if self._sink is not None:
            self._sink.settle()

    def start(self) -> None:
        """Let the device drain the queue."""
        if self._sink is not None and not self._running:
            self._running = True
            self._sink.start()

    def hold(self) -> None:
        """Stop draining the empty queue, at once or, asked again, as soon as what left it was played."""
        if self._sink is not None and self._running and self._sink.hold():
            self._running = False

    def finish(self) -> None:
        """Play out the last bit."""
        if self._sink is not None:
            self._sink.finish()

    def drain(self) -> None:
        """Wait until the last frames left the queue, which are few after `take_back`."""
        end = time.monotonic() + DRAIN_S
        while self._running and self.queued() and time.monotonic() < end:
            time.sleep(0.005)

    def alive(self) -> bool:
        """Whether the open sink still works; True where none is open."""
        return self._sink is None or self._sink.alive()

    def poll_devices(self, *, now: bool = False) -> list[Device] | None:
        """The devices, if they changed since the last look, which is taken every few seconds.

        While the sound server does not answer, they are those that it told last.
        """
        if not now and time.monotonic() < self._next_poll:
            return None
        try:
            found = self._look()
            back = self._displaced and any(device.name == self._device for device in found)
            self.better_place = back or (self._sink is not None and self._sink.misplaced())
        except NotAnsweringError:
            return None
        finally:
            self._next_poll = time.monotonic() + DEVICE_POLL_S
        if found == self._devices:
            return None
        self._devices = found
        return found

    def _look(self) -> list[Device]:
        """Devices of the first kind of output that has any."""
        for sink in self._candidates:
            try:
                found = sink.devices()
            except NotAnsweringError:
                raise
            except AudioError:
                continue
            if found:
                return found
        return []

    def _complain(self, problem: str) -> None:
        """Log why nothing opens, once: attempts are repeated."""
        if problem != self._problem:
            logger.warning("no sound output: %s", problem)
        self._problem = problem

    def _took(self, sink: Sink, message: str) -> str:
        self._sink, self._running, self._problem = sink, False, ""
        logger.info("sound goes to %s at %d Hz", sink.name, sink.rate)
        return message
