"""Radios judged on listening logs: `python -m recommender.evaluation.radio LOG [LOG …] [--base DIR] [--json]`.

    LOG         CSV, .gz or not, as for `segue evaluate`; one or several people each
    --base DIR  folder of the weights, those in `resources/models/base` without it
    --json      figures as one JSON document instead of tables

Judged are sessions of the last fifth of each history that have at least five further tracks. Seeds: the session's first
play, or the dozen most played tracks of its artist. A radio of 20 is made from what was known before the session, by
the recommender and by rules; no contender may name a seed. Figures are means over people, standard errors in brackets.

- ``recall``: share of the further tracks of the session that are in the radio
- ``hit``: share of the sessions of which at least one is
- ``ahead``: by how much the recommender's recall is higher than this contender's
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender._api import Event, EventKind, FloatArray, IntArray
from recommender._artefact import Artefact
from recommender._company import Company
from recommender._errors import RecommenderError
from recommender._neighbours import similar
from recommender._recommender import Recommender, SuggestRequest
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, top
from recommender.evaluation._log import read_log
from recommender.evaluation._people import Person, person
from recommender.models import AlsFactors
from recommender.ranking import SESSION_GAP_MS

K = 20
FEWEST = 5
"""Further tracks that a session must have."""
SESSIONS = 60
"""Sessions judged of each person, at most, evenly spread."""
ARTIST_SEEDS = 12
"""As many tracks seed an artist's radio in the player."""
KINDS = ("track", "artist")
OWN = "segue"

Rule = Callable[["Past", IntArray], FloatArray]
Figures = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of a test.

    Attributes:
        first: Place of its first event among the test's.
        seed: The first track listened to.
        further: The other tracks listened to, each once.
    """

    first: int
    seed: int
    further: frozenset[int]


class Past:
    """What was known before a session, for the rules.

    Args:
        snapshot: The library and the log before the test.
        seed: Of the random rule.
    """

    def __init__(self, snapshot: Snapshot, seed: int = 0) -> None:
        self.artist = snapshot.artist
        self.plays = np.zeros(len(snapshot), np.float32)
        self.order: list[int] = []
        self.sessions: list[int] = []
        self.random = np.random.default_rng(seed)
        self._session, self._ended = 0, 0
        for event in snapshot.events():
            self.observe(event)

    def observe(self, event: Event) -> None:
        """Count one event."""
        if event.at - self._ended > SESSION_GAP_MS:
            self._session += 1
        self._ended = max(self._ended, event.at + event.listened_ms)
        if event.kind is EventKind.PLAYED:
            self.plays[event.item] += 1
            self.order.append(event.item)
            self.sessions.append(self._session)


def sittings(one: Person) -> list[Sitting]:
    """The sessions of a test that can be judged, in time order."""
    found: list[Sitting] = []
    first, ended, heard = 0, 0, list[int]()
    for place, event in enumerate([*one.later, None]):
        if event is None or event.at - ended > SESSION_GAP_MS:
            further = frozenset(heard[1:]) - frozenset(heard[:1])
            if len(further) >= FEWEST:
                found.append(Sitting(first, heard[0], further))
            first, heard = place, []
        if event is not None:
            ended = max(ended, event.at + event.listened_ms)
            if event.kind is EventKind.PLAYED:
                heard.append(event.item)
    if len(found) > SESSIONS:
        found = [found[place] for place in np.linspace(0, len(found) - 1, SESSIONS).astype(int).tolist()]
    return found


def _random(past: Past, _seeds: IntArray) -> FloatArray:
    return past.random.random(len(past.plays)).astype(np.float32)


def _artist(past: Past, seeds: IntArray) -> FloatArray:
    return np.asarray(np.isin(past.artist, past.artist[seeds]) * (1 + past.plays), np.float32)


def _transitions(past: Past, seeds: IntArray) -> FloatArray:
    """What came next, in the same session."""
    order, sessions = np.array(past.order, np.int64), np.array(past.sessions, np.int64)
    found = np.zeros(len(past.plays), np.float32)
    follows = np.flatnonzero(np.isin(order[:-1], seeds) & (sessions[1:] == sessions[:-1]))
    np.add.at(found, order[follows + 1], 1)
    return found


def _sessions(past: Past, seeds: IntArray) -> FloatArray:
    """Session kNN: what was played in earlier sessions, by how much of them the seeds are (cosine)."""
    order, sessions = np.array(past.order, np.int64), np.array(past.sessions, np.int64)
    found = np.zeros(len(past.plays), np.float32)
    if len(order):
        seeded = np.bincount(sessions, np.isin(order, seeds), minlength=sessions[-1] + 1)
        length = np.bincount(sessions, minlength=sessions[-1] + 1)
        weight = seeded / np.sqrt(np.maximum(length, 1))
        np.add.at(found, order, weight[sessions].astype(np.float32))
    return found


def _company(past: Past, seeds: IntArray) -> FloatArray:
    """What was played around the seeds, nearest first: the recommender's own evidence, without its weights."""
    order, sessions = np.array(past.order, np.int32), np.array(past.sessions, np.int32)
    return Company.of(order, sessions, seeds, len(past.plays)).excess


