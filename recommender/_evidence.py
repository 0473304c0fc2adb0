"""What can truly be said of a suggestion: counted from what was observed, never taken from the scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender._api import EventKind, FloatArray, IntArray, day_part
from recommender._radio import Radio
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors
from recommender.models import ItemFactors, Signals
from recommender.ranking import Choice, Evidence, Listener, RankRequest, fond_of

_DAY_MS = 86_400_000
_DAY_PARTS = np.array([day_part(hour) for hour in range(24)])


@dataclass(frozen=True, slots=True)
class Compared:
    """Items that others are compared with.

    Attributes:
        items: int32[M].
        by_sound: Their content vectors, float32[M, D], of length 1, and which are known, bool[M].
        by_taste: Their taste vectors, likewise; None where there are none.
    """

    items: IntArray
    by_sound: tuple[FloatArray, npt.NDArray[np.bool_]]
    by_taste: tuple[FloatArray, npt.NDArray[np.bool_]] | None


@dataclass(frozen=True, slots=True)
class Question:
    """What a queue was wanted for, as far as its reasons are concerned.

    Attributes:
        now: UTC ms.
        radio: The radio; None for what fits now.
        heard: What was asked for, or else was listened to lately.
        fond: What was given a thumb up lately.
        seeded: Whether that was asked for.
    """

    now: int
    radio: Radio | None
    heard: Compared
    fond: Compared
    seeded: bool


class Witness:
    """Evidence for the reasons of suggestions.

    Args:
        snapshot: The library.
        listener: The counters.
        signals: The signals.
        sound: Content vectors.
        taste: Taste vectors; None without.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        listener: Listener,
        signals: Signals,
        sound: Vectors,
        taste: ItemFactors | None,
    ) -> None:
        self._snapshot = snapshot
        self._listener = listener
        self._signals = signals
        self._sound = sound
        self._usual_sound = sound.usual() if sound.width else 0.0
        self._taste = taste

    def asked(self, request: RankRequest, radio: Radio | None = None) -> Question:
        """What all choices of one queue are compared with."""
        heard = request.like or dict.fromkeys(
            event.item for event in self._listener.recent if event.kind is EventKind.PLAYED
        )
        fond = [item for item, _ in fond_of(self._listener, request.now)]
        return Question(request.now, radio, self._compared(heard), self._compared(fond), seeded=bool(request.like))

    def _compared(self, items: Iterable[int]) -> Compared:
        others = np.fromiter(items, np.int32)
        taste = None if self._taste is None else _with_known(self._taste.rows(others))
        return Compared(others, _with_known(self._sound.rows(others)), taste)

    def of(self, choice: Choice, question: Question) -> Evidence:
        """What is known of one choice, as of now: what sounds counts as heard.

        In a radio its first seed counts as heard instead, and what would be said of the session is said of its seeds.
        """
        item, signals, radio = choice.item, self._signals, question.radio
        recording = int(self._listener.recording[item])
        plays = int(self._listener.plays[recording])
        silent, listened = (
            question.now - int(at[recording]) for at in (self._listener.last_at, self._listener.listened_at)
        )
        follows = round(float(signals.transitions.follows.values[item]))
        before = signals.history.last_item
        album = int(self._snapshot.album[item])
        hour, at_this_time = self._times(item, question.now)
        near = signals.neighbours.near.values[item] > 0 or signals.neighbours.wide.values[item] > 0
        vector = self._vector(item)
        alike = self._alike(item, vector, question)
        return Evidence(
            plays=plays,
            days=listened / _DAY_MS if plays else None,
            silent_days=silent / _DAY_MS if plays else None,
            follows=before if follows else None,
            follows_count=follows,
            together=bool(near if radio is None else radio.company.weight[item] > 0),
            artist_plays=round(signals.artists.plays_of(int(self._snapshot.artist[item]))),
            same_album=radio is None and before >= 0 and album >= 0 and int(self._snapshot.album[before]) == album,
            hour=hour,
            at_this_time=at_this_time,
            alike=alike,
            tags=self._words(item, alike),
            liked=bool(self._listener.thumb[recording] > 0),
            kin=self._kin(item, vector, question.fond) if choice.answers is None else choice.answers,
        )

    def _times(self, item: int, now: int) -> tuple[int, int]:
        """The listener's hour of the day, and how often the item was played in that part of the day."""
        rhythm = self._signals.rhythm
        hour = rhythm.hour(now)
        return hour, int(np.count_nonzero(_DAY_PARTS[rhythm.hours_of(item)] == day_part(hour)))

    def _words(self, item: int, alike: int | None) -> tuple[str, ...]:
        """What describes its sound; of what it is like, only what describes both."""
        words = self._snapshot.words(item)
        if alike is None:
            return words
        shared = self._snapshot.words(alike)
        return tuple(word for word in words if word in shared)

    def _vector(self, item: int) -> tuple[bool, FloatArray | None]:
        """What an item is compared by: whether by sound, and its vector float32[D]; None where nothing is known."""
        by_sound = bool(self._sound.width and self._snapshot.has_content[item])
        vectors = self._sound if by_sound else self._taste
        return by_sound, None if vectors is None else vectors.rows([item])[0]

    def _alike(self, item: int, vector: tuple[bool, FloatArray | None], question: Question) -> int | None:
        """The item most like this one among those asked for, or else among those listened to lately.

        By sound, or where that is not known by taste. None where it is no more like it than any two tracks are; of
        those asked for, then one by the same artist, if there is one.
        """
        others = question.heard.items
        cosines = self._cosines(vector, question.heard)
        cosines[others == item] = -np.inf
        if cosines.max(initial=-np.inf) > self._usual(vector):
            return int(others[np.argmax(cosines)])
        artist = self._snapshot.artist
        same = np.flatnonzero((artist[others] == artist[item]) & (artist[item] >= 0) & question.seeded)
        return int(others[same[0]]) if len(same) else None

    def _kin(self, item: int, vector: tuple[bool, FloatArray | None], fond: Compared) -> int | None:
        """Which of those is by the same artist, or else most like it; not the same recording."""
        recording, artist = self._listener.recording, self._snapshot.artist
        other = recording[fond.items] != recording[item]
        same = other & (artist[fond.items] == artist[item]) & (artist[item] >= 0)
        cosines = np.where(same if same.any() else other, self._cosines(vector, fond), -np.inf)
        if cosines.max(initial=-np.inf) > self._usual(vector):
            return int(fond.items[np.argmax(cosines)])
        return int(fond.items[np.argmax(same)]) if same.any() else None

    def _usual(self, vector: tuple[bool, FloatArray | None]) -> float:
        """The cosine of any two tracks."""
        return self._usual_sound if vector[0] else 0.0

    def _cosines(self, vector: tuple[bool, FloatArray | None], compared: Compared) -> FloatArray:
        """Cosine of a vector to each of those compared with, float32[M]; -inf where nothing is known of them."""
        by_sound, of_item = vector
        vectors = compared.by_sound if by_sound else compared.by_taste
        if of_item is None or vectors is None:
            return np.full(len(compared.items), -np.inf, np.float32)
        units, known = vectors
        return np.where(known, units @ of_item, np.float32(-np.inf))


def _with_known(units: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    return units, np.any(units, axis=1)
