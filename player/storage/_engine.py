"""Connections to SQLite: pragmas, transactions, and SQLite's errors in words.

Reads see one consistent state and never wait for a writer (WAL). Writes take the write lock at once
(`BEGIN IMMEDIATE`), so that a transaction cannot fail half-way because another process wrote first.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from player.domain import KnownError, ProfileError
from player.storage._backup import newest_good
from player.storage._cancellation import Wanted, always, mark
from player.storage.schema import clean, ident, loaded_path

BUSY_MS = 10_000
_LOG_BYTES = 64 * 1024 * 1024
_CACHE_KIB = 16 * 1024
_WRITES = "segue_writes"


def _pragmas(synchronous: str, foreign_keys: bool) -> tuple[str, ...]:
    return (
        f"PRAGMA busy_timeout = {BUSY_MS}",
        "PRAGMA journal_mode = WAL",
        f"PRAGMA synchronous = {synchronous}",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        f"PRAGMA cache_size = -{_CACHE_KIB}",
        "PRAGMA temp_store = MEMORY",
        f"PRAGMA journal_size_limit = {_LOG_BYTES}",
    )


def _ident_of(value: str | bytes | None) -> str | None:
    """SQL's `segue_ident(text)`: `ident` of a text or a path."""
    text = loaded_path(value)
    return None if text is None else ident(clean(text))


def make_engine(
    path: Path, *, synchronous: str = "NORMAL", pool_size: int = 4, foreign_keys: bool = True, writes: bool = False
) -> Engine:
    """An engine on the database file at `path`, its connections set up; nothing is opened yet.

    Args:
        path: The database file.
        synchronous: "NORMAL": a power cut may lose the last commits, never the database; "FULL": it loses none.
        pool_size: Connections kept.
        foreign_keys: Whether SQLite watches over references; migrations check them at their end instead.
        writes: Every transaction takes the write lock at once.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=pool_size, max_overflow=8)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where `began` says, not where the driver guesses
        for pragma in _pragmas(synchronous, foreign_keys):
            connection.execute(pragma)
        connection.create_function("segue_ident", 1, _ident_of, deterministic=True)

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        locks = connection.get_execution_options().get(_WRITES, writes)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if locks else "BEGIN")

    return engine


def explain(error: Exception, path: Path) -> KnownError:
    """Return a sentence for the user about what SQLite says of the database at `path`."""
    text = str(getattr(error, "orig", None) or error).lower()
    if any(sign in text for sign in _DAMAGED):
        return DamagedError(path, newest_good(path))
    if "disk i/o" in text and _is_full(path.parent):
        text = "full"  # of a full disk SQLite says "I/O error" where its log or its shared memory cannot grow
    for sign, sentence in _SENTENCES:
        if sign in text:
            return ProfileError(sentence.format(path=path, folder=path.parent))
    return ProfileError(f"The database {path} cannot be used ({text}). Run `segue doctor` to see what is wrong.")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE_BYTES
    except OSError:
        return False


class DamagedError(ProfileError):
    """The database file is damaged, empty, or not a database; nothing was changed.

    Attributes:
        path: The database.
        backup: The newest copy that is whole; None without one.
    """

    def __init__(self, path: Path, backup: Path | None) -> None:
        if backup is not None:
            at = time.strftime("%Y-%m-%d %H:%M", time.localtime(backup.stat().st_mtime))
            cure = f"Run `segue restore` to bring back the copy of {at} ({backup.name}); the damaged file is kept."
        else:
            cure = "There is no copy of it. Move it away to start with an empty library."
        super().__init__(f"The database {path} is damaged, or not a Segue database. {cure}")
        self.path = path
        self.backup = backup


_DAMAGED = ("not a database", "malformed", "it is empty")
_LEAST_FREE_BYTES = 1 << 20
_SENTENCES = (
    ("full", "The disk is full: {folder} has no room for the database. Free some space and start again."),
    ("readonly", "The database {path} cannot be written. Check the rights of {folder}, or choose another folder."),
    (
        "unable to open",
        "The database {path} cannot be opened. Check that {folder} exists and that you may write there.",
    ),
    ("locked", "The database {path} is in use by another program that does not let go. Close it and try again."),
    ("disk i/o", "The disk that holds {path} reports errors. Check the disk and the connection to it."),
)


class Connections:
    """The two engines of one database: the usual one, and one whose commits survive a power cut.

    Safe from any thread. By convention all writes run in one thread.

    Attributes:
        path: The database file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._usual = make_engine(path)
        self._durable = make_engine(path, synchronous="FULL", pool_size=1)

    @contextmanager
    def reading(self, wanted: Wanted = always) -> Iterator[Connection]:
        """A connection that sees one state of the database.

        Args:
            wanted: Whether what is read still matters (`_cancellation.while_wanted`).

        Raises:
            ProfileError: the database cannot be read.
        """
        with self._explained(), self._usual.connect() as connection:
            mark(connection, wanted)
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """A connection in one transaction: committed at the end, rolled back on an exception.

        Args:
            durable: The commit is on the disk before this returns.

        Raises:
            ProfileError: the database cannot be written (disk full, read-only, locked for ten seconds).
        """
        engine = self._durable if durable else self._usual
        with self._explained(), engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Write the database anew without its freed pages, and empty the write-ahead log.

        Nothing that was deleted stays in either file. Takes as long as copying the database.

        Raises:
            ProfileError: the disk is full, or another program does not let go of the database.
        """
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("VACUUM")
                busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        if busy:
            raise explain(sqlite3.OperationalError("locked"), self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, PoolTimeoutError) as error:
            if isinstance(error, DatabaseError) and isinstance(
                error.orig, sqlite3.IntegrityError | sqlite3.ProgrammingError
            ):
                raise  # our own fault
            raise explain(error, self.path) from error

    def close(self) -> None:
        """Close all connections."""
        self._usual.dispose()
        self._durable.dispose()
