"""The store of the queue and of past queues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from player.domain import (
    EntryId,
    Ms,
    Origin,
    QueueEntry,
    ReasonKind,
    ReasonText,
    SavedQueue,
    Suggestion,
    TrackId,
    UtcMs,
)
from player.storage._engine import Connections
from player.storage.schema import PositionRow, QueueEntryRow, QueuePlayedRow, QueueRow, QueueUnshuffledRow

PAST_QUEUES = 20
_HISTORY = 500


class QueueStore:
    """The queue as it survives a restart, and past queues to bring back.

    Of the entries already played the last 500 are kept. Entries of tracks that are gone from the library drop out.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, queue: SavedQueue, positions: Mapping[TrackId, Ms] | None = None) -> None:
        """Save the queue as it is now.

        Args:
            queue: The queue.
            positions: Where long tracks were left, in ms by track, oldest first; None leaves what is stored.
        """
        with self._connections.writing() as connection:
            connection.execute(delete(QueueRow).where(~QueueRow.past))
            _write(connection, queue, past=False)
            if positions is not None:
                _write_positions(connection, positions)

    def positions(self) -> dict[TrackId, Ms]:
        """Return where long tracks were left: position in ms by track, oldest first."""
        statement = select(PositionRow.track_id, PositionRow.position_ms).order_by(PositionRow.place)
        with self._connections.reading() as connection:
            return {TrackId(track): Ms(position) for track, position in connection.execute(statement)}

    def load(self) -> SavedQueue | None:
        """The queue as it was last saved; None if it never was."""
        with self._connections.reading() as connection:
            row = connection.execute(_QUEUES.where(~QueueRow.past).order_by(QueueRow.id.desc())).first()
            return None if row is None else _read(connection, row)

    def remember(self, queue: SavedQueue) -> None:
        """Keep a queue that is about to be replaced, to be brought back; the oldest ones go."""
        with self._connections.writing() as connection:
            _write(connection, queue, past=True)
            kept = select(QueueRow.id).where(QueueRow.past).order_by(QueueRow.id.desc()).limit(PAST_QUEUES)
            connection.execute(delete(QueueRow).where(QueueRow.past, QueueRow.id.not_in(kept)))

    def past(self, n: int = PAST_QUEUES) -> list[SavedQueue]:
        """The last `n` past queues, newest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(_QUEUES.where(QueueRow.past).order_by(QueueRow.id.desc()).limit(n)).all()
            return [_read(connection, row) for row in rows]


_QUEUES = select(
    QueueRow.id,
    QueueRow.position_ms,
    QueueRow.repeat,
    QueueRow.shuffle,
    QueueRow.stop_after_current,
    QueueRow.saved_at,
)
_ENTRIES = select(
    QueueEntryRow.position,
    QueueEntryRow.entry_id,
    QueueEntryRow.track_id,
    QueueEntryRow.origin,
    QueueEntryRow.start_reason,
    QueueEntryRow.pinned,
    QueueEntryRow.suggestion,
).order_by(QueueEntryRow.position)
_PLAYED = select(QueuePlayedRow.entry_id, QueuePlayedRow.track_id, QueuePlayedRow.start_reason).order_by(
    QueuePlayedRow.position
)
_UNSHUFFLED = select(QueueUnshuffledRow.entry_id).order_by(QueueUnshuffledRow.position)


def _write(connection: Connection, queue: SavedQueue, *, past: bool) -> None:
    values = {
        "past": past,
        "saved_at": queue.saved_at,
        "position_ms": queue.position_ms,
        "repeat": queue.repeat,
        "shuffle": queue.shuffle,
        "stop_after_current": queue.stop_after_current,
    }
    key = connection.execute(insert(QueueRow).values(values)).inserted_primary_key
    assert key is not None
    history = queue.history[-_HISTORY:]
    placed = list(zip(range(-len(history), 0), history, strict=True))
    placed += [(0, queue.current)] if queue.current is not None else []
    placed += list(enumerate(queue.entries, 1))
    if placed:
        connection.execute(insert(QueueEntryRow), [_entry_row(key[0], at, entry) for at, entry in placed])
    if queue.played:
        connection.execute(
            insert(QueuePlayedRow),
            [
                {
                    "queue_id": key[0],
                    "position": at,
                    "entry_id": entry.id,
                    "track_id": entry.track_id,
                    "start_reason": entry.start_reason,
                }
                for at, entry in enumerate(queue.played)
            ],
        )
    if queue.unshuffled:
        connection.execute(
            insert(QueueUnshuffledRow),
            [{"queue_id": key[0], "position": at, "entry_id": entry} for at, entry in enumerate(queue.unshuffled)],
        )


def _write_positions(connection: Connection, positions: Mapping[TrackId, Ms]) -> None:
    connection.execute(delete(PositionRow))
    rows = [
        {"track_id": track, "place": place, "position_ms": position}
        for place, (track, position) in enumerate(positions.items())
    ]
    if rows:
        connection.execute(insert(PositionRow), rows)


def _entry_row(queue_id: int, position: int, entry: QueueEntry) -> dict[str, Any]:
    return {
        "queue_id": queue_id,
        "position": position,
        "entry_id": entry.id,
        "track_id": entry.track_id,
        "origin": entry.origin,
        "start_reason": entry.start_reason,
        "pinned": entry.pinned,
        "suggestion": None if entry.suggestion is None else _packed(entry.suggestion),
    }


def _packed(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "score": suggestion.score,
        "model": suggestion.model_version,
        "reasons": [[reason.kind.value, reason.text, reason.share] for reason in suggestion.reasons],
    }


def _unpacked(track_id: TrackId, packed: dict[str, Any]) -> Suggestion:
    kinds = set(ReasonKind)
    reasons = tuple(
        ReasonText(ReasonKind(kind), text, share) for kind, text, share in packed["reasons"] if kind in kinds
    )
    return Suggestion(track_id, packed["score"], reasons, packed["model"])


def _read(connection: Connection, row: Any) -> SavedQueue:
    placed: dict[int, QueueEntry] = {}
    for entry in connection.execute(_ENTRIES.where(QueueEntryRow.queue_id == row.id)):
        track_id = TrackId(entry.track_id)
        placed[entry.position] = QueueEntry(
            EntryId(entry.entry_id),
            track_id,
            entry.origin,
            entry.start_reason,
            entry.pinned,
            None if entry.suggestion is None else _unpacked(track_id, entry.suggestion),
        )
    return SavedQueue(
        entries=tuple(entry for at, entry in placed.items() if at > 0),
        current=placed.get(0),
        position_ms=Ms(row.position_ms),
        history=tuple(entry for at, entry in placed.items() if at < 0),
        repeat=row.repeat,
        shuffle=row.shuffle,
        stop_after_current=row.stop_after_current,
        saved_at=UtcMs(row.saved_at),
        played=tuple(
            QueueEntry(EntryId(entry), TrackId(track), Origin.USER, reason)
            for entry, track, reason in connection.execute(_PLAYED.where(QueuePlayedRow.queue_id == row.id))
        ),
        unshuffled=tuple(
            EntryId(entry)
            for entry in connection.execute(_UNSHUFFLED.where(QueueUnshuffledRow.queue_id == row.id)).scalars()
        ),
    )
