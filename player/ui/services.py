"""What views need, one small interface each: a view asks for those it uses, and for nothing else.

`HasLibrary` and its kin stand for one service each; a view declares the combination it needs and takes anything that
offers it. `Services` is what the running player offers to a window; `player.ui.context` adds what the window has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

if TYPE_CHECKING:
    from player.application import (
        ExchangeOperations,
        FeedbackService,
        ForgetOperations,
        LibraryOperations,
        ListeningQueries,
        ModelOperations,
        OperationRunner,
        PlaylistOperations,
        QueueOperations,
        SettingsStore,
        TagOperations,
        UndoHistory,
    )
    from player.application.waveforms import Waveforms
    from player.library import Library
    from player.paths import Profile
    from player.playback import Controller, PlayQueue, SleepTimer
    from player.recommending import BackgroundAnalysis, IdleTrainer, SuggestionService
    from player.scrobbling import Scrobbling
    from player.ui.covers import Covers
    from player.ui.look import Look
    from player.ui.models.nav import Place
    from player.ui.widgets.overlays.notices import Notice


class Device(Protocol):
    """An output device."""

    @property
    def name(self) -> str:
        """Its name in the settings; empty for the system's default."""

    @property
    def label(self) -> str:
        """What people call it."""


class Devices(Protocol):
    """The output devices of the sound engine."""

    @property
    def devices_changed(self) -> SignalInstance:
        """A device came or went."""

    @property
    def device_failed(self) -> SignalInstance:
        """The device in use cannot be used; a sentence for the user."""

    def devices(self) -> Sequence[Device]:
        """All devices there are."""


# One service each.


class HasLibrary(Protocol):
    """Offers `library`."""

    @property
    def library(self) -> Library:
        """What is in the library."""


class HasQueue(Protocol):
    """Offers `queue`."""

    @property
    def queue(self) -> PlayQueue:
        """What comes next."""


class HasController(Protocol):
    """Offers `controller`."""

    @property
    def controller(self) -> Controller:
        """The transport."""


class HasSleep(Protocol):
    """Offers `sleep`."""

    @property
    def sleep(self) -> SleepTimer:
        """The sleep timer."""


class HasSuggestions(Protocol):
    """Offers `suggestions`."""

    @property
    def suggestions(self) -> SuggestionService:
        """What Up Next suggests, and why."""


class HasAnalysis(Protocol):
    """Offers `analysis`."""

    @property
    def analysis(self) -> BackgroundAnalysis:
        """What is found out about the sound of new tracks."""


class HasTrainer(Protocol):
    """Offers `trainer`."""

    @property
    def trainer(self) -> IdleTrainer:
        """Training while the computer is idle."""


class HasScrobbling(Protocol):
    """Offers `scrobbling`."""

    @property
    def scrobbling(self) -> Scrobbling:
        """Tells other services what was played."""


class HasOperations(Protocol):
    """Offers `operations`."""

    @property
    def operations(self) -> OperationRunner:
        """Announces what operations have changed."""


class HasHistory(Protocol):
    """Offers `history`."""

    @property
    def history(self) -> UndoHistory:
        """Undo and redo."""


class HasFeedback(Protocol):
    """Offers `feedback`."""

    @property
    def feedback(self) -> FeedbackService:
        """Thumbs, "not now", more like this."""


class HasQueueOperations(Protocol):
    """Offers `queue_operations`."""

    @property
    def queue_operations(self) -> QueueOperations:
        """What the user does to the queue."""


class HasLibraryOperations(Protocol):
    """Offers `library_operations`."""

    @property
    def library_operations(self) -> LibraryOperations:
        """What the user does to the library."""


class HasPlaylists(Protocol):
    """Offers `playlists`."""

    @property
    def playlists(self) -> PlaylistOperations:
        """The playlists, and what the user does to them."""


class HasTags(Protocol):
    """Offers `tags`."""

    @property
    def tags(self) -> TagOperations:
        """Edits tags."""


class HasForgetting(Protocol):
    """Offers `forgetting`."""

    @property
    def forgetting(self) -> ForgetOperations:
        """Forgets what was learned."""


class HasExchange(Protocol):
    """Offers `exchange`."""

    @property
    def exchange(self) -> ExchangeOperations:
        """Imports and exports."""


class HasModels(Protocol):
    """Offers `models`."""

    @property
    def models(self) -> ModelOperations:
        """Versions of the model."""


class HasListening(Protocol):
    """Offers `listening`."""

    @property
    def listening(self) -> ListeningQueries:
        """Questions about plays and what was learned."""


class HasSettings(Protocol):
    """Offers `settings`."""

    @property
    def settings(self) -> SettingsStore:
        """The settings."""


class HasWaveforms(Protocol):
    """Offers `waveforms`."""

    @property
    def waveforms(self) -> Waveforms:
        """Waveforms for the seek bar."""


class HasAudio(Protocol):
    """Offers `audio`."""

    @property
    def audio(self) -> Devices:
        """The output devices."""


class HasProfile(Protocol):
    """Offers `profile`."""

    @property
    def profile(self) -> Profile:
        """Where the user's state is."""


class HasLook(Protocol):
    """Offers `look`."""

    @property
    def look(self) -> Look:
        """How to draw."""


class HasCovers(Protocol):
    """Offers `covers`."""

    @property
    def covers(self) -> Covers:
        """Where covers come from."""


class HasGo(Protocol):
    """Offers `go`."""

    @property
    def go(self) -> Callable[[Place], None]:
        """Goes to a place."""


class HasSay(Protocol):
    """Offers `say`."""

    @property
    def say(self) -> Callable[[Notice], None]:
        """Shows a notice."""


class Services(
    HasLibrary,
    HasQueue,
    HasController,
    HasSleep,
    HasSuggestions,
    HasAnalysis,
    HasTrainer,
    HasScrobbling,
    HasOperations,
    HasHistory,
    HasFeedback,
    HasQueueOperations,
    HasLibraryOperations,
    HasPlaylists,
    HasTags,
    HasForgetting,
    HasExchange,
    HasModels,
    HasListening,
    HasSettings,
    HasWaveforms,
    HasAudio,
    HasProfile,
    Protocol,
):
    """Everything that the running player offers to a window."""
