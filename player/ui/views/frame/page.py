"""What every page of the centre can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from player.ui.models.nav import Place


class Page(QWidget):
    """A page of the centre: the window shows its title, count and tools above it.

    Signals:
        header_changed(): Title, count or tools are others now.

    Args:
        context: The window's services.
    """

    header_changed = Signal()
    of_places = False
    """Whether it shows one place of many, each of which is remembered for the way back."""

    def __init__(self, context: object) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("page")

    def title(self) -> str:
        """The heading; empty where the page has its own."""
        return ""

    def count(self) -> str:
        """What stands small beside the title."""
        return ""

    def tools(self) -> Sequence[QWidget]:
        """Widgets beside the search field."""
        return ()

    def show_place(self, place: Place) -> None:
        """Show what `place` says; called each time the user comes here."""

    def library_changed(self) -> None:
        """The library holds something else; read again, and keep the position."""

    def focus_content(self) -> None:
        """Give the keyboard's focus to what the page is about."""
        self.setFocus()

    def state(self) -> dict[str, Any]:
        """What is worth remembering across restarts (JSON)."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `state` gave before a restart."""
