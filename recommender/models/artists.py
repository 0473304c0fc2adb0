"""Artists and albums: whose music the listener is with, and which artists follow each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from recommender._api import FloatArray, IntArray
from recommender.models._bulk import Bulk, DoubleArray, faded_sums, places_by
from recommender.models._catalogue import Catalogue
from recommender.models._sparse import SparseScores

_TAU_HOURS = 24.0 * 14
_DISCOVERY_TAU_HOURS = 3.0
_RECENT = 5
_OCCURRENCES = 100
_FADE = 0.95
_FLOOR = 1e-5


class Artists:
    """Decayed plays of each artist, first plays, and successions of artists."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._artists = catalogue.artists
        self._albums = catalogue.albums
        self._album_next = catalogue.album_next
        count = len(self._artists)
        self._memory: DoubleArray = np.zeros(count)
        self._discovery: DoubleArray = np.zeros(count)
        self._seen_at: DoubleArray = np.full(count, -1e9)
        self._plays: FloatArray = np.zeros(count, np.float32)
        self._unplayed: FloatArray = self._artists.sizes().astype(np.float32)
        self._recent: list[int] = []
        self._places: dict[int, list[int]] = defaultdict(list)
        self._order: list[int] = []
        self._album_run = 0
        self._last_item = -1
        self._last_skipped = False
        self.follows = SparseScores(count)

    @property
    def last_skipped(self) -> bool:
        """Whether the last thing heard was skipped."""
        return self._last_skipped

    def heard(self, item: int, *, skipped: bool) -> None:
        """Anything heard, a skip too: where on the album the listener is."""
        album = int(self._albums.of[item])
        same = self._last_item >= 0 and album >= 0 and int(self._albums.of[self._last_item]) == album
        self._album_run = self._album_run + 1 if same else 0
        self._last_item = item
        self._last_skipped = skipped

    def load(self, bulk: Bulk) -> None:
        """As if these events had been heard and added one by one."""
        if not len(bulk):
            return
        items = bulk.items[bulk.played]
        artist = self._artists.of[items]
        self._recent = artist[-_RECENT:].tolist()
        self._walk_albums(bulk.items)
        self._last_skipped = bool(bulk.skipped[-1])
        first = np.zeros(len(items), np.bool_)
        first[np.unique(items, return_index=True)[1]] = True
        known = artist >= 0
        artist, ends, first = artist[known], bulk.ends[bulk.played][known], first[known]
        count = len(self._artists)
        self._memory, seen = faded_sums(artist, ends, np.ones(len(artist)), count, _TAU_HOURS)
        self._discovery, _ = faded_sums(artist, ends, first, count, _DISCOVERY_TAU_HOURS)
        self._seen_at = np.where(np.isnan(seen), self._seen_at, seen)
        self._plays = np.bincount(artist, minlength=count).astype(np.float32)
        self._unplayed -= np.bincount(artist, weights=first, minlength=count).astype(np.float32)
        self._order = artist.tolist()
        self._places = places_by(artist)

    def _walk_albums(self, items: IntArray) -> None:
        albums = self._albums.of[items]
        change = np.flatnonzero((albums[1:] != albums[:-1]) | (albums[1:] < 0))
        self._album_run = len(items) - 1 - (int(change[-1]) + 1 if len(change) else 0)
        self._last_item = int(items[-1])

    def heard_elsewhere(self, artists: IntArray, ends: DoubleArray) -> None:
        """Plays of other tracks of these artists, in time order (hours): they tell whose music the listener is with.

        They count in the decayed plays alone: how much of an artist's music here was played they do not say.
        """
        count = len(self._artists)
        other, at = faded_sums(artists, ends, np.ones(len(artists)), count, _TAU_HOURS)
        last = np.fmax(self._seen_at, at)
        faded = np.exp(-(last - self._seen_at) / _TAU_HOURS)
        self._memory = self._memory * faded + other * np.exp(-(last - np.where(np.isnan(at), last, at)) / _TAU_HOURS)
        self._discovery *= np.exp(-(last - self._seen_at) / _DISCOVERY_TAU_HOURS)
        self._seen_at = last

    def add(self, item: int, at: float, first: bool) -> None:
        """Remember a play that ended at `at` (hours); `first` if the track was never played before."""
        artist = int(self._artists.of[item])
        self._recent = [*self._recent[1 - _RECENT :], artist]
        if artist < 0:
            return
        passed = at - self._seen_at[artist]
        self._memory[artist] = self._memory[artist] * np.exp(-passed / _TAU_HOURS) + 1.0
        self._discovery[artist] = self._discovery[artist] * np.exp(-passed / _DISCOVERY_TAU_HOURS) + first
        self._seen_at[artist] = at
        self._plays[artist] += 1.0
        self._unplayed[artist] -= first
        self._places[artist].append(len(self._order))
        self._order.append(artist)

    @contextmanager
    def supposing(self, item: int) -> Iterator[None]:
        """As if `item` had been played just now, while the context lasts; decayed plays stay as they are."""
        kept = self._recent, self._album_run, self._last_item, self._last_skipped
        artist = int(self._artists.of[item])
        self.heard(item, skipped=False)
        self._recent = [*self._recent[1 - _RECENT :], artist]
        self._order.append(artist)
        self._places[artist].append(len(self._order) - 1)
        try:
            yield
        finally:
            self._recent, self._album_run, self._last_item, self._last_skipped = kept
            self._order.pop()
            self._places[artist].pop()

    def refresh(self) -> None:
        """Look up which artists followed the last play's artist before."""
        self.follows.clear()
        if not self._order:
            return
        if self._order[-1] < 0:
            return
        places = self._places[self._order[-1]][-_OCCURRENCES - 1 : -1][::-1]
        successors = np.fromiter((self._order[place + 1] for place in places), np.int32, len(places))
        weights = _FADE ** np.arange(len(places))
        other = successors != self._order[-1]
        self.follows.add(successors[other], weights[other])

    def memory(self, now: float) -> FloatArray:
        """Share of each artist in the decayed plays, float32[artists]."""
        faded = self._memory * np.exp(-np.maximum(now - self._seen_at, 0) / _TAU_HOURS)
        return np.asarray(faded / (faded.sum() + 1e-9), np.float32)

    def recent_artists(self) -> list[int]:
        """Artists of the last plays, latest first, without repetition."""
        return list(dict.fromkeys(artist for artist in reversed(self._recent) if artist >= 0))

    def plays_of(self, artist: int) -> float:
        """Plays of an artist's tracks; 0 for -1."""
        return float(self._plays[artist]) if artist >= 0 else 0.0

    def members(self, artist: int) -> IntArray:
        """Tracks of an artist."""
        return self._artists.members(artist)

    def album_members(self, item: int) -> IntArray:
        """Tracks of an item's album, in order; empty without."""
        return self._albums.members(int(self._albums.of[item]))

    def features(self, items: IntArray, counts: FloatArray, now: float) -> dict[str, FloatArray]:
        """The artist and album features of some items; `counts` are their plays, `now` is in hours."""
        artist = self._artists.of[items]
        known = artist >= 0
        row = np.where(known, artist, 0)
        if not len(self._artists):
            return self._without_artists(items)
        last = self._last_item
        current = int(self._artists.of[last]) if last >= 0 else -1
        recent = np.bincount([a for a in self._recent if a >= 0], minlength=len(self._artists)) / _RECENT
        share = self.memory(now)
        passed = np.maximum(now - self._seen_at[row], 0)
        tracks = self._artists.sizes()[row]
        features = {
            "same_artist": artist == current,
            "artist_recent": recent[row],
            "artist_memory": np.log(share[row] + _FLOOR),
            "artist_follows": self.follows.log_share(row, 1e-3),
            "artist_plays": np.log1p(self._plays[row]),
            "artist_unplayed": np.log1p(self._unplayed[row]),
            "artist_share": np.log((counts + 0.5) / (self._plays[row] + 0.5 * tracks)),
            "artist_since": np.where(self._plays[row] > 0, np.log(passed + 0.1), 9.0),
            "artist_discovery": np.log(self._discovery[row] * np.exp(-passed / _DISCOVERY_TAU_HOURS) + 0.01),
        }
        return {
            name: np.where(known, values, _ABSENT[name]).astype(np.float32) for name, values in features.items()
        } | (self._album_features(items))

    def _without_artists(self, items: IntArray) -> dict[str, FloatArray]:
        absent = {name: np.full(len(items), value, np.float32) for name, value in _ABSENT.items()}
        return absent | self._album_features(items)

    def _album_features(self, items: IntArray) -> dict[str, FloatArray]:
        last = self._last_item
        album = int(self._albums.of[last]) if last >= 0 else -1
        same = (self._albums.of[items] == album) & (album >= 0)
        following = int(self._album_next[last]) if last >= 0 else -1
        # One track of an album says little about the next; two in a row are an album being played. A skip says less.
        strength = (1.0 if self._album_run else 0.5) - (0.5 if self._last_skipped else 0.0)
        coming = (items == following) & (following >= 0)
        return {
            "same_album": (same & (strength > 0)).astype(np.float32),
            "album_next": (coming * strength).astype(np.float32),
        }

    def event_features(self, item: int, now: float) -> dict[str, float]:
        """How the item that has just come stands to its artist and album."""
        last, artist = self._last_item, int(self._artists.of[item])
        album = int(self._albums.of[item])
        seen = last >= 0
        share = 0.0
        if artist >= 0:
            total = float((self._memory * np.exp(-np.maximum(now - self._seen_at, 0) / _TAU_HOURS)).sum())
            faded = self._memory[artist] * np.exp(-max(now - self._seen_at[artist], 0) / _TAU_HOURS)
            share = float(faded / (total + 1e-9))
        return {
            "same_artist": float(seen and artist >= 0 and int(self._artists.of[last]) == artist),
            "same_album": float(seen and album >= 0 and int(self._albums.of[last]) == album),
            "album_next": float(seen and int(self._album_next[last]) == item),
            "artist_hit": float(np.log(share + 1e-3)),
        }


_ABSENT = {
    "same_artist": 0.0,
    "artist_recent": 0.0,
    "artist_memory": float(np.log(_FLOOR)),
    "artist_follows": float(np.log(1e-3)),
    "artist_plays": 0.0,
    "artist_unplayed": 0.0,
    "artist_share": 0.0,
    "artist_since": 9.0,
    "artist_discovery": float(np.log(0.01)),
}
