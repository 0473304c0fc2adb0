"""The recommender as a whole: learns event by event, suggests with reasons, knows nothing of the future."""

from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, Event, EventKind, Marks, Plays, PlaySource, Recommender, Snapshot, SuggestRequest
from tests.recommender.models.listening import HOUR, MONDAY, SONG, end, heard, random_events, session

BASE = Path(__file__).parents[2] / "resources/models/base"
SIZE = 60
DAY = 24 * HOUR


@pytest.fixture(scope="module")
def base():
    """The shipped weights."""
    return Artefact.load(BASE)


def library(events=(), *, size=SIZE, albums=True, **more):
    """Twelve artists with an album of five tracks each, and what was heard so far."""
    plays = heard(events)
    return Snapshot.build(
        np.arange(size) + 100,
        artist=np.arange(size) // 5,
        album=np.arange(size) // 5 if albums else None,
        track_no=np.arange(size) % 5 + 1,
        plays=Plays.build(
            [event.item for event in plays],
            [event.at for event in plays],
            listened_ms=[event.listened_ms for event in plays],
            kind=[int(event.kind) for event in plays],
        ),
        **more,
    )


def habit(days=20):
    """Every day 0, 7, 14, 21, 28 in this order."""
    return [event for day in range(days) for event in session([0, 7, 14, 21, 28], MONDAY + day * DAY)]


def suggested(recommender, **request):
    return [suggestion.item for suggestion in recommender.suggest(SuggestRequest(**({"k": 10} | request)))]


def test_what_always_followed_is_the_best_score(base):
    events = [*habit(), *session([0, 7], MONDAY + 20 * DAY)]
    recommender = Recommender(library(events), base)
    assert recommender.scores(end(events)).argmax() == 14


def test_an_artist_heard_elsewhere_is_expected_here(base):
    now = MONDAY + 30 * DAY
    times = now - np.arange(40)[::-1] * HOUR
    plain = Recommender(library(habit()), base)
    knows = Recommender(library(habit(), elsewhere=Marks.build(np.full(40, 9), times)), base)
    gained = knows.scores(now) - plain.scores(now)
    assert set(np.argsort(gained)[-5:].tolist()) == set(range(45, 50))
    first = Recommender(library(elsewhere=Marks.build(np.full(40, 9), times)), base)
    assert set(suggested(first, k=5, now=now)) & set(range(45, 50))


def test_every_item_has_a_finite_score(base):
    scores = Recommender(library(random_events(SIZE, 100)), base).scores(MONDAY + DAY)
    assert scores.shape == (SIZE,)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


def test_observing_equals_having_it_in_the_snapshot(base):
    events = random_events(SIZE, 120)
    plays = heard(events)
    told = Recommender(library(), base)
    for event in plays:
        told.observe(event)
    given = Recommender(library(plays), base)
    np.testing.assert_allclose(told.scores(end(plays)), given.scores(end(plays)), atol=1e-4)
    assert suggested(told, now=end(plays)) == suggested(given, now=end(plays))


def test_starting_late_in_a_long_history_is_as_good_as_having_seen_it_all(base):
    plays = heard(random_events(SIZE, 700))
    told = Recommender(library(), base)
    for event in plays:
        told.observe(event)
    late = Recommender(library(plays), base).scores(end(plays))
    assert np.corrcoef(told.scores(end(plays)), late)[0, 1] > 0.99


def test_suggestions_are_different_items_with_reasons(base):
    events = [*habit(), *session([0], MONDAY + 20 * DAY)]
    suggestions = Recommender(library(events), base).suggest(SuggestRequest(10, end(events)))
    items = [suggestion.item for suggestion in suggestions]
    assert len(set(items)) == len(items) == 10
    assert all(suggestion.reasons for suggestion in suggestions)
    assert 0 not in items


