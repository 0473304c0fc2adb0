"""What a window remembers from one time to the next: its size, its panels, where one was."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from player.application import SettingsStore
from player.ui.models.nav import PageKind, Place

STATE_KEY = "ui.window"
FIRST_SIZE = (1440, 900)
TITLE_BAR_PX = 40
"""What the desktop's frame around the window takes of the screen's height, before anybody can know."""


def remembered_place(value: object) -> Place:
    """The place that was kept as `[kind, of]`; Home for anything else."""
    match value:
        case [str(kind), int() | str() | None as of] if kind in {page.value for page in PageKind}:
            return Place(PageKind(kind), of)
        case _:
            return Place(PageKind.HOME)


class WindowMemory:
    """The state of a window as it was kept last.

    Args:
        settings: Keeps it.
    """

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings
        self._kept: dict[str, Any] = dict(settings.recall(STATE_KEY, {}))

    @property
    def pages(self) -> dict[str, Any]:
        """What the pages wanted to remember."""
        pages: dict[str, Any] = self._kept.get("pages", {})
        return pages

    @property
    def up_next(self) -> bool:
        """Whether Up Next was wanted."""
        return bool(self._kept.get("up_next", True))

    @property
    def place(self) -> Place:
        """Where one was."""
        return remembered_place(self._kept.get("place"))

    def restore_size(self, window: QMainWindow) -> None:
        """Give a window its size and position; a first one fits the screen."""
        geometry = self._kept.get("geometry")
        if isinstance(geometry, str):
            window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))
        else:
            # A first window as large as the screen would have its lower end, the bar, below the screen's.
            room = window.screen().availableSize() - QSize(0, TITLE_BAR_PX)
            window.resize(QSize(*FIRST_SIZE).boundedTo(room))

    def keep(self, window: QMainWindow, place: Place | None, *, up_next: bool, pages: dict[str, Any]) -> None:
        """Keep how things are now."""
        state = {
            "geometry": bytes(window.saveGeometry().toBase64().data()).decode("ascii"),
            "up_next": up_next,
            "place": [place.kind.value, place.of] if place is not None else None,
            "pages": pages,
        }
        self._settings.remember(STATE_KEY, state)
