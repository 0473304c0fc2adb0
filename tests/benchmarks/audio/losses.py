"""The sound process, or the sound server, lost again and again: `python -m tests.benchmarks.audio.losses`.

Plays through a null sink of a PulseAudio server of its own, which is recorded. Every play is interrupted a second after
it began: the process is killed (SIGKILL), stopped (SIGSTOP), or the server is killed and started again. Told are the
plays lost (given, heard, and never ended), the longest and the median silence, and by how much what was logged as heard
differs from what was recorded.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from player.audio import AudioOutput, PlayEnded, PlayerState, Program, Source, open_engine
from tests.audio.rig import Recorder, Server
from tests.audio.sounds import RATE, encode, music

GAP_FRAMES = RATE // 100


@dataclass
class Round:
    """What became of the plays.

    Attributes:
        started: Plays that began, in order.
        ended: How they ended.
        silences_s: For a lost server, from its return to the next sound.
    """

    started: list[int] = field(default_factory=list)
    ended: dict[int, PlayEnded] = field(default_factory=dict)
    silences_s: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Plays that began and never ended."""
        return len(set(self.started) - set(self.ended))


def lose_process(server: Server, source: Source, count: int, by: signal.Signals) -> tuple[Round, list[float], Recorder]:
    """Play, and lose the process that often; also returns the recorder, which goes on."""
    found, recorder = Round(), Recorder(server)
    engine = open_engine(program=Program([sys.executable, "-m", "player.audio.engine"]))

    def started(token: int) -> None:
        found.started.append(token)
        engine.set_next(source, token + 1)
        if token <= count:
            QTimer.singleShot(random.randint(900, 1_600), lambda: os.kill(engine.pid, by))
        else:
            QTimer.singleShot(500, engine.stop)

    engine.started.connect(started)
    _run(engine, source, found, lambda: len(found.ended) > count)
    return found, [found.ended[token].listened_ms / 1_000 for token in found.started], recorder


def lose_server(server: Server, source: Source, count: int) -> Round:
    """Play one source after the other, and kill the server that often."""
    found = Round()
    engine = open_engine(program=Program([sys.executable, "-m", "player.audio.engine"]))

    def started(token: int) -> None:
        found.started.append(token)
        engine.set_next(source, token + 1)

    def lose() -> None:
        if len(found.silences_s) == count:
            engine.stop()
            return
        server.stop()
        server.start()
        back = time.monotonic()

        def look() -> None:
            if engine.state is PlayerState.PLAYING:
                found.silences_s.append(time.monotonic() - back)
                QTimer.singleShot(1_000, lose)
            else:
                QTimer.singleShot(10, look)

        QTimer.singleShot(300, look)  # that it is gone is noticed first

    engine.started.connect(started)
    QTimer.singleShot(2_000, lose)
    _run(engine, source, found, lambda: len(found.silences_s) == count and engine.state is PlayerState.STOPPED)
    return found


def _run(engine: AudioOutput, source: Source, found: Round, over: Callable[[], bool]) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    engine.ended.connect(lambda ended: found.ended.__setitem__(ended.token, ended))
    engine.state_changed.connect(lambda _: app.quit() if over() else None)
    engine.play(source, 1)
    app.exec()
    engine.close()


def stretches(recording: np.ndarray) -> tuple[list[float], list[float]]:
    """Lengths of the sounds and of the silences between them, in seconds."""
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 0)
    breaks = np.flatnonzero(np.diff(loud) > GAP_FRAMES)
    edges = np.r_[-1, breaks, len(loud) - 1]
    sounds = [float(loud[b] - loud[a + 1] + 1) / RATE for a, b in pairwise(edges)]
    return sounds, [float(loud[b + 1] - loud[b]) / RATE for b in breaks]


def main() -> None:
    """Lose, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--stops", type=int, default=50)
    parser.add_argument("--servers", type=int, default=50)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    _app = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        os.environ["PULSE_SERVER"] = server.address
        source = Source(encode(Path(folder) / "x.flac", music(30.0)))
        for name, count, by in (("SIGKILL", options.kills, signal.SIGKILL), ("SIGSTOP", options.stops, signal.SIGSTOP)):
            if count:
                found, logged, recorder = lose_process(server, source, count, by)
                sounds, silences = stretches(recorder.stop())
                errors = [abs(a - b) for a, b in zip(logged, sounds, strict=False)]
                plays = f"{name} x {count}: {len(found.started)} plays, lost {found.lost}, stretches {len(sounds)}"
                silence = f"silence median {statistics.median(silences):.2f} s, longest {max(silences):.2f} s"
                worst = f"median {statistics.median(errors) * 1000:.0f} ms, worst {max(errors) * 1000:.0f} ms"
                print(f"{plays}; {silence}; log against recording: {worst}", flush=True)
        if options.servers:
            found = lose_server(server, source, options.servers)
            print(
                f"server killed x {options.servers}: {len(found.started)} plays, lost {found.lost}, from its return to "
                f"sound median {statistics.median(found.silences_s):.2f} s, longest {max(found.silences_s):.2f} s"
            )
        server.stop()


if __name__ == "__main__":
    main()
