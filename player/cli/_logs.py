"""Where log lines go: a file of the profile, and standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler

from player.cli._crash import CrashReport
from player.cli._session import showable
from player.domain import printable
from player.paths import Profile

MOST_BYTES = 1_000_000
KEPT = 3


@contextmanager
def log_kept(profile: Profile, *, verbose: bool = False) -> Iterator[None]:
    """Write everything from INFO up to the profile's log file; to standard error what must be seen.

    Tracebacks go to the file alone, unless `verbose`.
    """
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    handlers = [_standard_error(verbose)]
    root.addHandler(handlers[0])
    try:
        # File names may hold bytes that are no text; they are written escaped.
        file = _LogFile(
            profile.logs / "segue.log",
            maxBytes=MOST_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError as error:
        logging.getLogger(__name__).warning("there will be no log file: %s", error.strerror or error)
    else:
        file.setFormatter(_Printable("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        handlers.append(file)
        root.addHandler(file)
    with suppress(OSError):  # without room or rights there is no report, as there is no log
        report = CrashReport(profile)
        handlers.append(report)
        root.addHandler(report)
    try:
        yield
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def _standard_error(verbose: bool) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handler.setFormatter(_Escaped("%(levelname)s %(name)s: %(message)s") if verbose else _OneLine())
    if not verbose:
        # The last word about a failed command is said by the command itself.
        handler.addFilter(lambda record: record.name != "player.cli._run")
    return handler


class _LogFile(RotatingFileHandler):
    """A log file whose disk may be full: what cannot be written is lost, and nothing else is."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Override Handler.handleError: a full disk is no fault of ours to be shown with its traceback."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        """Override RotatingFileHandler.close: what is left in memory may not find room either."""
        with suppress(OSError):
            super().close()


class _Escaped(logging.Formatter):
    """Lines that any terminal can show."""

    def format(self, record: logging.LogRecord) -> str:
        """Override Formatter.format."""
        return showable(super().format(record))


class _Printable(logging.Formatter):
    """Lines that do nothing to the terminal that shows the file."""

    def format(self, record: logging.LogRecord) -> str:
        """Override Formatter.format."""
        return printable(super().format(record))


class _OneLine(logging.Formatter):
    """A line of the log without its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Override Formatter.format."""
        return showable(record.getMessage())
