"""ALS: two tastes that never meet in a session, checked by eye: items 0-9 and items 10-19."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from recommender import Event, EventKind, Marks, Model, Plays, Ragged, Snapshot
from recommender._vectors import compact, compact_basis
from recommender.models._interactions import interactions
from recommender.models.als import Als, AlsFactors, AlsSettings

HOUR = 3_600_000
SETTINGS = AlsSettings(factors=8, iterations=10)


def two_tastes(sessions: int = 60, **extra: object) -> Snapshot:
    """Sessions of six plays, in turn of the one and of the other taste; items 9 and 19 are never played."""
    random = np.random.default_rng(4)
    items, times = [], []
    for session in range(sessions):
        for place, item in enumerate(random.permutation(9)[:6]):
            items.append(int(item) + 10 * (session % 2))
            times.append(session * 9 * HOUR + place * 200_000)
    content = np.zeros((20, 3), np.float32)
    content[:10, 0] = content[10:, 1] = 1
    content[:, 2] = random.normal(0, 0.1, 20)
    return Snapshot.build(np.arange(100, 120), content=content, plays=Plays.build(items, times), **extra)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return two_tastes()


@pytest.fixture(scope="module")
def learned(snapshot: Snapshot) -> AlsFactors:
    return AlsFactors.fit(snapshot, SETTINGS)


def test_the_same_seed_gives_the_same_factors(snapshot: Snapshot, learned: AlsFactors) -> None:
    assert np.array_equal(AlsFactors.fit(snapshot, SETTINGS).factors, learned.factors)


def test_neighbours_share_the_taste(snapshot: Snapshot, learned: AlsFactors) -> None:
    items, cosines = Als.from_factors(learned, snapshot).neighbours(np.array([0, 1], np.int32), 7)
    assert set(items.tolist()) <= set(range(2, 10))
    assert (np.diff(cosines) <= 0).all()


def test_the_running_session_is_folded_in(snapshot: Snapshot, learned: AlsFactors) -> None:
    model = Als.from_factors(learned, snapshot)
    assert isinstance(model, Model)
    assert not model.scores(0).any()
    for place in range(3):
        model.observe(Event(12 + place, EventKind.PLAYED, place * 200_000, 180_000))
    scores = model.scores(600_000)
    assert scores[10:19].min() > scores[:9].max()
    assert np.array_equal(scores, model.scores(600_000))


def test_a_new_session_outweighs_the_last_one(snapshot: Snapshot, learned: AlsFactors) -> None:
    model = Als.from_factors(learned, snapshot)
    for place in range(6):
        model.observe(Event(10 + place, EventKind.PLAYED, place * 200_000, 180_000))
    model.observe(Event(3, EventKind.PLAYED, 9 * HOUR, 180_000))
    scores = model.scores(9 * HOUR)
    assert scores[:9].mean() > scores[10:19].mean()


def test_skips_push_their_taste_away(snapshot: Snapshot, learned: AlsFactors) -> None:
    played, skipped = (Als.from_factors(learned, snapshot) for _ in range(2))
    for model in (played, skipped):
        model.observe(Event(0, EventKind.PLAYED, 0, 180_000))
    skipped.observe(Event(10, EventKind.SKIPPED, 200_000, 3000))
    assert skipped.scores(0)[11] < played.scores(0)[11] + 1e-6


def test_tracks_nobody_played_are_placed_by_their_sound(snapshot: Snapshot, learned: AlsFactors) -> None:
    assert learned.support[[9, 19]].tolist() == [0, 0]
    model = Als.from_factors(learned, snapshot)
    assert not model.factors.missing().any()
    assert 19 in model.neighbours(np.array([10, 11], np.int32), 8)[0]
    assert 19 not in model.neighbours(np.array([0, 1], np.int32), 8)[0]


def test_without_content_the_unplayed_are_missing(snapshot: Snapshot, learned: AlsFactors) -> None:
    bare = Snapshot.build(snapshot.item_ids, plays=snapshot.plays)
    model = Als.from_factors(AlsFactors.fit(bare, SETTINGS), bare)
    assert np.flatnonzero(model.factors.missing()).tolist() == [9, 19]


def test_factors_move_with_their_ids(snapshot: Snapshot, learned: AlsFactors) -> None:
    later = Snapshot.build([777, 103, 101])
    vectors = learned.aligned(later).vectors(np.arange(3))
    assert np.array_equal(vectors[1:], learned.factors[[3, 1]])
    assert not vectors[0].any()


def test_tensors_keep_everything(snapshot: Snapshot, learned: AlsFactors) -> None:
    again = AlsFactors.from_tensors(learned.tensors())
    assert again is not None
    everything = np.arange(20)
    assert np.array_equal(again.aligned(snapshot).vectors(everything), learned.aligned(snapshot).vectors(everything))
    assert AlsFactors.from_tensors({}) is None
    older = {("als_content_map" if name == "als_direction_map" else name): v for name, v in learned.tensors().items()}
    assert AlsFactors.from_tensors(older) is None


def test_vectors_made_when_asked_for_are_what_a_table_of_all_would_hold(
    snapshot: Snapshot, learned: AlsFactors
) -> None:
    factors = learned.aligned(snapshot)
    table = factors.vectors(np.arange(20))
    wanted = np.random.default_rng(0).normal(size=factors.width).astype(np.float32)
    np.testing.assert_allclose(factors.products(wanted), table @ wanted, atol=1e-5)
    np.testing.assert_allclose(factors.products(wanted, np.array([9, 3])), table[[9, 3]] @ wanted, atol=1e-5)
    np.testing.assert_allclose(factors.gram(), table.T.astype(np.float64) @ table, atol=1e-4)


def test_a_compact_library_places_tracks_where_the_full_one_does(snapshot: Snapshot, learned: AlsFactors) -> None:
    basis = compact_basis(snapshot.content)
    small = dataclasses.replace(snapshot, content=compact(snapshot.content, basis), content_basis=basis)
    rows = np.arange(20)
    full, compacted = learned.aligned(snapshot).rows(rows), learned.aligned(small).rows(rows)
    assert (full * compacted).sum(axis=1).min() > 0.99
    refitted = AlsFactors.fit(small, SETTINGS).aligned(small).rows(rows)
    assert (full * refitted).sum(axis=1).min() > 0.95


def test_training_on_the_first_plays_sees_no_later_ones(snapshot: Snapshot) -> None:
    first = Snapshot.build(
        snapshot.item_ids,
        content=snapshot.content,
        plays=Plays.build(snapshot.plays.item[:60], snapshot.plays.started_at[:60]),
    )
    assert np.array_equal(AlsFactors.fit(snapshot, SETTINGS, plays=60).factors, AlsFactors.fit(first, SETTINGS).factors)


def test_an_empty_history_has_no_factors() -> None:
    learned = AlsFactors.fit(Snapshot.build([1, 2]), SETTINGS)
    assert not learned.factors.any()


def test_a_request_to_stop_is_heard_after_a_sweep(snapshot: Snapshot) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        AlsFactors.fit(snapshot, SETTINGS, interrupted=stop)


def test_rows_are_sessions_parts_of_the_week_playlists_and_albums() -> None:
    snapshot = Snapshot.build(
        [1, 2, 3],
        album=[0, 0, -1],
        playlists=Ragged.of([[2, 0]]),
        plays=Plays.build([0, 1, 2], [0, 200_000, 9 * HOUR], kind=[0, 1, 0]),
        thumbs=Marks.build([2], [0], [-1]),
    )
    matrix = interactions(snapshot, AlsSettings(half_life_days=1e9)).toarray()
    assert matrix.shape == (8 + 1 + 2 + 1 + 1, 3)
    assert (matrix[9] > [0, -99, -1]).all()
    assert matrix[9, 1] < 0, "a skip is confidence in not this"
    assert not matrix[10].any(), "a thumb down takes the plays' weight away"
    assert np.flatnonzero(matrix[11]).tolist() == [0, 2]
    assert np.flatnonzero(matrix[12]).tolist() == [0, 1]


def test_old_plays_count_less() -> None:
    snapshot = Snapshot.build([1, 2], plays=Plays.build([0, 1], [0, 400 * 24 * HOUR]))
    matrix = interactions(snapshot, AlsSettings()).toarray()
    assert 1 < matrix[:, 0].max() < matrix[:, 1].max()


def test_a_thumb_up_is_a_context_of_its_own() -> None:
    thumbs = Marks.build([2, 1, 1], [0, 0, 5], [1, 1, 0])
    matrix = interactions(Snapshot.build([1, 2, 3], thumbs=thumbs), AlsSettings()).toarray()
    assert np.flatnonzero(matrix[8]).tolist() == [2]


def test_a_skip_after_a_skip_says_less() -> None:
    snapshot = Snapshot.build([1, 2, 3], plays=Plays.build([0, 1, 2], [0, 1000, 2000], kind=[0, 1, 1]))
    matrix = interactions(snapshot, AlsSettings()).toarray()
    assert matrix[9, 1] < matrix[9, 2] < 0
