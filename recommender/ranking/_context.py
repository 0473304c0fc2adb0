"""What the last events and the thumbs change about the scores, in nats: at once, before any training.

A skip says little by itself (skips come in runs); two in a row say that the direction is wrong, and what was listened
to and skipped lately says where the mood is. A thumb down reaches what is alike. A track nobody played has its
chance where it fits what was listened to just now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from recommender._api import SESSION_GAP_MS, EventKind, FloatArray, IntArray, PlaySource
from recommender._snapshot import Snapshot
from recommender.ranking._likeness import Likeness, Rows
from recommender.ranking._listener import Listener

DAY_MS = 86_400_000
SKIPPED_ARTIST = 6.0
SKIPPED_LIKENESS = 6.0
ONE_SKIP = 0.25
"""Part of these costs after a single skip."""
SKIPS_TO_CHANGE = 2
DISLIKED_ARTIST = 0.7
DISLIKED_LIKENESS = 3.0
THUMB_UP = 0.6
"""On top of what the model itself makes of a thumb, which may be nothing in a model of other listeners."""
KIN, KIN_LEAST = 20, 0.05
"""The last thumbs up that reach what is like them, and what is left of one that does no longer."""
KIN_ARTIST = 0.5
KIN_LIKENESS = 2.5
KIN_DAYS = 30.0
"""Days after which a thumb up reaches a third as far: by then training has learned it."""
FITS = 3.0
LIKE = 12.0
LATELY = 4.0
"""What is exactly like tracks that were all listened to lately gains so much, and loses it when all were skipped."""
CHOSEN = 0.5
"""Part of that for what the listener chose: the scores know it already."""
LATELY_HALF_LIFE = 24.0
"""Plays after which a verdict counts half."""
BEFORE_TURN = 0.25
"""Part that is left of a verdict when the listener has turned away since."""
LATELY_ARTIST = 0.5
"""How alike, for that, two tracks are that have nothing in common but their artist."""
ANSWERED = 2.0
"""What an artist gains when everything of theirs that was suggested lately was listened to, and loses when skipped.

