"""Whether sound comes out: a moment of silence through the default output."""

from __future__ import annotations

import sys
import tempfile
import wave
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from player.application.jukebox import try_output

LENGTH_MS = 200
PATIENCE_MS = 5_000


def try_sound() -> str:
    """Play some silence; tells why no output could be opened, or nothing where one was."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        return try_output(app, _silence(Path(folder) / "silence.wav"), PATIENCE_MS)


def _silence(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(4 * 44_100 * LENGTH_MS // 1000))
    return path
