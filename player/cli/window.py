"""Opening the window, or handing the arguments to the running one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli._session import Session
from player.domain import KnownError, UsageError

if TYPE_CHECKING:
    from player.app import App
    from player.ui.main_window import MainWindow

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
            raise UsageError(f"“{word}” is neither a sub-command nor a file or folder. segue --help lists them.")
    with suppress(KnownError):  # no window runs with this profile yet
        _hand_over(session, paths)
        return 0
    if not _has_screen():
        raise KnownError(NO_SCREEN)
    return _run(session, paths)


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
    from player.desktop import Request, ask  # noqa: PLC0415 - Qt takes its time

    ask(session.profile.data, Request("open", (paths,)) if paths else Request("raise"))


def _run(session: Session, paths: list[str]) -> int:
    """The life of the window."""
    from player.app import App, FaultReporter  # noqa: PLC0415 - these load everything
    from player.ui.main_window import MainWindow  # noqa: PLC0415
    from player.ui.start import make_application, make_look, set_language  # noqa: PLC0415
    from player.ui.widgets.notices import Notice  # noqa: PLC0415
    from player.workers import Interrupts  # noqa: PLC0415

    application = make_application(sys.argv[:1])
    app = App(session.profile)
    try:
        if not app.desktop.acquire():
            _hand_over(session, paths)
            return 0
        settings = app.settings.value
        set_language(application, settings.language, application)
        window = MainWindow(app.parts, make_look(application, settings, session.profile.cache))
        app.problem.connect(lambda text: window.say(Notice(text, problem=True)))
        faults = FaultReporter(lambda text: window.say(Notice(text, problem=True)))
        interrupts = Interrupts()
        interrupts.interrupted.connect(window.close)
        _connect(app, window)
        window.show()
        app.start()
        app.open(paths)
        code = application.exec()
        faults.close()
        interrupts.close()
        window.dispose()
        return code
    finally:
        app.close()


def _connect(app: App, window: MainWindow) -> None:
    app.quitting.connect(window.close)
    app.shown.connect(lambda: _bring_forward(window))


def _bring_forward(window: MainWindow) -> None:
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
