"""Quality of Up Next itself: the ten tracks it would show, rules and all, against what was really played.

Measured at some moments of a test for every model, with the same rules of the queue for each. Of the ten:

- ``next10``: whether the next play is among them
- ``session10``: the share that is played within the rest of the session
- ``within40``: the share that is played within the next 40 plays
- ``skipped``: of those heard by then, the share whose first outcome is a skip
- ``new``: the share never played before; ``own_new`` is the listener's own share in the test
- ``artists``: how many different artists
- ``repeats``: the share already heard in the running session

A model with settings between familiar and adventurous is also asked at both ends, and further figures are kept:
``pairs`` (share of pairs of tracks by different artists), ``own_artists`` (share by artists played before), ``gap``
(places from a track to the next one of its artist, 10 where there is none) and ``coverage`` (share of the library
suggested at any of the moments).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, Model, Suggestion
from recommender._recommender import Recommender, SuggestRequest
from recommender.evaluation._people import Person
from recommender.ranking import SESSION_GAP_MS, Listener, QueueRanker

K = 10
MOMENTS = 150
"""Moments of one person's test, at most."""
SOON = 40
WAYS = {"familiar": -1.0, "balanced": 0.0, "adventurous": 1.0}
HEADLINE = ("next10", "session10", "within40", "skipped", "new", "artists", "repeats")

Items = npt.NDArray[np.int64]


class Suggester(Protocol):
    """What is judged."""

    def suggest(self, request: SuggestRequest) -> list[Suggestion]:
        """Return the queue for a request."""


class RankedQueue:
    """The queue that the rules of Up Next make of any model's scores.

    Scores of such a model have no unit; minus the log of their rank stands for them, which keeps their order.

    Args:
        model: Has learned the person's snapshot; its owner reveals the events to it.
        person: Who.
    """

    def __init__(self, model: Model, person: Person) -> None:
        self._model = model
        self._items = np.arange(len(person.snapshot), dtype=np.int32)
        self._listener = Listener.of(person.snapshot)
        self._ranker = QueueRanker(person.snapshot, self._listener)

    def observe(self, event: Event) -> None:
        """Count one event."""
        self._listener.observe(event)

    def suggest(self, request: SuggestRequest) -> list[Suggestion]:
        """Return the queue for a request, without reasons."""
        scores = self._model.scores(request.now)
        ranks = np.empty(len(scores), np.float32)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        choices = self._ranker.rank(self._items, -np.log(ranks), request)
        return [Suggestion(choice.item, choice.score, ()) for choice in choices]


@dataclass(slots=True)
class _Asked:
    """The queues of one moment.

    Attributes:
        event: Number of the event that came next.
        session: Number of the session running then; -1 for none.
        lists: Items by setting.
        figures: What each list is like, whatever comes.
    """

    event: int
    session: int
    lists: dict[str, Items] = field(default_factory=dict)
    figures: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(slots=True)
class _Heard:
    """Events of the test in columns."""

    item: list[int] = field(default_factory=list)
    played: list[bool] = field(default_factory=list)
    session: list[int] = field(default_factory=list)
    new: list[bool] = field(default_factory=list)


