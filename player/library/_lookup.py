"""Looking up tracks one by one, at the price of few questions to the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from player.domain import Track, TrackId

if TYPE_CHECKING:
    from player.storage import AlbumGain, Database


class TrackLookup(QObject):
    """Gives tracks by id on the GUI thread, always as they are in the database in this turn of the event loop.

    Several parts ask for the same tracks when something changes: what plays, what follows, what a media
    overlay lists. The first question of a turn reads what stands ahead in the queue too, in one go; at
    the end of the turn all is forgotten. Albums without gain tags have the gain of all their tracks together, and
    tracks of unknown loudness that of tracks near them.

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
            self._known.update({track.id: track for track in self._with_gains(self._db.tracks.get(list(wanted)))})
            self._end_of_turn.start(0)
        return self._known[track_id]

    def _with_gains(self, tracks: Sequence[Track]) -> list[Track]:
        """Where the tags have no album gain, it is that of the album's tracks together, as far as all are known.

        A track of unknown loudness gets the gain that tracks near it have.
        """
        bare = [track for track in tracks if track.album_id is not None and track.gain.album_db is None]
        gains = self._db.features.album_gains([track.album_id for track in bare if track.album_id is not None])
        tracks = [_with_album_gain(track, gains.get(track.album_id)) if track.album_id else track for track in tracks]
        unknown = [track for track in tracks if track.gain.track_db is None and track.gain.album_db is None]
        expected = self._db.features.expected_gains(unknown) if unknown else {}
        return [
            replace(track, gain=replace(track.gain, expected_db=expected[track.id])) if track.id in expected else track
            for track in tracks
        ]

    def forget(self) -> None:
        """What was read in this turn has changed since."""
        self._known.clear()

    def close(self) -> None:
        """Forget everything."""
        self._end_of_turn.stop()
        self._known.clear()


def _with_album_gain(track: Track, gain: AlbumGain | None) -> Track:
    if gain is None or track.gain.album_db is not None:
        return track
    return replace(track, gain=replace(track.gain, album_db=gain.gain_db, album_peak=gain.peak))
