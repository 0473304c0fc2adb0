"""Whether sound comes out: a moment of silence through the default output."""

from __future__ import annotations

import sys
import tempfile
import wave
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from player.audio import Source, open_engine
from player.domain import PlayerState

LENGTH_MS = 200
PATIENCE_MS = 5_000


def try_sound() -> str:
    """Play some silence; tells why no output could be opened, or nothing where one was."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    engine = open_engine()
    problems: list[str] = []
    engine.device_failed.connect(problems.append)
    engine.state_changed.connect(lambda state: app.quit() if state is not PlayerState.PLAYING else None)
    with tempfile.TemporaryDirectory() as folder:
        engine.play(Source(str(_silence(Path(folder) / "silence.wav"))), 1)
        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(app.quit)
        patience.start(PATIENCE_MS)
        app.exec()
        patience.stop()
        engine.close()
    return problems[0] if problems else ""


def _silence(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(4 * 44_100 * LENGTH_MS // 1000))
    return path
