"""What the logs say about listening and learning; plain arithmetic on frozen columns, for any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from player.domain import COUNT_MS, LISTEN_MS, EndReason, ModelVersion, Track, TrackId, UtcMs
from player.storage import Database, PlayLog

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
WEEKS = 16
RECENT_DAYS = 90
TOP = 8
MOST_JUDGED = 40
_SKIP_REASONS = (EndReason.SKIPPED, EndReason.PREVIOUS, EndReason.REPLACED)


@dataclass(frozen=True, slots=True)
class ArtistShare:
    """An artist's part of the last months.

    Attributes:
        name: The artist.
        plays: Plays in the last `RECENT_DAYS` days.
        before: Plays in as many days before those.
    """

    name: str
    plays: int
    before: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What is shown.

    Attributes:
        plays: All plays.
        weeks: Hours listened to in each of the last weeks, oldest first.
        skipped_suggested: Share of suggested plays that were skipped; None without any.
        skipped_picked: The same for what the user chose.
        artists: Most played artists of the last months.
        models: Versions trained here, oldest first.
        judged: Tracks with a thumb.
        put_off: Tracks left out for some days.
    """

    plays: int
    weeks: tuple[float, ...]
    skipped_suggested: float | None
    skipped_picked: float | None
    artists: tuple[ArtistShare, ...]
    models: tuple[ModelVersion, ...]
    judged: tuple[Track, ...]
    put_off: tuple[Track, ...]


def weekly_hours(log: PlayLog, now: int) -> tuple[float, ...]:
    """Hours listened to in each of the last `WEEKS` weeks, oldest first."""
    ages = (now - log.started_at) // WEEK_MS
    shown = (ages >= 0) & (ages < WEEKS)
    hours = np.bincount(ages[shown], weights=log.listened_ms[shown] / 3_600_000, minlength=WEEKS)
    return tuple(float(value) for value in hours[::-1])


def skip_share(log: PlayLog, end_reasons: Sequence[EndReason], *, suggested: bool) -> float | None:
    """Share of plays that were skipped, after the rule `domain.outcome`; None without plays that say something."""
    codes = np.array([end_reasons.index(reason) for reason in _SKIP_REASONS], dtype=log.end_reason.dtype)
    heard = log.listened_ms >= LISTEN_MS
    finished = log.end_reason == end_reasons.index(EndReason.FINISHED)
    skipped = np.isin(log.end_reason, codes) & ~heard
    asked = (log.suggested == suggested) & ~log.imported & (skipped | heard | finished)
    total = int(asked.sum())
    return float((skipped & asked).sum() / total) if total else None


def top_artists(log: PlayLog, names: dict[int, str], now: int) -> tuple[ArtistShare, ...]:
    """The artists played most in the last `RECENT_DAYS` days.

    Args:
        log: The plays.
        names: Artist of each track by its id.
        now: The present instant, UTC ms.
    """
    counted = (log.listened_ms >= np.minimum(log.duration_ms // 2, COUNT_MS)) & (log.duration_ms > 0)
    ages = (now - log.started_at) // (RECENT_DAYS * DAY_MS)
    counts: dict[str, list[int]] = {}
    for track, age in zip(log.track_id[counted].tolist(), ages[counted].tolist(), strict=True):
        if age in (0, 1) and (name := names.get(track)):
            counts.setdefault(name, [0, 0])[age] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(ArtistShare(name, recent, before) for name, (recent, before) in ranked[:TOP] if recent)


def gather(db: Database, now: UtcMs, end_reasons: Sequence[EndReason]) -> Insights:
    """Read the logs and sum them up; for a lane."""
    log = db.plays.log()
    recent = np.unique(log.track_id[log.started_at > now - 2 * RECENT_DAYS * DAY_MS])
    tracks = db.tracks.get([TrackId(track) for track in recent.tolist()])
    names = {int(track.id): track.artist for track in tracks}
    thumbs = [track for track, value in db.thumbs.current().items() if value]
    return Insights(
        plays=len(log.track_id),
        weeks=weekly_hours(log, now),
        skipped_suggested=skip_share(log, end_reasons, suggested=True),
        skipped_picked=skip_share(log, end_reasons, suggested=False),
        artists=top_artists(log, names, now),
        models=tuple(sorted(db.models.all(), key=lambda model: model.trained_at)),
        judged=tuple(db.tracks.get(thumbs[-MOST_JUDGED:])),
        put_off=tuple(db.tracks.get(list(db.thumbs.dismissed(now))[-MOST_JUDGED:])),
    )
