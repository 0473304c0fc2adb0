"""Files and folders: what a scan asks and tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import RootId, ScannedTrack, TrackId, UtcMs, WriteResult, now_ms
from player.storage._aggregates import touched_by
from player.storage._engine import Connections
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._arranging import arrange, is_unarranged
from player.storage.library._folders import read_folders
from player.storage.library._identity import Holder
from player.storage.library._known_files import KnownTable, read_known
from player.storage.library._moves import settle
from player.storage.library._relocation import Relocation, relocate
from player.storage.library._scan_writer import ScanWriter
from player.storage.schema import RootRow, TrackDetailRow, TrackRow, TrackState
from player.storage.search import path_below

# Written out: with a parameter in its place SQLite 3.46 (Debian 13) fails with "internal query planner error", by the
# index of this state and the two ranges of paths.
_REMOVED = literal(TrackState.REMOVED, TrackRow.state.type, literal_execute=True)


class FileStore:
    """What the library knows about files and music folders: what a scan asks and tells."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def roots(self) -> list[str]:
        """The music folders, in the order they were added."""
        with self._connections.reading() as connection:
            return list(connection.execute(select(RootRow.path).order_by(RootRow.id)).scalars())

    def add_root(self, path: str, now: UtcMs | None = None) -> RootId:
        """Add a music folder (absolute path); adding one again changes nothing. Its removed tracks show again."""
        with self._connections.writing() as connection:
            connection.execute(upsert(RootRow).values(path=path, added_at=now or now_ms()).on_conflict_do_nothing())
            back = [TrackRow.state == _REMOVED, path_below(TrackRow.path, path), TrackRow.superseded == 0]
            ids = list(connection.execute(select(TrackRow.id).where(*back)).scalars())
            _set_state(connection, ids, TrackState.MISSING)
            touched_by(connection, ids).recount(connection)
            return RootId(connection.execute(select(RootRow.id).where(RootRow.path == path)).scalar_one())

    def remove_root(self, path: str) -> int:
        """Take a music folder out of the library; returns how many tracks that hid.

        Its tracks (but for those below another music folder) are hidden, never deleted: plays, thumbs and
        playlists come back when the folder, or the same recording elsewhere, is added again. Where that stands in the
        library already they go over to it at once.
        """
        with self._connections.writing() as connection:
            connection.execute(delete(RootRow).where(RootRow.path == path))
            tests = [path_below(TrackRow.path, path), TrackRow.state != TrackState.REMOVED]
            for other in connection.execute(select(RootRow.path)).scalars():
                tests.append(~path_below(TrackRow.path, other))
            ids = list(connection.execute(select(TrackRow.id).where(*tests)).scalars())
            _set_state(connection, ids, TrackState.REMOVED)
            touched_by(connection, ids).recount(connection)
            settle(connection, ids, ())
            return len(ids)

    def holds(self, folder: str) -> bool:
        """Whether the library knows any track or music folder in a folder, or the folder itself."""
        some = select(TrackRow.id).where(path_below(TrackRow.path, folder)).limit(1)
        with self._connections.reading() as connection:
            return folder in self.roots() or connection.execute(some).first() is not None

    def relocate(self, old: str, new: str, now: UtcMs | None = None) -> Relocation:
        """Change the place of all that lies in a folder, which is elsewhere now, without looking at any file.

        Args:
            old: Where it was, absolute.
            new: Where it is, absolute.
            now: When, for a music folder that becomes one by this.
        """
        with self._connections.writing(durable=True) as connection:
            return relocate(connection, old, new, now or now_ms())

    def known_table(self, root_path: str) -> KnownTable:
        """Every track below a folder that the library knows, as columns."""
        with self._connections.reading() as connection:
            return read_known(connection, root_path)

    def write_scan(self, batch: Sequence[ScannedTrack], now: UtcMs, walked: Sequence[str] = ()) -> WriteResult:
        """Store a batch of scanned files (some hundreds) in one transaction.

        A moved, renamed, swapped, re-tagged or re-encoded file keeps its id and with it plays, thumbs, playlists
        and the date it was added (`_identity`). For that a scan tells first which known files have vanished
        (`mark_missing`), then writes known files that have changed, then files not known yet; in the end it calls
        `settle`.

        Args:
            batch: The files.
            now: When they were read.
            walked: Folders of which the scan has told all that vanished.

        Raises:
            ProfileError: the database cannot be written; nothing of the batch is stored.
        """
        with self._connections.writing() as connection:
            roots = list(connection.execute(select(RootRow.path)).scalars())
            return ScanWriter(connection, now, _lost_below(roots), walked).write(batch)

    def settle(self, gone: Collection[TrackId], written: Collection[TrackId]) -> dict[TrackId, TrackId]:
        """Let vanished tracks live on in the same sound or recording elsewhere; to be called when a scan has ended.

        A music folder that is not there counts as gone so far as its very sounds stand elsewhere.

        Args:
            gone: Tracks that `mark_missing` was told of.
            written: Tracks that `write_scan` stored.

        Returns:
            The track that goes on, by the id that is gone.
        """
        absent = [root for root in self.roots() if not os.path.isdir(root)]
        with self._connections.writing() as connection:
            united = settle(connection, gone, written, absent)
        return {TrackId(key): TrackId(kept) for key, kept in united.items()}

    def arrange_albums(self, written: Collection[TrackId] | None = None) -> int:
        """Put tracks into the albums that tags and folders tell together; returns how many tracks changed theirs.

        To be called when a scan has ended: only whole folders tell.

        Args:
            written: The tracks that have changed; None looks at the whole library.
        """
        with self._connections.writing() as connection:
            return arrange(connection, written)

    def is_unarranged(self) -> bool:
        """Whether tracks were written whose albums have not been arranged: a scan did not come to its end."""
        with self._connections.reading() as connection:
            return is_unarranged(connection)

    def mark_missing(self, ids: Sequence[TrackId], now: UtcMs) -> None:
        """Note that the files of these tracks have vanished; the tracks stay, greyed."""
        with self._connections.writing() as connection:
            _set_state(connection, ids, TrackState.MISSING, now)

    def mark_found(self, ids: Sequence[TrackId]) -> None:
        """The files of these missing tracks are there again, unchanged."""
        with self._connections.writing() as connection:
            _set_state(connection, ids, TrackState.PRESENT)

    def mark_unplayable(self, track_id: TrackId, why: str) -> None:
        """A file turned out not to decode; the next change of the file clears this."""
        with self._connections.writing() as connection:
            connection.execute(update(TrackRow).where(TrackRow.id == track_id).values(playable=False))
            statement = update(TrackDetailRow).where(TrackDetailRow.track_id == track_id).values(problem=why)
            connection.execute(statement)
            advance(connection, TRACKS)

    def unreadable(self) -> list[tuple[str, str]]:
        """(path, what is wrong) of every track whose file has a problem."""
        statement = (
            select(TrackRow.path, TrackDetailRow.problem)
            .join(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)
            .where(TrackDetailRow.problem != "", TrackRow.state != TrackState.REMOVED)
            .order_by(TrackRow.path)
        )
        with self._connections.reading() as connection:
            return [(path, why) for path, why in connection.execute(statement)]

    def folders(self, under: str) -> list[tuple[str, int]]:
        """(absolute path, tracks below it) of each folder directly below `under` with tracks, by name."""
        with self._connections.reading() as connection:
            return read_folders(connection, under)


def _set_state(connection: Connection, ids: Iterable[int], state: TrackState, since: UtcMs | None = None) -> None:
    keys = [int(key) for key in ids]
    if not keys:
        return
    values = {"state": state, "missing_since": since}
    changed = TrackRow.state != state
    for part in chunks(keys):
        connection.execute(update(TrackRow).where(TrackRow.id.in_(part), changed).values(values))
    advance(connection, TRACKS)


def _lost_below(roots: Sequence[str]) -> Callable[[Holder], bool]:
    """Whether a file in the music folders has gone or changed since it was read.

    On a drive that is not there now it counts as gone, too: this is asked only of a sound that stands elsewhere.
    """
    folders = tuple(root.rstrip(os.sep) + os.sep for root in roots)

    def lost(holder: Holder) -> bool:
        try:
            facts = os.stat(holder.path)
        except (FileNotFoundError, NotADirectoryError):
            return holder.path.startswith(folders)
        except (OSError, ValueError):
            return False
        return (facts.st_size, facts.st_mtime_ns) != (holder.size, holder.mtime_ns)

    return lost