class QueueQuality:
    """Collects the queues of one person's test.

    Args:
        person: Who.
        ways: Settings of the control to ask at, of `WAYS`.
    """

    def __init__(self, person: Person, ways: Sequence[str] = ("balanced",)) -> None:
        self._artist = person.snapshot.artist
        self._ways = tuple(ways)
        self._every = max(1, person.tests // MOMENTS)
        self._played = person.played_before > 0
        self._known_artists = set(self._artist[self._played].tolist())
        self._in_session: set[int] = set()
        self._session = 0
        self._ended = 0
        self._tests = 0
        self._heard = _Heard()
        self._asked: list[_Asked] = []

    def watch(self, model: Suggester, now: int) -> None:
        """Ask for queues at every so many tested plays; called before each, at a time in UTC ms."""
        self._tests += 1
        if (self._tests - 1) % self._every:
            return
        running = bool(self._in_session) and now - self._ended <= SESSION_GAP_MS
        session = self._in_session if running else set()
        asked = _Asked(len(self._heard.item), self._session if running else -1)
        for name in self._ways:
            request = SuggestRequest(K, now, adventurousness=WAYS[name], seed=self._tests)
            items = np.array([one.item for one in model.suggest(request)], np.int64)
            if len(items):
                asked.lists[name], asked.figures[name] = items, self._at_once(items, session)
        self._asked.append(asked)

    def observe(self, event: Event) -> None:
        """Note what really came; called after each event of the test."""
        if event.at - self._ended > SESSION_GAP_MS:
            self._in_session.clear()
            self._session += 1
        played = event.kind == EventKind.PLAYED
        heard = self._heard
        heard.item.append(event.item)
        heard.played.append(played)
        heard.session.append(self._session)
        heard.new.append(played and not self._played[event.item])
        self._in_session.add(event.item)
        self._ended = max(self._ended, event.at + event.listened_ms)
        if played:
            self._played[event.item] = True
            self._known_artists.add(int(self._artist[event.item]))

    def figures(self) -> dict[str, dict[str, float]]:
        """Return the means for each setting of the control; empty without a queue."""
        item, played = np.array(self._heard.item, np.int64), np.array(self._heard.played, np.bool_)
        session = np.array(self._heard.session, np.int64)
        plays = np.flatnonzero(played)
        own_new = float(np.mean(np.array(self._heard.new)[played])) if len(plays) else 0.0
        found = {}
        for way in self._ways:
            each = [
                asked.figures[way] | _compared(asked.lists[way], asked, item, played, session)
                for asked in self._asked
                if way in asked.lists
            ]
            if each:
                keys = dict.fromkeys(key for one in each for key in one)
                means = {key: float(np.mean([one[key] for one in each if key in one])) for key in keys}
                reached = len(np.unique(np.concatenate([one.lists[way] for one in self._asked if way in one.lists])))
                found[way] = means | {"coverage": reached / len(self._played), "own_new": own_new}
        return found

    def _at_once(self, items: Items, session: Collection[int]) -> dict[str, float]:
        # Tracks without an artist are by artists of their own.
        artists = np.where(self._artist[items] >= 0, self._artist[items], -2 - items)
        _, counts = np.unique(artists, return_counts=True)
        pairs = len(items) * (len(items) - 1) / 2
        same = float((counts * (counts - 1) / 2).sum())
        return {
            "new": float(np.mean(~self._played[items])),
            "repeats": float(np.mean([item in session for item in items.tolist()])),
            "own_artists": float(np.mean([artist in self._known_artists for artist in self._artist[items].tolist()])),
            "artists": float(len(counts)),
            "pairs": 1 - same / pairs if pairs else 1.0,
            "gap": _gap(artists),
        }


def _compared(
    items: Items, asked: _Asked, item: Items, played: npt.NDArray[np.bool_], session: Items
) -> dict[str, float]:
    """How one list compares with the events of the test; "skipped" is missing where none of it was heard."""
    later, outcome = item[asked.event :], played[asked.event :]
    coming = np.flatnonzero(outcome)[:SOON]
    if not len(coming):
        return {"next10": 0.0, "session10": 0.0, "within40": 0.0}
    soon = later[coming]
    # In silence the session that the next event opens is the one asked for.
    running = asked.session if asked.session >= 0 else int(session[asked.event])
    same = later[outcome & (session[asked.event :] == running)]
    figures = {
        "next10": float(soon[0] in items),
        "session10": float(np.isin(items, same).mean()),
        "within40": float(np.isin(items, soon).mean()),
    }
    span = later[: coming[-1] + 1]
    first = [int(np.argmax(span == one)) for one in items.tolist() if (span == one).any()]
    return figures | ({"skipped": float(np.mean(~outcome[first]))} if first else {})


def suggester_of(model: Model, person: Person) -> Suggester:
    """Return what makes a model's queue: itself, or the rules of Up Next over its scores."""
    return model if isinstance(model, Recommender) else RankedQueue(model, person)


def mean_quality(people: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """Return the means over people."""
    known = [one for one in people if one]
    return {
        way: {
            key: round(float(np.mean([one[way][key] for one in known if key in one[way]])), 4)
            for key in dict.fromkeys(key for one in known for key in one[way])
        }
        for way in (known[0] if known else ())
    }


def headline(figures: Mapping[str, float]) -> dict[str, float]:
    """Return those figures that every model has."""
    return {key: figures[key] for key in HEADLINE if key in figures}


def _gap(artists: Items) -> float:
    gaps = []
    for place, artist in enumerate(artists.tolist()):
        later = np.flatnonzero(artists[place + 1 :] == artist)
        gaps.append(float(later[0] + 1) if len(later) else float(K))
    return float(np.mean(gaps))
