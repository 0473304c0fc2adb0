"""What playing costs beside other players: `python -m tests.benchmarks.audio.peers [--seconds N] [--players …]`.

Every player plays the same file through the same PulseAudio null sink, one player after the other; those that are not
installed are left out. Figures are of the player's processes together after a pause for the start: processor time
as a share of one core, memory that is theirs (proportional set size), and of the sound server's processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from tests.audio.rig import Server
from tests.audio.sounds import RATE, encode, music

START_S = 35.0
"""Left out of the figures: Segue begins to look at the library and to listen to its tracks 15 s after its start."""

SHOWN = {"QT_QPA_PLATFORM": "offscreen", "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1"}
Command = Callable[[Path, Path], Sequence[str]]


def _quodlibet(file: Path, _profile: Path) -> list[str]:
    return ["quodlibet", "--run", f"--play-file={file}"]


PLAYERS: dict[str, Command] = {
    "segue, no window": lambda file, profile: _segue(profile, "play", str(file)),
    "segue": lambda file, profile: _segue(profile, str(file)),
    "mpv, no window": lambda file, _profile: ["mpv", "--no-config", "--no-video", "--really-quiet", str(file)],
    "strawberry": lambda file, _profile: ["strawberry", "--play", str(file)],
    "quodlibet": _quodlibet,
}
PROGRAMS = {"mpv, no window": "mpv", "strawberry": "strawberry", "quodlibet": "quodlibet"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one player cost.

    Attributes:
        processor: Seconds of processor time per second of play, in percent.
        memory_mib: Proportional set size of its processes at the end, in MiB.
        server: As `processor`, of the sound server.
        heard: Whether a stream of it ran on the sound server at the end.
    """

    processor: float
    memory_mib: float
    server: float
    heard: bool


def _segue(profile: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "player", "--profile", str(profile), *words]


def measure(command: Sequence[str], server: Server, server_pid: int, home: Path, seconds: float) -> Cost:
    """Start a player, let it play, end it."""
    environment = {**os.environ, **SHOWN, **server.environment, "HOME": str(home)}
    player = psutil.Popen(
        list(command), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    sound = psutil.Process(server_pid)
    try:
        time.sleep(START_S)
        began, before, server_before = time.monotonic(), _used(player), sum(sound.cpu_times()[:2])
        time.sleep(seconds)
        passed = time.monotonic() - began
        share = (_used(player) - before) / passed
        server_share = (sum(sound.cpu_times()[:2]) - server_before) / passed
        memory = sum(process.memory_full_info().pss for process in _family(player)) / 2**20
        streams = server.ask("list", "sink-inputs")
        return Cost(share * 100, memory, server_share * 100, "Corked: no" in streams)
    finally:
        for process in reversed(_family(player)):
            process.kill()
        player.wait()


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)] if process.is_running() else []


def _used(process: psutil.Process) -> float:
    """Processor time of a process and its children, those that have ended too."""
    return sum(sum(one.cpu_times()[:4]) for one in _family(process))


def table(costs: dict[str, Cost]) -> str:
    """The figures, and how many times those of the first player."""
    first = next(iter(costs.values()))
    lines = [f"{'player':<18}{'CPU %':>8}{'ratio':>8}{'MiB':>8}{'ratio':>8}{'server %':>10}  sounds"]
    for name, cost in costs.items():
        ratios = cost.processor / first.processor, cost.memory_mib / first.memory_mib
        figures = f"{cost.processor:>8.2f}{ratios[0]:>8.2f}{cost.memory_mib:>8.0f}{ratios[1]:>8.2f}{cost.server:>10.2f}"
        lines.append(f"{name:<18}{figures}  {'yes' if cost.heard else 'NO'}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--kind", default="flac", help="format of the file that is played")
    parser.add_argument("--players", nargs="*", default=list(PLAYERS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / f"sound.{options.kind}"
        encode(file, music(options.seconds + 2 * START_S))
        server = Server(home, (RATE,))
        server.start()
        costs = {}
        for name in options.players:
            if shutil.which(PROGRAMS.get(name, sys.executable)) is not None:
                profile = home / name.replace(", ", "-")
                costs[name] = measure(PLAYERS[name](file, profile), server, server.pid, home, options.seconds)
        server.stop()
    print(json.dumps({name: asdict(cost) for name, cost in costs.items()}) if options.json else table(costs))


if __name__ == "__main__":
    main()
