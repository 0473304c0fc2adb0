"""Opening the window, or handing the arguments to the running one."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from player.cli._session import Session
from player.domain import KnownError, UsageError

NO_SCREEN = (
    "There is no screen here for a window. Segue works without one too: "
    "segue scan DIR, segue next, segue play FILE; segue --help lists everything."
)


def open_window(session: Session, words: Sequence[str]) -> int:
    """Open the window and run until it is closed; files and folders among the arguments are played.

    Raises:
        UsageError: an argument is neither a sub-command nor a file or folder.
        KnownError: no window can be opened here, or the profile cannot be used.
    """
    paths = [str(Path(word).absolute()) for word in words]
    for word, path in zip(words, paths, strict=True):
        if not os.path.exists(path):
            raise UsageError(f"“{word}” is neither a sub-command nor a file or folder. {_meant(word)}")
    with suppress(KnownError):  # no window runs with this profile yet
        _hand_over(session, paths)
        return 0
    if not _has_screen():
        raise KnownError(NO_SCREEN)
    # What the start makes stays until the end: looking through it for rubbish again and again costs a tenth of it.
    gc.disable()
    from player.app import run_window  # noqa: PLC0415 - it loads everything

    return run_window(session.profile, paths, partial(_hand_over, session, paths))


def _meant(word: str) -> str:
    """Return what a word that is nothing may have been meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415 - only after a slip

    from player.cli._commands import COMMANDS  # noqa: PLC0415 - likewise

    close = get_close_matches(word, COMMANDS, n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(close)}?" if close else "segue --help lists them."


def _has_screen() -> bool:
    """Whether a window can be shown: on other systems than these there always is a screen."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _hand_over(session: Session, paths: list[str]) -> None:
    """Give the arguments to the window that runs with this profile.

    Raises:
        KnownError: none runs, or it refused.
    """
    from player.desktop import Request, ask  # noqa: PLC0415 - only where needed

    ask(session.profile.data, Request("open", (paths,)) if paths else Request("raise"))
