"""The counters behind the queue's rules."""

from __future__ import annotations

import numpy as np

from recommender import Event, EventKind, Marks, Plays, PlaySource, Snapshot
from recommender.ranking import Listener

MINUTE = 60_000


def history(plays: int = 5000) -> Snapshot:
    random = np.random.default_rng(0)
    return Snapshot.build(
        np.arange(300),
        artist=np.arange(300) // 10,
        plays=Plays.build(
            random.integers(0, 300, plays), np.arange(plays) * 4 * MINUTE, kind=random.choice([0, 0, 1, 6], plays)
        ),
        thumbs=Marks.build([3, 4, 3], [1000, 2000, 3000], [1, -1, 0]),
        dismissals=Marks.build([5, 5], [10, 20]),
    )


def test_columns_count_as_events_do() -> None:
    snapshot = history()
    fast, slow = Listener.of(snapshot), Listener(snapshot)
    for event in snapshot.events():
        slow.observe(event)
    for name in ("plays", "last_at", "thumb", "dismissed_at"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name)), name
    assert abs(fast.new_share - slow.new_share) < 0.01
    assert abs(fast.same_artist_share - slow.same_artist_share) < 0.01
    assert fast.skips_in_a_row == slow.skips_in_a_row


def test_thumbs_and_dismissals() -> None:
    listener = Listener.of(history())
    assert listener.thumb[[3, 4, 5]].tolist() == [0, -1, 0]
    assert listener.dismissed_at == {5: 20}


def test_shares_start_at_what_is_usual_and_follow_the_listener() -> None:
    snapshot = Snapshot.build(np.arange(900), artist=np.zeros(900, np.int32))
    listener = Listener(snapshot)
    assert listener.new_share == listener.same_artist_share == 0.26
    for item in range(900):
        listener.observe(Event(item, EventKind.PLAYED, item * 4 * MINUTE, 3 * MINUTE))
    assert listener.new_share > 0.97
    assert listener.same_artist_share > 0.97


def test_a_session_ends_with_half_an_hour_of_silence() -> None:
    listener = Listener(Snapshot.build(np.arange(9)))
    listener.observe(Event(1, EventKind.PLAYED, 0, 3 * MINUTE))
    assert listener.session(33 * MINUTE) == {1}
    assert listener.session(33 * MINUTE + 1) == set()
    listener.observe(Event(2, EventKind.PLAYED, 40 * MINUTE, MINUTE))
    assert listener.session(41 * MINUTE) == {2}


def test_runs_of_skips_end_with_a_play() -> None:
    listener = Listener(Snapshot.build(np.arange(9)))
    for item, kind in enumerate([EventKind.PLAYED, EventKind.SKIPPED, EventKind.SKIPPED]):
        listener.observe(Event(item, kind, item * MINUTE, 1000, PlaySource.SUGGESTED))
    assert listener.skipped_run() == [1, 2]
    listener.observe(Event(4, EventKind.SKIPPED, 8 * MINUTE, 1000, PlaySource.PICKED))
    assert listener.skipped_run() == [1, 2]
    listener.observe(Event(3, EventKind.PLAYED, 9 * MINUTE, 1000))
    assert listener.skipped_run() == []


def test_an_album_is_played_through_in_order_only() -> None:
    snapshot = Snapshot.build(np.arange(4), album=[0, 0, 0, -1], track_no=[1, 2, 3, 0])
    listener = Listener(snapshot)
    listener.observe(Event(2, EventKind.PLAYED, 0, MINUTE))
    listener.observe(Event(0, EventKind.PLAYED, MINUTE, MINUTE))
    assert listener.album_playing(2 * MINUTE) == -1
    listener.observe(Event(1, EventKind.PLAYED, 2 * MINUTE, MINUTE))
    assert listener.album_playing(3 * MINUTE) == 0
    assert listener.album_playing(90 * MINUTE) == -1
    listener.observe(Event(3, EventKind.PLAYED, 3 * MINUTE, MINUTE, PlaySource.ALBUM))
    assert listener.album_playing(4 * MINUTE) == -1
