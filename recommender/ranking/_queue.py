"""From scores to a queue: what may come, what goes well together, how much of it is new.

Hard rules: nothing with a thumb down, nothing "not now" for some days, no suggestion again that was skipped in the
session, nothing the caller excludes; and in a radio, or for a listener who never does that, nothing twice in a session.
Everything else is a cost in the units of the scores (nats), so that a strong wish can outweigh a weak rule.

Costs and shares are judged by the queue of people the weights never saw (`resources/models/README.md`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray, ReasonKind
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, top
from recommender.ranking._context import DAY_MS, Context
from recommender.ranking._diversify import ARTIST_COST, ARTIST_GAP, LIKENESS, Candidates, Picker
from recommender.ranking._feedback import Answer, FreshFeedback
from recommender.ranking._likeness import Likeness, Rows
from recommender.ranking._listener import Listener
from recommender.ranking._mix import by_success, discovery_share, discovery_slots, trust

NOT_NOW_MS = 5 * 86_400_000
RADIO_ARTIST_COST = 5.0
"""`ARTIST_COST` in a radio: near its seeds there is more by their artist than anybody wants in a row."""
AGAIN, RADIO_AGAIN = 1.5, 0.375
"""Further cost of every track of its artist that was picked, at the adventurous end (none up to the middle) and in a
radio."""
RADIO_LIKENESS = 1.5
"""`LIKENESS` in a radio, likewise."""
LEAST_AGAIN = 0.01
"""Share of plays that repeat a track of the same session, below which nothing comes twice."""
USUAL_AGAIN = 0.05
"""Share of plays that repeat a track of the same session, among the listeners that the scores were learned from."""
RESERVED = 0.5
"""Part of the listener's own share of first plays that is reserved for discoveries in the middle of the control, for a
listener who hardly plays anything new; it rises to the whole for one who plays nothing else (`_reserved`). All other
places go to whatever is best, new or not. On the familiar side they go to what was played before."""
REFUSED = 3.0
"""Cost of a track that was suggested this moment and skipped, and not listened to since: what was declined is not
offered again and again. The scores know little of it, having learned from listeners to whom nothing was suggested."""
REFUSED_DAYS = 10.0
"""Days after which that is a third."""
FRESH = 0.25
"""From such a freshness on a track is new in the library: it has a place on the shortlist."""
CHANCE = 0.15
"""Scale of the Gumbel noise that makes two seeds differ, in nats."""
DARING = 5.0
"""How many times more of it there is at the adventurous end."""


@dataclass(frozen=True, slots=True)
class RankRequest:
    """What the queue is wanted for.

    Attributes:
        k: Places to fill, at most.
        now: UTC ms.
        playing: What sounds now and was perhaps not observed yet; None in silence.
        queued: What stands in the queue before the places to fill, in order: never suggested again, and spaced from.
        exclude: What must not be suggested for other reasons.
        like: Items the queue is to be like ("more like this"); none: what fits now.
        adventurousness: -1 familiar, 0 the listener's own mixture, 1 adventurous.
        seed: The same seed gives the same queue.
    """

    k: int
    now: int
    playing: int | None = None
    queued: Sequence[int] = ()
    exclude: Sequence[int] = ()
    like: Sequence[int] = ()
    adventurousness: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One place of the queue.

    Attributes:
        item: Dense index.
        row: Its row among the candidates given.
        score: Its score as given.
        why: What the rules add to the reasons of its score: ALBUM, SIMILAR, EXPLORE or VARIETY; None when the score
            alone spoke.
        parts: What the rules added to its score, by kind, in nats.
        answers: The track with a thumb up that this place answers; None without.
    """

    item: int
    row: int
    score: float
    why: ReasonKind | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    answers: int | None = None


