"""What the logs say about listening and learning; plain arithmetic on frozen columns, for any thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from player.domain import COUNT_MS, ModelVersion, StartReason, Track, TrackId, UtcMs
from player.storage import START_REASONS, Database, PlayLog

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
WEEKS = 16
RECENT_DAYS = 90
TOP = 8
MOST_JUDGED = 40
MOST_SKIPPED = 6
EFFECT_DAYS = 30
"""What a thumb or a skip changed is looked for in so many days before and after it."""
FEW_PLAYS = 5
"""A share of fewer plays than this says nothing."""


FIGURES = ("hr10", "mrr20", "skip_auc")
"""Figures of a version of the model, as its report names them."""


class Fate(Enum):
    """What became of a version of the model."""

    IN_USE = 0
    USED = 1
    """It was in use, until a better one came."""
    ROLLED_BACK = 2
    """It was in use, until the listener went back to an earlier one."""
    REJECTED = 3
    """It was not better than the one in use, and was not taken."""


def fates(models: Iterable[ModelVersion]) -> dict[str, Fate]:
    """What became of each version."""
    models = list(models)
    since = next((model.trained_at for model in models if model.active), 0)

    def fate(model: ModelVersion) -> Fate:
        if model.active:
            return Fate.IN_USE
        if not model.promoted:
            return Fate.REJECTED
        return Fate.ROLLED_BACK if model.trained_at > since else Fate.USED

    return {model.version: fate(model) for model in models}


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
class Effect:
    """How often an artist was chosen for the listener before and after they judged one of their tracks.

    Attributes:
        before: Share of the suggested plays of the days before; None without enough plays.
        after: The same for the days after.
    """

    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An artist whose suggested tracks were skipped.

    Attributes:
        name: The artist.
        skips: How often in the last `RECENT_DAYS` days.
        effect: What that changed, seen from the first of these skips.
    """

    name: str
    skips: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Insights:
    """What is shown.

    Attributes:
        plays: All plays.
        weeks: Hours listened to in each of the last weeks, oldest first.
        kept: Share of suggested plays not skipped in each of these weeks; None for weeks with hardly any.
        skipped_suggested: Share of suggested plays that were skipped; None without any.
        skipped_picked: The same for what the user chose.
        artists: Most played artists of the last months.
        models: Versions trained here, oldest first.
        judged: Tracks with a thumb.
        effects: What the thumb on a judged track changed, by track.
        skipped: Artists whose suggested tracks were skipped most.
        put_off: Tracks left out for some days.
    """

    plays: int
    weeks: tuple[float, ...]
    kept: tuple[float | None, ...]
    skipped_suggested: float | None
    skipped_picked: float | None
    artists: tuple[ArtistShare, ...]
    models: tuple[ModelVersion, ...]
    judged: tuple[Track, ...]
    effects: dict[TrackId, Effect]
    skipped: tuple[Skipped, ...]
    put_off: tuple[Track, ...]


def weekly_hours(log: PlayLog, now: int) -> tuple[float, ...]:
    """Hours listened to in each of the last `WEEKS` weeks, oldest first."""
    ages = (now - log.started_at) // WEEK_MS
    shown = (ages >= 0) & (ages < WEEKS)
    hours = np.bincount(ages[shown], weights=log.listened_ms[shown] / 3_600_000, minlength=WEEKS)
    return tuple(float(value) for value in hours[::-1])


def chosen_for(log: PlayLog) -> npt.NDArray[np.bool_]:
    """Which plays Segue had chosen, bool[P]."""
    by_itself: npt.NDArray[np.bool_] = log.start_reason == START_REASONS.index(StartReason.UP_NEXT)
    return log.suggested | by_itself


