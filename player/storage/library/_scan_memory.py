"""The store of what scans remember besides tracks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from player.storage._engine import Connections
from player.storage._vectors import chunks
from player.storage.schema import ScannedFileRow, ScannedFolderRow


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What a scan remembers of a file.

    Attributes:
        size: Bytes when it could not be read; None where it could.
        mtime_ns: Its last change then.
        problem: Why it could not be read; None where it could.
        cue_mtime_ns: Last change of the cue sheet with which it was read; 0 without one.
    """

    size: int | None = None
    mtime_ns: int | None = None
    problem: str | None = None
    cue_mtime_ns: int = 0


class ScanMemoryStore:
    """Files that could not be read, cue sheets, and pictures of folders, so that a scan reads none of them again."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def files(self) -> dict[str, ScannedFile]:
        """Return what is remembered of files, by path."""
        row = ScannedFileRow
        statement = select(row.path, row.size, row.mtime_ns, row.problem, row.cue_mtime_ns)
        with self._connections.reading() as connection:
            return {row[0]: ScannedFile(*row[1:]) for row in connection.execute(statement)}

    def pictures(self) -> dict[str, int]:
        """Return the checksums of folders' pictures, by path."""
        statement = select(ScannedFolderRow.path, ScannedFolderRow.pictures)
        with self._connections.reading() as connection:
            return dict(connection.execute(statement).all())

    def save(self, files: Mapping[str, ScannedFile | None], pictures: Mapping[str, int | None]) -> None:
        """Store what has changed, by path; None forgets."""
        with self._connections.writing() as connection:
            for part in chunks(list(files)):
                connection.execute(delete(ScannedFileRow).where(ScannedFileRow.path.in_(part)))
            for part in chunks(list(pictures)):
                connection.execute(delete(ScannedFolderRow).where(ScannedFolderRow.path.in_(part)))
            file_rows = [
                {
                    "path": path,
                    "size": file.size,
                    "mtime_ns": file.mtime_ns,
                    "problem": file.problem,
                    "cue_mtime_ns": file.cue_mtime_ns,
                }
                for path, file in files.items()
                if file is not None
            ]
            if file_rows:
                connection.execute(insert(ScannedFileRow), file_rows)
            folder_rows = [{"path": path, "pictures": crc} for path, crc in pictures.items() if crc is not None]
            if folder_rows:
                connection.execute(insert(ScannedFolderRow), folder_rows)