class QueueRanker:
    """Ranks candidates for one library.

    Args:
        snapshot: The library.
        listener: The counters; the owner keeps them up to date.
        vectors: Vectors of the items that say how alike two are (content, taste), or matrices float32[N, D] of them.
        feedback: What was said just now; None where nothing answers to that.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        listener: Listener,
        vectors: Sequence[Rows | FloatArray] = (),
        feedback: FreshFeedback | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._listener = listener
        rows = [Vectors(one) if isinstance(one, np.ndarray) else one for one in vectors]
        self._vectors = [one for one in rows if one.width]
        self._has_copies = bool((snapshot.copy_of != np.arange(len(snapshot))).any())
        self._context = Context(snapshot, listener, self._vectors)
        self._feedback = feedback

    def allowed(self, request: RankRequest) -> npt.NDArray[np.bool_]:
        """Which items may be suggested at all, bool[N]: what is out is out with all its copies."""
        listener = self._listener
        allowed = listener.thumb >= 0
        out = [*request.queued, *request.exclude, *request.like]
        if request.playing is not None:
            out.append(request.playing)
        allowed[listener.recording[np.asarray(out, np.int64)]] = False
        gone = listener.put_off(request.now, NOT_NOW_MS)
        gone += listener.session(request.now) if request.like else listener.refused_in_session(request.now)
        if listener.again_share < LEAST_AGAIN:
            gone += listener.played_in_session(request.now)
        allowed[np.asarray(gone, np.int64)] = False
        if self._has_copies:
            allowed = allowed[listener.recording]
        return allowed & self._snapshot.available

    def _one_of_each(self, items: IntArray, scores: FloatArray, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The rows without those that have a better copy among them."""
        if not self._has_copies:
            return rows
        best_first = rows[np.argsort(-scores[rows], kind="stable")]
        return np.sort(best_first[np.unique(self._listener.recording[items[best_first]], return_index=True)[1]])

    def rank(self, items: IntArray, scores: FloatArray, request: RankRequest) -> list[Choice]:
        """The queue, at most `request.k` places.

        Args:
            items: int32[C], all different.
            scores: float32[C] in nats, higher is better; only differences matter.
            request: What is wanted.

        Returns:
            First the rest of an album that is being played through, then the mixture. Deterministic.
        """
        rows = np.flatnonzero(self.allowed(request)[items])
        goes_on = self._album_rows(items, rows, request)
        rows = np.union1d(self._one_of_each(items, scores, rows), np.asarray(goes_on, np.int64))
        wanted = self._adjusted(items[rows], scores[rows], request)
        close = self._close_to_liked(items[rows], request)
        must = np.isin(rows, goes_on)
        for mask in close.values():
            must |= mask
        candidates, kept, parts = self._shortlist(items[rows], wanted, request, must)
        rows = rows[kept]
        close = {seed: mask[kept] for seed, mask in close.items()}
        choices = []
        goes_on = [int(np.flatnonzero(rows == row)[0]) for row in goes_on]
        for row, why, answers in self._pick(candidates, goes_on, request, close):
            given = int(rows[row])
            added = {kind: float(values[row]) for kind, values in parts.items()}
            choices.append(Choice(int(items[given]), given, float(scores[given]), why, added, answers))
        return choices

    def _answer(self, request: RankRequest) -> Answer:
        return Answer() if self._feedback is None or request.like else self._feedback.answer(request.now)

    def _close_to_liked(self, items: IntArray, request: RankRequest) -> dict[int, npt.NDArray[np.bool_]]:
        """For each track whose thumb up is to be answered which of some items are close to it."""
        if self._feedback is None:
            return {}
        everything = np.ones(len(items), np.bool_)
        return {seed: self._feedback.answering(seed, items, everything) for seed in self._answer(request).seeds()}

    def _pick(
        self,
        candidates: Candidates,
        goes_on: list[int],
        request: RankRequest,
        close: Mapping[int, npt.NDArray[np.bool_]],
    ) -> list[tuple[int, ReasonKind | None, int | None]]:
        before = [event.item for event in self._listener.recent] if self._listener.session(request.now) else []
        if request.playing is not None and before[-1:] != [request.playing]:
            before.append(request.playing)
        before = np.asarray([*before, *request.queued][-ARTIST_GAP * 2 :], np.int64).tolist()
        artists, albums = self._snapshot.artist[before].tolist(), self._snapshot.album[before].tolist()
        apart = 1 - self._listener.same_artist_share
        again = RADIO_AGAIN if request.like else AGAIN * max(_way(request), 0.0)
        likeness = RADIO_LIKENESS if request.like else LIKENESS
        loyal = (RADIO_ARTIST_COST if request.like else ARTIST_COST) * apart
        picker = Picker(candidates, artists, albums, loyal, _way(request), again * apart, likeness)
        picked: list[tuple[int, ReasonKind | None, int | None]] = []
        for row in goes_on[: request.k]:
            picker.take(row)
            picked.append((row, ReasonKind.ALBUM, None))
        anything = np.ones(len(candidates), np.bool_)
        answer = self._answer(request)
        liked = self._listener.thumb[self._listener.recording[candidates.items]] > 0
        for place, is_new in enumerate(self._slots(request, request.k - len(picked)), start=len(picked)):
            welcome = ~answer.bars(place, candidates.artist, liked)
            free = place - len(goes_on)  # an album that goes on comes first
            seed = answer.reserved.get(free)
            found = None if seed is None else picker.pick_near(close[seed] & welcome, within=answer.worth[free])
            if found is not None:
                picked.append((found[0], ReasonKind.KIN, seed))
                continue
            # A radio stays near its seeds, whether or not there are enough new tracks there.
            mixed = is_new or _way(request) < 0 or bool(request.like)
            pool = (candidates.new == is_new) & welcome if mixed else welcome
            found = picker.pick(pool, strictly=not request.like) or picker.pick(welcome) or picker.pick(anything)
            if found is None:
                break
            row, varied = found
            picked.append((row, self._why(candidates, row, request, varied=varied), None))
        return picked

    def _why(self, candidates: Candidates, row: int, request: RankRequest, *, varied: bool) -> ReasonKind | None:
        if request.like:
            return ReasonKind.SIMILAR
        if candidates.new[row]:
            return ReasonKind.EXPLORE
        return ReasonKind.VARIETY if varied else None

    def _slots(self, request: RankRequest, k: int) -> list[bool]:
        judged = self._listener.judged
        new = [skipped for was_new, skipped in judged if was_new]
        known = [skipped for was_new, skipped in judged if not was_new]
        share = by_success(discovery_share(_reserved(self._listener.new_share), request.adventurousness), new, known)
        return discovery_slots(share, k, self._listener.new_lately())

    def _album_rows(self, items: IntArray, rows: npt.NDArray[np.int64], request: RankRequest) -> list[int]:
        """Candidate rows of what is left of the album being played through, in its order."""
        album = self._listener.album_playing(request.now)
        if album < 0 or request.like:
            return []
        last = self._listener.recent[-1].item if request.playing is None else request.playing
        if self._snapshot.album[last] != album:
            return []
        ahead = [row for row in rows.tolist() if self._snapshot.album[items[row]] == album]
        here = self._listener.place(last)
        ahead = [row for row in ahead if self._listener.place(int(items[row])) > here]
        return sorted(ahead, key=lambda row: (*self._listener.place(int(items[row])), int(items[row])))[: request.k]

    def _adjusted(self, items: IntArray, scores: FloatArray, request: RankRequest) -> FloatArray:
        listener = self._listener
        chance = gumbel(items, request.seed)
        wanted = scores * np.float32(trust(listener.turned()[0])) + np.float32(_dice(request)) * chance
        wanted -= self._again_cost(items, request.now)
        days = np.maximum(request.now - listener.refused_at[listener.recording[items]], 0) / DAY_MS
        wanted -= np.float32(REFUSED) * np.exp(-days / REFUSED_DAYS).astype(np.float32)
        return wanted

    def _again_cost(self, items: IntArray, now: int) -> FloatArray:
        """What a track costs that was played in this session: the scores expect it as often as people usually want it.

        The log of the odds between what is usual and what this listener does; nothing for who does it more often.
        """
        played = self._listener.played_in_session(now)
        if not played:
            return np.zeros(len(items), np.float32)
        usual, own = USUAL_AGAIN, min(self._listener.again_share, USUAL_AGAIN)
        cost = math.log(usual / (1 - usual)) - math.log(own / (1 - own))
        return np.float32(cost) * np.isin(self._listener.recording[items], list(played))

    def _shortlist(
        self, items: IntArray, wanted: FloatArray, request: RankRequest, must: npt.NDArray[np.bool_]
    ) -> tuple[Candidates, npt.NDArray[np.int64], dict[str, FloatArray]]:
        """The best of each pool: more than can be picked, few enough to compare with each other.

        Returns:
            The candidates, their rows, and what the context added to their scores.
        """
        new = self._listener.played(items) == 0
        keep = must | (new & (self._context.freshness(items, request.now) > FRESH))
        wide = self._context.changing or bool(request.like)
        for pool, size in ((new, 8 * request.k + 150), (~new, 8 * request.k + (300 if wide else 20))):
            rows = np.flatnonzero(pool)
            keep[rows[top(wanted[rows], size)]] = True
        kept = np.flatnonzero(keep)
        chosen = items[kept]
        likeness = Likeness([vectors.rows(chosen) for vectors in self._vectors])
        parts = self._context.adjustments(chosen, likeness, request.now, request.like)
        scores = wanted[kept] + sum(parts.values(), np.zeros(len(kept), np.float32))
        artist, album = self._snapshot.artist[chosen], self._snapshot.album[chosen]
        recording = self._listener.recording[chosen]
        return Candidates(chosen, scores, new[kept], artist, album, recording, likeness), kept, parts


def _reserved(own: float) -> float:
    """The share reserved for discoveries in the middle of the control, of somebody's `own` share of first plays."""
    return own * (RESERVED + (1 - RESERVED) * own)


def _way(request: RankRequest) -> float:
    """-1 familiar to 1 adventurous; 0 where something else is wanted."""
    return 0.0 if request.like else min(1.0, max(-1.0, request.adventurousness))


def _dice(request: RankRequest) -> float:
    """Scale of the noise in nats: the more adventurous, the further it reaches."""
    way = _way(request)
    return CHANCE * (1 + (DARING * way if way > 0 else 0.6 * way))


def gumbel(items: IntArray, seed: int) -> FloatArray:
    """Gumbel noise that belongs to the item and the seed: asking again does not shuffle the queue. float32[len(items)].

    Uniform bits by SplitMix64 (Steele, Lea & Flood 2014).
    """
    start = np.uint64((seed + 1) * 0xD1B54A32D192ED03 % (1 << 64))
    state = (items.astype(np.uint64) + start) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    uniform = ((state ^ (state >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / (1 << 53)
    return -np.log(-np.log(np.clip(uniform, 1e-12, 1 - 1e-12))).astype(np.float32)
