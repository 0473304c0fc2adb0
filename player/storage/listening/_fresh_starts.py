"""The store of artists that are learned anew."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, delete, func, insert, select, union

from player.domain import ArtistId, UsageError, UtcMs
from player.storage._engine import Connections
from player.storage._vectors import LongArray, chunks, columns
from player.storage.listening._play_counters import refresh_counters
from player.storage.schema import ArtistRow, FreshStartRow, PlayRow, Role, ThumbRow, TrackArtistRow, TrackStatRow


class FreshStartStore:
    """From when on the recommender learns of an artist: earlier plays, skips and thumbs teach nothing.

    The play log stays as it is. The artist of a track is the first of those who perform it.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(self, artist_id: ArtistId, at: UtcMs) -> None:
        """Learn of an artist from `at` on; thumbs on their tracks are taken back in the same transaction.

        Raises:
            UsageError: there is no such artist (any more).
        """
        with self._connections.writing(durable=True) as connection:
            if connection.execute(select(ArtistRow.id).where(ArtistRow.id == artist_id)).first() is None:
                raise UsageError(f"There is no artist {artist_id}.")
            connection.execute(insert(FreshStartRow).values(artist_id=artist_id, at=at))
            judged = select(TrackStatRow.track_id).where(
                TrackStatRow.thumb != 0, TrackStatRow.track_id.in_(_tracks(artist_id))
            )
            tracks = list(connection.execute(judged).scalars())
            if tracks:
                connection.execute(insert(ThumbRow), [{"track_id": track, "value": 0, "at": at} for track in tracks])
            refresh_counters(connection, tracks)

    def take_back(self, artist_id: ArtistId) -> UtcMs | None:
        """Undo the last `begin` of an artist: everything is as if it had not been. Returns when that was, if ever."""
        newest = select(FreshStartRow.id, FreshStartRow.at).where(FreshStartRow.artist_id == artist_id)
        with self._connections.writing(durable=True) as connection:
            last = connection.execute(newest.order_by(FreshStartRow.id.desc()).limit(1)).first()
            if last is None:
                return None
            connection.execute(delete(FreshStartRow).where(FreshStartRow.id == last.id))
            taken = select(ThumbRow.track_id).where(
                ThumbRow.at == last.at, ThumbRow.value == 0, ThumbRow.track_id.in_(_tracks(artist_id))
            )
            tracks = list(connection.execute(taken).scalars())
            for part in chunks(tracks):
                undone = (ThumbRow.at == last.at) & (ThumbRow.value == 0) & ThumbRow.track_id.in_(part)
                connection.execute(delete(ThumbRow).where(undone))
            refresh_counters(connection, tracks)
            return UtcMs(last.at)

    def current(self) -> dict[ArtistId, UtcMs]:
        """From when on each of these artists is learned of."""
        with self._connections.reading() as connection:
            return _current(connection)

    def of_tracks(self) -> tuple[LongArray, LongArray]:
        """Tracks of these artists and from when on each is learned of: int64[T] both, tracks ascending."""
        newest = (
            select(FreshStartRow.artist_id, func.max(FreshStartRow.at).label("at"))
            .group_by(FreshStartRow.artist_id)
            .subquery()
        )
        first = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
        statement = (
            select(TrackArtistRow.track_id, newest.c.at)
            .join(newest, newest.c.artist_id == TrackArtistRow.artist_id)
            .where(*first)
            .order_by(TrackArtistRow.track_id)
        )
        with self._connections.reading() as connection:
            tracks, at = columns(connection, statement, ("i8", "i8"))
        return tracks, at

    def artists_heard(self) -> tuple[LongArray, LongArray]:
        """Tracks that were played or judged, and the artist of each: int64[T] both, tracks ascending."""
        told = union(select(PlayRow.track_id), select(ThumbRow.track_id)).subquery()
        first = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
        statement = (
            select(TrackArtistRow.track_id, TrackArtistRow.artist_id)
            .join(told, told.c.track_id == TrackArtistRow.track_id)
            .where(*first)
            .order_by(TrackArtistRow.track_id)
        )
        with self._connections.reading() as connection:
            tracks, artists = columns(connection, statement, ("i8", "i8"))
        return tracks, artists

    def names(self, artist_ids: Iterable[ArtistId]) -> dict[ArtistId, str]:
        """Names of artists."""
        found: dict[ArtistId, str] = {}
        with self._connections.reading() as connection:
            for part in chunks([int(key) for key in artist_ids]):
                rows = connection.execute(select(ArtistRow.id, ArtistRow.name).where(ArtistRow.id.in_(part)))
                found |= {ArtistId(key): name for key, name in rows}
        return found

    def mark(self) -> str:
        """A text that differs when `current` differs."""
        return str(sorted(self.current().items()))


def _current(connection: Connection) -> dict[ArtistId, UtcMs]:
    statement = select(FreshStartRow.artist_id, func.max(FreshStartRow.at)).group_by(FreshStartRow.artist_id)
    return {ArtistId(key): UtcMs(at) for key, at in connection.execute(statement)}


def _tracks(artist_id: ArtistId) -> Select[int]:
    return select(TrackArtistRow.track_id).where(
        TrackArtistRow.artist_id == artist_id, TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0
    )
