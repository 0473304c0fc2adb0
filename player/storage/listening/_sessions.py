"""Listening sessions: numbered in time order, a new one after half an hour of silence."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, bindparam, func, select, update

from player.domain import SESSION_GAP_MS
from player.storage._vectors import columns
from player.storage.schema import PlayRow

_END = func.coalesce(PlayRow.ended_at, PlayRow.started_at + PlayRow.listened_ms)


def session_at(connection: Connection, started_at: int) -> int:
    """The listening session of a play that starts now: the last one's, or a new one after a gap."""
    last = connection.execute(
        select(PlayRow.session, _END).order_by(PlayRow.started_at.desc(), PlayRow.id.desc()).limit(1)
    ).first()
    if last is None:
        return 1
    session, ended_at = last
    return int(session) + (started_at - ended_at > SESSION_GAP_MS)


def number_sessions(connection: Connection) -> None:
    """Number the listening sessions of the whole log anew: imported plays lie between others."""
    statement = select(PlayRow.id, PlayRow.started_at, _END, PlayRow.session).order_by(PlayRow.started_at, PlayRow.id)
    ids, started, ended, old = columns(connection, statement, ("i8", "i8", "i8", "i8"))
    if not len(ids):
        return
    gaps = started[1:] - np.maximum.accumulate(ended)[:-1]
    numbers = np.concatenate([[1], 1 + np.cumsum(gaps > SESSION_GAP_MS)])
    changed = [{"of": int(ids[at]), "session": int(numbers[at])} for at in np.flatnonzero(numbers != old)]
    if changed:
        connection.execute(update(PlayRow).where(PlayRow.id == bindparam("of")), changed)
