"""Opening the right engine."""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import QObject

from player.audio._api import AudioOutput
from player.audio._engine import Engine, SilentEngine
from player.audio.engine._port import Port
from player.audio.engine._pulse import PulseSink
from player.audio.engine._sdl import SdlSink
from player.audio.engine._silent import Clock, SilentSink
from player.audio.engine._sink import Sink


def open_engine(
    kind: Literal["default", "null"] = "default",
    *,
    speed: Literal["realtime", "max"] = "realtime",
    device: str = "",
    parent: QObject | None = None,
) -> AudioOutput:
    """An engine, ready for commands. Returns at once; the device is opened by the first play.

    Args:
        kind: "default" plays through the sound server or SDL2; where no output can be opened a play waits, paused,
            after a `device_failed` with the reason. "null" always plays silently.
        speed: "max" lets a silent engine play as fast as it decodes.
        device: Name of the output device; empty follows the system's default, "null" plays silently.
        parent: Qt parent.
    """
    if kind == "null":
        return SilentEngine(Clock.MAX if speed == "max" else Clock.REAL, parent=parent)
    sinks: list[Sink] = [SdlSink()]
    if sys.platform.startswith("linux"):
        sinks.insert(0, PulseSink())
    engine = Engine(Port(sinks, SilentSink()), parent=parent)
    if device:
        engine.set_device(device)
    return engine
