"""Reporting how far a scan has come: not too often, with an estimate of what remains."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.domain import ScanPhase, ScanProgress

_INTERVAL_S = 0.1
_SETTLE_S = 2.0


class Pace:
    """Tells a listener about a scan, at most ten times a second.

    Args:
        tell: The listener.
        clock: Seconds that only go forward.
    """

    def __init__(self, tell: Callable[[ScanProgress], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._phase_began = clock()
        self._told = float("-inf")
        self._phase: ScanPhase | None = None

    def at(self, phase: ScanPhase, done: int, total: int = 0, current: str = "") -> None:
        """The scan stands here; a new phase and a finished one are always told."""
        now = self._clock()
        if phase is not self._phase:
            self._phase, self._phase_began = phase, now
        elif now - self._told < _INTERVAL_S and (done != total or total == 0):
            return
        self._told = now
        self._tell(ScanProgress(phase, done, total, self._remaining(now, done, total), current))

    def _remaining(self, now: float, done: int, total: int) -> float | None:
        """Seconds left at the pace so far; unknown until there has been some."""
        elapsed = now - self._phase_began
        if total == 0 or done == 0 or (elapsed < _SETTLE_S and done < total):
            return None
        return elapsed / done * (total - done)
