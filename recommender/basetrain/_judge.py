"""How well weights do for people they were not trained on, by the protocol of `recommender.evaluation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from recommender._artefact import Artefact
from recommender.evaluation import Identity, Person, Row, contenders, person, replay

RULES = ("transitions", "seqknn", "artist", "blend_fixed")
TIMES_LARGER = 2.6
"""Tracks never played for each track of the log, in a library of other people's tracks."""
MORE_BY_ARTIST = 10

Logs = Mapping[str, Sequence[Row]]
Figures = dict[str, dict[str, float]]


def libraries(name: str, logs: Logs, seed: int = 0) -> dict[str, dict[Identity, str]]:
    """Further tracks in a person's library, by the name of the setting."""
    own = {row.track for row in logs[name]}
    others = sorted({row.track for other, rows in logs.items() if other != name for row in rows} - own)
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(others))[: int(TIMES_LARGER * len(own))].tolist()
    artists = sorted({artist for artist, _ in own})
    return {
        "own": {},
        "others": {others[place]: "" for place in chosen},
        "artists": {(artist, f"\0{number}"): "" for artist in artists for number in range(MORE_BY_ARTIST)},
    }


def judge(
    name: str, logs: Logs, artefact: Artefact, settings: Sequence[str], max_test: int | None, rules: bool
) -> dict[str, Figures]:
    """Setting -> model -> metrics of one person; rules are replayed too if wanted."""
    found: dict[str, Figures] = {}
    extra = libraries(name, logs)
    names = [*(RULES if rules else ()), "segue"]
    for setting in settings:
        one: Person = person(name, logs[name], extra[setting], max_test)
        builders: dict[str, Any] = contenders(names, artefact)
        found[setting] = {model: replay(one, build).figures() for model, build in builders.items()}
    return found


def means(per_person: Mapping[str, Mapping[str, Figures]]) -> dict[str, Figures]:
    """The same, averaged over people."""
    people = list(per_person.values())
    return {
        setting: {model: _mean([one[setting][model] for one in people]) for model in people[0][setting]}
        for setting in people[0]
    }


def _mean(each: Sequence[Mapping[str, float]]) -> dict[str, float]:
    metrics = sorted({metric for figures in each for metric in figures})
    return {
        metric: round(float(np.mean([figures[metric] for figures in each if metric in figures])), 4)
        for metric in metrics
    }