def test_an_empty_log_still_suggests_a_variety(base):
    suggestions = Recommender(library(), base).suggest(SuggestRequest(10, MONDAY))
    items = [suggestion.item for suggestion in suggestions]
    assert len(set(items)) == 10
    assert len({item // 5 for item in items[:5]}) >= 4
    assert all(suggestion.reasons for suggestion in suggestions)


def test_an_empty_library_suggests_nothing(base):
    empty = Snapshot.build([])
    assert Recommender(empty, base).suggest(SuggestRequest(10, MONDAY)) == []
    assert len(Recommender(empty, base).scores(MONDAY)) == 0


def test_the_album_that_is_played_goes_on(base):
    events = session([10, 11])
    assert suggested(Recommender(library(events), base), now=end(events))[:3] == [12, 13, 14]


def test_what_sounds_now_is_taken_as_heard_and_leaves_no_trace(base):
    events = habit()
    recommender = Recommender(library(events), base)
    now = MONDAY + 20 * DAY
    before = recommender.scores(now)
    first = recommender.suggest(SuggestRequest(10, now, playing=7))
    assert 14 in [suggestion.item for suggestion in first[:3]]
    assert 7 not in [suggestion.item for suggestion in first]
    np.testing.assert_array_equal(before, recommender.scores(now))


def test_the_same_state_and_seed_give_the_same_queue(base):
    events = random_events(SIZE, 200)
    first, second = (suggested(Recommender(library(events), base, seed=1), now=end(events)) for _ in range(2))
    assert first == second


def test_skips_and_thumbs_move_the_queue_at_once(base):
    events = [*habit(), *session([0], MONDAY + 20 * DAY)]
    recommender = Recommender(library(events), base)
    now = end(events)
    before = recommender.scores(now)
    recommender.observe(Event(33, EventKind.THUMB_UP, now))
    assert recommender.scores(now)[33] > before[33]
    recommender.observe(Event(7, EventKind.THUMB_DOWN, now))
    assert 7 not in suggested(recommender, now=now, k=30)


@pytest.mark.parametrize("before", [[], habit()], ids=["empty log", "a habit"])
@pytest.mark.parametrize("skips", [2, 4])
def test_an_artist_that_is_skipped_moves_down(base, before, skips):
    recommender = Recommender(library(before), base)
    now = end(before) + HOUR if before else MONDAY
    places = {item: place for place, item in enumerate(suggested(recommender, k=SIZE, now=now))}
    for number in range(skips):
        at = now + number * 5_000
        recommender.observe(Event(50 + number, EventKind.SKIPPED, at, 4_000, PlaySource.SUGGESTED))
    after = suggested(recommender, k=SIZE, now=now + 60_000)
    rest = list(range(50 + skips, 55))
    assert min(after.index(item) for item in rest) > len(after) // 2
    assert all(after.index(item) >= places[item] - skips for item in rest)


def test_excluded_and_dismissed_items_stay_out(base):
    events = habit(3)
    recommender = Recommender(library(events), base)
    now = end(events)
    recommender.observe(Event(40, EventKind.DISMISSED, now))
    items = suggested(recommender, now=now, k=SIZE, exclude=(41, 42))
    assert not {40, 41, 42} & set(items)


def test_skip_probability_rises_for_what_was_skipped(base):
    always = [event for day in range(20) for event in session([0, 7, 14], MONDAY + day * DAY, skipped=[7])]
    recommender = Recommender(library(always), base)
    skip = recommender.skip_probability(np.array([7, 14], np.int32), end(always))
    assert ((skip >= 0) & (skip <= 1)).all()
    assert skip[0] > skip[1]


def test_neighbours_without_vectors_are_of_the_same_artist(base):
    items, likeness = Recommender(library(habit(2)), base).neighbours(np.array([0], np.int32), 3)
    assert set(items.tolist()) <= {1, 2, 3, 4}
    assert ((likeness >= 0) & (likeness <= 1)).all()


def test_neighbours_with_vectors_sound_alike(base):
    content = np.zeros((SIZE, 3), np.float32)
    content[[0, 50]] = (1, 0, 0)
    content[[1, 2]] = (0, 1, 0)
    recommender = Recommender(library(habit(2), content=content, has_content=content.any(axis=1)), base)
    assert recommender.neighbours(np.array([0], np.int32), 1)[0].tolist() == [50]


def test_marks_of_the_snapshot_count(base):
    events = habit(3)
    marked = library(events, thumbs=Marks.build([33], [end(events)], [-1]))
    assert 33 not in suggested(Recommender(marked, base), now=end(events), k=SIZE)


def test_large_libraries_are_ranked_by_candidates_and_the_rest_stands_below(base):
    events = habit(3)
    recommender = Recommender(library(events, size=6000), base)
    scores = recommender.scores(end(events))
    assert len(scores) == 6000
    assert np.isfinite(scores).all()
    best = np.argsort(-scores)[:20]
    assert set(best.tolist()) & {0, 7, 14, 21, 28}


def test_a_future_event_changes_no_score_before_it(base):
    """Scores at each event are the same whether the log ends there or goes on."""
    events = heard(random_events(SIZE, 60))
    going_on = Recommender(library(), base)
    for number, event in enumerate(events):
        now = end(events[:number]) if number else MONDAY
        if number % 10 == 9:
            cut_off = Recommender(library(events[:number]), base)
            np.testing.assert_allclose(going_on.scores(now), cut_off.scores(now), atol=1e-4)
        going_on.observe(event)


def test_supposed_length_is_no_part_of_history(base):
    recommender = Recommender(library(habit(2)), base)
    now = end(habit(2)) + SONG
    recommender.suggest(SuggestRequest(5, now, playing=30))
    assert recommender.scores(now).shape == (SIZE,)


def test_habits_go_on_from_where_they_were(base):
    events = heard(random_events(SIZE, 300))
    first = Recommender(library(events[:200]), base)
    for event in events[200:]:
        first.observe(event)
    resumed = Recommender(library(events), base, resume=Recommender(library(events[:200]), base).resume)
    np.testing.assert_allclose(resumed.scores(end(events)), first.scores(end(events)), atol=1e-3)


def test_taste_is_learned_from_sessions_and_compares_tracks(base):
    """Tracks 0 to 4 and 5 to 9 are played in sessions of their own; artists say nothing of that."""
    random = np.random.default_rng(1)
    mixed = [random.permutation(5) + 5 * (day % 2) for day in range(40)]
    events = [event for day, items in enumerate(mixed) for event in session(items.tolist(), MONDAY + day * DAY)]
    few = Recommender(library(events[: 5 * 11]), base)
    assert not few.learn_taste()
    recommender = Recommender(library(events), base)
    assert recommender.learn_taste()
    assert set(recommender.neighbours([2], 4)[0].tolist()) == {0, 1, 3, 4}
    assert len(suggested(recommender, now=end(events))) == 10


def test_one_skip_of_a_suggestion_leaves_most_of_the_list(base):
    events = heard(random_events(SIZE, 500, seed=4))
    stay = []
    for seed in range(8):
        recommender, now = Recommender(library(events), base), end(events)
        before = suggested(recommender, k=11, now=now, seed=seed)
        recommender.observe(Event(before[0], EventKind.SKIPPED, now, 4_000, PlaySource.SUGGESTED))
        after = suggested(recommender, k=10, now=now + 4_000, seed=seed)
        assert before[0] not in after
        stay.append(len(set(after) & set(before[1:])))
    assert np.mean(stay) >= 6


def test_the_calm_ends_with_the_next_event(base):
    events = heard(random_events(SIZE, 300, seed=4))
    shown, unseen = (Recommender(library(events), base) for _ in range(2))
    now = end(events)
    skipped = suggested(shown, now=now)[0]
    told = [
        Event(skipped, EventKind.SKIPPED, now, 4_000, PlaySource.SUGGESTED),
        Event(7, EventKind.PLAYED, now + 4_000, SONG),
    ]
    for recommender in (shown, unseen):
        for event in told:
            recommender.observe(event)
    assert suggested(shown, now=end(told)) == suggested(unseen, now=end(told))
