"""When the computer may be used for learning."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import psutil

IDLE_MS = 180_000
"""So long nobody has touched the computer."""


class Hindrance(StrEnum):
    """Why heavy work does not run now."""

    BATTERY = "battery"
    """The computer runs on battery."""
    SAVING = "saving"
    """Its user has told it to save power."""
    METERED = "metered"
    """It is online where every megabyte counts: on the way, with a telephone for a network."""
    USED = "used"
    """Somebody uses it."""


def on_mains() -> bool:
    """Whether the computer runs on mains power; one without a battery does, and one that cannot tell."""
    # psutil lacks the function on systems where it cannot tell (some BSDs), and raises in containers without /sys.
    ask: Callable[[], Any] = getattr(psutil, "sensors_battery", lambda: None)
    try:
        battery = ask()
    except OSError:
        return True
    return battery is None or battery.power_plugged is not False


class Gate:
    """Decides whether heavy work may run now.

    Args:
        idle_ms: Milliseconds since the computer was last touched; None where that cannot be told, which
            counts as idle: the work runs at the lowest priority anyway.
        mains: Whether the computer runs on mains power.
        patience_ms: From when on it counts as idle.
        saving: Whether its user has told it to save power.
        metered: Whether it is online by a connection that is paid for by volume.
    """

    def __init__(
        self,
        idle_ms: Callable[[], int | None] = lambda: None,
        mains: Callable[[], bool] = on_mains,
        patience_ms: int = IDLE_MS,
        *,
        saving: Callable[[], bool] = lambda: False,
        metered: Callable[[], bool] = lambda: False,
    ) -> None:
        self._idle_ms = idle_ms
        self._patience_ms = patience_ms
        self._frugal: tuple[tuple[Hindrance, Callable[[], bool]], ...] = (
            (Hindrance.BATTERY, lambda: not mains()),
            (Hindrance.SAVING, saving),
            (Hindrance.METERED, metered),
        )

    def idle(self) -> bool:
        """Nobody uses the computer, and nothing else speaks against heavy work."""
        return self.hindrance() is None

    def powered(self) -> bool:
        """It runs on mains power and is not to be saved, whether somebody uses it or not."""
        return self._frugality() is None

    def hindrance(self) -> Hindrance | None:
        """What speaks against heavy work now; None where nothing does."""
        idle = self._idle_ms()  # always asked: where the answer takes a while, the next one is on its way
        if (frugal := self._frugality()) is not None:
            return frugal
        return None if idle is None or idle >= self._patience_ms else Hindrance.USED

    def _frugality(self) -> Hindrance | None:
        answers = [(hindrance, holds()) for hindrance, holds in self._frugal]
        return next((hindrance for hindrance, holds in answers if holds), None)
