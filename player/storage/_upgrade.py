"""Bringing a database to the newest form: backup, then Alembic.

Alembic is imported only when there is something to do: a start on an up-to-date database does not pay for it.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from player.domain import BugError, ProfileError
from player.paths import shipped
from player.storage._backup import UPGRADE, copy_database, keep_newest
from player.storage._engine import make_engine

logger = logging.getLogger(__name__)

HEAD = "0003"
"""The newest revision in `migrations/versions` (a test compares)."""

_UNRELEASED = ("0001", "0002", "0003", "0004", "0005")
"""Revisions before the first release, which made a profile of this development's time: without `queue_played`."""
_UNRELEASED_MARK = "unreleased-"


def revision(path: Path) -> str | None:
    """Return the revision of the database at `path`; None for a new, empty one.

    What was made before the first release is marked as such: its revisions had the same names.

    Raises:
        sqlite3.Error: it cannot be read.
        ProfileError: it has tables, but none of ours.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        row = None
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None and tables - {"alembic_version"}:
            raise ProfileError(f"{path} is a database of another program. Choose another profile folder.")
        if row is None:
            return None
        unreleased = row[0] in _UNRELEASED and "queue_played" not in tables
        return f"{_UNRELEASED_MARK}{row[0]}" if unreleased else str(row[0])


def check_not_newer(path: Path, found: str | None) -> None:
    """Refuse a database whose revision this version does not know.

    Raises:
        ProfileError: it was made by a newer version.
    """
    known = {file.name.split("_")[0] for file in shipped("migrations", "versions").glob("[0-9]*.py*")}
    if found is not None and not found.startswith(_UNRELEASED_MARK) and found not in known | {HEAD}:
        raise ProfileError(
            f"The database {path} was made by a newer version of Segue (its form is {found}, this version knows "
            f"{HEAD}). Install the newer version, or start with another profile folder. Nothing was changed."
        )


def back_up(path: Path, found: str) -> Path:
    """Copy the database at `path` beside itself before its upgrade; return the copy.

    Raises:
        sqlite3.Error: the disk is full or cannot be written.
    """
    copy = path.with_name(f"{path.stem}-{UPGRADE}-{found}.db")
    copy_database(path, copy)
    keep_newest(path, UPGRADE, copy)
    logger.info("the database was copied to %s before its upgrade", copy)
    return copy


def upgrade(path: Path, *, to: str = "head") -> None:
    """Run the migrations on the database at `path`, all in one transaction: everything or nothing.

    The write lock is taken first, so that of two programs that start at once the second finds the work done.
    References are checked at the end, not on the way: SQLite changes a table by making a new one and dropping the
    old, which would take along what refers to it.

    Raises:
        sqlalchemy.exc.DatabaseError: SQLite cannot do it; nothing was changed.
        BugError: a migration left references to nothing; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415 - 0.2 s that only an upgrade pays
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    engine = make_engine(path, foreign_keys=False, writes=True)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            if (revision(path) or "").startswith(_UNRELEASED_MARK):
                connection.exec_driver_sql("DELETE FROM alembic_version")  # the first revision takes it over
            command.upgrade(config, to)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise BugError(f"the upgrade left {len(broken)} references to nothing, the first: {broken[0]}")
    finally:
        engine.dispose()
