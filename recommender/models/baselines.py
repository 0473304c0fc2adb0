"""Rules that use one signal each, and a fixed blend of four: what the network has to beat.

All follow the `Model` protocol over every item of a catalogue. Times are UTC milliseconds at this border.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender._api import Event, FloatArray
from recommender.models._catalogue import Catalogue
from recommender.models._signals import Signals

_AGAIN = np.float32(1e-6)
"""What is left of the score of a track that was played in this session."""
_AGAIN_IN_BLEND = np.float32(0.5)
"""The same in the blend, for what followed or stood near it before: people do hear a track twice in a row."""
_BACK_OFF = np.float32(1e-3)
"""Part of memory where a sequence has nothing to say."""

Rule = Callable[[Signals, float], FloatArray]


class RuleModel:
    """One rule over the signals of one listener.

    Args:
        name: As reports call it.
        rule: Scores every item from the signals at a time in hours.
        catalogue: The items.
    """

    def __init__(self, name: str, rule: Rule, catalogue: Catalogue) -> None:
        self.name = name
        self._rule = rule
        self._signals = Signals(catalogue)

    def observe(self, event: Event) -> None:
        """Learn from one event."""
        self._signals.observe(event)

    def scores(self, now: int) -> FloatArray:
        """Score of every item as the next at `now` (UTC ms), float32[N]."""
        self._signals.refresh()
        return self._rule(self._signals, self._signals.hours(now))


def frequency(signals: Signals, _now: float) -> FloatArray:
    """Plays so far."""
    return signals.memory.counts.copy()


def recency(signals: Signals, _now: float) -> FloatArray:
    """The later played, the better."""
    scores = np.zeros(len(signals), np.float32)
    order = np.argsort(signals.memory.last_index(), kind="stable")
    scores[signals.memory.played[order]] = np.arange(1, len(order) + 1)
    return scores


def actr(signals: Signals, now: float) -> FloatArray:
    """ACT-R activation with decay 0.5."""
    return signals.memory.activation(0.5, now)


def transitions(signals: Signals, now: float) -> FloatArray:
    """What followed the last play, later occurrences first; memory where nothing did."""
    return signals.transitions.played.values + _back_off(signals, now)


def seqknn(signals: Signals, now: float) -> FloatArray:
    """Sequence kNN; memory where it has nothing."""
    return signals.neighbours.near.values + _back_off(signals, now)


def artist(signals: Signals, now: float) -> FloatArray:
    """Tracks of the last artist by their plays, not twice in a session."""
    scores = _same_artist(signals)
    return np.where(signals.in_session(now), scores * _AGAIN, scores)


def blend_fixed(signals: Signals, now: float) -> FloatArray:
    """The mean of memory, transitions, kNN and artist, each as a share.

    Memory and artist leave out the tracks of this session, transitions and kNN count them half: where a track was
    heard twice in a row before, they are the best there is.
    """
    again = signals.in_session(now) > 0
    parts = (
        np.where(again, _AGAIN, 1) * actr(signals, now),
        np.where(again, _AGAIN_IN_BLEND, 1) * signals.transitions.played.values,
        np.where(again, _AGAIN_IN_BLEND, 1) * signals.neighbours.near.values,
        np.where(again, _AGAIN, 1) * _same_artist(signals),
    )
    return sum((_share(part) for part in parts), np.zeros(len(signals), np.float32)) / np.float32(len(parts))


RULES: dict[str, Rule] = {
    "frequency": frequency,
    "recency": recency,
    "actr": actr,
    "transitions": transitions,
    "seqknn": seqknn,
    "artist": artist,
    "blend_fixed": blend_fixed,
}
"""Rules by name."""


def _share(scores: FloatArray) -> FloatArray:
    return scores / np.float32(scores.sum() + 1e-12)


def _back_off(signals: Signals, now: float) -> FloatArray:
    memory = _share(actr(signals, now))
    return np.where(signals.in_session(now), memory * _AGAIN, memory) * _BACK_OFF


def _same_artist(signals: Signals) -> FloatArray:
    scores = np.zeros(len(signals), np.float32)
    artists = signals.artists.recent_artists()
    if artists:
        members = signals.artists.members(artists[0])
        counts = signals.memory.counts[members]
        scores[members] = (1 + counts) / (1 + counts.sum())
    return scores
