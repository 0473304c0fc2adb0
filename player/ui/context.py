"""What every view gets: the parts, how to draw, where covers come from, and how to act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.application import PlaylistOperations, UndoHistory
from player.ui.covers import Covers
from player.ui.look import Look
from player.ui.models.nav import Place
from player.ui.parts import Parts
from player.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from player.ui.track_actions import TrackActions


@dataclass(frozen=True, slots=True)
class Context:
    """The window's services for its views.

    Attributes:
        parts: The running player.
        look: How to draw.
        covers: Where covers come from.
        undo: What can be taken back.
        playlists: The playlists.
        tracks: What can be done with tracks.
        go: Goes to a place.
        say: Shows a notice.
    """

    parts: Parts
    look: Look
    covers: Covers
    undo: UndoHistory
    playlists: PlaylistOperations
    tracks: TrackActions
    go: Callable[[Place], None]
    say: Callable[[Notice], None]
