"""What operations need of the parts below them: the composition root brings them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance

from player.domain import QueueEntry, ThumbGiven, Track, TrackId, TrackStarted, UtcMs


class Transport(Protocol):
    """The part of `playback.Controller` that operations use."""

    @property
    def playing(self) -> TrackStarted | None:
        """The current play."""

    @property
    def current_track(self) -> Track | None:
        """The track that sounds, or would."""

    @property
    def position_ms(self) -> int:
        """Position in the current track."""

    def next(self) -> None:
        """Skip to what comes next."""

    def go_back(self, position_ms: int | None = None) -> bool:
        """Play the track before again, from a position."""


class Upcoming(Protocol):
    """The part of `playback.PlayQueue` that feedback looks at."""

    @property
    def history(self) -> tuple[QueueEntry, ...]:
        """What sounded before, oldest first."""

    def entries(self) -> tuple[QueueEntry, ...]:
        """Upcoming entries: first the user's, then the suggested ones."""

    def drop(self, entry: QueueEntry) -> None:
        """Take out an entry without a step to undo."""

    def keep(self) -> Callable[[bool], None]:
        """Return a function that makes the queue again what it is now; with True it goes back to what sounds now."""


class Learner(Protocol):
    """The part of `recommending.SuggestionService` that learns from feedback."""

    @property
    def focus(self) -> tuple[TrackId, ...]:
        """The tracks that Up Next is close to, as the listener asked for."""

    @property
    def focus_changed(self) -> SignalInstance:
        """Up Next is close to other tracks now."""

    @property
    def suggested(self) -> SignalInstance:
        """The queue was refilled."""

    def learn_thumb(self, given: ThumbGiven, *, asks: bool = True) -> None:
        """Take up a thumb, and ask for other suggestions unless `asks` is False."""

    def hold(self) -> None:
        """Leave the suggestions as they are until the current track ends or the listener asks for something else."""

    def learn_dismissals(self, track_ids: Sequence[TrackId], at: UtcMs) -> None:
        """Take up that tracks are put off."""

    def more_like(self, track_ids: Sequence[TrackId]) -> None:
        """Fill Up Next with what is close to these tracks; none ends that."""

    def reload(self) -> None:
        """Take up what was changed in the database."""
