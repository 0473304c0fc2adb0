"""What this package needs of the transport and of the queue: the composition root brings them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import SignalInstance

from player.domain import Ms, QueueEntry, Suggestion, Track, TrackStarted

T = TypeVar("T")


class Write(Protocol):
    """Runs a function where the database may be written and returns its result."""

    def __call__(self, run: Callable[[], T], /) -> T:
        """Run it."""


class Transport(Protocol):
    """The part of `playback.Controller` that is listened to here."""

    @property
    def track_started(self) -> SignalInstance:
        """TrackStarted: the first sample of a track was heard."""

    @property
    def play_finished(self) -> SignalInstance:
        """PlayFinished: a track that had started has ended."""

    @property
    def state_changed(self) -> SignalInstance:
        """Playing, paused or stopped."""

    @property
    def playing(self) -> TrackStarted | None:
        """The play that sounds now."""

    @property
    def current_track(self) -> Track | None:
        """The track that sounds, or would."""

    @property
    def listened_ms(self) -> Ms:
        """Sound of the present play heard so far."""

    def next(self) -> None:
        """Skip to what comes next."""


class Queue(Protocol):
    """The part of `playback.PlayQueue` that is filled here."""

    @property
    def changed(self) -> SignalInstance:
        """Something changed."""

    @property
    def current(self) -> QueueEntry | None:
        """What sounds, or sounded last."""

    @property
    def history(self) -> tuple[QueueEntry, ...]:
        """What sounded before, oldest first."""

    @property
    def suggested_count(self) -> int:
        """How many suggestions are upcoming."""

    def entries(self) -> tuple[QueueEntry, ...]:
        """Upcoming entries: first the user's, then the suggested ones."""

    def refill(self, suggestions: Sequence[Suggestion]) -> None:
        """Replace the unpinned suggestions."""
