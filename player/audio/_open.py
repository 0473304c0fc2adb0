"""Opening the right engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from player.audio._api import AudioOutput
from player.audio._values import Clock


@dataclass(frozen=True, slots=True)
class Program:
    """How to start the sound process.

    Attributes:
        command: Program and arguments.
        environment: Environment; None for that of this process.
    """

    command: Sequence[str]
    environment: Mapping[str, str] | None = None


def open_engine(
    kind: Literal["default", "null"] = "default",
    *,
    speed: Literal["realtime", "max"] = "realtime",
    device: str = "",
    program: Program | None = None,
    parent: QObject | None = None,
) -> AudioOutput:
    """An engine, ready for commands. Returns at once; the device is opened by the first play.

    Args:
        kind: "default" plays through the sound server or SDL2; where no output can be opened a play waits, paused,
            after a `device_failed` with the reason. "null" always plays silently.
        speed: "max" lets a silent engine play as fast as it decodes.
        device: Name of the output device; empty follows the system's default, "null" plays silently.
        program: Starts the sound process that "default" then plays in; None plays in a thread of this process.
        parent: Qt parent.
    """
    # Loaded here, as a player with a sound process needs no decoder of its own.
    if kind == "null":
        from player.audio._engine import SilentEngine  # noqa: PLC0415

        return SilentEngine(Clock.MAX if speed == "max" else Clock.REAL, parent=parent)
    engine: AudioOutput
    if program is not None:
        from player.audio._process import SoundProcess  # noqa: PLC0415

        engine = SoundProcess(program.command, program.environment, parent=parent)
    else:
        from player.audio._engine import Engine  # noqa: PLC0415
        from player.audio.engine import open_port  # noqa: PLC0415

        engine = Engine(open_port(), parent=parent)
    if device:
        engine.set_device(device)
    return engine