def judgements(log: PlayLog) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which plays were skipped, and which were skipped or heard and so say something, bool[P] each."""
    skipped = log.skipped & ~log.imported
    return skipped, (skipped | log.played) & ~log.imported


def skip_share(log: PlayLog, *, suggested: bool) -> float | None:
    """Share of plays that were skipped, after the rule `domain.outcome`; None without plays that say something."""
    skipped, telling = judgements(log)
    asked = (chosen_for(log) == suggested) & telling
    total = int(asked.sum())
    return float((skipped & asked).sum() / total) if total else None


def weekly_kept(log: PlayLog, now: int) -> tuple[float | None, ...]:
    """Share of suggested plays that were not skipped in each of the last `WEEKS` weeks, oldest first."""
    skipped, telling = judgements(log)
    ages = (now - log.started_at) // WEEK_MS
    asked = chosen_for(log) & telling & (ages >= 0) & (ages < WEEKS)
    total = np.bincount(ages[asked], minlength=WEEKS)
    lost = np.bincount(ages[asked & skipped], minlength=WEEKS)
    shares = [1.0 - float(b / a) if a >= FEW_PLAYS else None for a, b in zip(total, lost, strict=True)]
    return tuple(shares[::-1])


def effect_of(log: PlayLog, theirs: npt.NDArray[np.bool_], at: int) -> Effect:
    """What changed at an instant in how often an artist is suggested.

    Args:
        log: The plays.
        theirs: Which of them are the artist's, bool[P].
        at: The instant, UTC ms.
    """
    chosen, span = chosen_for(log), EFFECT_DAYS * DAY_MS

    def share(begin: int, end: int) -> float | None:
        within = chosen & (log.started_at > begin) & (log.started_at <= end)
        total = int(within.sum())
        return float((within & theirs).sum() / total) if total >= FEW_PLAYS else None

    return Effect(share(at - span, at), share(at, at + span))


def skipped_artists(log: PlayLog, names: dict[int, str], now: int) -> tuple[Skipped, ...]:
    """The artists whose suggested tracks were skipped most in the last `RECENT_DAYS` days, more than once."""
    skipped, _ = judgements(log)
    recent = np.flatnonzero(skipped & chosen_for(log) & (log.started_at > now - RECENT_DAYS * DAY_MS))
    found: dict[str, list[int]] = {}
    for play in recent.tolist():
        if name := names.get(int(log.track_id[play])):
            found.setdefault(name, []).append(int(log.started_at[play]))
    most = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_SKIPPED]
    return tuple(
        Skipped(name, len(times), effect_of(log, _by(log, names, name), min(times)))
        for name, times in most
        if len(times) > 1
    )


def _by(log: PlayLog, names: dict[int, str], name: str) -> npt.NDArray[np.bool_]:
    return np.isin(log.track_id, [track for track, artist in names.items() if artist == name])


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


def gather(db: Database, now: UtcMs) -> Insights:
    """Read the logs and sum them up; for a lane."""
    log = db.plays.log()
    recent = np.unique(log.track_id[log.started_at > now - 2 * RECENT_DAYS * DAY_MS])
    tracks = db.tracks.get([TrackId(track) for track in recent.tolist()])
    names = {int(track.id): track.artist for track in tracks}
    thumbs = db.thumbs.log()
    given = {TrackId(track): at for track, at in zip(thumbs.track_id.tolist(), thumbs.at.tolist(), strict=True)}
    judged = db.tracks.get([track for track, value in db.thumbs.current().items() if value][-MOST_JUDGED:])
    return Insights(
        plays=len(log.track_id),
        weeks=weekly_hours(log, now),
        kept=weekly_kept(log, now),
        skipped_suggested=skip_share(log, suggested=True),
        skipped_picked=skip_share(log, suggested=False),
        artists=top_artists(log, names, now),
        models=tuple(sorted(db.models.all(), key=lambda model: model.trained_at)),
        judged=tuple(judged),
        effects={t.id: effect_of(log, _by(log, names, t.artist), given[t.id]) for t in judged if t.id in given},
        skipped=skipped_artists(log, names, now),
        put_off=tuple(db.tracks.get(list(db.thumbs.dismissed(now))[-MOST_JUDGED:])),
    )
