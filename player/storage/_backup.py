"""Copies of the database: one a day, one before an upgrade; making them, finding a good one, bringing it back.

All lie beside the database. Every copy is made by SQLite's online backup while the database may be in use, is written
under another name first, and is checked before it counts: a damaged one never takes the place of a good one.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from player.domain import FileError, ProfileError

logger = logging.getLogger(__name__)

KEPT = 3
"""Daily copies, and copies before an upgrade, that are kept of each kind."""
DAY_S = 86_400
DAILY, UPGRADE, ASIDE = "daily", "backup", "replaced"
"""What stands in the names of daily copies, copies before an upgrade, and what a restored copy has replaced."""
_SIDE_FILES = ("-wal", "-shm")
_BUSY_S = 10.0


@dataclass(frozen=True, slots=True)
class Restored:
    """What bringing a copy back has done.

    Attributes:
        source: The copy.
        aside: Where the database that was in use before is kept; None where there was none.
    """

    source: Path
    aside: Path | None


def copy_database(source: Path, target: Path) -> None:
    """Write a complete, checked copy of the database `source` to `target`, replacing a file there as a whole.

    Raises:
        sqlite3.Error: the disk is full or cannot be written.
        sqlite3.DatabaseError: the source is damaged; `target` stays as it was.
    """
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(_connected(source)) as original, closing(sqlite3.connect(partial)) as copy:
            original.backup(copy)  # all pages in one step: it reads one state, and writers need not wait
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            if damage := _damage(copy):
                raise sqlite3.DatabaseError(f"database disk image is malformed: {damage}")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def back_up_daily(path: Path) -> Path | None:
    """Make today's copy of the database at `path` where none is younger than a day; return it.

    Of three copies the oldest goes. A clock that was set back makes no copy too young for ever: what is dated after
    now counts as old.

    Raises:
        sqlite3.Error: it cannot be made, or the database is damaged.
        OSError: likewise.
    """
    now = time.time()
    if any(0 <= now - copy.stat().st_mtime < DAY_S for copy in _copies(path, DAILY)):
        return None
    return back_up_now(path)


def back_up_now(path: Path) -> Path:
    """Make a copy of the database at `path` beside it, in the place of the oldest of the daily ones; return it.

    Raises:
        sqlite3.Error: it cannot be made, or the database is damaged.
        OSError: likewise.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}-{DAILY}-{stamp}.db")
    copy_database(path, copy)
    keep_newest(path, DAILY, copy)
    logger.info("the database was copied to %s", copy)
    return copy


def keep_newest(path: Path, kind: str, made: Path) -> None:
    """Delete copies of a kind beyond `KEPT`, the oldest first, but never the one just made."""
    others = sorted((copy for copy in _copies(path, kind) if copy != made), key=_age_key, reverse=True)
    for old in others[KEPT - 1 :]:
        old.unlink(missing_ok=True)


def delete_backups(path: Path) -> None:
    """Delete all copies of the database at `path`.

    Raises:
        ProfileError: one cannot be deleted.
    """
    try:
        for kind in (DAILY, UPGRADE, ASIDE):
            for copy in _copies(path, kind):
                for file in (copy, *_sides(copy)):
                    file.unlink(missing_ok=True)
    except OSError as error:
        raise ProfileError(f"{error.filename} cannot be deleted: {error.strerror or error}.") from error


def newest_good(path: Path) -> Path | None:
    """Return the newest whole copy of the database at `path`; None without one. Reads the copies until one is."""
    copies = [*_copies(path, DAILY), *_copies(path, UPGRADE)]
    return next((copy for copy in sorted(copies, key=_age_key, reverse=True) if damage_of(copy) is None), None)


def damage_of(path: Path) -> str | None:
    """Return what is wrong with the database file at `path`; None where it is whole. Reads all of it."""
    try:
        if path.stat().st_size == 0:
            return "it is empty"
        with closing(_connected(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return _damage(connection) or (None if "alembic_version" in tables else "it is of another program")
    except (sqlite3.Error, OSError) as error:
        return str(error)


def restore(path: Path, source: Path) -> Restored:
    """Put a copy in the place of the database at `path`, which is kept beside it under another name.

    Args:
        path: The database.
        source: The copy; it stays where it is.

    Raises:
        ProfileError: the database is in use; nothing was changed.
        FileError: the copy is not a whole database of ours; nothing was changed.
        sqlite3.Error: the disk is full or cannot be written; nothing was changed.
        OSError: likewise.
    """
    if source.resolve() == path.resolve():
        raise FileError(str(source), "is the database that is in use, not a copy of it.")
    if damage := damage_of(source):
        raise FileError(str(source), f"is no whole copy of a Segue database: {damage}. Nothing was changed.")
    _require_alone(path)
    fresh = path.with_name(f"{path.name}.restored")
    copy_database(source, fresh)
    aside = _move_aside(path)
    fresh.replace(path)
    logger.info("the database was replaced by %s; what was there is %s", source, aside or "nothing")
    return Restored(source, aside)


def _require_alone(path: Path) -> None:
    """Fold the log into the database, which SQLite does only while nobody else has it open.

    Raises:
        ProfileError: somebody has.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise ProfileError(f"{path} is in use. Quit Segue first (segue quit), then restore.") from error


def _move_aside(path: Path) -> Path | None:
    """Give the database another name, together with its log, so that nothing in them is lost."""
    if not path.exists():
        for side in _sides(path):  # a log without its database belongs to nothing
            side.replace(side.with_name(f"{side.name}.lost"))
        return None
    aside = path.with_name(f"{path.stem}-{ASIDE}-{time.strftime('%Y%m%d-%H%M%S')}.db")
    path.replace(aside)
    for ending in _SIDE_FILES:
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(aside.with_name(aside.name + ending))
    return aside


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_S)


def _damage(connection: sqlite3.Connection) -> str | None:
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return None if said == "ok" else str(said)


def _copies(path: Path, kind: str) -> list[Path]:
    return list(path.parent.glob(f"{path.stem}-{kind}-*.db"))


def _sides(path: Path) -> Iterator[Path]:
    return (side for ending in _SIDE_FILES if (side := path.with_name(path.name + ending)).exists())


def _age_key(copy: Path) -> int:
    return copy.stat().st_mtime_ns
