"""What one listener's skips add to the weights, on skips that a person can check by eye."""

from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact
from recommender.models import FEATURE_NAMES, Habits, Network
from recommender.models._features import COLUMN, UNTRAINED

BASE = Path(__file__).parents[3] / "resources/models/base"
FEATURES, HIDDEN = len(FEATURE_NAMES), 32
FOLLOWS = COLUMN["follows"]


def table(rows: int = 6) -> np.ndarray:
    """Standardised features that are all 0."""
    return np.zeros((rows, FEATURES), np.float32)


def test_promises_about_albums_sound_and_thumbs_are_kept():
    habits, features = Habits(FEATURES, HIDDEN), table()
    columns = [COLUMN[name] for name in sorted(UNTRAINED)]
    features[1, columns] = 3.0
    for _ in range(100):
        habits.ended(features[1], np.zeros(HIDDEN, np.float32), 0.5, skipped=True)
    assert not habits.skip[columns].any()


def test_skips_of_a_kind_are_expected_soon_and_surely():
    habits, features, context = Habits(FEATURES, HIDDEN), table(2), np.zeros(HIDDEN, np.float32)
    features[0, FOLLOWS] = 1.0

    def probability(row: int) -> float:
        known = np.concatenate([features[row], context, [1.0]])
        return float(1 / (1 + np.exp(-known @ habits.skip)))

    for _ in range(60):
        for row, skipped in ((0, True), (1, False)):
            habits.ended(features[row], context, probability(row), skipped=skipped)
    assert probability(0) > 0.6
    assert probability(1) < 0.5


def test_what_was_learned_long_ago_is_forgotten_and_relearned_quickly():
    habits, features, context = Habits(FEATURES, HIDDEN), table(1)[0], np.zeros(HIDDEN, np.float32)
    features[FOLLOWS] = 1.0
    known = np.concatenate([features, context, [1.0]])

    def live(events: int, *, skipped: bool) -> list[float]:
        told = []
        for _ in range(events):
            told.append(float(1 / (1 + np.exp(-known @ habits.skip))))
            habits.ended(features, context, told[-1], skipped=skipped)
        return told

    assert live(10_000, skipped=True)[-1] > 0.9
    turned = live(300, skipped=False)
    assert next(number for number, told in enumerate(turned) if told < 0.5) < 250


def test_habits_go_into_a_file_and_come_back():
    habits, features = Habits(FEATURES, HIDDEN), table()
    features[0, FOLLOWS] = 1.0
    habits.ended(features[0], np.ones(HIDDEN, np.float32), 0.4, skipped=True)
    back = Habits.from_columns(habits.columns(), FEATURES, HIDDEN)
    for mine, theirs in zip(habits.columns().values(), back.columns().values(), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    with pytest.raises(ValueError, match="does not fit"):
        Habits.from_columns(habits.columns(), FEATURES - 1, HIDDEN)
    with pytest.raises(KeyError):
        Habits.from_columns({}, FEATURES, HIDDEN)


def test_a_ranker_follows_habits_and_can_leave_them():
    network = Network(Artefact.load(BASE))
    ranker, context = network.ranker, np.zeros(HIDDEN, np.float32)
    features = np.zeros((3, FEATURES), np.float32)
    features[0, COLUMN["plays"]] = 3.0
    skips = ranker.skip_probability(features, context)
    habits = Habits(FEATURES, HIDDEN)
    habits.skip[-1] = 1.0
    ranker.follow(habits)
    assert (ranker.skip_probability(features, context) > skips).all()
    ranker.follow(Habits(FEATURES, HIDDEN))
    np.testing.assert_array_equal(ranker.skip_probability(features, context), skips)
