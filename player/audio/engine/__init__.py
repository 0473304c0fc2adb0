"""The engine itself: decodes, mixes, and puts out. Free of Qt; `python -m player.audio.engine` is the sound process."""

from player.audio.engine._loop import Loop
from player.audio.engine._outputs import open_port
from player.audio.engine._port import Port
from player.audio.engine._silent import SilentSink

__all__ = ["Loop", "Port", "SilentSink", "open_port"]
