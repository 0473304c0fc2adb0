"""The database of one profile: opening it safely, and its stores."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from player.domain import ProfileError
from player.storage._backup import (
    Restored,
    back_up_daily,
    back_up_now,
    copy_database,
    damage_of,
    delete_backups,
    newest_good,
    restore,
)
from player.storage._engine import Connections, DamagedError, explain
from player.storage._settings import SettingsStore
from player.storage._upgrade import HEAD, back_up, check_not_newer, revision, upgrade
from player.storage.library import CorrectionStore, FeatureStore, FileStore, ScanMemoryStore, TrackStore
from player.storage.listening import (
    ForeignCountStore,
    ForeignPlayStore,
    FreshStartStore,
    ModelStore,
    PlaylistStore,
    PlayStore,
    QueueStore,
    ScrobbleStore,
    StarStore,
    ThumbStore,
    delete_learned,
    delete_listening,
)


class Database:
    """All that is stored, as one small store per subject. Free of Qt; safe from any thread.

    By convention every write runs in one thread, the storage lane. Every method that reads or writes may raise
    ProfileError when the disk or the file gives out.

    Attributes:
        path: The database file.
        tracks: Tracks, albums, artists, genres.
        files: Files and music folders: what a scan asks and tells.
        corrections: Copies and albums by the user's word.
        plays: The play log.
        foreign_plays: Plays elsewhere of tracks that the library does not hold.
        foreign_counts: Counts, ratings and loves elsewhere of such tracks.
        scrobbles: The play log as other services may be told of it.
        thumbs: Thumbs and "not now".
        stars: The listener's own ratings.
        fresh_starts: Artists that are learned anew.
        playlists: Playlists, manual and smart.
        queue: The queue and past queues.
        features: Content vectors and loudness by audio key.
        scan_memory: What scans remember besides tracks.
        settings: The user's choices.
        models: Versions of the model.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.path = connections.path
        self.tracks = TrackStore(connections)
        self.files = FileStore(connections)
        self.corrections = CorrectionStore(connections)
        self.plays = PlayStore(connections)
        self.foreign_plays = ForeignPlayStore(connections)
        self.foreign_counts = ForeignCountStore(connections)
        self.scrobbles = ScrobbleStore(connections)
        self.thumbs = ThumbStore(connections)
        self.stars = StarStore(connections)
        self.fresh_starts = FreshStartStore(connections)
        self.playlists = PlaylistStore(connections)
        self.queue = QueueStore(connections)
        self.features = FeatureStore(connections)
        self.scan_memory = ScanMemoryStore(connections)
        self.settings = SettingsStore(connections)
        self.models = ModelStore(connections)

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open the database at `path`, making or upgrading it (after a backup copy) where that is due.

        Raises:
            ProfileError: it cannot be opened, is damaged, or was made by a newer version; nothing was changed.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _refuse_lost(path)
            found = revision(path)
            check_not_newer(path, found)
            if found != HEAD:
                if found is not None:
                    back_up(path, found)
                upgrade(path)
        except OSError as error:
            raise ProfileError(f"The folder {path.parent} cannot be used: {error.strerror or error}.") from error
        except (DatabaseError, sqlite3.Error) as error:
            raise explain(error, path) from error
        connections = Connections(path)
        with connections.writing():
            pass  # a read-only or damaged database shows here, not at the first play
        return cls(connections)

    def require_whole(self) -> None:
        """Read all of the file and look for damage; by a connection of its own, in any thread. Takes seconds.

        Raises:
            DamagedError: a page of it cannot be read, or is not what it should be.
        """
        if (damage := damage_of(self.path)) is not None:
            raise explain(sqlite3.DatabaseError(f"malformed: {damage}"), self.path)

    def check(self) -> list[str]:
        """What SQLite's integrity check says is wrong; empty where all is well. Takes seconds on a large library."""
        with self._connections.reading() as connection:
            rows = connection.exec_driver_sql("PRAGMA quick_check(20)").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        problems = [str(row) for row in rows if row != "ok"]
        return problems + [f"{table} row {rowid} refers to nothing in {other}" for table, rowid, other, _ in broken]

    def back_up(self, target: Path) -> None:
        """Write a complete, checked copy of the database to `target` while it is in use.

        Raises:
            ProfileError: the copy cannot be written, or the database is damaged; `target` stays as it was.
        """
        with _explained(self.path, target):
            copy_database(self.path, target)

    def back_up_beside(self, *, daily: bool = False) -> Path | None:
        """Make one of the three copies beside the database, in the place of the oldest; return it. Takes seconds.

        Args:
            daily: Make none, and return None, where one is younger than a day.

        Raises:
            ProfileError: it cannot be made, or the database is damaged; the other copies stay as they were.
        """
        with _explained(self.path, self.path):
            return back_up_daily(self.path) if daily else back_up_now(self.path)

    def forget_learned(self) -> None:
        """Delete the versions of the model for good; the log stays.

        Raises:
            ProfileError: the database cannot be written, or another program does not let go of it.
        """
        delete_learned(self._connections)

    def forget_listening(self) -> None:
        """Delete plays, thumbs, stars, "not now", queues, imported counts, models and backups that hold them for good.

        Tracks, playlists, settings and what was heard in the sound stay.

        Raises:
            ProfileError: the database cannot be written, or another program does not let go of it.
        """
        delete_listening(self._connections)
        delete_backups(self.path)

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self._connections.close()


def restore_database(path: Path, source: Path | None = None) -> Restored:
    """Put a copy in the place of the database at `path`, which is kept beside it under another name.

    Args:
        path: The database.
        source: The copy; None for the newest whole one beside the database.

    Raises:
        ProfileError: there is no copy, the database is in use, or the disk cannot be written; nothing was changed.
        FileError: the copy is damaged, or no database of ours; nothing was changed.
    """
    source = source or newest_good(path)
    if source is None:
        raise ProfileError(f"There is no whole copy of the database in {path.parent}.")
    with _explained(path, path):
        check_not_newer(source, revision(source))
        return restore(path, source)


def _refuse_lost(path: Path) -> None:
    """Refuse an empty file where there was a library once, instead of beginning a new one in silence.

    Raises:
        DamagedError: it is.
    """
    if not path.exists() or path.stat().st_size:
        return
    if (backup := newest_good(path)) is not None:
        raise DamagedError(path, backup)


@contextmanager
def _explained(path: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path if "malformed" in str(error) else target) from error
    except OSError as error:
        raise ProfileError(f"{error.filename or target} cannot be written: {error.strerror or error}.") from error
