"""What can truly be said of a track that nobody was heard playing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender._api import Reason, ReasonKind
from recommender._kinship import Kinship
from recommender._snapshot import Snapshot
from recommender.coldstart._evidence import Verdict
from recommender.ranking import Listener

COLLECTION = 5
"""Tracks of one artist that are worth telling."""
SHORT_MS, LONG_MS = 120_000, 420_000
"""Lengths that are worth telling."""
MIX = 0x9E3779B1
"""Knuth's multiplicative hash: which fact is told first differs from track to track, and stays."""


class Facts:
    """Reasons from the library alone, and from the first things the listener said.

    Args:
        snapshot: The library.
        listener: The counters.
        kinship: Compares tracks.
    """

    def __init__(self, snapshot: Snapshot, listener: Listener, kinship: Kinship) -> None:
        self._snapshot = snapshot
        self._listener = listener
        self._kinship = kinship
        named = snapshot.artist[snapshot.artist >= 0]
        self._by_artist = np.bincount(named) if len(named) else np.zeros(1, np.int64)

    def reasons(self, item: int, cause: Verdict | None, closeness: float, *, album: bool) -> tuple[Reason, ...]:
        """The reasons of one suggestion, strongest first; never empty.

        Args:
            item: The track.
            cause: What the listener likes that speaks for it.
            closeness: How close it is to that, 0 to 1.
            album: The album that plays goes on with it.
        """
        said: dict[ReasonKind, Reason] = {}
        if album:
            said[ReasonKind.ALBUM] = Reason(ReasonKind.ALBUM, 0.6)
        if cause is not None:
            why = self._because(item, cause, closeness)
            said[why.kind] = why
        for fact in self.facts(item):
            said.setdefault(fact.kind, fact)
        plays = int(self._listener.plays[self._listener.recording[item]])
        last = ReasonKind.LIKED if plays else ReasonKind.NEW
        return (*said.values(), Reason(last, 0.0, count=plays or None))

    def facts(self, item: int) -> list[Reason]:
        """What the library alone says of a track that is worth reading; which is told first differs by track."""
        snapshot = self._snapshot
        artist, genre = int(snapshot.artist[item]), int(self._kinship.genres[item, 0])
        opens = snapshot.album[item] >= 0 and snapshot.track_no[item] == 1 and snapshot.disc[item] <= 1
        telling = []
        if words := snapshot.words(item):
            telling.append(Reason(ReasonKind.SOUND, 0.0, tags=words))
        if genre >= 0:
            telling.append(Reason(ReasonKind.GENRE, 0.0, count=int(self._kinship.genre_size[genre])))
        if opens:
            telling.append(Reason(ReasonKind.OPENER, 0.0))
        if artist >= 0 and self._by_artist[artist] >= COLLECTION:
            telling.append(Reason(ReasonKind.COLLECTION, 0.0, count=int(self._by_artist[artist])))
        plain = []
        if snapshot.album[item] >= 0 and not opens:
            plain.append(Reason(ReasonKind.SOURCE, 0.0))
        if snapshot.year[item] > 0:
            plain.append(Reason(ReasonKind.DECADE, 0.0))
        if 0 < snapshot.duration_ms[item] <= SHORT_MS or snapshot.duration_ms[item] >= LONG_MS:
            plain.append(Reason(ReasonKind.LENGTH, 0.0))
        return [*_turned(telling, item), *_turned(plain, item)]

    def _because(self, item: int, cause: Verdict, closeness: float) -> Reason:
        artist = int(self._snapshot.artist[item])
        if cause.thumb:
            return Reason(ReasonKind.KIN, closeness, other=cause.item)
        if cause.played and artist >= 0 and artist == int(self._snapshot.artist[cause.item]):
            plays = self._listener.plays[self._listener.recording[self._snapshot.artist == artist]]
            return Reason(ReasonKind.ARTIST, closeness, other=cause.item, count=int(plays.sum()))
        shared = set(self._snapshot.words(cause.item))
        tags = tuple(word for word in self._snapshot.words(item) if word in shared)
        return Reason(ReasonKind.SIMILAR, closeness, other=cause.item, tags=tags)


def _turned(facts: Sequence[Reason], item: int) -> Sequence[Reason]:
    """The same facts in a round that begins elsewhere from track to track, and stays."""
    first = (item * MIX >> 8) % len(facts) if facts else 0
    return [*facts[first:], *facts[:first]]
