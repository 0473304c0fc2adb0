"""Whether a file that failed to play is to blame itself, or the disk, the network, or the sound engine."""

from __future__ import annotations

import os

from player.domain import FileError, Track
from player.library._probe import Probe

_BLOCK = 1 << 20


def why_unplayable(track: Track, probe: Probe) -> str | None:
    """Why nothing of a track can be decoded although its file can be read to its end; None in any other case.

    A file that has gone, that the disk or the network does not give, or that is being written, is not to blame.
    Blocks as long as reading the file takes.
    """
    try:
        before = os.stat(track.path)
        probe.try_decoding(track.path, start_ms=track.start_ms, end_ms=track.end_ms)
    except FileError as error:
        return error.why if _can_be_read(track.path, before) else None
    except OSError:
        return None
    return None


def _can_be_read(path: str, before: os.stat_result) -> bool:
    """Whether the system gives all of a file, and nobody writes it meanwhile."""
    try:
        with open(path, "rb", buffering=0) as file:
            length = 0
            while block := file.read(_BLOCK):
                length += len(block)
        after = os.stat(path)
    except OSError:
        return False
    return length == after.st_size and (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
