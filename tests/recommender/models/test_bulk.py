"""A log loaded at once leaves the signals as if it had been observed."""

import numpy as np
import pytest

from recommender import Event, EventKind, Plays
from recommender.models import Signals
from tests.recommender.models.listening import HOUR, catalogue, heard, random_events

SIZE = 40
ARTISTS = [item % 9 - 1 for item in range(SIZE)]
ALBUMS = [item // 4 if item % 5 else -1 for item in range(SIZE)]
ITEMS = np.arange(SIZE, dtype=np.int32)


def log_of(events):
    return Plays.build(
        [event.item for event in events],
        [event.at for event in events],
        listened_ms=[event.listened_ms for event in events],
        kind=[int(event.kind) for event in events],
        utc_offset_min=[event.utc_offset_min for event in events],
    )


@pytest.mark.parametrize("count", [0, 1, 2, 150, 400])
@pytest.mark.parametrize("seed", [0, 1])
def test_loading_equals_observing(count, seed):
    events = heard(random_events(SIZE, 500, seed))[: count + 30]
    loaded, observed = (Signals(catalogue(ARTISTS, ALBUMS)) for _ in range(2))
    for event in events[:count]:
        observed.observe(event)
    loaded.load(log_of(events), count)
    for event in events[count:]:
        at = observed.history.end
        assert loaded.history.end == at
        np.testing.assert_allclose(loaded.features(ITEMS, at), observed.features(ITEMS, at), atol=2e-4)
        np.testing.assert_allclose(loaded.describe(event), observed.describe(event), atol=2e-4)
        loaded.observe(event)
        observed.observe(event)


def test_a_log_of_skips_alone_can_be_loaded():
    events = [Event(item, EventKind.SKIPPED, item * HOUR, 1000) for item in range(5)]
    loaded, observed = (Signals(catalogue(ARTISTS)) for _ in range(2))
    for event in events:
        observed.observe(event)
    loaded.load(log_of(events), 5)
    at = observed.history.end
    np.testing.assert_allclose(loaded.features(ITEMS, at), observed.features(ITEMS, at), atol=2e-4)
