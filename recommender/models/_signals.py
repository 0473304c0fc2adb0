"""All signals of one listener together: kept up to date event by event, read as feature columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, IntArray, PlaySource
from recommender._columns import Plays
from recommender.models._bulk import HOUR_MS, SESSION_GAP_HOURS, Bulk
from recommender.models._catalogue import Catalogue
from recommender.models._features import COLUMN, EVENT_COLUMN
from recommender.models._history import History
from recommender.models.artists import Artists
from recommender.models.lags import Lags
from recommender.models.memory import NEVER_PLAYS_SINCE, NEVER_SINCE, Memory
from recommender.models.neighbours import Neighbours
from recommender.models.rhythm import Rhythm
from recommender.models.skips import NO_SKIPS_RECENT, Skips
from recommender.models.transitions import Transitions

_LISTENING = (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)
_THUMBS = {EventKind.THUMB_UP: 1, EventKind.THUMB_DOWN: -1, EventKind.THUMB_CLEARED: 0}
_MAX_GAP_HOURS = 50.0


class FeatureSource(Protocol):
    """A further signal that fills feature columns (the sound)."""

    def observe(self, event: Event) -> None:
        """Learn from one event."""

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """Columns by feature name for some items."""


class Signals:
    """Every signal over one catalogue.

    Attributes:
        catalogue: The items.
        history: What was heard.
        memory, transitions, neighbours, artists, skips, rhythm: The signals.
        thumbs: int8[N], -1, 0, 1.
    """

    def __init__(self, catalogue: Catalogue, extras: tuple[FeatureSource, ...] = ()) -> None:
        size = len(catalogue)
        self.catalogue = catalogue
        self.history = History()
        self.memory = Memory(size)
        self.transitions = Transitions(size, self.history)
        self.neighbours = Neighbours(size, self.history)
        self.lags = Lags(catalogue, self.history)
        self.artists = Artists(catalogue)
        self.skips = Skips(catalogue)
        self.rhythm = Rhythm(size)
        self.thumbs: npt.NDArray[np.int8] = np.zeros(size, np.int8)
        self._played_in: IntArray = np.full(size, -1, np.int32)
        self._skipped_in: IntArray = np.full(size, -1, np.int32)
        self._heard_at: IntArray = np.full(size, -1, np.int32)
        self._starts: FloatArray = np.zeros(size, np.float32)
        self._extras = extras
        self._stale = True

    def __len__(self) -> int:
        return len(self.catalogue)

    def observe(self, event: Event) -> None:
        """Learn from one event; events come in time order."""
        if event.kind in _THUMBS:
            self.thumbs[event.item] = _THUMBS[event.kind]
        elif event.kind in _LISTENING:
            self._hear(event)
        for extra in self._extras:
            extra.observe(event)

    def remind(self, event: Event) -> None:
        """Tell the further signals of a play that `load` has told the others of."""
        for extra in self._extras:
            extra.observe(event)

    def load(self, plays: Plays, count: int) -> None:
        """As if the first `count` rows of a log had been observed; these signals must not have observed anything.

        Further signals are not told: they remember a few events only, of which `remind` tells them.
        """
        bulk = Bulk.of(plays, count)
        self.history.load(bulk)
        self.memory.load(bulk.items[bulk.played], bulk.ends[bulk.played])
        self.artists.load(bulk)
        self.skips.load(bulk)
        self.rhythm.load(bulk)
        self._played_in[bulk.items[bulk.played]] = bulk.sessions[bulk.played]
        self._skipped_in[bulk.items[bulk.skipped]] = bulk.sessions[bulk.skipped]
        self._heard_at[bulk.items] = np.arange(len(bulk), dtype=np.int32)
        np.add.at(self._starts, bulk.items[np.diff(bulk.sessions, prepend=-1) > 0], np.float32(1))
        self._stale = True

    def _hear(self, event: Event) -> None:
        item = event.item
        self.history.append(event)
        end, session = self.history.end, self.history.session
        self._heard_at[item] = len(self.history) - 1
        self._starts[item] += self.history.position == 1
        self.artists.heard(item, skipped=event.kind == EventKind.SKIPPED)
        if event.kind == EventKind.PLAYED:
            first = self.memory.counts[item] == 0
            self.memory.add(item, end)
            self.artists.add(item, end, bool(first))
            self.rhythm.add(item, end, event.utc_offset_min)
            self._played_in[item] = session
        elif event.kind == EventKind.SKIPPED:
            self._skipped_in[item] = session
        if event.kind != EventKind.UNKNOWN:
            self.skips.add(item, end, event.kind == EventKind.SKIPPED)
        self._stale = True

    @contextmanager
    def supposing(self, event: Event) -> Iterator[None]:
        """As if a play had been observed: for what sounds now and has no outcome yet.

        Only the position in the sequence moves; memory, skips and rhythm wait for the outcome.
        """
        with self.history.supposing(event), self.artists.supposing(event.item):
            self._stale = True
            try:
                yield
            finally:
                self._stale = True

    def refresh(self) -> None:
        """Bring the signals that depend on the current position up to date; cheap when nothing happened."""
        if self._stale:
            self.transitions.refresh()
            self.neighbours.refresh()
            self.lags.refresh()
            self.artists.refresh()
            self._stale = False

    def hours(self, now: int) -> float:
        """`now` (UTC ms) in hours, never before the end of what was observed."""
        return max(now / HOUR_MS, self.history.end)

    def in_session(self, now: float) -> npt.NDArray[np.bool_]:
        """bool[N]: played in the session that is open at `now` (hours)."""
        return np.asarray(self._played_in == self._session(now))

    def _session(self, now: float) -> int:
        # -2 matches nothing: after a long silence no track belongs to the session to come.
        return self.history.session if now - self.history.end <= SESSION_GAP_HOURS and len(self.history) else -2

    def features(self, items: IntArray, now: float) -> FloatArray:
        """Raw candidate features at `now` (hours); float32[len(items), F], columns as CANDIDATE_FEATURES."""
        self.refresh()
        counts = self.memory.counts[items]
        session = self._session(now)
        in_session = (self._played_in[items] == session).astype(np.float32)
        columns = {
            "in_session": in_session,
            "skipped_in_session": (self._skipped_in[items] == session).astype(np.float32),
            "heard_since": self._heard_since(items),
            "thumb": self.thumbs[items].astype(np.float32),
        }
        columns |= self.memory.features(items, now)
        columns |= self.transitions.features(items)
        columns |= self.neighbours.features(items, in_session)
        columns |= self.lags.features(items)
        columns |= self._openings(items, counts, now)
        columns |= self.artists.features(items, counts, now)
        columns |= self.skips.features(items, now)
        columns |= self.rhythm.features(items, counts, self.memory.plays, now)
        for extra in self._extras:
            columns |= extra.features(items)
        table = np.zeros((len(COLUMN), len(items)), np.float32)
        for name, values in columns.items():
            table[COLUMN[name]] = values
        return np.ascontiguousarray(table.T)

    def as_wish(self, features: FloatArray) -> FloatArray:
        """A copy of candidate features as if what was skipped lately led nowhere.

        In listening logs skips lead on to the same artist: people hunt for one of its tracks. Where the skipped tracks
        were suggested they say the opposite, and no queue may hold more of an artist for being skipped.
        """
        features = features.copy()
        features[:, COLUMN["artist_skips_recent"]] = NO_SKIPS_RECENT
        if self.artists.last_skipped:
            features[:, COLUMN["same_artist"]] = 0.0
        for lag in self.lags.skipped():
            features[:, COLUMN[f"artist_{lag}"]] = 0.0
        return features

    def _openings(self, items: IntArray, counts: FloatArray, now: float) -> dict[str, FloatArray]:
        """Whether a session begins at `now` (hours), and how often each item has opened one."""
        begins = self._session(now) != self.history.session
        silence = np.log1p(min(now - self.history.end, _MAX_GAP_HOURS)) if len(self.history) else 0.0
        starts = self._starts[items]
        likely = np.log((starts + np.float32(0.1)) / (counts + np.float32(2.0)) / np.float32(0.05))
        return {
            "starts": np.log1p(starts),
            "starts_now": likely * np.float32(begins),
            "begins": np.full(len(items), silence if begins else 0.0, np.float32),
        }

    def _heard_since(self, items: IntArray) -> FloatArray:
        at = self._heard_at[items]
        since = np.log1p(np.maximum(len(self.history) - 1 - at, 0))
        return np.where(at < 0, NEVER_PLAYS_SINCE, since).astype(np.float32)

    def describe(self, event: Event) -> FloatArray:
        """Raw event features of a play or skip that is about to be observed; float32[E], columns as EVENT_FEATURES."""
        self.refresh()
        item, start, history = event.item, event.at / HOUR_MS, self.history
        fresh = history.starts_session(start)
        before = self.memory.features(np.array([item], np.int32), max(start, history.end))
        local = (start + event.utc_offset_min / 60) % 24 / 24 * 2 * math.pi
        gap = min(max(start - history.end, 0.0), _MAX_GAP_HOURS) if len(history) else _MAX_GAP_HOURS
        values = {
            "skipped": float(event.kind == EventKind.SKIPPED),
            "listened": math.log1p(event.listened_ms / 60_000),
            "gap": math.log(gap + 0.02),
            "new": float(before["never"][0]),
            "in_session": float(not fresh and self._played_in[item] == history.session),
            "since": float(before["since"][0]) if not before["never"][0] else NEVER_SINCE,
            "plays": float(before["plays"][0]),
            "memory_hit": float(before["memory_slow"][0]),
            "skips_recent": self.skips.recent(5),
            "hour_sin": math.sin(local),
            "hour_cos": math.cos(local),
            "position": 0.0 if fresh else math.log1p(history.position),
            "picked": float(event.source in (PlaySource.PICKED, PlaySource.ALBUM, PlaySource.PLAYLIST)),
            "suggested": float(event.source == PlaySource.SUGGESTED),
            "thumb": float(self.thumbs[item]),
        }
        values |= self.transitions.event_features(item)
        values |= self.neighbours.event_features(item)
        values |= self.artists.event_features(item, max(start, history.end))
        row = np.zeros(len(EVENT_COLUMN), np.float32)
        for name, value in values.items():
            row[EVENT_COLUMN[name]] = value
        return row
