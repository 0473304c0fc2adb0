"""The store of the play log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import (
    EndReason,
    LoggedPlay,
    Ms,
    PlayFinished,
    PlayId,
    TrackId,
    TrackStarted,
    UtcMs,
    utc_offset_minutes,
)
from player.storage._columns import PlayLog, read_plays
from player.storage._engine import Connections
from player.storage._marks import plays_mark
from player.storage.listening._imported import ImportedPlay, Prior, finished_row, import_row, not_logged_elsewhere
from player.storage.listening._play_counters import refresh_counters
from player.storage.listening._sessions import number_sessions, session_at
from player.storage.schema import PlayRow, PriorRow, TrackRow


class PlayStore:
    """The play log, append-only, and the counters derived from it.

    Opening and closing a play are on the disk when the call returns.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def open(self, event: TrackStarted) -> PlayId:
        """A track has started. Until `close` the row stands open; a crash leaves it so."""
        with self._connections.writing(durable=True) as connection:
            row = {
                "track_id": event.track_id,
                "started_at": event.started_at,
                "utc_offset_min": utc_offset_minutes(event.started_at),
                "duration_ms": event.duration_ms,
                "start_reason": event.reason,
                "queue_position": event.queue_position,
                "model_version": event.model_version,
                "score": event.score,
                "session": session_at(connection, event.started_at),
            }
            key = connection.execute(insert(PlayRow).values(row)).inserted_primary_key
            assert key is not None
            return PlayId(key[0])

    def progress(self, play_id: PlayId, listened_ms: Ms) -> None:
        """So much of an open play was heard by now; what a crash would leave. To be called every ten seconds."""
        with self._connections.writing() as connection:
            is_open = (PlayRow.id == play_id) & PlayRow.end_reason.is_(None)
            connection.execute(update(PlayRow).where(is_open).values(listened_ms=listened_ms))

    def close(self, play_id: PlayId, event: PlayFinished) -> None:
        """A play has ended. Closing one again changes nothing.

        A play that another program took for crashed when it started beside this one is put right.
        """
        with self._connections.writing(durable=True) as connection:
            values = {
                "ended_at": event.ended_at,
                "listened_ms": event.listened_ms,
                "end_reason": event.reason,
                "message": event.message,
            }
            is_open = PlayRow.end_reason.is_(None) | (PlayRow.end_reason == EndReason.CRASHED)
            connection.execute(update(PlayRow).where(PlayRow.id == play_id, is_open).values(values))
            refresh_counters(connection, [event.start.track_id])

    def close_crashed(self) -> int:
        """Close the plays that a crash left open, with what was last known to be heard; returns how many.

        For the start of the program, before the first play.
        """
        with self._connections.writing(durable=True) as connection:
            statement = select(PlayRow.id, PlayRow.track_id).where(PlayRow.end_reason.is_(None))
            rows = connection.execute(statement).all()
            if rows:
                values = {"end_reason": EndReason.CRASHED, "ended_at": PlayRow.started_at + PlayRow.listened_ms}
                connection.execute(update(PlayRow).where(PlayRow.end_reason.is_(None)).values(values))
                refresh_counters(connection, [row.track_id for row in rows])
            return len(rows)

    def count(self) -> int:
        """Plays in the log."""
        with self._connections.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(PlayRow)).scalar_one())

    def recent(self, n: int, before: UtcMs | None = None) -> list[LoggedPlay]:
        """The last `n` plays (before an instant), newest first."""
        statement = _LOGGED if before is None else _LOGGED.where(PlayRow.started_at < before)
        with self._connections.reading() as connection:
            return [_logged(row) for row in connection.execute(statement.limit(n))]

    def log(self, after: int = 0) -> PlayLog:
        """The log as columns, in time order; with `after` only plays whose ids are larger."""
        with self._connections.reading() as connection:
            return read_plays(connection, after)

    def settled(self) -> int:
        """The largest play id up to which no play is open."""
        with self._connections.reading() as connection:
            first_open = connection.execute(select(func.min(PlayRow.id)).where(PlayRow.end_reason.is_(None))).scalar()
            if first_open is not None:
                return int(first_open) - 1
            return int(connection.execute(select(func.max(PlayRow.id))).scalar() or 0)

    def mark(self, until: int) -> str:
        """Differs when a play with an id up to `until` differs, or has come or gone."""
        with self._connections.reading() as connection:
            return plays_mark(connection, until)

    def import_plays(self, source: str, plays: Sequence[ImportedPlay]) -> int:
        """Add another program's plays in one transaction; returns how many were new.

        Importing the same again adds nothing: a play is known by source, track and time. A play that another
        source (or this player) logged for the same track within a minute is the same play and is left out.

        Args:
            source: Short name of the program or service ("lastfm", "spotify").
            plays: In any order.
        """
        with self._connections.writing() as connection:
            before = connection.execute(select(func.count()).select_from(PlayRow)).scalar_one()
            fresh = not_logged_elsewhere(connection, source, plays)
            rows = [import_row(source, play) for play in fresh]
            if rows:
                connection.execute(upsert(PlayRow).on_conflict_do_nothing(), rows)
                number_sessions(connection)
                refresh_counters(connection, [play.track_id for play in fresh])
            after = connection.execute(select(func.count()).select_from(PlayRow)).scalar_one()
            return int(after - before)

    def append(self, plays: Sequence[PlayFinished]) -> None:
        """Add whole plays in one transaction, as `open` and `close` would have logged them one by one."""
        if not plays:
            return
        with self._connections.writing(durable=True) as connection:
            connection.execute(insert(PlayRow), [finished_row(play) for play in plays])
            number_sessions(connection)
            refresh_counters(connection, [play.start.track_id for play in plays])

    def set_priors(self, source: str, priors: Iterable[Prior]) -> None:
        """Keep what another program counted; once more from the same source replaces it, track by track."""
        rows: list[dict[str, Any]] = [
            {
                "track_id": prior.track_id,
                "source": source,
                "play_count": prior.play_count,
                "skip_count": prior.skip_count,
                "rating": prior.rating,
                "last_played_at": prior.last_played_at,
            }
            for prior in priors
        ]
        if not rows:
            return
        statement = upsert(PriorRow)
        replaced = {name: statement.excluded[name] for name in ("play_count", "skip_count", "rating", "last_played_at")}
        with self._connections.writing() as connection:
            keys = ["track_id", "source"]
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced), rows)
            refresh_counters(connection, [row["track_id"] for row in rows])

    def priors(self) -> list[Prior]:
        """What other programs counted: of several sources the larger count, the newest play, the mean rating."""
        statement = select(
            PriorRow.track_id,
            func.max(PriorRow.play_count),
            func.max(PriorRow.skip_count),
            func.avg(PriorRow.rating),
            func.max(PriorRow.last_played_at),
        ).group_by(PriorRow.track_id)
        with self._connections.reading() as connection:
            return [_prior(row) for row in connection.execute(statement)]

    def prior_sources(self) -> set[tuple[TrackId, str]]:
        """Which other programs have counted which tracks: pairs of track and source."""
        with self._connections.reading() as connection:
            rows = connection.execute(select(PriorRow.track_id, PriorRow.source))
            return {(TrackId(track_id), source) for track_id, source in rows}


_LOGGED = (
    select(
        PlayRow.id,
        PlayRow.track_id,
        TrackRow.title,
        TrackRow.artist,
        PlayRow.started_at,
        PlayRow.utc_offset_min,
        PlayRow.listened_ms,
        PlayRow.duration_ms,
        PlayRow.start_reason,
        PlayRow.end_reason,
        PlayRow.queue_position,
        PlayRow.model_version,
        PlayRow.score,
        PlayRow.session,
        PlayRow.message,
    )
    .join(TrackRow, TrackRow.id == PlayRow.track_id)
    .order_by(PlayRow.started_at.desc(), PlayRow.id.desc())
)


def _logged(row: Any) -> LoggedPlay:
    return LoggedPlay(*row)


def _prior(row: Any) -> Prior:
    return Prior(*row)
