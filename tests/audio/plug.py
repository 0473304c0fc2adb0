"""An output for tests about devices."""

from __future__ import annotations

from player.audio import Device
from player.audio.engine._silent import SilentSink
from player.domain import AudioError


class Plug(SilentSink):
    """A silent output that can be pulled out, is heard, and offers devices."""

    name = "plug"
    silent = False

    def __init__(self, *, there: bool = True, names: tuple[str, ...] = ("speakers",)) -> None:
        super().__init__()
        self.there = there
        self.names = names
        self.opened: list[str] = []

    def open(self, device: str) -> None:
        """See `Sink.open`."""
        if not self.there or (device and device not in self.names):
            raise AudioError("not there")
        self.opened.append(device)
        super().open(device)

    def alive(self) -> bool:
        """See `Sink.alive`."""
        return self.there

    def devices(self) -> list[Device]:
        """See `Sink.devices`."""
        return [Device(n, n) for n in self.names if self.there]
