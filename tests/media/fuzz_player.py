"""`python -m tests.media.fuzz_player`: a process that plays, seeks, measures and analyses files as the player does.

A path a line on standard input, one line of JSON for each on standard output: {"seconds", "peak_mb", "outcome"}.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from player.audio import decode_excerpts, measure, peaks
from player.audio._decoder import Decoder
from player.domain import FileError

MAX_FRAMES = 44_100 * 60
"""Length that is played, frames: a mutant may claim to be hours long."""


def play(path: str) -> str:
    """Play a file from its start and from several places, then examine it as analysis does."""
    try:
        decoder = Decoder(path, 44_100)
    except FileError:
        return "refused"
    try:
        _read(decoder, MAX_FRAMES)
        for seconds in (0.5, 0.1, 3.0, 0.0):
            decoder.seek(seconds)
            _read(decoder, 20_000)
        measure(path, end_ms=60_000)
        decode_excerpts(path)
        peaks(path, 100, end_ms=60_000)
    except FileError:
        return "damaged"
    finally:
        decoder.close()
    return "played"


def _read(decoder: Decoder, frames: int) -> None:
    while frames > 0 and (block := decoder.read()) is not None:
        frames -= len(block)


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        began = time.process_time()
        outcome = play(line.rstrip("\n"))
        answer = {"seconds": time.process_time() - began, "peak_mb": peak_mb(), "outcome": outcome}
        print(json.dumps(answer), flush=True)


def peak_mb() -> float:
    """Return the peak of resident memory of this program, MB.

    On Linux `ru_maxrss` counts what the parent held when it started this process, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    main()
