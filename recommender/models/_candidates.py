"""Candidates: the few thousand items of a large library that are worth the ranker's time."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._signals import Signals
from recommender.models._sparse import distinct

_MEMORY = 600
_NEAR = 500
_WIDE = 800
_ARTISTS = 20
_PER_ARTIST = 60
_PER_RECENT_ARTIST = 200
_FOLLOWING_ARTISTS = 10
_UNPLAYED = 200
_HEARD = 100
"""Last things heard, skips too: a track that was only ever skipped may be listened to after all."""


def candidates(signals: Signals, now: float, limit: int = 3000) -> IntArray:
    """Items for the ranker at `now` (hours), ascending, each once; all items of a library of up to `limit`."""
    size = len(signals)
    if size <= limit:
        return np.arange(size, dtype=np.int32)
    signals.refresh()
    artists = signals.artists
    share = artists.memory(now)
    parts = [
        *_sequence(signals),
        _remembered(signals, now),
        artists.album_members(signals.history.last_item)[:_PER_RECENT_ARTIST],
        *(artists.members(artist)[:_PER_RECENT_ARTIST] for artist in artists.recent_artists()),
        *(artists.members(int(artist))[:_PER_ARTIST] for artist in _best(share, _ARTISTS)),
        *(artists.members(int(artist))[:_PER_ARTIST] for artist in artists.follows.top(_FOLLOWING_ARTISTS)),
        signals.history.heard.items.values[-_HEARD:],
        np.flatnonzero(signals.thumbs > 0)[:_UNPLAYED].astype(np.int32),
    ]
    chosen = distinct(parts, size)
    return distinct([chosen, _unplayed(signals, max(limit - len(chosen), _UNPLAYED))], size)


def background(signals: Signals, now: float) -> FloatArray:
    """Cheap score of every item, float32[N] within 0 to 1, to order what is below the candidates."""
    share = signals.artists.memory(now)
    artist = signals.catalogue.artists.of
    affinity = np.where(artist >= 0, share[artist], 0) if len(share) else np.zeros(len(signals))
    counts = signals.memory.counts
    return np.asarray(counts / (counts + 4.0) * 0.5 + affinity * 0.5, np.float32)


def _sequence(signals: Signals) -> list[IntArray]:
    transitions, neighbours = signals.transitions, signals.neighbours
    return [
        transitions.follows.touched(),
        transitions.near.top(_NEAR),
        transitions.before.top(_NEAR),
        neighbours.near.top(_NEAR),
        neighbours.wide.top(_WIDE),
    ]


def _remembered(signals: Signals, now: float) -> IntArray:
    played = signals.memory.played
    if len(played) <= _MEMORY:
        return played
    activation = signals.memory.played_activation(0.5, now)
    return played[np.argpartition(-activation, _MEMORY)[:_MEMORY]]


def _best(scores: FloatArray, count: int) -> IntArray:
    best = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return best[scores[best] > 0].astype(np.int32)


def _unplayed(signals: Signals, count: int) -> IntArray:
    """A draw of items, another one after each event, the same one for the same history."""
    random = np.random.default_rng(len(signals.history))
    drawn = random.integers(0, len(signals), 2 * count).astype(np.int32)
    return np.asarray(drawn[signals.memory.counts[drawn] == 0][:count], np.int32)
