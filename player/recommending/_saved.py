"""The recommender's start, kept in one file: the library in columns and where the sequence model stood.

The file can be thrown away at any time. It is used only when the database still holds what it was made from (marks of
the library and of the plays read), the model is the same and nothing is damaged; plays that came later are added.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.lib.npyio import NpzFile

from player.domain import UtcMs
from player.paths import Profile
from player.recommending._ask import EXTRACTOR
from player.recommending._snapshot import with_news
from player.storage import Database
from recommender import NPZ_ERRORS, Resume, Snapshot, SnapshotError

logger = logging.getLogger(__name__)

T = TypeVar("T")

FORMAT = 3
_RESUME = ("resume.", "habits.")
NEWS = 40
"""With so many plays since, the file is written anew."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept.

    Attributes:
        snapshot: The library and its history as of now.
        resume: Where the model stood after the first of the plays.
        news: Plays that have come since.
    """

    snapshot: Snapshot
    resume: Resume
    news: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file is made from. Taken before the database is read: what changes meanwhile makes the file stale.

    Attributes:
        library: Mark of the library.
        fresh: Mark of the artists that are learned anew.
        until: The last play read.
        plays: Mark of the plays up to that.
        whole: Whether no play was open, so that the snapshot holds those plays and no others.
    """

    library: str
    fresh: str
    until: int
    plays: str
    whole: bool

    @classmethod
    def of(cls, db: Database) -> Basis:
        """As it is now."""
        until = db.plays.settled()
        return cls(
            db.tracks.mark(),
            db.fresh_starts.mark(),
            until,
            db.plays.mark(until),
            len(db.plays.log(until).track_id) == 0 or not until,
        )


def folder(profile: Profile) -> Path:
    """Where the file is."""
    return profile.cache / "recommender"


def save(profile: Profile, basis: Basis, version: str, snapshot: Snapshot, resume: Resume) -> None:
    """Write the file, whole or not at all; a disk that is full costs the next start some time, no more."""
    path = folder(profile) / "start.npz"
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    words = {"saved": FORMAT, "extractor": EXTRACTOR, "version": version}
    words |= {"library": basis.library, "fresh": basis.fresh, "until": basis.until, "plays": basis.plays}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            kept = {f"basis.{name}": np.array(str(value)) for name, value in words.items()}
            np.savez(file, allow_pickle=False, **kept, **snapshot.columns(), **resume.columns())
        os.replace(partial, path)
    except OSError as error:
        logger.warning("the recommender's start cannot be kept: %s", error)
    finally:
        partial.unlink(missing_ok=True)


def load(db: Database, profile: Profile, version: str, now: UtcMs) -> Saved | None:
    """What was kept, if it is still true and nothing is damaged; else None.

    Raises:
        ProfileError: the database cannot be read.
    """

    def read(file: NpzFile) -> tuple[int, Resume, Snapshot] | None:
        if not _still_true(file, db, version) or str(file["basis.library"]) != str(db.tracks.mark()):
            return None
        columns = {name: file[name] for name in file.files}
        return int(str(file["basis.until"])), Resume.from_columns(columns), Snapshot.from_columns(columns)

    found = _read(profile, read)
    if found is None:
        return None
    until, resume, old = found
    snapshot = with_news(db, old, until, now)
    if snapshot is None or len(old.plays) != resume.plays:
        return None
    return Saved(snapshot, resume, len(snapshot.plays) - resume.plays)


def habits(db: Database, profile: Profile, version: str) -> Resume | None:
    """What was learned of the listener's habits from plays that the log still holds, in whatever library; else None.

    Raises:
        ProfileError: the database cannot be read.
    """

    def read(file: NpzFile) -> Resume | None:
        if not _still_true(file, db, version):
            return None
        resume = Resume.from_columns({name: file[name] for name in file.files if name.startswith(_RESUME)})
        return replace(resume, state=None)

    return _read(profile, read)


def _read(profile: Profile, read: Callable[[NpzFile], T | None]) -> T | None:
    """What `read` finds in the file; None where there is none, or it is damaged."""
    path = folder(profile) / "start.npz"
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return read(file)
    except FileNotFoundError:
        return None
    except (OSError, SnapshotError, *NPZ_ERRORS) as error:
        logger.warning("the recommender's start in %s is not used: %s", path, error)
        return None


def _still_true(file: NpzFile, db: Database, version: str) -> bool:
    """Whether a file is of this program and model, and its plays still teach the same."""
    kept = [str(file[f"basis.{name}"]) for name in ("saved", "extractor", "version", "fresh", "plays")]
    plays = db.plays.mark(int(str(file["basis.until"])))
    return kept == [str(FORMAT), EXTRACTOR, version, str(db.fresh_starts.mark()), str(plays)]
