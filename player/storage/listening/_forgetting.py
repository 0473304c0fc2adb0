"""Deleting what is known of the listener so that nothing of it stays in the file."""

from __future__ import annotations

from sqlalchemy import delete, text

from player.storage._engine import Connections
from player.storage.listening._play_counters import refresh_counters
from player.storage.schema import (
    DismissalRow,
    ForeignCountRow,
    ForeignPlayRow,
    FreshStartRow,
    LastTrainingRow,
    ModelRow,
    PlayRow,
    PositionRow,
    PriorRow,
    QueueEntryRow,
    QueuePlayedRow,
    QueueRow,
    QueueUnshuffledRow,
    ScrobbleAccountRow,
    StarRow,
    ThumbRow,
)

_LEARNED = (ModelRow, LastTrainingRow)
_LISTENING = (
    PlayRow,
    ThumbRow,
    StarRow,
    DismissalRow,
    FreshStartRow,
    PriorRow,
    QueueEntryRow,
    QueuePlayedRow,
    QueueUnshuffledRow,
    QueueRow,
    PositionRow,
    ScrobbleAccountRow,
)


def delete_learned(connections: Connections) -> None:
    """Delete the versions of the model and when they were trained; the log stays.

    Raises:
        ProfileError: the database cannot be written.
    """
    with connections.writing(durable=True) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for table in _LEARNED:
            connection.execute(delete(table))
    connections.scrub()


def delete_listening(connections: Connections) -> None:
    """Delete plays, thumbs, stars, dismissals, imported counts, queues and models, and the numbers they had.

    Raises:
        ProfileError: the database cannot be written.
    """
    with connections.writing(durable=True) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for table in (*_LISTENING, ForeignPlayRow, ForeignCountRow, *_LEARNED):
            connection.execute(delete(table))
        # How many plays there were would still be read off the next id.
        for table in _LISTENING:
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.__tablename__})
        refresh_counters(connection, None)
    connections.scrub()
