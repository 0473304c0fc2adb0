"""The terminal of `segue play`: one line that is written over, and keys that work without Enter."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from shutil import get_terminal_size
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from player.domain import printable

POLL_MS = 50
"""How often Windows' console is asked for a key, which tells nobody by itself."""

HELP = "space pause · ←/→ 5 s · </> track · 9/0 volume · +/- thumb · q quit"

_SEQUENCES = {"\x1b[C": "right", "\x1b[D": "left", "\xe0M": "right", "\xe0K": "left", "\x00M": "right", "\x00K": "left"}


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal: East Asian wide characters take two, marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def cut(text: str, columns: int) -> str:
    """Return the text, cut to some columns with an ellipsis where it is longer."""
    if width_of(text) <= columns:
        return text
    while text and width_of(text) > columns - 1:
        text = text[:-1]
    return text + "…"


class StatusLine:
    """One line on standard error that is written over; nothing where that is no terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self._written = False

    def show(self, text: str) -> None:
        """Replace the line."""
        if self.shown:
            encoding = sys.stderr.encoding or "ascii"
            text = (
                cut(printable(text, one_line=True), get_terminal_size().columns - 1)
                .encode(encoding, "replace")
                .decode(encoding)
            )
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self._written = True

    def clear(self) -> None:
        """Take the line away."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._written = False


class Keys(QObject):
    """Passes each key pressed on the terminal to a function; inactive where standard input is no terminal.

    Args:
        pressed: Called with a character, or "left" or "right".
        parent: Qt parent.
    """

    def __init__(self, pressed: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._restore: Callable[[], None] = lambda: None
        self.active = sys.stdin is not None and sys.stdin.isatty()
        if self.active:
            self._listen_windows() if sys.platform == "win32" else self._listen()

    def close(self) -> None:
        """Give the terminal back as it was."""
        self._restore()
        self._restore = lambda: None

    def _listen(self) -> None:
        import termios  # noqa: PLC0415 - POSIX only
        import tty  # noqa: PLC0415 - likewise

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        self._restore = lambda: termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._read(descriptor))

    def _read(self, descriptor: int) -> None:
        import os  # noqa: PLC0415 - as above

        data = os.read(descriptor, 64)
        if not data:  # the terminal has gone
            self._notifier.setEnabled(False)
            return
        self._pass_on(data.decode("utf-8", "replace"))

    def _listen_windows(self) -> None:
        import msvcrt  # noqa: PLC0415 - Windows only

        console: Any = msvcrt
        timer = QTimer(self)
        timer.setInterval(POLL_MS)

        def poll() -> None:
            text = ""
            while console.kbhit():
                text += console.getwch()
            self._pass_on(text)

        timer.timeout.connect(poll)
        timer.start()
        self._restore = timer.stop

    def _pass_on(self, text: str) -> None:
        while text:
            name = next((name for sequence, name in _SEQUENCES.items() if text.startswith(sequence)), None)
            sequence = next((sequence for sequence in _SEQUENCES if text.startswith(sequence)), text[0])
            self._pressed(name or sequence)
            text = text[len(sequence) :]
