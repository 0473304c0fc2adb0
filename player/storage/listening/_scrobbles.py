"""What of the play log other services may be told: the plays that count, by their place in the log."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import COUNT_FRACTION, COUNT_MS, Ms, PlayId, StartReason, UtcMs
from player.storage._engine import Connections
from player.storage.schema import AlbumRow, PlayRow, ScrobbleAccountRow, TrackDetailRow, TrackRow

SHORTEST_MS = 30_000
"""Last.fm and ListenBrainz want no plays of tracks that are not longer than this."""


@dataclass(frozen=True, slots=True)
class Listen:
    """A play as a service is told of it.

    Attributes:
        id: The play's place in the log; 0 for one that has not ended.
        started_at: When it began.
        duration_ms: Length of the track.
        title: Track title.
        artist: Artist as shown; never empty.
        album: Album title, empty without.
        album_artist: Artist of the album, empty without.
        track_no: Number in the album, None without.
        recording_mbid: MusicBrainz recording id, empty without.
        chosen: Whether the listener chose it, rather than Up Next.
    """

    id: PlayId
    started_at: UtcMs
    duration_ms: Ms
    title: str
    artist: str
    album: str = ""
    album_artist: str = ""
    track_no: int | None = None
    recording_mbid: str = ""
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class ScrobbleAccount:
    """How far a service has been told of the play log.

    Attributes:
        cursor: Id of the last play told, 0 before the first.
        user: Name at the service, empty while unknown.
        sent: Plays sent so far.
        ignored: Plays that the service did not want.
        last_sent_at: When plays were sent last, None before the first.
    """

    cursor: int = 0
    user: str = ""
    sent: int = 0
    ignored: int = 0
    last_sent_at: UtcMs | None = None


class ScrobbleStore:
    """Reads the log from a place on. Nothing is queued twice: the log is the queue, each service has its place in it.

    Only our own plays that have ended count, never imported ones; of tracks longer than 30 s, heard for half of their
    length or four minutes. While a play stands open, those that began after it wait, so that none is passed over.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def waiting(self, after: int, limit: int) -> list[Listen]:
        """The first `limit` plays after the place `after`, in the order in which they began."""
        with self._connections.reading() as connection:
            statement = _LISTENS.where(*_counts(after)).order_by(PlayRow.id).limit(limit)
            return [_listen(row) for row in connection.execute(statement)]

    def count(self, after: int) -> int:
        """How many plays wait after a place."""
        statement: Select[Any] = (
            select(func.count()).select_from(PlayRow).join(TrackRow, TrackRow.id == PlayRow.track_id)
        )
        with self._connections.reading() as connection:
            return int(connection.execute(statement.where(*_counts(after))).scalar_one())

    def end(self) -> int:
        """The place from which on only plays to come are told; one that sounds now is among them."""
        with self._connections.reading() as connection:
            first_open = connection.execute(_FIRST_OPEN).scalar()
        return self.newest() if first_open is None else int(first_open) - 1

    def newest(self) -> int:
        """The place of the newest play, 0 where there is none."""
        with self._connections.reading() as connection:
            return int(connection.execute(select(func.max(PlayRow.id))).scalar() or 0)

    def account(self, service: str) -> ScrobbleAccount:
        """Return what is known of a service, by its short name."""
        with self._connections.reading() as connection:
            row = connection.execute(_ACCOUNTS.where(ScrobbleAccountRow.service == service)).first()
        return ScrobbleAccount() if row is None else ScrobbleAccount(*row)

    def save_account(self, service: str, account: ScrobbleAccount) -> None:
        """Store what is known of a service."""
        values = {field.name: getattr(account, field.name) for field in fields(account)}
        statement = upsert(ScrobbleAccountRow).values(service=service, **values)
        with self._connections.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["service"], set_=values))


_ACCOUNTS = select(*(getattr(ScrobbleAccountRow, field.name) for field in fields(ScrobbleAccount)))
_FIRST_OPEN = select(func.min(PlayRow.id)).where(PlayRow.end_reason.is_(None))
_BEYOND = 2**62

_LISTENS = (
    select(
        PlayRow.id,
        PlayRow.started_at,
        PlayRow.duration_ms,
        TrackRow.title,
        TrackRow.artist,
        func.coalesce(AlbumRow.title, ""),
        func.coalesce(AlbumRow.artist, ""),
        TrackRow.track_no,
        func.coalesce(TrackDetailRow.mb_recording_id, ""),
        PlayRow.start_reason != StartReason.UP_NEXT,
    )
    .join(TrackRow, TrackRow.id == PlayRow.track_id)
    .outerjoin(AlbumRow, AlbumRow.id == TrackRow.album_id)
    .outerjoin(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)
)


def _counts(after: int) -> tuple[ColumnElement[bool], ...]:
    """The rule, as conditions."""
    heard = or_(
        PlayRow.listened_ms >= COUNT_MS,
        PlayRow.listened_ms >= COUNT_FRACTION * PlayRow.duration_ms,
    )
    return (
        PlayRow.id > after,
        PlayRow.source.is_(None),
        PlayRow.id < func.coalesce(_FIRST_OPEN.scalar_subquery(), _BEYOND),
        PlayRow.duration_ms > SHORTEST_MS,
        heard,
        TrackRow.artist != "",
        TrackRow.title != "",
    )


def _listen(row: Any) -> Listen:
    return Listen(*row)
