"""The copy that a write works on: what it is called, how it comes in place, and what a killed program left behind.

A copy carries this computer's mark and its process' id in its name, so that whoever finds it knows whether somebody
still writes it. Where the file itself must stay (it has several names, or an owner that the copy cannot have), the
finished copy is first renamed to say that it is whole, then its bytes are written over the file's: killed in between,
the next start does that again.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
import zlib
from contextlib import suppress

COPY_MARK = ".segue-"
"""In the name of every copy."""
_HOST = f"{zlib.crc32(platform.node().encode('utf-8', 'surrogateescape')):08x}"
_COPY = re.compile(r"\.(.*)\.segue-(whole-)?(?:([0-9a-f]{8})-)?(\d+)(?:\.[^.]*)?\Z", re.DOTALL)
_OLD_S = 3_600.0
"""No copy that is still being written is this old; what other computers left is told by that alone."""
_CLOCK_S = 2.0
"""Times of files and processes are compared to this."""
_MAX_NAME = 255
_STEM_CHARS = 40
"""So many characters of a name, of four bytes at most, fit into the 255 bytes of the copy's beside its own marks."""


def copy_path(target: str) -> str:
    """Where the copy of a file stands while it is written: beside it, hidden."""
    folder, name = os.path.split(target)
    stem, suffix = os.path.splitext(name)
    return os.path.join(folder, f".{stem[:_STEM_CHARS]}{COPY_MARK}{_HOST}-{os.getpid()}{suffix}")


def put_in_place(copy: str, target: str) -> None:
    """Put a finished copy in place of the file, whose other names and owner stay.

    Raises:
        OSError: it cannot be; the file is as it was.
    """
    status = os.stat(target)
    if status.st_nlink == 1 and _take_owner(copy, status):
        os.replace(copy, target)
        return
    whole = _whole_path(target)
    if len(os.fsencode(os.path.basename(whole))) > _MAX_NAME:
        os.replace(copy, target)
        return
    os.replace(copy, whole)
    _write_over(whole, target)


def tidy_up(path: str) -> bool:
    """Do with a copy what the program that was killed would have done; returns whether nobody writes it any more."""
    folder, name = os.path.split(path)
    match = _COPY.match(name)
    if match is None or not _is_left(path, match):
        return False
    with suppress(OSError):
        target = os.path.join(folder, match[1])
        if match[2] and os.path.isfile(target):
            _write_over(path, target)
        else:
            os.unlink(path)
    return True


def tidy_folder(folder: str) -> None:
    """Tidy up all copies in a folder."""
    with os.scandir(folder) as entries:
        copies = [entry.path for entry in entries if COPY_MARK in entry.name]
    for path in copies:
        tidy_up(path)


def _whole_path(target: str) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}{COPY_MARK}whole-{_HOST}-{os.getpid()}")


def _take_owner(copy: str, status: os.stat_result) -> bool:
    """Give a copy the owner of the file; returns whether it has it."""
    mine = os.stat(copy)
    if (mine.st_uid, mine.st_gid) == (status.st_uid, status.st_gid) or not hasattr(os, "chown"):
        return True
    with suppress(OSError):
        os.chown(copy, status.st_uid, status.st_gid)
        os.chmod(copy, status.st_mode & 0o7777)  # a change of owner takes special rights away
        return True
    return False


def _write_over(whole: str, target: str) -> None:
    with open(whole, "rb") as source, open(target, "rb+") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    os.unlink(whole)


def _is_left(path: str, match: re.Match[str]) -> bool:
    try:
        changed = os.stat(path, follow_symlinks=False).st_ctime
    except OSError:
        return False
    if match[3] != _HOST:
        return time.time() - changed > _OLD_S
    import psutil  # noqa: PLC0415 - only where there is a copy

    try:
        return bool(psutil.Process(int(match[4])).create_time() > changed + _CLOCK_S)
    except psutil.NoSuchProcess:
        return True
    except (psutil.Error, OverflowError, ValueError):
        return time.time() - changed > _OLD_S
