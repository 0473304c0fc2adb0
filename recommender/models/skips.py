"""Skips: how likely a track or an artist is skipped, shrunk towards the listener's own rate."""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import Bulk, DoubleArray, faded_sums
from recommender.models._catalogue import Catalogue

_ITEM_PRIOR = 2.0
_ARTIST_PRIOR = 3.0
_BASE_FADE = 0.995
_RECENT = 10
_TAU_HOURS = 1.0
_LEVEL_FLOOR = 0.05
NO_SKIPS_RECENT = float(np.log(_LEVEL_FLOOR))
"""The feature `artist_skips_recent` of an artist of whom nothing was skipped lately."""


class Skips:
    """Counts of plays and skips by track and artist."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._artist = catalogue.artists.of
        size, artists = len(catalogue), len(catalogue.artists)
        self._heard: FloatArray = np.zeros(size, np.float32)
        self._skipped: FloatArray = np.zeros(size, np.float32)
        self._last: FloatArray = np.zeros(size, np.float32)
        self._artist_heard: FloatArray = np.zeros(max(artists, 1), np.float32)
        self._artist_skipped: FloatArray = np.zeros(max(artists, 1), np.float32)
        self._artist_level: DoubleArray = np.zeros(max(artists, 1))
        self._artist_at: DoubleArray = np.zeros(max(artists, 1))
        self._base = 0.3
        self._recent: list[bool] = []

    def add(self, item: int, at: float, skipped: bool) -> None:
        """Remember how a play that ended at `at` (hours) ended."""
        artist = int(self._artist[item])
        self._heard[item] += 1.0
        self._skipped[item] += skipped
        self._last[item] = skipped
        if artist >= 0:
            self._artist_heard[artist] += 1.0
            self._artist_skipped[artist] += skipped
            faded = self._artist_level[artist] * np.exp((self._artist_at[artist] - at) / _TAU_HOURS)
            self._artist_level[artist], self._artist_at[artist] = faded + skipped, at
        self._base = _BASE_FADE * self._base + (1 - _BASE_FADE) * skipped
        self._recent = [*self._recent[1 - _RECENT :], skipped]

    def load(self, bulk: Bulk) -> None:
        """As if these events had been added one by one."""
        known = bulk.played | bulk.skipped
        items, skipped, ends = bulk.items[known], bulk.skipped[known], bulk.ends[known]
        if not len(items):
            return
        size = len(self._heard)
        self._heard = np.bincount(items, minlength=size).astype(np.float32)
        self._skipped = np.bincount(items, weights=skipped, minlength=size).astype(np.float32)
        self._last[items] = skipped
        faded = _BASE_FADE ** np.arange(len(items) - 1, -1, -1)
        self._base = float(_BASE_FADE ** len(items) * self._base + (1 - _BASE_FADE) * (faded @ skipped))
        self._recent = skipped[-_RECENT:].tolist()
        artist = self._artist[items]
        owned = artist >= 0
        artist, skipped, ends = artist[owned], skipped[owned], ends[owned]
        count = len(self._artist_heard)
        self._artist_heard = np.bincount(artist, minlength=count).astype(np.float32)
        self._artist_skipped = np.bincount(artist, weights=skipped, minlength=count).astype(np.float32)
        self._artist_level, at = faded_sums(artist, ends, skipped, count, _TAU_HOURS)
        self._artist_at = np.where(np.isnan(at), self._artist_at, at)

    @property
    def base(self) -> float:
        """The listener's skip rate over the last few hundred events."""
        return self._base

    def recent(self, count: int) -> float:
        """Share of skips in the last `count` events (at most 10); 0 before the first."""
        last = self._recent[-count:]
        return sum(last) / len(last) if last else 0.0

    def features(self, items: IntArray, now: float) -> dict[str, FloatArray]:
        """The skip features of some items at `now` (hours)."""
        artist = np.maximum(self._artist[items], 0)
        known = self._artist[items] >= 0
        artist_heard, artist_skipped = self._artist_heard[artist] * known, self._artist_skipped[artist] * known
        prior = self._base
        level = self._artist_level[artist] * np.exp(-np.maximum(now - self._artist_at[artist], 0) / _TAU_HOURS) * known
        return {
            "skip_rate": ((self._skipped[items] + _ITEM_PRIOR * prior) / (self._heard[items] + _ITEM_PRIOR)).astype(
                np.float32
            ),
            "artist_skips_recent": np.log(level + _LEVEL_FLOOR).astype(np.float32),
            "last_skipped": self._last[items],
            "artist_skip_rate": ((artist_skipped + _ARTIST_PRIOR * prior) / (artist_heard + _ARTIST_PRIOR)).astype(
                np.float32
            ),
        }
