"""Read files that come from elsewhere within bounds: ordinary files only, of a limited size; JSON of limited memory."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

MAX_JSON_VALUES = 20_000_000
"""Commas, brackets and line ends in one JSON document. A value takes up to 100 bytes of memory, which `[],[],[],` of
256 MB would turn into ten gigabytes."""


class TooManyValuesError(ValueError):
    """A document would fill the memory."""


def open_ordinary(path: str | Path) -> BinaryIO:
    """Open an ordinary file for reading.

    A pipe could make the reader wait for ever, a device could do anything.

    Raises:
        OSError: it cannot be opened, or is a folder, a pipe, a socket or a device.
    """
    _refuse_special(os.stat(path), path)  # opening alone may change the state of a device
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _refuse_special(os.fstat(number), path)  # another file may stand there meanwhile
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def read_ordinary(path: str | Path, *, limit: int) -> bytes:
    """Return what an ordinary file holds.

    Args:
        path: The file.
        limit: Most bytes that it may have.

    Raises:
        OSError: it cannot be read, is no ordinary file, or is larger.
    """
    with open_ordinary(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"is larger than {max(limit >> 20, 1)} MB", str(path))
    return data


def _refuse_special(status: os.stat_result, path: str | Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "is a pipe, a socket or a device, not an ordinary file", str(path))


def parse_json(content: str | bytes) -> Any:
    """Return what a JSON document holds; NaN and infinities are refused.

    Raises:
        TooManyValuesError: it would take absurdly much memory.
        ValueError: it is no JSON.
        RecursionError: it is nested absurdly deep.
    """
    signs: tuple[Any, ...] = (",", "[", "{", "\n") if isinstance(content, str) else (b",", b"[", b"{", b"\n")
    if len(content) > MAX_JSON_VALUES and sum(map(content.count, signs)) > MAX_JSON_VALUES:
        raise TooManyValuesError(f"holds more than {MAX_JSON_VALUES:,} values; export a part of it")
    return json.loads(content, parse_constant=_no_constant)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
