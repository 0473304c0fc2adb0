"""Looking up tracks one by one, at the price of few questions to the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from player.domain import Track, TrackId

if TYPE_CHECKING:
    from player.storage import Database


class TrackLookup(QObject):
    """Gives tracks by id on the GUI thread, always as they are in the database in this turn of the event loop.

    Several parts ask for the same tracks when something changes: what plays, what follows, what a media
    overlay lists. The first question of a turn reads what stands ahead in the queue too, in one go; at
    the end of the turn all is forgotten.

    Args:
        db: The database.
        ahead: Tracks that will probably be asked for next.
        parent: Qt parent.
    """

    def __init__(
        self, db: Database, ahead: Callable[[], Sequence[TrackId]] = tuple, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._ahead = ahead
        self._known: dict[TrackId, Track | None] = {}
        self._end_of_turn = QTimer(self)
        self._end_of_turn.setSingleShot(True)
        self._end_of_turn.timeout.connect(self._known.clear)

    def __call__(self, track_id: TrackId) -> Track | None:
        """The track; None where it is not in the library any more."""
        if track_id not in self._known:
            wanted = dict.fromkeys((track_id, *self._ahead()))
            self._known.update(dict.fromkeys(wanted))
            self._known.update({track.id: track for track in self._db.tracks.get(list(wanted))})
            self._end_of_turn.start(0)
        return self._known[track_id]

    def close(self) -> None:
        """Forget everything."""
        self._end_of_turn.stop()
        self._known.clear()
