"""Each signal on histories that a person can check by eye."""

import numpy as np
import pytest
from scipy.optimize import nnls

from recommender import Event, EventKind
from recommender.models import FEATURE_NAMES, Signals
from recommender.models._features import COLUMN, EVENT_COLUMN
from recommender.models.memory import _TAUS, Memory, power_law
from tests.recommender.models.listening import HOUR, MONDAY, SONG, catalogue, end, random_events, session

DAY = 24 * HOUR


def signals_of(events, artists, albums=None):
    signals = Signals(catalogue(artists, albums))
    for event in events:
        signals.observe(event)
    return signals


def feature(signals, name, now=None):
    """One feature of every item."""
    items = np.arange(len(signals), dtype=np.int32)
    at = signals.history.end if now is None else signals.hours(now)
    return signals.features(items, at)[:, COLUMN[name]]


@pytest.mark.parametrize("decay", [0.5, 1.0])
def test_sums_of_exponentials_follow_the_power_law(decay):
    ages = np.array([0.0, 0.05, 1.0, 24.0, 24 * 30, 24 * 365, 24 * 3650])
    memory = Memory(1)
    memory.add(0, 1000.0)
    found = np.array([memory.activation(decay, 1000.0 + age)[0] for age in ages])
    np.testing.assert_allclose(found, (ages + 0.05) ** -decay, rtol=0.06)


def test_memory_adds_up_all_plays_of_a_track():
    memory = Memory(2)
    times = np.array([10.0, 30.0, 500.0])
    for at in times:
        memory.add(1, at)
    exact = ((600.0 - times + 0.05) ** -0.5).sum()
    assert memory.activation(0.5, 600.0)[1] == pytest.approx(exact, rel=0.05)
    assert memory.activation(0.5, 600.0)[0] == 0


@pytest.mark.parametrize("decay", [0.5, 1.0])
def test_power_law_weights_are_the_best_ones(decay):
    """Refitting them gives them again."""
    times = np.concatenate([[0.0], np.geomspace(0.01, 175_000.0, 400)])
    basis = np.exp(-times[:, None] / _TAUS) * (times[:, None] + 0.05) ** decay
    fitted, _ = nnls(basis, np.ones(len(times)))
    np.testing.assert_allclose(power_law(decay), fitted, rtol=1e-5)


def test_what_followed_before_is_expected_again():
    events = [*session([0, 1, 2]), *session([0, 1, 3], MONDAY + DAY), *session([0], MONDAY + 2 * DAY)]
    follows = feature(signals_of(events, [0, 0, 0, 0, 0]), "follows")
    assert follows.argmax() == 1
    assert follows[1] == pytest.approx(np.log(1 + 1e-3), abs=1e-5)
    assert follows[4] == pytest.approx(np.log(1e-3), abs=1e-5)


def test_a_skipped_track_does_not_break_what_follows():
    events = [*session([0, 1, 2], skipped=[1]), *session([0], MONDAY + DAY)]
    signals = signals_of(events, [0, 0, 0])
    assert feature(signals, "follows").argmax() == 2
    assert feature(signals, "follows_raw").argmax() == 1


def test_a_longer_equal_run_decides_between_successors():
    """After 5, 0 came 1; after 6, 0 came 2, and later: the run tells them apart."""
    events = [*session([5, 0, 1]), *session([6, 0, 2], MONDAY + DAY), *session([5, 0], MONDAY + 2 * DAY)]
    signals = signals_of(events, [0] * 7)
    assert feature(signals, "follows_recent").argmax() == 2
    assert feature(signals, "follows_run_share").argmax() == 1
    assert feature(signals, "follows_run")[1] == pytest.approx(np.log1p(2))


def test_neighbours_of_earlier_sessions_are_near():
    events = [*session([0, 1, 2]), *session([3, 4], MONDAY + DAY), *session([1], MONDAY + 2 * DAY)]
    near = feature(signals_of(events, [0] * 5), "neighbours")
    assert near[2] > near[0] > near[3] == near[4]


def test_tracks_of_this_session_are_not_fresh():
    events = [*session([0, 1]), *session([1, 0], MONDAY + DAY)]
    signals = signals_of(events, [0, 0])
    assert feature(signals, "in_session").tolist() == [1, 1]
    assert feature(signals, "neighbours_fresh")[1] == pytest.approx(np.log(1e-4), rel=1e-4)


def test_after_a_long_silence_nothing_is_of_the_session():
    events = session([0, 1])
    signals = signals_of(events, [0, 0])
    assert feature(signals, "in_session", end(events) + HOUR).tolist() == [0, 0]


