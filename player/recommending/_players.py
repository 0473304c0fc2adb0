"""Which players write the log of a profile now: rows left open by others may not be called crashed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from player.paths import Profile
from player.storage import Database

TOLERANCE_S = 1.0


def close_crashed_plays(db: Database, profile: Profile) -> int:
    """Close the plays that a killed player left open; tells how many. Does nothing while a player lives.

    Raises:
        ProfileError: the database cannot be written.
    """
    return 0 if others_playing(profile) else db.plays.close_crashed()


@contextmanager
def playing(profile: Profile) -> Iterator[None]:
    """While this lasts, the present process counts as a player of the profile.

    Raises:
        OSError: the profile cannot be written.
    """
    mark = _folder(profile) / str(os.getpid())
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(repr(psutil.Process().create_time()), encoding="ascii")
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def _folder(profile: Profile) -> Path:
    return profile.data / "players"


def others_playing(profile: Profile) -> bool:
    """Whether another process plays with the profile now; the marks of dead ones are swept away."""
    found = False
    for mark in _folder(profile).glob("*"):
        if mark.name == str(os.getpid()):
            continue
        if _lives(mark):
            found = True
        else:
            with contextlib.suppress(OSError):  # somebody else may sweep at the same time
                mark.unlink()
    return found


def _lives(mark: Path) -> bool:
    """Whether the process that left the mark still runs; a number is given again, but not with the same start."""
    try:
        began = float(mark.read_text(encoding="ascii"))
        return bool(abs(psutil.Process(int(mark.name)).create_time() - began) < TOLERANCE_S)
    except (ValueError, OSError, psutil.Error):
        return False
