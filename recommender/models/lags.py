"""Evidence by lag: what stood after, and around, each of the last events before, each event by itself.

The other signals add such votes up over the last events with fixed weights. Here every lag is a column of its own, so
that the network weighs them for the listener it reads.
"""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray
from recommender.models._catalogue import Catalogue
from recommender.models._features import LAGS
from recommender.models._history import History
from recommender.models._sparse import grouped

_OCCURRENCES = 40
_OCCURRENCE_FADE = 0.95
_AFTER = 5
_AROUND = 6
_FLOOR = np.float32(1e-3)

Shares = tuple[IntArray, FloatArray]
"""Items and the log of their share."""


class Lags:
    """Votes of each of the last events.

    `refresh` reads the history; columns hold until the next call. What an event votes for is found once, from what
    was heard up to it, and kept while it is among the last.
    """

    def __init__(self, catalogue: Catalogue, history: History) -> None:
        self._history = history
        self._artist = catalogue.artists.of
        self._row: IntArray = np.full(len(catalogue), -1, np.int32)
        self._votes: OrderedDict[tuple[int, int, bool], tuple[Shares, Shares]] = OrderedDict()
        self._last: list[tuple[int, tuple[Shares, Shares]]] = []

    def refresh(self) -> None:
        """Look up what the last events vote for."""
        heard, skipped = self._history.heard.items.values, self._history.skipped.values
        last = len(heard) - 1
        self._last = []
        for place in range(last, max(last - LAGS, -1), -1):
            # What is only supposed to be heard may turn out another track, or be skipped.
            key = place, int(heard[place]), bool(skipped[place])
            if key not in self._votes:
                self._votes[key] = self._vote(place)
                if len(self._votes) > 4 * LAGS:
                    self._votes.popitem(last=False)
            self._last.append((key[1], self._votes[key]))

    def _vote(self, place: int) -> tuple[Shares, Shares]:
        """What was played within a few events after, and around, earlier occurrences of what was heard at a place."""
        history = self._history
        heard = history.heard
        items, sessions, skipped = heard.items.values, heard.sessions.values, history.skipped.values
        places = heard.occurrences(int(items[place]), _OCCURRENCES, place)
        weights = _OCCURRENCE_FADE ** np.arange(len(places))

        def votes(offsets: npt.NDArray[np.int64], *, within: bool) -> Shares:
            near = places[:, None] + offsets
            inside = (near >= 0) & (near <= place)
            inside &= ~skipped[np.clip(near, 0, place)]
            if within:
                inside &= sessions[np.clip(near, 0, place)] == sessions[places][:, None]
            found, sums = grouped(items[near[inside]], np.broadcast_to(weights[:, None], near.shape)[inside])
            return found, np.log(sums / np.float32(sums.sum() + 1e-12) + _FLOOR)

        steps = np.arange(1, _AROUND + 1)
        return votes(np.arange(1, _AFTER + 1), within=False), votes(np.concatenate([steps, -steps]), within=True)

    def skipped(self) -> list[int]:
        """The lags of those of the last events that were skips."""
        return np.flatnonzero(self._history.skipped.values[: -LAGS - 1 : -1]).tolist()

    def features(self, items: IntArray) -> dict[str, FloatArray]:
        """The columns of some items; one may occur more than once."""
        size = len(items)
        floor = np.log(_FLOOR)
        after = np.full((LAGS, size), floor, np.float32)
        around = np.full((LAGS, size), floor, np.float32)
        same = np.zeros((LAGS, size), np.float32)
        artists = self._artist[items]
        self._row[items] = np.arange(size, dtype=np.int32)
        for lag, (item, votes) in enumerate(self._last):
            for table, (found, shares) in zip((after, around), votes, strict=True):
                rows = self._row[found]
                table[lag, rows[rows >= 0]] = shares[rows >= 0]
            artist = self._artist[item]
            if artist >= 0:
                same[lag] = artists == artist
        row = self._row[items]
        self._row[items] = -1
        if (row != np.arange(size)).any():
            after, around = after[:, row], around[:, row]
        columns = {f"after_{lag}": after[lag] for lag in range(LAGS)}
        columns |= {f"around_{lag}": around[lag] for lag in range(LAGS)}
        return columns | {f"artist_{lag}": same[lag] for lag in range(LAGS)}