def test_artists_count_their_plays_and_what_is_left_unplayed():
    signals = signals_of(session([0, 1, 3]), [0, 0, 0, 1])
    assert feature(signals, "artist_plays") == pytest.approx(np.log1p([2, 2, 2, 1]))
    assert feature(signals, "artist_unplayed") == pytest.approx(np.log1p([1, 1, 1, 0]))
    assert feature(signals, "same_artist").tolist() == [0, 0, 0, 1]


def test_plays_of_other_tracks_of_an_artist_count_where_the_listener_is():
    events = session([0, 1], MONDAY + 10 * DAY)
    plain, more = signals_of(events, [0, 0, 1, 2]), signals_of(events, [0, 0, 1, 2])
    before, after = MONDAY / HOUR, (MONDAY + 11 * DAY) / HOUR
    more.artists.heard_elsewhere(np.array([1, 0, 1]), np.array([before, before, after]))
    now = MONDAY + 12 * DAY
    there = np.exp(-12 / 14) + np.exp(-1 / 14)  # an artist's plays fade with a time constant of 14 days
    here = np.exp(-12 / 14) + 2 * np.exp(-2 / 14)
    share = more.artists.memory(more.hours(now))
    assert share[1] / share[0] == pytest.approx(there / here, rel=0.01)
    assert share[2] == 0
    assert feature(more, "artist_plays", now).tolist() == feature(plain, "artist_plays", now).tolist()


def test_items_without_artist_have_no_artist_features():
    signals = signals_of(session([0, 1]), [-1, -1])
    assert feature(signals, "same_artist").tolist() == [0, 0]
    assert np.isfinite(signals.features(np.array([0, 1], np.int32), signals.history.end)).all()


def test_the_next_track_of_an_album_that_is_being_played_is_known():
    albums = [0, 0, 0, 1]
    assert feature(signals_of(session([0]), [0] * 4, albums), "album_next").tolist() == [0, 0.5, 0, 0]
    assert feature(signals_of(session([0, 1]), [0] * 4, albums), "album_next").tolist() == [0, 0, 1, 0]
    assert feature(signals_of(session([0, 1, 2]), [0] * 4, albums), "album_next").tolist() == [0, 0, 0, 0]


def test_an_album_whose_first_track_was_skipped_is_not_being_played():
    albums = [0, 0, 0, 1]
    assert not feature(signals_of(session([0], skipped=[0]), [0] * 4, albums), "album_next").any()
    assert feature(signals_of(session([0, 1], skipped=[1]), [0] * 4, albums), "album_next").tolist() == [0, 0, 0.5, 0]


def test_skips_raise_the_rate_of_the_track_and_its_artist():
    signals = signals_of(session([0, 1], skipped=[0]), [0, 1, 0])
    rate, artist_rate = feature(signals, "skip_rate"), feature(signals, "artist_skip_rate")
    assert rate[0] > rate[2] > rate[1]
    assert artist_rate[0] == artist_rate[2] > artist_rate[1]
    assert feature(signals, "last_skipped").tolist() == [1, 0, 0]


def test_what_is_played_in_the_evening_belongs_to_the_evening():
    events = [event for day in range(5) for event in session([0], MONDAY + day * DAY + 20 * HOUR)]
    events += session([1], MONDAY + 5 * DAY + 8 * HOUR)
    signals = signals_of(sorted(events, key=lambda event: event.at), [0, 0])
    evening = feature(signals, "hour", MONDAY + 6 * DAY + 21 * HOUR)
    assert evening[0] > 0 > evening[1]


def test_a_thumb_is_seen_at_once_and_can_be_taken_back():
    signals = signals_of(session([0, 1]), [0, 0])
    signals.observe(Event(1, EventKind.THUMB_UP, MONDAY + HOUR))
    assert feature(signals, "thumb").tolist() == [0, 1]
    signals.observe(Event(1, EventKind.THUMB_CLEARED, MONDAY + HOUR))
    assert feature(signals, "thumb").tolist() == [0, 0]


def test_features_are_finite_at_every_event_and_ordered_by_name():
    signals = Signals(catalogue([0, 1, 2] * 10))
    items = np.arange(30, dtype=np.int32)
    for event in random_events(30, 300):
        table = signals.features(items, signals.history.end)
        assert table.shape == (30, len(FEATURE_NAMES))
        assert np.isfinite(table).all()
        signals.observe(event)


def test_reading_features_changes_nothing():
    events = random_events(30, 200)
    read, unread = signals_of(events, [0] * 30), Signals(catalogue([0] * 30))
    items = np.arange(30, dtype=np.int32)
    for event in events:
        unread.features(items, unread.history.end + 5)
        unread.describe(event)
        unread.observe(event)
    at = read.history.end
    np.testing.assert_array_equal(read.features(items, at), unread.features(items, at))


