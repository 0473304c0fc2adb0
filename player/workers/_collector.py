"""Python's cyclic garbage collector, between two events of the GUI thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class Collector(QObject):
    """Collects on the GUI thread, when no event is being handled.

    Python collects wherever an object happens to be made: in a worker thread, or in the middle of a paint event. What
    it then destroys may be widgets, and Qt crashes when these go in another thread or under its feet. So the automatic
    collection is off while this lives, and a timer does what it would have done, by the same thresholds.

    Args:
        parent: Qt parent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that are due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] <= thresholds[0]:
            return
        due = 1 if counts[1] > thresholds[1] else 0
        gc.collect(2 if due and counts[2] > thresholds[2] else due)

    def close(self) -> None:
        """Leave it to Python again, as it was."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
