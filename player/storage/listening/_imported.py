"""Plays that come into the log as a whole, most from other programs; and what those counted without times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, select

from player.domain import EndReason, Ms, PlayFinished, StartReason, TrackId, UtcMs, utc_offset_minutes
from player.storage._vectors import LongArray, chunks
from player.storage.schema import PlayRow

SAME_PLAY_MS = 60_000
"""Plays of one track by two programs that begin within this are one play, reported twice."""


@dataclass(frozen=True, slots=True)
class ImportedPlay:
    """A play that another program logged.

    Attributes:
        track_id: What was played.
        started_at: When it began.
        listened_ms: Sound heard; where unknown, the track's length.
        duration_ms: Length of the track.
        end_reason: Why it ended; FINISHED where unknown.
        start_reason: Why it started; of another Segue's own plays what that knew, else IMPORTED.
        utc_offset_min: Minutes local time was ahead of UTC; None: what it would have been here.
        queue_position: Position in the queue.
        model_version: Model that suggested it.
        score: Score with which it was suggested.
    """

    track_id: TrackId
    started_at: UtcMs
    listened_ms: Ms
    duration_ms: Ms
    end_reason: EndReason = EndReason.FINISHED
    start_reason: StartReason = StartReason.IMPORTED
    utc_offset_min: int | None = None
    queue_position: int = 0
    model_version: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """What another program knew about a track without times.

    Attributes:
        track_id: The track.
        play_count: Plays before this log began.
        skip_count: Skips likewise.
        rating: 0 to 1; None where not rated.
        last_played_at: Last play, None where unknown.
    """

    track_id: TrackId
    play_count: int = 0
    skip_count: int = 0
    rating: float | None = None
    last_played_at: UtcMs | None = None


def not_logged_elsewhere(connection: Connection, source: str, plays: Sequence[ImportedPlay]) -> list[ImportedPlay]:
    """`plays` without those that this player or another source logged at about the same time."""
    elsewhere: dict[int, list[int]] = {}
    track_ids = sorted({int(play.track_id) for play in plays})
    for part in chunks(track_ids):
        other = select(PlayRow.track_id, PlayRow.started_at).where(
            PlayRow.track_id.in_(part), func.coalesce(PlayRow.source, "") != source
        )
        for track_id, started_at in connection.execute(other):
            elsewhere.setdefault(track_id, []).append(started_at)
    times = {track_id: np.sort(np.array(found)) for track_id, found in elsewhere.items()}
    return [play for play in plays if not near(times.get(play.track_id), play.started_at)]


def near(times: LongArray | None, at: int) -> bool:
    """Whether one of these sorted times is that of a play that began `at`, told by somebody else."""
    if times is None:
        return False
    place = int(np.searchsorted(times, at - SAME_PLAY_MS))
    return place < len(times) and int(times[place]) <= at + SAME_PLAY_MS


def import_row(source: str, play: ImportedPlay) -> dict[str, object]:
    """A row of the log; its session is numbered when all are in."""
    offset = utc_offset_minutes(play.started_at) if play.utc_offset_min is None else play.utc_offset_min
    return {
        "track_id": play.track_id,
        "started_at": play.started_at,
        "utc_offset_min": offset,
        "ended_at": play.started_at + play.listened_ms,
        "listened_ms": play.listened_ms,
        "duration_ms": play.duration_ms,
        "start_reason": play.start_reason,
        "end_reason": play.end_reason,
        "queue_position": play.queue_position,
        "model_version": play.model_version,
        "score": play.score,
        "session": 0,
        "source": source,
    }


def finished_row(play: PlayFinished) -> dict[str, object]:
    """A whole play of our own as a row of the log; likewise."""
    return {
        "track_id": play.start.track_id,
        "started_at": play.start.started_at,
        "utc_offset_min": utc_offset_minutes(play.start.started_at),
        "ended_at": play.ended_at,
        "listened_ms": play.listened_ms,
        "duration_ms": play.start.duration_ms,
        "start_reason": play.start.reason,
        "end_reason": play.reason,
        "queue_position": play.start.queue_position,
        "model_version": play.start.model_version,
        "score": play.start.score,
        "session": 0,
        "message": play.message,
    }
