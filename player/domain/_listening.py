"""Counting what was really heard."""

from __future__ import annotations

from player.domain._ids import Ms


class ListenedCounter:
    """Adds up how much of a track was heard from a series of positions.

    The sound engine counts frames exactly and is the authority; this counter serves where only
    positions are known (imports of progress, remote outputs). A jump (seek) between two positions
    adds nothing, nor does time while paused.

    Attributes:
        listened_ms: Sound heard so far.
    """

    def __init__(self, *, max_step_ms: int = 2_000) -> None:
        self.listened_ms = Ms(0)
        self._last: int | None = None
        self._max_step_ms = max_step_ms

    def moved_to(self, position_ms: int) -> None:
        """Sound went on to `position_ms`; a step back or one over `max_step_ms` is a seek."""
        if self._last is not None and 0 <= position_ms - self._last <= self._max_step_ms:
            self.listened_ms = Ms(self.listened_ms + position_ms - self._last)
        self._last = position_ms

    def jumped(self) -> None:
        """A seek or pause: the next position starts a new stretch."""
        self._last = None
