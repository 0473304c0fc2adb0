"""The sound process: `python -m player.audio.engine`. Its input and output are `_wire` frames; see there.

It ends when its input does, and with the player in any case. What else is written to its standard output goes to its
standard error, so that no library can break a frame.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import threading
from collections import deque
from typing import BinaryIO

from player.audio._events import Event
from player.audio._values import Now
from player.audio._wire import DECODES, Frames, frame, to_arguments
from player.audio.engine import _voice
from player.audio.engine._loop import Loop
from player.audio.engine._outputs import open_port

LAST_S = 3.0
"""Time to end in good order once the input has ended."""

READ_BYTES = 1 << 16


class Outbox:
    """Writes frames on a thread of its own, so that a player that does not read never holds the sound.

    Args:
        output: Where the frames go.
    """

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._waiting: deque[tuple[bool, bytes]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._write, name="segue-words", daemon=True)
        self._thread.start()

    def put(self, words: bytes, *, replaceable: bool = False) -> None:
        """Append a frame; one that is `replaceable` takes the place of such a one that waits as the last."""
        with self._changed:
            if replaceable and self._waiting and self._waiting[-1][0]:
                self._waiting.pop()
            self._waiting.append((replaceable, words))
            self._changed.notify()

    def close(self) -> None:
        """Write what waits, and end."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(LAST_S)

    def _write(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if not self._waiting:
                    return
                words = b"".join(words for _, words in self._waiting)
                self._waiting.clear()
            try:
                self._output.write(words)
                self._output.flush()
            except OSError:
                return  # the player has gone; the end of the input says so, too


class LogHandler(logging.Handler):
    """Sends what is logged to the player, whose log it goes into."""

    def __init__(self, outbox: Outbox) -> None:
        super().__init__(logging.INFO)
        self._outbox = outbox

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self._outbox.put(frame("log", record.levelno, record.name, text))


def main() -> int:
    """Play until the input ends."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the player, which then ends this process in good order
    words, output = _own_pipes()
    _end_with_parent()
    outbox = Outbox(output)
    logging.getLogger().addHandler(LogHandler(outbox))
    logging.getLogger().setLevel(logging.INFO)

    def emit(event: Event, value: object) -> None:
        outbox.put(frame("event", event, value))

    def report(now: Now) -> None:
        outbox.put(frame("now", now, loop.obeyed), replaceable=True)

    _voice.decoding = _note_decoder
    loop = Loop(open_port(), emit, report)
    report(loop.now)
    threading.Thread(target=_listen, args=(words, loop), name="segue-listen", daemon=True).start()
    loop.run()
    outbox.close()
    return 0


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the input and the output under numbers that nothing else knows."""
    words, output = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return words, output


def _note_decoder(token: int) -> None:
    """Say which thread decodes which play, at once: should it crash, the player knows what to blame."""
    os.write(2, f"{DECODES} {threading.get_ident():#x} {token}\n".encode())


def _end_with_parent() -> None:
    """Have the system end this process when the player's thread that started it ends, even if it hangs by then."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - Linux only

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _listen(words: BinaryIO, loop: Loop) -> None:
    """Pass commands on until there are no more; then end the loop, or this process if that hangs."""
    frames = Frames()
    while data := words.read(READ_BYTES):
        for name, *arguments in frames.feed(data):
            loop.command(name, *to_arguments(arguments))
    loop.close()
    timer = threading.Timer(LAST_S, os._exit, (1,))
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    sys.exit(main())
