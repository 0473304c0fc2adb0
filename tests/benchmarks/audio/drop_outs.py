"""Drop-outs of the window on a busy computer: `python -m tests.benchmarks.audio.drop_outs --folder DIR`.

Starts the window on a new profile, with a file to play, beside two processes that never rest; what a PulseAudio null
sink received is recorded from the first sound on. Every start scans the music of `--folder` for the first time; the
last one is recorded for `--seconds`, while the same music is scanned and analysed and a model trained on others as
well. The sound never falls silent by itself, so every silence of a millisecond or more is a drop-out.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from player.domain import now_ms
from player.paths import Profile
from player.storage import Database
from tests.audio.rig import Recorder, Server
from tests.audio.sounds import RATE, encode, music

SHORT_S = 20.0
SHORTEST = RATE // 1_000


def silences(recording: np.ndarray) -> list[tuple[float, float]]:
    """Beginning (s after the first sound) and length (ms) of every silence up to the last sound."""
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 0)
    if not len(loud):
        return [(0.0, float("inf"))]
    breaks = np.flatnonzero(np.diff(loud) > SHORTEST)
    return [((loud[b] - loud[0]) / RATE, (loud[b + 1] - loud[b] - 1) / RATE * 1_000) for b in breaks]


def start(profile: Path, file: str, server: Server, folder: str, seconds: float) -> np.ndarray:
    """Start the window, let it play, kill it; what was recorded from its first sound on."""
    prepared = Profile.at(profile)
    prepared.make()
    database = Database.open(prepared.database)
    if folder:
        database.files.add_root(folder, now_ms())
    database.close()
    recorder = Recorder(server)
    player = _segue(profile, file, server=server)
    try:
        end = time.monotonic() + 120
        while "Corked: no" not in server.ask("list", "sink-inputs") and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(seconds)
        return recorder.stop()
    finally:
        _end(player)


def _segue(profile: Path, *words: str, server: Server) -> psutil.Popen:
    return psutil.Popen(
        [sys.executable, "-m", "player", "--profile", str(profile), *words],
        env={**os.environ, **server.environment, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: psutil.Popen) -> None:
    for one in [*process.children(recursive=True), process] if process.is_running() else []:
        one.kill()
    process.wait()


def main() -> None:
    """Start, record, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=300.0, help="length of the last recording")
    parser.add_argument("--folder", default="", help="music to scan, analyse and train on")
    parser.add_argument("--busy", type=int, default=2, help="processes that never rest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        file = encode(home / "sound.flac", music(options.seconds + 60.0))
        server = Server(home)
        server.start()
        busy = [psutil.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(options.busy)]
        beside: list[psutil.Popen] = []
        try:
            for n in range(options.starts):
                last = n == options.starts - 1
                if last and options.folder:
                    beside = _beside(home, options.folder)
                seconds = options.seconds if last else SHORT_S
                recording = start(home / f"profile-{n}", file, server, options.folder, seconds)
                found = silences(recording)
                text = ", ".join(f"{length:.0f} ms at {at:.1f} s" for at, length in found) or "none"
                load = os.getloadavg()[0]
                print(f"start {n + 1}, {seconds:.0f} s, load {load:.1f}: drop-outs {len(found)} ({text})", flush=True)
        finally:
            for process in (*busy, *beside):
                _end(process)
            server.stop()


def _beside(home: Path, folder: str) -> list[psutil.Popen]:
    """An analysis of the same music, scanned first, and one training after the other on the demo's history."""
    segue = f"{shlex.quote(sys.executable)} -m player --profile {shlex.quote(str(home))}"
    subprocess.run([*shlex.split(f"{segue}/demo"), "demo", "--no-window"], check=True, stdout=subprocess.DEVNULL)
    return [
        psutil.Popen(["sh", "-c", words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for words in (
            f"{segue}/analysed scan {shlex.quote(folder)} && {segue}/analysed analyze",
            f"while :; do {segue}/demo train; done",
        )
    ]


if __name__ == "__main__":
    main()
