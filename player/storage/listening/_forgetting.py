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
    ModelRow,
    PlayRow,
    PriorRow,
    QueueEntryRow,
    QueueRow,
    SettingRow,
    ThumbRow,
)

LEARNED_STATES = ("training.last",)
"""States of parts, by their key, that say what was learned."""
LISTENING_STATES = ("queue.round", "playback.positions", "scrobbling.listenbrainz", "scrobbling.lastfm")
"""States of parts that say what was listened to."""

_LISTENING = (PlayRow, ThumbRow, DismissalRow, FreshStartRow, PriorRow, QueueEntryRow, QueueRow)


def delete_learned(connections: Connections) -> None:
    """Delete the versions of the model and when they were trained; the log stays.

    Raises:
        ProfileError: the database cannot be written.
    """
    with connections.writing(durable=True) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.execute(delete(ModelRow))
        connection.execute(delete(SettingRow).where(SettingRow.key.in_(LEARNED_STATES)))
    connections.scrub()


def delete_listening(connections: Connections) -> None:
    """Delete plays, thumbs, dismissals, imported counts, queues and models, and the numbers they had.

    Raises:
        ProfileError: the database cannot be written.
    """
    with connections.writing(durable=True) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for table in (*_LISTENING, ForeignPlayRow, ForeignCountRow, ModelRow):
            connection.execute(delete(table))
        states = LEARNED_STATES + LISTENING_STATES
        connection.execute(delete(SettingRow).where(SettingRow.key.in_(states)))
        # How many plays there were would still be read off the next id.
        for table in _LISTENING:
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.__tablename__})
        refresh_counters(connection, None)
    connections.scrub()
