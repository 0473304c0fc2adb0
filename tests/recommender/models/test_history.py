"""The two chains of events."""

from recommender import Event, EventKind
from recommender.models._history import Column, History
from tests.recommender.models.listening import HOUR, MONDAY, SONG, heard, random_events, session


def history_of(events):
    history = History()
    for event in events:
        history.append(event)
    return history


def state_of(history):
    return (
        history.heard.items.values.tolist(),
        history.plays.items.values.tolist(),
        history.next_play.values.tolist(),
        history.skipped.values.tolist(),
        {item: places for item, places in history.heard.positions.items() if places},
        {item: places for item, places in history.plays.positions.items() if places},
        history.session,
        history.position,
    )


def test_a_column_grows_beyond_its_first_capacity():
    column = Column(int)
    for number in range(3000):
        column.append(number)
    assert len(column) == 3000
    assert column.values[2999] == 2999


def test_the_next_play_skips_over_skips():
    history = history_of(session([0, 1, 2, 3], skipped=[1, 2]))
    assert history.next_play.values.tolist() == [3, 3, 3, -1]
    assert history.plays.items.values.tolist() == [0, 3]


def test_half_an_hour_of_silence_begins_a_session():
    events = [*session([0]), *session([1], MONDAY + SONG + HOUR // 2), *session([2], MONDAY + 2 * SONG + HOUR + 1)]
    assert history_of(events).heard.sessions.values.tolist() == [0, 0, 1]


def test_overlapping_plays_never_end_before_the_one_in_front():
    history = history_of([Event(0, EventKind.PLAYED, MONDAY, 10 * SONG), Event(1, EventKind.PLAYED, MONDAY + 1, SONG)])
    ends = history.heard.ends.values
    assert ends[1] == ends[0]


def test_occurrences_come_latest_first_and_end_before_the_limit():
    history = history_of(session([7, 1, 7, 2, 7]))
    assert history.heard.occurrences(7, 10, 4).tolist() == [2, 0]
    assert history.heard.occurrences(7, 1, 4).tolist() == [2]
    assert history.heard.occurrences(5, 10, 4).tolist() == []


def test_supposing_an_event_leaves_no_trace():
    events = heard(random_events(20, 200))
    history = history_of(events)
    before = state_of(history)
    with history.supposing(Event(3, EventKind.PLAYED, events[-1].at + HOUR, SONG)):
        assert history.last_item == 3
        assert history.session == before[-2] + 1
    assert state_of(history) == before


def test_after_supposing_learning_goes_on_as_if_nothing_had_been_supposed():
    events = session(range(10), skipped=[4, 9])
    supposed, plain = history_of(events), history_of(events)
    with supposed.supposing(Event(2, EventKind.PLAYED, events[-1].at + SONG, SONG)):
        pass
    following = Event(5, EventKind.PLAYED, events[-1].at + 2 * SONG, SONG)
    supposed.append(following)
    plain.append(following)
    assert state_of(supposed) == state_of(plain)
