"""The store of thumbs and of "not now"."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update

from player.domain import ThumbGiven, TrackId, UtcMs
from player.storage._columns import DismissalLog, ThumbLog, read_dismissals, read_thumbs
from player.storage._engine import Connections
from player.storage.listening._play_counters import refresh_counters
from player.storage.schema import DismissalRow, ThumbRow, TrackStatRow


class ThumbStore:
    """Thumbs (append-only) and dismissals ("not now")."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def give(self, event: ThumbGiven) -> None:
        """Log a thumb, or its taking back (value 0)."""
        with self._connections.writing(durable=True) as connection:
            values = {
                "track_id": event.track_id,
                "value": event.value,
                "at": event.at,
                "while_playing": event.while_playing,
            }
            connection.execute(insert(ThumbRow).values(values))
            refresh_counters(connection, [event.track_id])

    def current(self) -> dict[TrackId, int]:
        """The last thumb of every track that has one: +1 or -1."""
        statement = select(TrackStatRow.track_id, TrackStatRow.thumb).where(TrackStatRow.thumb != 0)
        with self._connections.reading() as connection:
            return {TrackId(key): value for key, value in connection.execute(statement)}

    def log(self) -> ThumbLog:
        """All thumbs as columns, in time order."""
        with self._connections.reading() as connection:
            return read_thumbs(connection)

    def dismiss(self, track_id: TrackId, at: UtcMs, until: UtcMs) -> None:
        """Not now: do not suggest this track before `until`."""
        with self._connections.writing() as connection:
            connection.execute(insert(DismissalRow).values(track_id=track_id, at=at, until=until))

    def undismiss(self, track_id: TrackId, now: UtcMs) -> None:
        """Take back what `dismiss` said: the track may be suggested from now on."""
        with self._connections.writing() as connection:
            lasting = (DismissalRow.track_id == track_id) & (DismissalRow.until > now)
            connection.execute(update(DismissalRow).where(lasting).values(until=now))

    def dismissed(self, now: UtcMs) -> dict[TrackId, UtcMs]:
        """Tracks not to be suggested at `now`, and until when."""
        statement = (
            select(DismissalRow.track_id, func.max(DismissalRow.until))
            .where(DismissalRow.until > now)
            .group_by(DismissalRow.track_id)
        )
        with self._connections.reading() as connection:
            return {TrackId(key): UtcMs(until) for key, until in connection.execute(statement)}

    def dismissals(self) -> DismissalLog:
        """All dismissals as columns, in time order."""
        with self._connections.reading() as connection:
            return read_dismissals(connection)
