"""Training samples: what came, negatives from three strata, and nothing of the future."""

import numpy as np
import pytest

from recommender import EventKind
from recommender.models import Draw, Signals, candidates, collect
from recommender.models._features import COLUMN, EVENT_FEATURES, FEATURE_NAMES
from recommender.models._network import PAD
from tests.recommender.models.listening import HOUR, MONDAY, catalogue, heard, random_events, session

SIZE = 300
EVENTS = random_events(SIZE, 250)
HEARD = heard(EVENTS)


def signals():
    return Signals(catalogue([item % 20 for item in range(SIZE)]))


@pytest.fixture(scope="module")
def samples():
    """Every third event of a history."""
    return collect(signals(), EVENTS, lambda number: number % 3 == 0, seed=1, outcomes=True)


def test_shapes_follow_the_draw_and_the_features(samples):
    count = len(range(3, len(HEARD), 3))
    assert samples.events.shape == (len(HEARD), len(EVENT_FEATURES))
    assert samples.candidates.shape == (count, Draw().width, len(FEATURE_NAMES))
    assert samples.log_weight.shape == (count, Draw().width)
    assert samples.outcomes.shape == (len(HEARD), len(FEATURE_NAMES))
    assert samples.at.tolist() == [number - 1 for number in range(3, len(HEARD), 3)]


def test_the_first_candidate_is_what_came(samples):
    np.testing.assert_allclose(samples.candidates[:, 0], samples.outcomes[samples.at + 1], atol=1e-5)
    assert (samples.log_weight[:, 0] == 0).all()
    assert samples.skipped.tolist() == [HEARD[row + 1].kind == EventKind.SKIPPED for row in samples.at]


def test_candidates_stand_for_the_whole_library(samples):
    drawn = samples.log_weight > PAD
    stands_for = (np.exp(samples.log_weight) * drawn).sum(axis=1)
    np.testing.assert_allclose(stands_for, SIZE, rtol=0.01)


def test_features_are_those_before_the_event(samples):
    """Replaying to just before a sample and asking then gives the same numbers."""
    wanted = int(samples.at[20]) + 1
    replayed, number = signals(), 0
    for event in EVENTS:
        if event in HEARD:
            if number == wanted:
                break
            number += 1
        replayed.observe(event)
    item = np.array([HEARD[wanted].item], np.int32)
    np.testing.assert_allclose(replayed.features(item, replayed.history.end)[0], samples.candidates[20, 0], atol=1e-5)


def test_the_same_seed_draws_the_same(samples):
    again = collect(signals(), EVENTS, lambda number: number % 3 == 0, seed=1, outcomes=True)
    np.testing.assert_array_equal(again.candidates, samples.candidates)
    other = collect(signals(), EVENTS, lambda number: number % 3 == 0, seed=2)
    assert (other.candidates != samples.candidates).any()


def test_small_libraries_are_padded():
    small = Signals(catalogue([0, 1, 2]))
    samples = collect(small, random_events(3, 30), lambda number: True)
    assert ((samples.log_weight > PAD).sum(axis=1) <= 3 + Draw().from_rest).all()
    assert (samples.log_weight == PAD).any()


def test_nothing_wanted_gives_no_samples():
    samples = collect(signals(), EVENTS[:20], lambda number: False)
    assert len(samples.at) == 0
    assert len(samples.events) > 0


def test_candidates_of_a_large_library_hold_what_the_signals_know():
    large = Signals(catalogue([item % 50 for item in range(5000)]))
    for event in EVENTS:
        large.observe(event)
    now = large.history.end
    found = candidates(large, now, limit=800)
    assert len(found) < 3000
    assert len(np.unique(found)) == len(found)
    table = large.features(np.arange(5000, dtype=np.int32), now)
    assert set(np.flatnonzero(table[:, COLUMN["follows_count"]] > 0)) <= set(found.tolist())
    assert (large.memory.counts[found] == 0).any()
    np.testing.assert_array_equal(found, candidates(large, now, limit=800))


def test_what_was_only_ever_skipped_lately_is_a_candidate():
    large = Signals(catalogue([item % 500 for item in range(5000)]))
    for event in session([4321, 4322, 0], skipped=[4321, 4322]):
        large.observe(event)
    # By the artists of the two alone a few tracks would be found; the two are there whatever their artists are.
    assert {4321, 4322} <= set(candidates(large, large.history.end, limit=300).tolist())


def test_sessions_are_asked_for_at_their_start_every_second_time():
    events = [event for day in range(40) for event in session([0, 1, 2], MONDAY + day * 24 * HOUR)]
    found = collect(Signals(catalogue([0] * 5)), events, lambda number: number % 3 == 0, seed=2)
    begins = found.candidates[:, 0, COLUMN["begins"]]
    assert 8 < np.count_nonzero(begins) < 32
    np.testing.assert_allclose(begins[begins > 0], np.log1p(23.85), atol=1e-3)
    within = collect(Signals(catalogue([0] * 5)), events, lambda number: number % 3 == 1, seed=2)
    assert not within.candidates[:, 0, COLUMN["begins"]].any()
