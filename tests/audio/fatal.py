"""A sound process whose decoder crashes on files named fatal, and hangs it on files named hanging."""

import faulthandler
import os
import signal
import sys

from player.audio._decoder import Decoder
from player.audio.engine import _voice
from player.audio.engine.__main__ import main


class Fatal(Decoder):
    """Crashes or hangs by name."""

    def __init__(self, path: str, rate: int | None) -> None:
        if "fatal" in path:
            faulthandler._sigsegv()  # type: ignore[attr-defined]
        if "hanging" in path:
            os.kill(os.getpid(), signal.SIGSTOP)
        super().__init__(path, rate)


_voice.Decoder = Fatal  # type: ignore[misc]
sys.exit(main())
