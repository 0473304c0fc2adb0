"""What a scan of the library reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScanPhase(StrEnum):
    """The phases of a scan, in order."""

    WALKING = "walking"
    READING = "reading"
    FINISHING = "finishing"


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan has come.

    Attributes:
        phase: What it does now.
        done: Files handled in this phase.
        total: Files of this phase, 0 while unknown; in the walk as many as the library knows there.
        remaining_s: Estimated seconds left, None while unknown.
        current: The file or folder at hand.
    """

    phase: ScanPhase
    done: int
    total: int
    remaining_s: float | None = None
    current: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be indexed, and why, in words."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan did.

    Attributes:
        seen: Audio files found, each once however many links lead to it: the readable ones and the `unreadable` ones.
        added: Tracks new to the library.
        updated: Tracks whose tags were read again.
        moved: Tracks that kept their history under a new path.
        missing: Tracks of the scanned folders whose files are not there now.
        unreadable: Files that could not be indexed.
        tracks: Tracks in the library afterwards.
        seconds: Wall-clock time of the scan.
        cancelled: Whether it was cancelled; the next scan goes on where it stopped.
        vanished: How many of the missing tracks were still there at the last scan.
        problems: Folders that could not be looked into (what the library knows of them stays) and damaged cue sheets.
    """

    seen: int
    added: int
    updated: int
    moved: int
    missing: int
    unreadable: tuple[Unreadable, ...]
    tracks: int
    seconds: float
    cancelled: bool = False
    vanished: int = 0
    problems: tuple[Unreadable, ...] = ()
