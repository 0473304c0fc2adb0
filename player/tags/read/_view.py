"""A file without the tag in front of it, for parsers that expect the sound to begin at once."""

from __future__ import annotations

import io
import os
from typing import BinaryIO


class TailView(io.RawIOBase):
    """Read-only view of an open file from an offset on; closing it leaves the file open."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._file.seek(start)

    @property
    def name(self) -> str:
        """Name of the file, from which parsers guess its kind."""
        return str(self._file.name)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move; OSError before the view's beginning."""
        if whence == os.SEEK_SET:
            return self._file.seek(self._start + offset) - self._start
        position = self._file.seek(offset, whence)
        if position < self._start:
            raise OSError("before the beginning")
        return position - self._start

    def tell(self) -> int:
        """Where it stands."""
        return self._file.tell() - self._start
