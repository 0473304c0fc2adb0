"""What every sub-command is given: the profile, and the way to answer."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from player.domain import ProfileError, printable
from player.paths import Profile

if TYPE_CHECKING:
    from player.application.headless import Headless


INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells report it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command.

    Attributes:
        profile: Where this user's state is.
    """

    profile: Profile

    def prepare(self) -> None:
        """Make the profile's folders.

        Raises:
            ProfileError: a folder cannot be made.
        """
        try:
            self.profile.make()
        except OSError as error:
            raise ProfileError(
                f"The folder {self.profile.data} cannot be used: {error.strerror or error}. Choose another --profile."
            ) from error

    @contextmanager
    def opened(self) -> Iterator[Headless]:
        """Everything that can be done to the profile; closed afterwards.

        Raises:
            ProfileError: its database cannot be used.
        """
        from player.application.headless import opened  # noqa: PLC0415 - only where needed

        with opened(self.profile) as headless:
            yield headless


def say_json(document: Any) -> None:
    """Print one JSON document on standard output; ASCII only, so that any path survives any terminal."""
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """Print a line for people on standard output; what the terminal cannot show or would obey is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(printable(text).encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print one line on standard error, whatever file names hold; what the terminal cannot show is escaped."""
    sys.stderr.write(showable(" ".join(text.splitlines())) + "\n")
    sys.stderr.flush()


def showable(text: str) -> str:
    """The text with everything escaped that standard error cannot show, or would obey."""
    encoding = sys.stderr.encoding or "ascii"
    return printable(text).encode(encoding, "backslashreplace").decode(encoding)


class Parser(argparse.ArgumentParser):
    """A parser whose messages are fit for a terminal, whatever words of the command they repeat."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(printable(message), file)


def count(text: str) -> int:
    """An argument that says how many.

    Raises:
        argparse.ArgumentTypeError: it is no whole number, or less than none.
    """
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is no number of things")
    return int(text)


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """The first Ctrl+C makes the list not empty, so that long work ends in good order; the second one interrupts."""
    interrupted: list[int] = []

    def interrupt(number: int, _frame: object) -> None:
        interrupted.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


class Progress:
    """One line on standard error that is written over and over; silent where that is not a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._shown:
            text = printable(text, one_line=True).encode("ascii", "replace").decode()[:100]
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)

    def end(self) -> None:
        """Take the line away."""
        if self._shown and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def clock_text(milliseconds: int) -> str:
    """A length of time as "3:05" or "1:02:03"."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"
