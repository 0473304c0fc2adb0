"""What can truly be said of a suggestion: counted from what was observed, never taken from the scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender._api import EventKind, FloatArray, day_part
from recommender._radio import Radio
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors
from recommender.models import ItemFactors, Signals
from recommender.ranking import Choice, Evidence, Listener, RankRequest, fond_of

_DAY_MS = 86_400_000
_KEPT = 4
_DAY_PARTS = np.array([day_part(hour) for hour in range(24)])


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
        self._units: dict[tuple[bool, tuple[int, ...]], FloatArray] = {}

    def of(self, choice: Choice, request: RankRequest, radio: Radio | None = None) -> Evidence:
        """What is known of one choice, as of now: what sounds counts as heard.

        In a radio its first seed counts as heard instead, and what would be said of the session is said of its seeds.
        """
        item, signals = choice.item, self._signals
        recording = int(self._listener.recording[item])
        plays = int(self._listener.plays[recording])
        silent, listened = (
            request.now - int(at[recording]) for at in (self._listener.last_at, self._listener.listened_at)
        )
        follows = round(float(signals.transitions.follows.values[item]))
        before = signals.history.last_item
        album = int(self._snapshot.album[item])
        hour, at_this_time = self._times(item, request.now)
        near = signals.neighbours.near.values[item] > 0 or signals.neighbours.wide.values[item] > 0
        alike = self._alike(item, request.like)
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
            kin=self._kin(item, request.now),
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

    def _alike(self, item: int, like: Sequence[int]) -> int | None:
        """The item most like this one among those asked for, or else among those played recently.

        By sound, or where that is not known by taste. None where it is no more like it than any two tracks are; of
        those asked for, then one by the same artist, if there is one.
        """
        recent = tuple(like) or tuple(
            dict.fromkeys(e.item for e in self._listener.recent if e.kind is EventKind.PLAYED)
        )
        best, cosine, usual = self._nearest(item, recent)
        if cosine > usual:
            return best
        same = np.flatnonzero(self._snapshot.artist[np.asarray(like, np.int64)] == self._snapshot.artist[item])
        return like[int(same[0])] if len(same) and self._snapshot.artist[item] >= 0 else None

    def _kin(self, item: int, now: int) -> int | None:
        """What was given a thumb up lately and is by the same artist, or else most like it; not the same recording."""
        recording, artist = self._listener.recording, self._snapshot.artist
        liked = [other for other, _ in fond_of(self._listener, now) if recording[other] != recording[item]]
        same = [other for other in liked if artist[other] == artist[item] >= 0]
        best, cosine, usual = self._nearest(item, tuple(same or liked))
        if same:
            return best
        return best if cosine > usual else None

    def _nearest(self, item: int, others: tuple[int, ...]) -> tuple[int, float, float]:
        """Which of some others is most like an item, how much (a cosine), and how much any two tracks are.

        By sound, or where that is not known by taste. Where nothing can be compared the first of them, -inf and 0.
        """
        by_sound = bool(self._sound.width and self._snapshot.has_content[item])
        vectors, usual = (self._sound, self._usual_sound) if by_sound else (self._taste, 0.0)
        if vectors is None or not others:
            return (others[0] if others else -1), -np.inf, 0.0
        if (by_sound, others) not in self._units:
            # Asked for each place of the queue in turn: by sound and by taste, of what was heard and of what is liked.
            if len(self._units) >= _KEPT:
                self._units.clear()
            self._units[by_sound, others] = vectors.rows(np.array(others, np.int32))
        units = self._units[by_sound, others]
        comparable = np.any(units, axis=1) & (np.array(others) != item)
        cosines = np.where(comparable, units @ vectors.rows([item])[0], -np.inf)
        best = int(np.argmax(cosines))
        return others[best], float(cosines[best]), usual