Answers to suggestions only: what listeners choose themselves is in the scores already, and weighing it twice would
cost accuracy."""
HINT = 0.5
"""What was put off or queued says so much of what a skip or a play says, and only in the same session."""
ADDED = 1.5
"""What a track nobody played gains when it has just come into the library."""
ADDED_DAYS = 10.0
"""Days after which that is a third."""
ADDED_SHARE = 0.1
"""A library of which more came at once is new as a whole."""
BATCH_MS = 3_600_000
"""Silence that ends what was added together."""
RECENT = 6
DISLIKED = 50

_VERDICTS = {EventKind.PLAYED: 1.0, EventKind.SKIPPED: -1.0}


class Context:
    """The present, for one library and listener.

    Args:
        snapshot: The library.
        listener: The counters.
        vectors: Vectors of the items that say how alike two are.
    """

    def __init__(self, snapshot: Snapshot, listener: Listener, vectors: Sequence[Rows]) -> None:
        self._snapshot = snapshot
        self._listener = listener
        self._vectors = vectors
        self._added_after = added_after(snapshot)

    @property
    def changing(self) -> bool:
        """Whether the listener skips away from where the queue was going."""
        return len(self._listener.skipped_run()) >= SKIPS_TO_CHANGE

    def adjustments(
        self, items: IntArray, likeness: Likeness, now: int, like: Sequence[int] = ()
    ) -> dict[str, FloatArray]:
        """What to add to the scores of some items and why, each float32[len(items)].

        By kind: "thumb" up, "kin" of what was given one lately, "added" to the library just now, "content" that is
        like what was heard or asked for, "artist" for what was made of suggestions by the same artist, "skip" for
        what is like what was skipped or disliked.

        Args:
            items: Which.
            likeness: Compares the same items.
            now: UTC ms.
            like: Items the queue is wanted to be like.
        """
        new = self._listener.played(items) == 0
        thumb = self._listener.thumb[self._listener.recording[items]]
        parts = {
            "thumb": np.float32(THUMB_UP) * (thumb > 0).astype(np.float32),
            "added": np.float32(ADDED) * np.where(new, self.freshness(items, now), np.float32(0)),
            "skip": -self._distaste(items, likeness),
        }
        heard = [event.item for event in self._listener.recent if event.kind is EventKind.PLAYED][-RECENT:]
        if like:
            alike = likeness.to_mean(self._of(like)) if self._vectors else np.float32(0)
            return parts | {"content": np.zeros(len(items), np.float32) + np.float32(LIKE) * alike}
        turned_at = self._listener.turned()[1]
        parts["content"] = np.float32(LATELY) * self._lately(items, likeness, now, turned_at)
        given, parts["kin"] = self._kinship(items, likeness, now)
        parts["thumb"] = parts["thumb"] + given
        parts["artist"] = np.float32(ANSWERED) * self._answered(items, turned_at)
        if self._vectors and heard and self._listener.session(now):
            fits = np.where(new, likeness.to_mean(self._of(heard)), np.float32(0))
            parts["content"] = parts["content"] + np.float32(FITS) * fits
        return parts

    def freshness(self, items: IntArray, now: int) -> FloatArray:
        """How new some items are in the library, 1 this moment to 0; float32[len(items)]."""
        at = self._snapshot.added_at[items]
        days = np.maximum(now - at, 0) / DAY_MS
        return np.where(at > self._added_after, np.exp(-days / ADDED_DAYS), 0).astype(np.float32)

    def _lately(self, items: IntArray, likeness: Likeness, now: int, turned_at: int) -> FloatArray:
        """Verdicts on what is alike, -1 all skipped to 1 all listened to: how a change of mood is followed.

        What is by the same artist is alike, too, whatever it sounds like.
        """
        found = [
            (event.item, _VERDICTS[event.kind] * (1.0 if event.source is PlaySource.SUGGESTED else CHOSEN), event.at)
            for event in self._listener.recent
            if event.kind in _VERDICTS
        ]
        found += [(item, HINT * way, at) for item, way, at in self._listener.hints if now - at <= SESSION_GAP_MS]
        others = [item for item, _, _ in found]
        near = np.float32(LATELY_ARTIST) * self._same_artist(items, others)
        if self._vectors and found:
            near = near + np.square(likeness.to_each(self._of(others)))
        return _mean_verdict(near, [verdict for _, verdict, _ in found], [at for _, _, at in found], turned_at)

    def _answered(self, items: IntArray, turned_at: int) -> FloatArray:
        """What became of the last suggestions by the same artist, -1 all skipped to 1 all listened to."""
        answers = self._listener.answers()
        same = self._same_artist(items, [answer.item for answer in answers])
        verdicts, at = [_VERDICTS[answer.kind] for answer in answers], [answer.at for answer in answers]
        return _mean_verdict(same, verdicts, at, turned_at)

    def _same_artist(self, items: IntArray, others: Sequence[int]) -> FloatArray:
        """1 where two are by the same artist, float32[len(items), len(others)]."""
        artists = self._snapshot.artist[np.asarray(others, np.int64)]
        same = self._snapshot.artist[items][:, None] == np.where(artists < 0, -2, artists)
        return np.asarray(same, np.float32)

    def _kinship(self, items: IntArray, likeness: Likeness, now: int) -> tuple[FloatArray, FloatArray]:
        """What thumbs up given lately are worth: to the tracks that have them, and to what is like one of these.

        A track gains by that thumb alone that gives it most, and never more than the track that has it.
        """
        liked = fond_of(self._listener, now)
        if not liked:
            return np.zeros(len(items), np.float32), np.zeros(len(items), np.float32)
        others = [item for item, _ in liked]
        weight = np.array([weight for _, weight in liked], np.float32)
        near = np.float32(KIN_ARTIST) * self._same_artist(items, others)
        if self._vectors:
            # Squared: only what is very much alike shares the thumb.
            near = near + np.float32(KIN_LIKENESS) * np.square(likeness.to_each(self._of(others)))
        recording = self._listener.recording
        own = recording[items][:, None] == recording[others]
        given = np.float32(KIN_ARTIST + KIN_LIKENESS) * (own * weight).max(axis=1)
        return np.asarray(given, np.float32), np.asarray((np.where(own, 0, near) * weight).max(axis=1), np.float32)

    def _distaste(self, items: IntArray, likeness: Likeness) -> FloatArray:
        cost = np.zeros(len(items), np.float32)
        skipped = self._listener.skipped_run()
        if skipped:
            part = np.float32(1.0 if self.changing else ONE_SKIP)
            cost += part * np.float32(SKIPPED_ARTIST) * self._same_artist(items, skipped).max(axis=1)
            if self._vectors:
                cost += part * np.float32(SKIPPED_LIKENESS) * likeness.to_mean(self._of(skipped))
        disliked = [item for item, _ in self._listener.latest_thumbs(-1, DISLIKED)]
        if disliked:
            cost += np.float32(DISLIKED_ARTIST) * self._same_artist(items, disliked).max(axis=1)
            if self._vectors:
                # Squared: only what is very much alike shares the dislike.
                cost += np.float32(DISLIKED_LIKENESS) * np.square(likeness.to_nearest(self._of(disliked)))
        return cost

    def _of(self, items: Sequence[int]) -> list[FloatArray]:
        return [vectors.rows(items) for vectors in self._vectors]


def _mean_verdict(near: FloatArray, verdicts: Sequence[float], at: Sequence[int], turned_at: int) -> FloatArray:
    """Mean of verdicts, weighted by nearness and age, drawn towards 0 by one that says neither; float32[C].

    A kernel estimate (Nadaraya 1964; Watson 1964). What was said before the listener turned away counts less.

    Args:
        near: float32[C, M], 0 to 1.
        verdicts: M of them, oldest first.
        at: When, UTC ms.
        turned_at: When the listener turned away last, UTC ms.
    """
    age = np.arange(len(verdicts) - 1, -1, -1)
    weight = 0.5 ** (age / LATELY_HALF_LIFE)
    weight[np.asarray(at, np.int64) < turned_at] *= BEFORE_TURN
    near = near * weight.astype(np.float32)
    return np.asarray((near @ np.asarray(verdicts, np.float32)) / (near.sum(axis=1) + np.float32(1)), np.float32)


def fond_of(listener: Listener, now: int) -> list[tuple[int, float]]:
    """What was given a thumb up lately, and how far that still reaches what is alike: 1 this moment to nearly 0."""
    given = ((item, math.exp(-max(0, now - at) / DAY_MS / KIN_DAYS)) for item, at in listener.latest_thumbs(1, KIN))
    return [(item, weight) for item, weight in given if weight > KIN_LEAST]


def added_after(snapshot: Snapshot) -> int:
    """When the last `ADDED_SHARE` of a library began to come, UTC ms: what came later is new in it.

    What a scan adds comes together: of tracks without `BATCH_MS` of silence between them either all are new or none.
    """
    times = np.sort(snapshot.added_at)
    if not len(times):
        return 0
    place = len(times) - 1 - int(len(times) * ADDED_SHARE)
    silences = np.flatnonzero(np.diff(times[place:]) >= BATCH_MS)
    return int(times[place + silences[0]] if len(silences) else times[-1])
