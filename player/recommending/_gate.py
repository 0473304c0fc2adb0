"""When the computer may be used for learning."""

from __future__ import annotations

from collections.abc import Callable

import psutil

IDLE_MS = 180_000
"""So long nobody has touched the computer."""


def on_mains() -> bool:
    """Whether the computer runs on mains power; one without a battery does."""
    # psutil lacks the function on systems where it cannot tell (some BSDs), and raises in containers without /sys.
    try:
        battery = getattr(psutil, "sensors_battery", lambda: None)()
    except OSError:
        return True
    return battery is None or bool(battery.power_plugged)


class Gate:
    """Decides whether heavy work may run now.

    Args:
        idle_ms: Milliseconds since the computer was last touched; None where that cannot be told, which
            counts as idle: the work runs at the lowest priority anyway.
        mains: Whether the computer runs on mains power.
        patience_ms: From when on it counts as idle.
    """

    def __init__(
        self,
        idle_ms: Callable[[], int | None] = lambda: None,
        mains: Callable[[], bool] = on_mains,
        patience_ms: int = IDLE_MS,
    ) -> None:
        self._idle_ms = idle_ms
        self._mains = mains
        self._patience_ms = patience_ms

    def idle(self) -> bool:
        """Nobody uses the computer, and it runs on mains power."""
        idle = self._idle_ms()
        return self.powered() and (idle is None or idle >= self._patience_ms)

    def powered(self) -> bool:
        """It runs on mains power."""
        return self._mains()
