"""What every model of the `Model` protocol must do, on a history that looks like listening."""

import numpy as np
import pytest

from recommender import Model, Plays, Snapshot
from recommender.models import RULES, Als, AlsFactors, LstmIds, RuleModel
from tests.recommender.models.listening import catalogue, end, heard, random_events

SIZE = 40
ARTISTS = [item % 7 for item in range(SIZE)]
EVENTS = random_events(SIZE, 400)
PLAYS = heard(EVENTS)
NAMES = [*RULES, "als", "lstm_ids"]


def snapshot():
    return Snapshot.build(
        np.arange(SIZE),
        artist=ARTISTS,
        plays=Plays.build(
            [event.item for event in PLAYS],
            [event.at for event in PLAYS],
            listened_ms=[event.listened_ms for event in PLAYS],
            kind=[int(event.kind) for event in PLAYS],
        ),
    )


def fresh(name):
    if name == "als":
        library = snapshot()
        return Als.from_factors(AlsFactors.fit(library), library)
    if name == "lstm_ids":
        return LstmIds(SIZE, PLAYS[:200], epochs=1)
    return RuleModel(name, RULES[name], catalogue(ARTISTS))


def observed(name, events=EVENTS):
    model = fresh(name)
    for event in events:
        model.observe(event)
    return model


@pytest.mark.parametrize("name", NAMES)
def test_it_follows_the_protocol_and_scores_every_item(name):
    model = observed(name)
    assert isinstance(model, Model)
    assert model.name == name
    scores = model.scores(end(PLAYS))
    assert scores.shape == (SIZE,)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", NAMES)
def test_learning_again_gives_the_same_scores(name):
    np.testing.assert_array_equal(observed(name).scores(end(PLAYS)), observed(name).scores(end(PLAYS)))


@pytest.mark.parametrize("name", NAMES)
def test_scoring_changes_nothing(name):
    asked, silent = fresh(name), fresh(name)
    for event in EVENTS[:150]:
        asked.scores(event.at)
        asked.observe(event)
        silent.observe(event)
    now = EVENTS[150].at
    np.testing.assert_array_equal(asked.scores(now), asked.scores(now))
    np.testing.assert_array_equal(asked.scores(now), silent.scores(now))


@pytest.mark.parametrize("name", NAMES)
def test_it_scores_before_the_first_event(name):
    assert np.isfinite(fresh(name).scores(0)).all()


@pytest.mark.parametrize("name", sorted(set(RULES) - {"frequency"}))
def test_the_order_of_events_matters(name):
    backwards = [*reversed([event.item for event in PLAYS])]
    turned = [
        type(event)(item, event.kind, event.at, event.listened_ms) for event, item in zip(PLAYS, backwards, strict=True)
    ]
    assert (observed(name, PLAYS).scores(end(PLAYS)) != observed(name, turned).scores(end(PLAYS))).any()
