"""What one window gives to its views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from player.ui.covers import Covers
from player.ui.look import Look
from player.ui.models.nav import Place
from player.ui.services import Services
from player.ui.track_actions import TrackActions
from player.ui.widgets.overlays.notices import Notice


class HasTracks(Protocol):
    """Offers `tracks`."""

    @property
    def tracks(self) -> TrackActions:
        """What can be done with tracks."""


class Context:
    """What one window gives to its views; each sees the part of it that it declares.

    Args:
        services: The running player.
        look: How to draw.
        covers: Where covers come from.
        go: Goes to a place.
        say: Shows a notice.
        tracks: What can be done with tracks.
    """

    def __init__(
        self,
        services: Services,
        look: Look,
        covers: Covers,
        *,
        go: Callable[[Place], None],
        say: Callable[[Notice], None],
        tracks: TrackActions,
    ) -> None:
        self.look = look
        self.covers = covers
        self.go = go
        self.say = say
        self.tracks = tracks
        self.library = services.library
        self.queue = services.queue
        self.controller = services.controller
        self.sleep = services.sleep
        self.suggestions = services.suggestions
        self.analysis = services.analysis
        self.trainer = services.trainer
        self.scrobbling = services.scrobbling
        self.operations = services.operations
        self.history = services.history
        self.feedback = services.feedback
        self.queue_operations = services.queue_operations
        self.library_operations = services.library_operations
        self.playlists = services.playlists
        self.tags = services.tags
        self.forgetting = services.forgetting
        self.exchange = services.exchange
        self.models = services.models
        self.listening = services.listening
        self.settings = services.settings
        self.waveforms = services.waveforms
        self.audio = services.audio
        self.profile = services.profile