def test_supposing_a_play_moves_the_position_and_leaves_no_trace():
    events = random_events(30, 200)
    signals = signals_of(events, [item % 4 for item in range(30)])
    items = np.arange(30, dtype=np.int32)
    before = signals.features(items, signals.history.end)
    with signals.supposing(Event(5, EventKind.PLAYED, events[-1].at + HOUR, SONG)):
        assert signals.features(items, signals.history.end)[5, COLUMN["same_artist"]] == 1
    np.testing.assert_array_equal(before, signals.features(items, signals.history.end))


def test_an_event_is_described_by_what_was_known_before_it():
    events = [*session([0, 1]), *session([0], MONDAY + DAY)]
    signals = signals_of(events, [0, 0, 1])
    row = signals.describe(Event(1, EventKind.PLAYED, end(events), SONG))
    assert row[EVENT_COLUMN["follow_hit"]] == pytest.approx(1, abs=1e-4)
    assert row[EVENT_COLUMN["new"]] == 0
    assert row[EVENT_COLUMN["same_artist"]] == 1
    surprise = signals.describe(Event(2, EventKind.SKIPPED, end(events), 1000))
    assert surprise[EVENT_COLUMN["new"]] == 1
    assert surprise[EVENT_COLUMN["skipped"]] == 1
    assert surprise[EVENT_COLUMN["follow_hit"]] == 0


def columns(signals, kind, lag):
    return feature(signals, f"{kind}_{lag}")


def test_each_of_the_last_events_votes_by_itself():
    """After 0 came 1 and 2, after 3 came 4; now 0 and then 3 were heard."""
    events = [*session([0, 1, 2]), *session([3, 4], MONDAY + DAY), *session([0, 3], MONDAY + 2 * DAY)]
    signals = signals_of(events, [0, 0, 1, 1, 2, 2])
    last, before = columns(signals, "after", 0), columns(signals, "after", 1)
    assert set(np.flatnonzero(last > last.min()).tolist()) == {0, 3, 4}
    assert set(np.flatnonzero(before > before.min()).tolist()) == {0, 1, 2, 3, 4}
    assert before[1] == pytest.approx(before[2])
    assert columns(signals, "after", 2).max() == columns(signals, "after", 2).min()
    assert columns(signals, "artist", 0).tolist() == [0, 0, 1, 1, 0, 0]
    assert columns(signals, "artist", 1).tolist() == [1, 1, 0, 0, 0, 0]


def test_around_is_what_stood_on_either_side_in_the_same_session():
    events = [*session([0, 1, 2]), *session([3], MONDAY + DAY), *session([1], MONDAY + 2 * DAY)]
    around = columns(signals_of(events, [0] * 5), "around", 0)
    assert around[0] == around[2] == around.max()
    assert around[3] == around[4] == around.min()


def test_a_skip_is_context_but_gets_no_vote():
    events = [*session([0, 1, 2], skipped=[1]), *session([0], MONDAY + DAY)]
    after = columns(signals_of(events, [0] * 3), "after", 0)
    assert after[2] > after[1] == after.min()


def test_what_was_only_supposed_leaves_no_vote_behind():
    events = [*session([0, 1, 2, 0, 3]), *session([0], MONDAY + DAY)]
    plain, supposed = (signals_of(events, [0] * 4) for _ in range(2))
    at = end(events)
    with supposed.supposing(Event(2, EventKind.PLAYED, at, SONG)):
        assert columns(supposed, "after", 0).argmax() == 0
    for signals in (plain, supposed):
        signals.observe(Event(2, EventKind.SKIPPED, at, 5_000))
        signals.observe(Event(0, EventKind.PLAYED, at + 5_000, SONG))
    now = plain.history.end
    items = np.arange(4, dtype=np.int32)
    np.testing.assert_array_equal(supposed.features(items, now), plain.features(items, now))


def test_an_item_that_is_asked_for_twice_has_the_same_columns_twice():
    signals = signals_of([*session([0, 1, 2]), *session([0], MONDAY + DAY)], [0] * 4)
    twice = signals.features(np.array([1, 3, 1, 1], np.int32), signals.history.end)
    np.testing.assert_array_equal(twice[0], twice[2])
    np.testing.assert_array_equal(twice[0], twice[3])
    assert (twice[0] != twice[1]).any()


def test_who_opens_sessions_is_known_and_told_when_one_begins():
    events = [event for day in range(3) for event in session([0, 1, 2], MONDAY + day * DAY)]
    signals = signals_of(events, [0] * 4)
    assert feature(signals, "starts").tolist() == pytest.approx([np.log(4), 0, 0, 0])
    assert not feature(signals, "begins").any()
    assert not feature(signals, "starts_now").any()
    later = end(events) + 2 * HOUR
    assert feature(signals, "begins", later) == pytest.approx([np.log(3)] * 4)
    assert feature(signals, "starts_now", later).argmax() == 0
