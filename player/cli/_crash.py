"""What a crash leaves behind: a report that the user may read and send. It holds no titles, names or paths of music.

While Segue runs, a file takes the last lines of the log as the program has written them, without what was filled in,
and the stacks of all threads where the interpreter itself dies (`faulthandler`). A run that ends well deletes it; after
a crash, or a fault of our own, it stays as a report.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import time
import traceback
from collections import deque
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import BinaryIO

from player.paths import Profile, version

MAX_LINES = 200
"""Lines of the log that a report holds."""
MAX_REPORTS = 5
LIBRARIES = ("PySide6-Essentials", "av", "numpy", "onnxruntime", "SQLAlchemy")
FATAL = b"Fatal Python error"
_RUNNING, _REPORT = "running", "crash"


class CrashReport(logging.Handler):
    """Writes a report while the program runs.

    Args:
        profile: Its log folder takes the reports.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, profile: Profile) -> None:
        super().__init__(logging.INFO)
        self._folder = profile.logs
        keep_crashes(profile)
        self._path = self._folder / f"{_RUNNING}-{os.getpid()}.txt"
        self._file: BinaryIO = self._path.open("ab", buffering=0)
        self._lines: deque[str] = deque(maxlen=MAX_LINES)
        self._count = 0
        self._is_fault = False
        self._head = _versions()
        self._file.write(self._head.encode())
        self._watches = not faulthandler.is_enabled()  # a test runner's own is left alone
        if self._watches:
            faulthandler.enable(self._file)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line: time, level, logger and the message without its values. Override Handler.emit."""
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        line = f"{at} {record.levelname} {record.name}: {record.msg if record.args else _first_words(record.msg)}\n"
        if record.exc_info and record.exc_info[0] is not None:
            self._is_fault = self._is_fault or record.levelno >= logging.ERROR
            line += "".join(map(_homeless, traceback.format_tb(record.exc_info[2])))
            line += f"{record.exc_info[0].__name__}\n"  # its message may name a file
        self._lines.append(line)
        self._count += 1
        with suppress(OSError):  # the disk is full: the report is the least of it
            if self._count > 2 * MAX_LINES:
                self._count = len(self._lines)
                os.ftruncate(self._file.fileno(), 0)
                line = self._head + "".join(self._lines)
            self._file.write(line.encode("utf-8", "replace"))

    def close(self) -> None:
        """Delete the file, or keep it as a report where there was a fault of our own. Override Handler.close."""
        if self._watches:
            faulthandler.disable()
        self._file.close()
        with suppress(OSError):
            if self._is_fault:
                _keep(self._path)
            else:
                self._path.unlink(missing_ok=True)
        super().close()


def keep_crashes(profile: Profile) -> None:
    """Make reports of what crashed runs have left; what was killed from outside leaves none."""
    for left in profile.logs.glob(f"{_RUNNING}-*.txt"):
        number = left.stem.rpartition("-")[2]
        with suppress(OSError):
            if not number.isdecimal() or _lives(int(number)):
                continue
            if FATAL in left.read_bytes():
                _keep(left)
            else:
                left.unlink()


def newest_report(profile: Profile) -> Path | None:
    """Return the report of the last crash; None where there was none lately."""
    keep_crashes(profile)
    return max(profile.logs.glob(f"{_REPORT}-*.txt"), default=None)


def _keep(left: Path) -> None:
    at = time.strftime("%Y%m%d-%H%M%S", time.localtime(left.stat().st_mtime))
    left.replace(left.with_name(f"{_REPORT}-{at}.txt"))
    for old in sorted(left.parent.glob(f"{_REPORT}-*.txt"))[:-MAX_REPORTS]:
        old.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    import psutil  # noqa: PLC0415 - only after a crash

    return number == os.getpid() or psutil.pid_exists(number)


def _versions() -> str:
    found = []
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found.append(f"{name} {metadata.version(name)}")
    system = platform.platform(terse=True)
    return f"Segue {version()}, Python {platform.python_version()} on {system}\n{', '.join(found)}\n\n"


def _homeless(line: str) -> str:
    return line.replace(str(Path.home()), "~")


def _first_words(message: object) -> str:
    """A message that was put together before it was logged: what stands before the first quote, colon or path."""
    text = str(message)
    ends = [at for sign in (":", "“", '"', "'", "/", "\\") if (at := text.find(sign)) >= 0]
    return text[: min(ends, default=len(text))]
