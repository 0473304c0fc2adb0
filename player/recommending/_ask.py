"""Questions to the recommender and judgements for it: plain words, without loading it.

The window must be there before ONNX Runtime and SciPy are: they are loaded in the lane, at the first question.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from player.domain import TrackId, UtcMs
from player.paths import shipped

EXTRACTOR = "musicnn-msd-1"
"""Name and version of what makes the content vectors; another one makes them all anew."""


class Judgement(StrEnum):
    """What the listener says about a track."""

    UP = "up"
    DOWN = "down"
    CLEARED = "cleared"
    NOT_NOW = "not_now"
    WANTED = "wanted"
    """Queued, or moved forward among what is queued."""


THUMBS = {1: Judgement.UP, -1: Judgement.DOWN, 0: Judgement.CLEARED}


@dataclass(frozen=True, slots=True)
class Ask:
    """What suggestions are wanted for.

    Attributes:
        k: How many.
        now: The present instant.
        playing: What sounds now; None in silence.
        queued: What stands in the queue before the suggestions, in order.
        exclude: What must not be suggested.
        adventurousness: -1 familiar, 0 balanced, 1 adventurous.
        seed: Another one gives other suggestions.
        focus: "More like these": what the suggestions shall be close to; empty for the usual choice.
    """

    k: int
    now: UtcMs
    playing: TrackId | None = None
    queued: tuple[TrackId, ...] = ()
    exclude: tuple[TrackId, ...] = ()
    adventurousness: float = 0.0
    seed: int = 0
    focus: tuple[TrackId, ...] = ()


def seed_of_the_day(now: UtcMs) -> int:
    """The chance in a choice changes from day to day, not from one question to the next."""
    return now // 86_400_000


def base_model() -> Path:
    """The folder of the shipped model."""
    return shipped("resources", "models", "base")
