"""A part of a file that looks like a file."""

from __future__ import annotations

import io
import os
from typing import BinaryIO


class FileWindow(io.RawIOBase):
    """Bytes `start` to `end` of an open file, which it shares and does not close.

    Args:
        file: An open, seekable file.
        start: First byte.
        end: Byte behind the last one.
    """

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self.name = file.name
        self._file, self._start, self._end = file, start, end
        self._at = start

    def seekable(self) -> bool:
        """Return True. Overrides io.RawIOBase.seekable."""
        return True

    def readable(self) -> bool:
        """Return True. Overrides io.RawIOBase.readable."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the window. Overrides io.RawIOBase.seek."""
        base = {os.SEEK_SET: self._start, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        self._at = max(self._start, base + offset)
        return self._at - self._start

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # of a buffer of any kind
        """Fill `buffer` as far as the window goes. Overrides io.RawIOBase.readinto."""
        self._file.seek(self._at)
        data = self._file.read(max(0, min(len(buffer), self._end - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
