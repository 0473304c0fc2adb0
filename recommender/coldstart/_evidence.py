"""What the first plays, skips and thumbs say about tracks that are close to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender._api import EventKind, FloatArray, IntArray, PlaySource
from recommender._kinship import Kinship
from recommender.ranking import Listener

MAX_VERDICTS = 24
"""Tracks that others are compared with, the latest ones."""
THUMB = 2.0
CHOSEN = 1.0
"""Listened to, and chosen by the listener."""
ACCEPTED = 0.6
"""Listened to, but suggested."""
SKIPPED = -1.0
HINTED = 0.5
FADING = 0.93
"""What is left of the weight of a play after each later one."""
DOUBT = 0.8
"""Weight of the verdict "neither" that every estimate is drawn towards."""

_OUTCOMES = {EventKind.PLAYED: CHOSEN, EventKind.SKIPPED: SKIPPED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the listener made of one track.

    Attributes:
        item: The track.
        weight: Above 0 for liked, below for disliked.
        played: It was listened to.
        thumb: It has a thumb up.
    """

    item: int
    weight: float
    played: bool = False
    thumb: bool = False


def verdicts(listener: Listener, playing: int | None = None, playlists: Sequence[int] = ()) -> list[Verdict]:
    """What is known of the listener: thumbs, plays and skips, what sounds now, what is queued, what is in playlists.

    What was said last weighs most: a mood passes.
    """
    found: dict[int, Verdict] = {}
    for value in (1, -1):
        for item, _at in listener.latest_thumbs(value, MAX_VERDICTS // 2):
            found[item] = Verdict(item, value * THUMB, thumb=value > 0)
    if playing is not None:
        found.setdefault(playing, Verdict(playing, ACCEPTED))
    weight = 1.0
    for event in reversed(listener.recent):
        if event.item not in found and event.kind in _OUTCOMES:
            accepted = event.kind is EventKind.PLAYED and event.source is PlaySource.SUGGESTED
            made = ACCEPTED if accepted else _OUTCOMES[event.kind]
            found[event.item] = Verdict(event.item, weight * made, played=event.kind is EventKind.PLAYED)
        weight *= FADING
    for item, way, _at in listener.hints:
        found.setdefault(item, Verdict(item, HINTED * way))
    for item in playlists:
        found.setdefault(item, Verdict(item, HINTED))
    return list(found.values())[:MAX_VERDICTS]


@dataclass(frozen=True, slots=True)
class Field:
    """How candidates stand to the verdicts.

    Attributes:
        lean: Mean verdict on what is close, -1 all disliked to 1 all liked, 0 where nothing is; float32[C].
        cause: Index of the verdict that speaks most for each, -1 where none does; int32[C].
        closeness: How close each is to that one, float32[C].
    """

    lean: FloatArray
    cause: IntArray
    closeness: FloatArray


def field_of(found: Sequence[Verdict], kinship: Kinship, items: IntArray) -> Field:
    """A kernel estimate (Nadaraya 1964; Watson 1964) over the verdicts, drawn towards "neither"."""
    size = len(items)
    total, mass = np.zeros(size, np.float32), np.full(size, DOUBT, np.float32)
    cause, best = np.full(size, -1, np.int32), np.zeros(size, np.float32)
    closeness = np.zeros(size, np.float32)
    for number, verdict in enumerate(found):
        near = kinship.to(verdict.item, items)
        near[items == verdict.item] = 1
        weight = np.float32(abs(verdict.weight)) * near
        total += np.float32(np.sign(verdict.weight)) * weight
        mass += weight
        if verdict.weight > 0:
            better = (weight > best) & (items != verdict.item)
            cause[better], closeness[better] = number, near[better]
            np.maximum(best, np.where(better, weight, 0), out=best)
    return Field(total / mass, cause, closeness)
