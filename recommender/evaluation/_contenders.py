"""The models that are compared, by name, and how each learns what lies before a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from recommender._api import Event, FloatArray, Model
from recommender._artefact import Artefact
from recommender._recommender import Recommender
from recommender._snapshot import Snapshot
from recommender.evaluation._people import Person
from recommender.models import RULES, Als, AlsFactors, Catalogue, LstmIds, RuleModel
from recommender.training import Progress, train

Build = Callable[[Person], Model]

_ALS_CONTEXT = 50
OWN = ("segue", "segue_tuned")
"""Models that need weights."""
MODELS: tuple[str, ...] = (*RULES, "als", "lstm_ids", *OWN)
"""Every model, in the order of reports."""


class SessionAls:
    """ALS that does not repeat a track within a session. Follows the `Model` protocol."""

    name = "als"

    def __init__(self, snapshot: Snapshot) -> None:
        self._als = Als.from_factors(AlsFactors.fit(snapshot), snapshot)
        self._rule = RuleModel("als", lambda signals, now: -1e3 * signals.in_session(now), Catalogue.of(snapshot))
        for number, event in enumerate(snapshot.events()):
            self._rule.observe(event)
            if number >= len(snapshot.plays) - _ALS_CONTEXT:
                self._als.observe(event)

    def observe(self, event: Event) -> None:
        """Fold one event in."""
        self._als.observe(event)
        self._rule.observe(event)

    def scores(self, now: int) -> FloatArray:
        """Preference of the present session, float32[N]."""
        return self._als.scores(now) + self._rule.scores(now)


def contenders(names: Iterable[str], base: Artefact | None, seed: int = 0) -> dict[str, Build]:
    """Builders by name.

    Args:
        names: Of `MODELS`.
        base: Weights for "segue" and "segue_tuned".
        seed: Of everything random.

    Raises:
        ValueError: A name is unknown, or weights are needed and there are none.
    """
    builders: dict[str, Build] = {}
    for name in names:
        if name in RULES:
            builders[name] = partial(_rule, name)
        elif name == "als":
            builders[name] = lambda person: SessionAls(person.snapshot)
        elif name == "lstm_ids":
            builders[name] = partial(_lstm_ids, seed)
        elif name not in OWN:
            raise ValueError(f"there is no model {name}; there are {', '.join(MODELS)}")
        elif base is None:
            raise ValueError(f"{name} needs the base weights")
        else:
            builders[name] = partial(_segue if name == "segue" else _segue_tuned, base, seed)
    return builders


def _rule(name: str, person: Person) -> Model:
    model = RuleModel(name, RULES[name], Catalogue.of(person.snapshot))
    for event in person.snapshot.events():
        model.observe(event)
    return model


def _lstm_ids(seed: int, person: Person) -> Model:
    return LstmIds(len(person.snapshot), list(person.snapshot.events()), seed=seed)


def _segue(base: Artefact, seed: int, person: Person) -> Model:
    return Recommender(person.snapshot, base, seed=seed)


def _segue_tuned(base: Artefact, seed: int, person: Person) -> Model:
    """What the program would use after training on its owner's computer: the tuned model if it was promoted."""
    plays = person.snapshot.plays
    now = int(plays.started_at[-1]) if len(plays) else 0
    outcome = train(person.snapshot, base, None, Progress(), now=now, seed=seed)
    promoted = outcome.artefact is not None and outcome.report["promoted"]
    return Recommender(person.snapshot, outcome.artefact if promoted and outcome.artefact else base, seed=seed)
