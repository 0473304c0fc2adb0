"""The outputs of this system."""

from __future__ import annotations

import sys

from player.audio.engine._port import Port
from player.audio.engine._pulse import PulseSink
from player.audio.engine._sdl import SdlSink
from player.audio.engine._silent import SilentSink
from player.audio.engine._sink import Sink


def open_port() -> Port:
    """Return a port with every kind of output of this system: the sound server first, then SDL2's devices."""
    sinks: list[Sink] = [SdlSink()]
    if sys.platform.startswith("linux"):
        sinks.insert(0, PulseSink())
    return Port(sinks, SilentSink())
