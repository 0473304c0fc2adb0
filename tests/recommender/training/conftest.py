"""A small base model that knows nothing yet, and a listener with habits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from recommender import Artefact, Plays, Snapshot
from recommender.models import NetworkSpec, spec_values
from recommender.training import training_graphs

MINUTE = 60_000
SPEC = NetworkSpec(channels=8, hidden=8, rank_hidden=12, skip_hidden=6)


@pytest.fixture(scope="session")
def base() -> Artefact:
    """Random weights, features taken as they are."""
    pytest.importorskip("onnx", reason="building the graphs needs the development package onnx")
    return Artefact(
        version="base",
        spec=spec_values(SPEC),
        tensors={
            "theta": SPEC.initial(0),
            "event_mean": np.zeros(SPEC.events, np.float32),
            "event_scale": np.full(SPEC.events, 0.5, np.float32),
            "feature_mean": np.zeros(SPEC.features, np.float32),
            "feature_scale": np.full(SPEC.features, 0.3, np.float32),
        },
        graphs=training_graphs(SPEC),
    )


def _listener(plays: int) -> Snapshot:
    """Sixty tracks by ten artists; mostly one track follows another one; what is odd is often skipped."""
    random = np.random.default_rng(5)
    items, kinds = [0], [0]
    for _ in range(plays - 1):
        items.append((items[-1] + 7) % 60 if random.random() < 0.7 else int(random.integers(0, 60)))
        kinds.append(int(items[-1] % 2 == 1 and random.random() < 0.7))
    pauses = np.where(np.arange(plays) % 12 == 0, 90 * MINUTE, 3 * MINUTE)
    return Snapshot.build(
        np.arange(60) + 500,
        artist=np.arange(60) // 6,
        plays=Plays.build(items, np.cumsum(pauses), listened_ms=np.where(kinds, 4000, 170_000), kind=kinds),
    )


@pytest.fixture(scope="session")
def listener() -> Callable[[int], Snapshot]:
    """Makes the listener with so many plays and skips."""
    return _listener


@pytest.fixture(scope="session")
def history() -> Snapshot:
    """The listener with 450 plays and skips."""
    return _listener(450)