RULES: Mapping[str, Rule] = {
    "random": _random,
    "artist": _artist,
    "transitions": _transitions,
    "sessions": _sessions,
    "company": _company,
}


def radios(one: Person, base: Artefact, seed: int = 0) -> Figures:
    """Judge the radios of one person: kind of seed -> contender -> "recall" and "hit".

    Args:
        one: Who.
        base: The weights.
        seed: Of everything random.
    """
    chosen = {sitting.first: sitting for sitting in sittings(one)}
    past, recommender = Past(one.snapshot, seed), Recommender(one.snapshot, base, seed=seed)
    taste = AlsFactors.fit(one.snapshot).aligned(one.snapshot)
    nothing = Vectors(np.zeros((len(one.snapshot), 0), np.float32))
    shares: dict[str, dict[str, list[float]]] = {kind: {} for kind in KINDS}
    for place, event in enumerate(one.later):
        sitting = chosen.get(place)
        if sitting is not None:
            for kind in KINDS:
                seeds = _seeds(past, sitting.seed, kind)
                wanted = sitting.further - set(seeds.tolist())
                if not wanted:
                    continue
                lists = {name: _best(rule(past, seeds), seeds) for name, rule in RULES.items()}
                lists["als"] = similar(nothing, taste, seeds, K)[0].tolist()
                request = SuggestRequest(K, event.at, like=seeds.tolist(), seed=seed)
                lists[OWN] = [suggestion.item for suggestion in recommender.suggest(request)]
                for name, items in lists.items():
                    shares[kind].setdefault(name, []).append(len(wanted & set(items)) / len(wanted))
        past.observe(event)
        recommender.observe(event)
    return {
        kind: {
            name: {"recall": float(np.mean(each)), "hit": float(np.mean(np.array(each) > 0))}
            for name, each in found.items()
        }
        for kind, found in shares.items()
    }


def _seeds(past: Past, item: int, kind: str) -> IntArray:
    if kind == "track" or past.artist[item] < 0:
        return np.array([item], np.int32)
    own = np.flatnonzero(past.artist == past.artist[item]).astype(np.int32)
    return own[np.argsort(-past.plays[own], kind="stable")[:ARTIST_SEEDS]]


def _best(scores: FloatArray, seeds: IntArray) -> list[int]:
    scores[seeds] = 0
    return [item for item in top(scores, K).tolist() if scores[item] > 0]


def summary(people: Sequence[Figures]) -> dict[str, dict[str, dict[str, tuple[float, float]]]]:
    """Means over people and their standard errors: kind of seed -> contender -> "recall", "hit" and "ahead"."""
    found: dict[str, dict[str, dict[str, tuple[float, float]]]] = {}
    for kind in KINDS:
        known = [one[kind] for one in people if one[kind]]
        found[kind] = {
            name: {
                "recall": _mean([one[name]["recall"] for one in known]),
                "hit": _mean([one[name]["hit"] for one in known]),
                "ahead": _mean([one[OWN]["recall"] - one[name]["recall"] for one in known]),
            }
            for name in (known[0] if known else ())
        }
    return found


def _mean(values: Sequence[float]) -> tuple[float, float]:
    error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
    return round(float(np.mean(values)), 4), round(error, 4)


def main(arguments: list[str] | None = None) -> int:
    """Judge and print; the exit code, 2 where a log or the weights cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m recommender.evaluation.radio",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("logs", type=Path, nargs="+", metavar="LOG", help="listening log, as for `segue evaluate`")
    parser.add_argument("--base", type=Path, default=Path("resources/models/base"), help="folder of the weights")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        base = Artefact.load(options.base)
        people = [person(name, rows) for path in options.logs for name, rows in read_log(path).users.items()]
    except RecommenderError as error:
        parser.exit(2, f"{error}\n")
    found = summary([radios(one, base) for one in people if one.tests])
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    for kind, contenders in found.items():
        sys.stdout.write(f"| {kind} radio | recall@{K} | hit rate | segue ahead, recall |\n|---|---|---|---|\n")
        for name, figures in contenders.items():
            cells = [f"{mean:.3f} ({error:.3f})" for mean, error in figures.values()]
            sys.stdout.write(f"| {name} | {' | '.join(cells)} |\n")
        sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
