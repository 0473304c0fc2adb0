"""A tour of a library nobody has been heard playing: well-tagged tracks, far from each other, in an order of its own.

Every track has the same chance (Gumbel noise by item and seed), and a place is a trade between that chance, how well
the track is described and how soon its artist, album, genre, decade or sound would come again. What the listener plays,
skips and gives thumbs to bends the tour at once: a part of the places, growing with the evidence, follows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray, Suggestion
from recommender._kinship import Kinship
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, top
from recommender.coldstart._evidence import MAX_VERDICTS, THUMB, Field, Verdict, field_of, verdicts
from recommender.coldstart._spacing import Spacing
from recommender.coldstart._why import Facts
from recommender.ranking import CLOSE, FreshFeedback, Listener, RankRequest, gumbel

MAX_PLAYS = 20
"""With more plays and skips than these the ranker knows better."""
NAMELESS = 20.0
"""Cost of a track without artist or title: it comes when there is nothing else."""
LACKING = 1.0
"""Cost of each of album, genre and year that a track lacks."""
FOLLOWING = 6.0
"""What a track gains that is close to what the listener likes, at a place that follows; in nats, as all of these."""
AVOIDING = 16.0
"""What a track loses that is close to what the listener does not like."""
NEAR = 0.12
"""Mean verdict (`Field.lean`) from which a track can stand at a place that follows."""
WAY = 2.5
"""What the largest collections of one artist gain at the familiar end and lose at the adventurous one."""
AGAIN = 200.0
"""Cost of what was begun last in this session, where it may come again at all; what came first costs half of that."""
KNOWN = 4.0
"""Likewise what was played or liked before."""
FAR = 3.0
"""What is close to what the listener likes loses so much at the adventurous end, at places that do not follow."""
HALF_FOLLOWS = 2.0
"""Evidence (sum of the weights of what is liked) with which half of the places follow it."""
ALL_FROM = 5_000
"""In larger libraries not every track is looked at."""
DRAWN = 2_000
NEAREST = 120


class ColdStart:
    """The queue of a listener of whom next to nothing is known.

    Args:
        snapshot: The library.
        listener: The counters; the owner keeps them up to date.
        feedback: What was said just now.
        allowed: Which items may be suggested at all, bool[N].

    Attributes:
        facts: What can be said of a track from the library alone.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        listener: Listener,
        feedback: FreshFeedback,
        allowed: Callable[[RankRequest], npt.NDArray[np.bool_]],
    ) -> None:
        self._snapshot = snapshot
        self._listener = listener
        self._feedback = feedback
        self._kinship: Kinship = feedback.kinship
        self._allowed = allowed
        self.facts = Facts(snapshot, listener, self._kinship)
        named = snapshot.artist[snapshot.artist >= 0]
        # Two people with the same music begin differently: their first tracks came at another moment.
        self._own_seed = int(snapshot.added_at.min(initial=np.iinfo(np.int64).max))
        self._by_artist = np.bincount(named) if len(named) else np.zeros(1, np.int64)

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        listener: Listener,
        allowed: Callable[[RankRequest], npt.NDArray[np.bool_]],
    ) -> Self:
        """A tour without a ranker beside it."""
        kinship = Kinship(snapshot, Vectors(snapshot.content))
        return cls(snapshot, listener, FreshFeedback(snapshot, listener, kinship), allowed)

    @property
    def in_charge(self) -> bool:
        """Whether so little is known of the listener that the tour is better than a ranker."""
        return max(len(self._listener.recent), len(self._snapshot.elsewhere)) <= MAX_PLAYS

    def suggest(self, request: RankRequest) -> list[Suggestion]:
        """The queue, at most `request.k` places, each with its reasons; deterministic.

        A queue that is to be like some tracks ends where nothing more is.
        """
        noise = gumbel(np.arange(len(self._snapshot), dtype=np.int32), request.seed + self._own_seed)
        found = self._verdicts(request)
        allowed = self._allowed(request)
        goes_on = [row for row in self._rest_of_album(request) if allowed[row]][: request.k]
        items = self._candidates(noise, found, allowed, goes_on)
        if not len(items):
            return []
        field = field_of(found, self._kinship, items)
        tour, follow = self._worth(items, noise, field, request)
        spacing = Spacing(self._snapshot, self._kinship, items, self._before(request))
        answer = self._feedback.answer(request.now)
        chosen: list[tuple[int, int | None]] = []
        for item in goes_on:
            spacing.take(row := int(np.searchsorted(items, item)))
            chosen.append((row, None))
        liked = self._listener.thumb[self._listener.recording[items]] > 0
        close, anything = field.lean >= NEAR, np.ones(len(items), np.bool_)
        pattern = self._pattern(found, request, request.k - len(chosen))
        for place, follows in enumerate(pattern, start=len(chosen)):
            welcome = ~answer.bars(place, self._snapshot.artist[items], liked)
            seed = answer.reserved.get(place - len(goes_on))
            near = close & welcome if seed is None else self._feedback.answering(seed, items, welcome)
            picked = spacing.best(follow, near, close=True) if follows or seed is not None else None
            seed = seed if picked is not None else None
            for among in () if request.like else (welcome, anything):
                picked = spacing.best(tour, among, close=False) if picked is None else picked
            if picked is None:
                break
            spacing.take(picked)
            chosen.append((picked, seed))
        return self._suggestions(items, chosen, found, field, len(goes_on))

    def _suggestions(
        self,
        items: IntArray,
        chosen: Sequence[tuple[int, int | None]],
        found: Sequence[Verdict],
        field: Field,
        album: int,
    ) -> list[Suggestion]:
        answer = []
        for place, (row, seed) in enumerate(chosen):
            cause = None if field.closeness[row] < CLOSE else found[int(field.cause[row])]
            if seed is not None:
                cause = Verdict(seed, THUMB, thumb=True)
            reasons = self.facts.reasons(int(items[row]), cause, float(field.closeness[row]), album=place < album)
            answer.append(Suggestion(int(items[row]), 1 - place / (len(chosen) + 1), reasons))
        return answer

    def _worth(
        self, items: IntArray, noise: FloatArray, field: Field, request: RankRequest
    ) -> tuple[FloatArray, FloatArray]:
        """What each candidate is worth at a place of the tour and at one that follows, in nats."""
        snapshot, way = self._snapshot, self._way(request)
        artist = snapshot.artist[items]
        worth = noise[items] + self._quality(items)
        size = np.where(artist >= 0, self._by_artist[artist], 1)
        worth -= WAY * way * (np.log1p(size) / math.log1p(float(self._by_artist.max(initial=1))) - 0.5)
        known = (self._listener.played(items) > 0) | (self._listener.thumb[self._listener.recording[items]] > 0)
        worth -= KNOWN * way * known
        worth -= AGAIN * self._lately(items, request.now)
        worth += AVOIDING * np.minimum(field.lean, 0)
        tour = worth - FAR * max(0.0, way) * np.maximum(field.lean, 0)
        follow = worth + FOLLOWING * np.maximum(field.lean, 0)
        return tour.astype(np.float32), follow.astype(np.float32)

    def _quality(self, items: IntArray) -> FloatArray:
        """How well tracks are described, in nats below 0."""
        snapshot = self._snapshot
        nameless = (snapshot.artist[items] < 0) | ~snapshot.named[items]
        lacks = (snapshot.album[items] < 0) * 1.0 + (snapshot.year[items] <= 0) + (self._kinship.genres[items, 0] < 0)
        return np.asarray(-NAMELESS * nameless - LACKING * lacks, np.float32)

    def _lately(self, items: IntArray, now: int) -> FloatArray:
        """For what was begun in this session 0.5 to 1, the last one most; 0 for the rest."""
        heard = [int(self._listener.recording[event.item]) for event in self._listener.recent]
        heard = heard if self._listener.session(now) else []
        places = np.zeros(len(self._snapshot), np.float32)
        places[heard] = np.linspace(0.5, 1, len(heard))
        return np.asarray(places[self._listener.recording[items]], np.float32)

    def _candidates(
        self, noise: FloatArray, found: Sequence[Verdict], allowed: npt.NDArray[np.bool_], goes_on: Sequence[int]
    ) -> IntArray:
        """What is looked at, ascending, no copies: everything, or in a large library a draw and what is close."""
        rows = np.flatnonzero(allowed).astype(np.int32)
        if len(rows) > ALL_FROM:
            parts = [rows[top(noise[rows] + self._quality(rows), DRAWN)]]
            parts += [self._kinship.closest(one.item, noise, NEAREST) for one in found if one.weight > 0]
            rows = np.unique(np.concatenate(parts)).astype(np.int32)
            rows = rows[allowed[rows]]
        best = np.argsort(-self._quality(rows) - noise[rows], kind="stable")
        _, first = np.unique(self._listener.recording[rows][best], return_index=True)
        first = best[first]
        return np.union1d(rows[first], np.asarray(goes_on, np.int32)).astype(np.int32)

    def _verdicts(self, request: RankRequest) -> list[Verdict]:
        if request.like:
            return [Verdict(item, THUMB) for item in request.like[:MAX_VERDICTS]]
        return verdicts(self._listener, request.playing, self._snapshot.playlists.items[:MAX_VERDICTS].tolist())

    def _before(self, request: RankRequest) -> list[int]:
        before = [event.item for event in self._listener.recent] if self._listener.session(request.now) else []
        if request.playing is not None and before[-1:] != [request.playing]:
            before.append(request.playing)
        return [*before, *request.queued]

    def _pattern(self, found: Sequence[Verdict], request: RankRequest, k: int) -> list[bool]:
        """For each place whether it follows the evidence; evenly spread, going on from the suggestions played."""
        if request.like:
            return [True] * k
        evidence = sum(one.weight for one in found if one.weight > 0)
        share, way = evidence / (evidence + HALF_FOLLOWS), self._way(request)
        share = share + (0.95 - share) * -way * min(1.0, evidence) if way < 0 else share * (1 - 0.7 * way)
        played = len(self._listener.judged)
        return [math.floor(share * (played + place + 1)) > math.floor(share * (played + place)) for place in range(k)]

    def _way(self, request: RankRequest) -> float:
        return 0.0 if request.like else min(1.0, max(-1.0, request.adventurousness))

    def _rest_of_album(self, request: RankRequest) -> list[int]:
        """What is left of an album that is being played through, in its order."""
        album = self._listener.album_playing(request.now)
        if album < 0 or request.like or not self._listener.recent:
            return []
        last = self._listener.recent[-1].item if request.playing is None else request.playing
        if self._snapshot.album[last] != album:
            return []
        here = self._listener.place(last)
        rows = np.flatnonzero(self._snapshot.album == album).tolist()
        return sorted((row for row in rows if self._listener.place(row) > here), key=self._listener.place)
