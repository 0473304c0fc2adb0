"""What the listener has just said, made visible: the next places of the queue answer to it.

Scores follow feedback by degrees; a listener who has just given a thumb looks for a change. A thumb up reserves some of
the next ten places for what is close to the track; after a thumb down or a skip the artist does not come for a while.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from recommender._api import SESSION_GAP_MS, Event, EventKind, FloatArray, IntArray, PlaySource
from recommender._kinship import Kinship
from recommender._snapshot import Snapshot
from recommender.ranking._listener import Listener

PLACES = {0: math.inf, 2: 2.5, 5: 2.5}
"""Places after a thumb up that go to what is close to the track, and by how much, in nats, something else may be
better: the first one is always seen to answer, the others only where that costs little."""
MAX_RESERVED = 6
"""Of the next ten places, whatever number of thumbs was given."""
LATEST = 8
"""Thumbs that are answered."""
FRESH_MS = 4 * SESSION_GAP_MS
"""A thumb is answered for so long, and as long as its places have not been played."""
DISLIKED_PLACES = 10
"""Places after a thumb down without the artist."""
SKIPPED_PLACES = 10
"""Places after a skip without the artist; each play since takes two."""
CLOSE = 0.25
"""Closeness (`Kinship.to`) from which two tracks have something in common that everybody sees."""
LEAST_CLOSE = 0.07
"""Closeness from which a track can answer a thumb up to one that has nothing closer: it is about as old."""
CLOSEST = 100
"""Candidates of each kind for one thumb."""
_ANSWERED = (PlaySource.SUGGESTED, PlaySource.PICKED, PlaySource.PLAYLIST)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the next places owe to what was said last.

    Attributes:
        reserved: Place -> the track with a thumb up that it answers.
        worth: Place -> by how much something else may be better there, in nats.
        barred: Artist -> the first place that may hold one of its tracks again.
    """

    reserved: dict[int, int] = field(default_factory=dict)
    worth: dict[int, float] = field(default_factory=dict)
    barred: dict[int, int] = field(default_factory=dict)

    def seeds(self) -> list[int]:
        """The tracks with a thumb up that are answered."""
        return list(dict.fromkeys(self.reserved.values()))

    def bars(self, place: int, artist: IntArray, liked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which candidates may not stand at a place.

        Args:
            place: From 0.
            artist: Their artists.
            liked: Whether each has a thumb up: then it may always come.
        """
        out = [one for one, first in self.barred.items() if place < first]
        return np.isin(artist, out) & ~liked if out else np.zeros(len(artist), np.bool_)


class FreshFeedback:
    """Reads from a listener's last events what the next places owe to them.

    Args:
        snapshot: The library.
        listener: The counters; the owner keeps them up to date.
        kinship: Compares tracks.
        around: How much every item was played around one, 0 to 1, float32[N]; None where no log is looked at.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        listener: Listener,
        kinship: Kinship,
        around: Callable[[int], FloatArray] | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._listener = listener
        self.kinship = kinship
        self._around = around

    def answer(self, now: int) -> Answer:
        """What holds for a queue asked for at `now` (UTC ms)."""
        reserved = self._reserved(now)
        worth = {place: within for place, (_item, within) in reserved.items()}
        return Answer({place: item for place, (item, _within) in reserved.items()}, worth, self._barred(now))

    def answering(self, seed: int, items: IntArray, among: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which of some items are close to a track with a thumb up, bool[len(items)]: by tags, sound or the log.

        Where none of `among` has much in common with it the closest ones are.
        """
        apart = 1 - self.kinship.to(seed, items)
        if self._around is not None:
            apart *= 1 - self._around(seed)[items]
        recording = self._listener.recording
        among = among & (recording[items] != recording[seed])
        least = min(CLOSE, max(LEAST_CLOSE, float((1 - apart)[among].max(initial=0)) / 2))
        return among & (1 - apart >= np.float32(least))

    def close_to(self, answer: Answer, noise: FloatArray) -> IntArray:
        """Candidates for the reserved places, int32, ascending."""
        found = [self.kinship.closest(seed, noise, CLOSEST) for seed in answer.seeds()]
        if self._around is not None:
            found += [np.flatnonzero(self._around(seed) >= CLOSE).astype(np.int32) for seed in answer.seeds()]
        return np.unique(np.concatenate(found)).astype(np.int32) if found else np.zeros(0, np.int32)

    def _since(self, at: int) -> int:
        """Tracks begun after an instant."""
        return sum(event.at > at for event in self._listener.recent)

    def _reserved(self, now: int) -> dict[int, tuple[int, float]]:
        fresh = [(item, self._since(at)) for item, at in self._listener.latest_thumbs(1, LATEST) if now - at < FRESH_MS]
        taken: dict[int, tuple[int, float]] = {}
        for offset, within in PLACES.items():
            for item, since in fresh:
                place = offset - since
                while place in taken:
                    place += 1
                if place >= 0 and len(taken) < MAX_RESERVED:
                    taken[place] = (item, within)
        return taken

    def _session(self, now: int) -> Iterator[Event]:
        """What was begun in the session that runs now, the last one first."""
        later = now
        for event in reversed(self._listener.recent):
            if later - event.at - event.listened_ms > SESSION_GAP_MS:
                return
            later = event.at
            yield event

    def _barred(self, now: int) -> dict[int, int]:
        barred: dict[int, int] = {}
        disliked = (
            (item, DISLIKED_PLACES - self._since(at))
            for item, at in self._listener.latest_thumbs(-1, LATEST)
            if now - at < FRESH_MS
        )
        skipped = (
            (event.item, SKIPPED_PLACES - 2 * since)
            for since, event in enumerate(self._session(now))
            if _turned_down(event)
        )
        for item, places in chain(disliked, skipped):
            artist = int(self._snapshot.artist[item])
            if artist >= 0 and places > barred.get(artist, 0):
                barred[artist] = places
        return barred


def _turned_down(event: Event) -> bool:
    """Skipping on within an album, or in a log that does not say who chose, is no word against the artist."""
    return event.kind is EventKind.SKIPPED and event.source in _ANSWERED
