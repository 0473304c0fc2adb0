"""Copies: tracks of the same sound, recording or name by the same artist; and what the user said of them."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, func, select

from player.storage._vectors import LongArray
from player.storage.schema import CopyChoiceRow, TrackDetailRow, TrackRow, TrackState

SAME_LENGTH_MS = 5_000
"""Recordings of one name are copies when their lengths differ by no more: a live version is another recording."""

MAX_NAMES = 3
"""Names that tracks of the same sound may bear: a copy may be tagged otherwise, but what has many names (silence, a
placeholder, files made for a test) says nothing of the tracks."""


def read_copies(connection: Connection) -> list[LongArray]:
    """Ids of tracks that are copies of each other, in groups of two and more; a track may be in two groups."""
    listed = TrackRow.state != TrackState.REMOVED
    ids, lengths = func.group_concat(TrackRow.id), func.group_concat(TrackRow.duration_ms)
    several = func.count() > 1
    same_sound = (
        select(ids)
        .where(listed, TrackRow.audio_key.is_not(None))
        .group_by(TrackRow.audio_key, TrackRow.start_ms)
        .having(several, func.count(func.distinct(TrackRow.title_key + "\n" + TrackRow.artist_key)) <= MAX_NAMES)
    )
    named = (
        select(ids, lengths)
        .where(listed, TrackRow.title_key != "", TrackRow.artist_key != "")
        .group_by(TrackRow.title_key, TrackRow.artist_key)
        .having(several)
    )
    same_recording = (
        select(func.group_concat(TrackDetailRow.track_id))
        .join(TrackRow, TrackRow.id == TrackDetailRow.track_id)
        .where(listed, TrackDetailRow.mb_recording_id != "")
        .group_by(TrackDetailRow.mb_recording_id)
        .having(several)
    )
    groups = [_numbers(row[0]) for grouped in (same_sound, same_recording) for row in connection.execute(grouped)]
    for row in connection.execute(named):
        found, length = _numbers(row[0]), _numbers(row[1])
        by_length = np.argsort(length, kind="stable")
        apart = np.flatnonzero(np.diff(length[by_length]) > SAME_LENGTH_MS) + 1
        groups += [part for part in np.split(found[by_length], apart) if len(part) > 1]
    return _as_chosen(connection, groups)


def _as_chosen(connection: Connection, groups: list[LongArray]) -> list[LongArray]:
    """Add the pairs that the user called copies, and take apart those that are none."""
    choices = connection.execute(select(CopyChoiceRow.track_id, CopyChoiceRow.other_id, CopyChoiceRow.same)).all()
    for one, other, same in choices:
        if same:
            groups.append(np.array([one, other], np.int64))
            continue
        split: list[LongArray] = []
        for group in groups:
            both = {one, other} <= set(group.tolist())
            split += [group[group != one], group[group != other]] if both else [group]
        groups = [group for group in split if len(group) > 1]
    return groups


def _numbers(text: str) -> LongArray:
    return np.array(text.split(","), np.int64)
