"""Cached per-track counters, always made from the log by the domain's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, SQLColumnExpression, delete, func, insert, select, true

from player.domain import EndReason, Outcome, StartReason, counts_as_play, outcome
from player.storage._revisions import STATS, advance
from player.storage._vectors import chunks
from player.storage.schema import PlayRow, PriorRow, ThumbRow, TrackStatRow


@dataclass(slots=True)
class _Tally:
    """Counters of one track while they are added up.

    Attributes:
        own: Plays by this player.
        imported: Plays that other programs logged with their times.
        prior: The largest count without times that another program reported.
        skips: Skips in the log.
        prior_skips: The largest skip count that another program reported.
        last: Start of the last play.
        thumb: The last thumb.
    """

    own: int = 0
    imported: int = 0
    prior: int = 0
    skips: int = 0
    prior_skips: int = 0
    last: int | None = None
    thumb: int = 0

    def heard(self, started_at: int | None) -> None:
        if started_at is not None and (self.last is None or started_at > self.last):
            self.last = started_at

    def row(self, track_id: int) -> dict[str, int | None]:
        return {
            "track_id": track_id,
            # A count and a log of another program tell of the same plays: the larger counts, not their sum.
            "play_count": self.own + max(self.imported, self.prior),
            "skip_count": self.skips + self.prior_skips,
            "last_played_at": self.last,
            "thumb": self.thumb,
        }


def refresh_counters(connection: Connection, track_ids: Iterable[int] | None) -> None:
    """Make the counters of these tracks (None: of all) again, in the caller's transaction."""
    if track_ids is None:
        connection.execute(delete(TrackStatRow))
        _write(connection, None)
    else:
        for part in chunks(sorted({int(key) for key in track_ids})):
            connection.execute(delete(TrackStatRow).where(TrackStatRow.track_id.in_(part)))
            _write(connection, part)
    advance(connection, STATS)


def _write(connection: Connection, ids: Sequence[int] | None) -> None:
    tallies: dict[int, _Tally] = {}
    _add_plays(connection, ids, tallies)
    _add_priors(connection, ids, tallies)
    newest = select(func.max(ThumbRow.id)).where(_one_of(ThumbRow.track_id, ids)).group_by(ThumbRow.track_id)
    for track_id, value in connection.execute(select(ThumbRow.track_id, ThumbRow.value).where(ThumbRow.id.in_(newest))):
        tallies.setdefault(track_id, _Tally()).thumb = value
    rows = [tally.row(track_id) for track_id, tally in tallies.items()]
    if rows:
        connection.execute(insert(TrackStatRow), rows)


def _one_of(column: SQLColumnExpression[int], ids: Sequence[int] | None) -> SQLColumnExpression[bool]:
    return true() if ids is None else column.in_(ids)


def _add_plays(connection: Connection, ids: Sequence[int] | None, tallies: dict[int, _Tally]) -> None:
    statement = select(
        PlayRow.track_id,
        PlayRow.started_at,
        PlayRow.listened_ms,
        PlayRow.duration_ms,
        PlayRow.end_reason,
        PlayRow.start_reason == StartReason.IMPORTED,
    ).where(_one_of(PlayRow.track_id, ids), PlayRow.end_reason.is_not(None))
    for track_id, started_at, listened_ms, duration_ms, end_reason, imported in connection.execute(statement):
        tally = tallies.setdefault(track_id, _Tally())
        counted = counts_as_play(listened_ms, duration_ms) or (imported and end_reason is EndReason.FINISHED)
        if counted and imported:
            tally.imported += 1
        elif counted:
            tally.own += 1
        kind = outcome(listened_ms, end_reason, duration_ms)
        tally.skips += kind is Outcome.SKIPPED
        if counted or kind is Outcome.PLAYED:
            tally.heard(started_at)


def _add_priors(connection: Connection, ids: Sequence[int] | None, tallies: dict[int, _Tally]) -> None:
    statement = select(PriorRow.track_id, PriorRow.play_count, PriorRow.skip_count, PriorRow.last_played_at).where(
        _one_of(PriorRow.track_id, ids)
    )
    for track_id, plays, skips, last in connection.execute(statement):
        tally = tallies.setdefault(track_id, _Tally())
        tally.prior = max(tally.prior, plays)
        tally.prior_skips = max(tally.prior_skips, skips)
        tally.heard(last)
