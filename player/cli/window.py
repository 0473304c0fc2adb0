"""Opening the window, or handing the arguments to the running one."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli._session import Session
from player.domain import KnownError, ProfileError, UsageError

if TYPE_CHECKING:
    from player.app import App

SCREENLESS = ("offscreen", "minimal")
"""Platforms of Qt on which nobody could answer a box."""
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
    return _run(session, paths)


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


def _run(session: Session, paths: list[str]) -> int:
    """The life of the window."""
    # What the start makes stays until the end: looking through it for rubbish again and again costs a tenth of it.
    gc.disable()
    from player.app import FaultReporter  # noqa: PLC0415 - these load everything
    from player.ui.start import make_application, make_look  # noqa: PLC0415
    from player.ui.window_host import WindowHost  # noqa: PLC0415
    from player.workers import Collector, Interrupts  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    app = _opened(session)
    try:
        if not app.desktop.acquire():
            _hand_over(session, paths)
            return 0
        host = WindowHost(application, app, make_look(application, app.settings.value, session.profile.cache))
        app.problem.connect(host.complain)
        faults = FaultReporter(host.complain)
        interrupts = Interrupts()
        interrupts.interrupted.connect(host.close)
        app.quitting.connect(host.close)
        app.shown.connect(host.bring_forward)
        app.desktop.appearance.changed.connect(host.follow_desktop)
        app.desktop.appearance.start()
        host.files_dropped.connect(app.open)
        host.files_queued.connect(lambda paths, row: app.open(paths, play=False, at=row))
        host.show()
        gc.freeze()
        collector = Collector()
        app.start()
        app.open(paths)
        code = application.exec()
        collector.close()
        faults.close()
        interrupts.close()
        host.dispose()
        return code
    finally:
        app.close()


def _opened(session: Session) -> App:
    """Build the player; where the database is damaged and nobody sees a terminal, offer to bring a copy back.

    Raises:
        ProfileError: the database cannot be used.
    """
    from player.app import App  # noqa: PLC0415 - as above
    from player.storage import DamagedError, restore_database  # noqa: PLC0415 - as above
    from player.ui.startup_problem import wants_copy  # noqa: PLC0415 - as above

    try:
        return App(session.profile)
    except ProfileError as error:
        if (sys.stderr is not None and sys.stderr.isatty()) or os.environ.get("QT_QPA_PLATFORM") in SCREENLESS:
            raise
        copy = error.backup if isinstance(error, DamagedError) else None
        if not wants_copy(str(error), restorable=copy is not None) or copy is None:
            raise
        restore_database(session.profile.database, copy)
        return App(session.profile)
