"""The accent follows the cover of what plays."""

from __future__ import annotations

from PySide6.QtCore import QObject

from player.domain import Track
from player.playback import Controller
from player.ui import words
from player.ui.covers import CoverArt, Covers
from player.ui.theme import Theme, cover_pixels

SIDE = 48


class Mood(QObject):
    """Takes the accent from each cover as its track starts.

    Args:
        controller: Says what plays.
        covers: Where covers come from.
        theme: Takes the accent.
        parent: Qt parent.
    """

    def __init__(self, controller: Controller, covers: Covers, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._covers = covers
        self._theme = theme
        self._art: CoverArt | None = None
        controller.track_changed.connect(self._follow)
        covers.ready.connect(self._arrived)
        self._follow(controller.current_track)

    def _follow(self, track: Track | None) -> None:
        # Silence keeps the last mood: the window must not flash between two tracks.
        if track is not None:
            self._art = words.cover_of(track)
            self._take()

    def _arrived(self, art: CoverArt) -> None:
        if art == self._art:
            self._take()

    def _take(self) -> None:
        pixmap = self._covers.get(self._art, SIDE) if self._art is not None else None
        if pixmap is not None:
            self._theme.set_pixels(tuple(cover_pixels(pixmap.toImage())))
