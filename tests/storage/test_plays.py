"""The play log and the counters derived from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from player.domain import (
    EndReason,
    Ms,
    Outcome,
    PlayFinished,
    PlayId,
    StartReason,
    ThumbGiven,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
)
from player.storage import END_REASONS, START_REASONS, Database, ImportedPlay, Prior
from player.storage.schema import TrackStatRow
from tests.storage.songs import NOW, rebuild_counters, song, store

MINUTE = 60_000
LENGTH = Ms(200_000)


@pytest.fixture
def keys(database: Database) -> tuple[TrackId, ...]:
    """Two tracks."""
    return store(database, song("/1", title="One", artists=("A",)), song("/2"))


def start(track_id: TrackId, at: int = NOW, **more: object) -> TrackStarted:
    return TrackStarted(track_id, UtcMs(at), LENGTH, StartReason.UP_NEXT, **more)


def play(
    database: Database, track_id: TrackId, at: int = NOW, heard: int = LENGTH, reason: EndReason = EndReason.FINISHED
) -> PlayId:
    event = start(track_id, at)
    key = database.plays.open(event)
    database.plays.close(key, PlayFinished(event, UtcMs(at + heard), Ms(heard), reason))
    return key


def track(database: Database, key: TrackId) -> Track:
    return database.tracks.get([key])[0]


def test_a_play_from_start_to_end(database: Database, keys: tuple[TrackId, ...]) -> None:
    event = start(keys[0], queue_position=4, model_version="m1", score=0.5)
    key = database.plays.open(event)
    (open_play,) = database.plays.recent(1)
    assert (open_play.end_reason, open_play.listened_ms, open_play.outcome) == (None, 0, Outcome.UNKNOWN)
    database.plays.close(key, PlayFinished(event, UtcMs(NOW + 99), Ms(12_000), EndReason.SKIPPED))
    (logged,) = database.plays.recent(9)
    assert (logged.title, logged.artist, logged.started_at) == ("One", "A", NOW)
    assert (logged.queue_position, logged.model_version, logged.score) == (4, "m1", 0.5)
    assert (logged.listened_ms, logged.end_reason, logged.outcome) == (12_000, EndReason.SKIPPED, Outcome.SKIPPED)
    assert track(database, keys[0]).skip_count == 1


def test_the_newest_first(database: Database, keys: tuple[TrackId, ...]) -> None:
    play(database, keys[0], NOW)
    play(database, keys[1], NOW + MINUTE)
    assert [logged.track_id for logged in database.plays.recent(5)] == [keys[1], keys[0]]
    assert [logged.track_id for logged in database.plays.recent(5, UtcMs(NOW + 1))] == [keys[0]]
    assert database.plays.count() == 2


def test_closing_twice_changes_nothing(database: Database, keys: tuple[TrackId, ...]) -> None:
    key = play(database, keys[0])
    event = PlayFinished(start(keys[0]), UtcMs(NOW), Ms(1), EndReason.SKIPPED)
    database.plays.close(key, event)
    assert database.plays.recent(1)[0].end_reason is EndReason.FINISHED


def test_a_crash_is_closed_with_what_was_last_heard(database: Database, keys: tuple[TrackId, ...]) -> None:
    key = database.plays.open(start(keys[0]))
    database.plays.progress(key, Ms(150_000))
    assert database.plays.close_crashed() == 1
    (logged,) = database.plays.recent(1)
    assert (logged.end_reason, logged.listened_ms) == (EndReason.CRASHED, 150_000)
    assert track(database, keys[0]).play_count == 1
    assert database.plays.close_crashed() == 0


def test_a_play_taken_for_crashed_by_another_program_is_put_right(
    database: Database, keys: tuple[TrackId, ...]
) -> None:
    event = start(keys[0])
    key = database.plays.open(event)
    database.plays.close_crashed()
    database.plays.close(key, PlayFinished(event, UtcMs(NOW + LENGTH), LENGTH, EndReason.FINISHED))
    assert database.plays.recent(1)[0].end_reason is EndReason.FINISHED
    assert track(database, keys[0]).play_count == 1


def test_progress_of_a_closed_play_is_ignored(database: Database, keys: tuple[TrackId, ...]) -> None:
    key = play(database, keys[0])
    database.plays.progress(key, Ms(1))
    assert database.plays.recent(1)[0].listened_ms == LENGTH


def test_half_an_hour_of_silence_begins_a_new_session(database: Database, keys: tuple[TrackId, ...]) -> None:
    play(database, keys[0], NOW)
    play(database, keys[0], NOW + LENGTH + 30 * MINUTE)
    play(database, keys[0], NOW + 2 * LENGTH + 61 * MINUTE)
    assert database.plays.log().session.tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("heard", "reason", "plays", "skips"),
    [
        (LENGTH, EndReason.FINISHED, 1, 0),
        (100_000, EndReason.SKIPPED, 1, 0),
        (40_000, EndReason.SKIPPED, 0, 0),
        (5_000, EndReason.SKIPPED, 0, 1),
        (5_000, EndReason.REPLACED, 0, 1),
        (5_000, EndReason.QUIT, 0, 0),
        (5_000, EndReason.ERROR, 0, 0),
    ],
)
def test_what_counts(
    database: Database, keys: tuple[TrackId, ...], heard: int, reason: EndReason, plays: int, skips: int
) -> None:
    play(database, keys[0], NOW, heard, reason)
    counted = track(database, keys[0])
    assert (counted.play_count, counted.skip_count) == (plays, skips)


def test_the_log_as_columns(database: Database, keys: tuple[TrackId, ...]) -> None:
    event = start(keys[1], NOW + 1, model_version="m")
    database.plays.open(event)
    play(database, keys[0], NOW)
    log = database.plays.log()
    assert log.track_id.tolist() == [keys[0], keys[1]]
    assert log.started_at.tolist() == [NOW, NOW + 1]
    assert [START_REASONS[code] for code in log.start_reason] == [StartReason.UP_NEXT] * 2
    assert END_REASONS[log.end_reason[0]] is EndReason.FINISHED
    assert log.end_reason[1] == -1
    assert log.suggested.tolist() == [False, True]
    assert (log.listened_ms.tolist(), log.duration_ms.tolist()) == ([LENGTH, 0], [LENGTH, LENGTH])
    assert log.utc_offset_min.dtype == "int16"


def test_whole_plays_are_logged_as_if_one_by_one(database: Database, keys: tuple[TrackId, ...]) -> None:
    events = [start(keys[0], NOW), start(keys[1], NOW + MINUTE), start(keys[0], NOW + 100 * MINUTE)]
    plays = [PlayFinished(event, UtcMs(event.started_at + LENGTH), LENGTH, EndReason.FINISHED) for event in events]
    database.plays.append(plays)
    at_once = database.plays.recent(3)
    database.forget_listening()
    for event, finished in zip(events, plays, strict=True):
        database.plays.close(database.plays.open(event), finished)
    assert [replace(logged, id=None) for logged in database.plays.recent(3)] == [
        replace(logged, id=None) for logged in at_once
    ]
    assert track(database, keys[0]).play_count == 2
    database.plays.append([])


def imported(track_id: TrackId, at: int = NOW) -> ImportedPlay:
    return ImportedPlay(track_id, UtcMs(at), LENGTH, LENGTH)


def test_importing_twice_adds_nothing(database: Database, keys: tuple[TrackId, ...]) -> None:
    plays = [imported(keys[0], NOW - at * MINUTE) for at in range(5)]
    assert database.plays.import_plays("lastfm", plays) == 5
    assert database.plays.import_plays("lastfm", plays) == 0
    assert database.plays.import_plays("lastfm", [*plays, imported(keys[0], NOW - 9 * MINUTE)]) == 1
    assert track(database, keys[0]).play_count == 6
    assert database.plays.log().imported.all()


def test_two_sources_report_one_play_once(database: Database, keys: tuple[TrackId, ...]) -> None:
    play(database, keys[0], NOW)
    assert database.plays.import_plays("lastfm", [imported(keys[0], NOW + 20_000)]) == 0
    assert database.plays.import_plays("lastfm", [imported(keys[0], NOW + 10 * MINUTE)]) == 1
    assert database.plays.import_plays("listenbrainz", [imported(keys[0], NOW + 10 * MINUTE + 5_000)]) == 0
    assert database.plays.import_plays("listenbrainz", [imported(keys[1], NOW + 10 * MINUTE)]) == 1


def test_sessions_are_numbered_anew_around_imported_plays(database: Database, keys: tuple[TrackId, ...]) -> None:
    play(database, keys[0], NOW)
    database.plays.import_plays(
        "lastfm", [imported(keys[0], NOW - 1_000 * MINUTE), imported(keys[1], NOW - 5 * MINUTE)]
    )
    assert database.plays.log().session.tolist() == [1, 2, 2]


def test_counts_of_other_programs(database: Database, keys: tuple[TrackId, ...]) -> None:
    database.plays.set_priors("itunes", [Prior(keys[0], 10, 2, 0.8, UtcMs(5))])
    database.plays.set_priors("itunes", [Prior(keys[0], 12, 2, 0.8, UtcMs(5))])
    database.plays.set_priors("rhythmbox", [Prior(keys[0], 3, 0, 0.6, UtcMs(9))])
    assert database.plays.priors() == [Prior(keys[0], 12, 2, pytest.approx(0.7), UtcMs(9))]
    counted = track(database, keys[0])
    assert (counted.play_count, counted.skip_count, counted.last_played_at) == (12, 2, 9)


def test_a_count_and_a_log_of_the_same_plays_are_not_added(database: Database, keys: tuple[TrackId, ...]) -> None:
    database.plays.set_priors("itunes", [Prior(keys[0], 3)])
    database.plays.import_plays("lastfm", [imported(keys[0], NOW - at * MINUTE) for at in range(5)])
    play(database, keys[0], NOW + 60 * MINUTE)
    assert track(database, keys[0]).play_count == 6


def test_no_priors(database: Database) -> None:
    database.plays.set_priors("itunes", [])
    assert database.plays.priors() == []


def counters(database: Database) -> list[tuple[object, ...]]:
    with database._connections.reading() as connection:
        return [
            tuple(row) for row in connection.execute(select(TrackStatRow.__table__).order_by(TrackStatRow.track_id))
        ]


_play = st.tuples(
    st.integers(0, 1), st.integers(0, 10), st.sampled_from((0, 5_000, 40_000, LENGTH)), st.sampled_from(EndReason)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_play, max_size=6), st.lists(st.tuples(st.integers(0, 1), st.integers(-1, 1)), max_size=3))
def test_counters_kept_on_the_way_equal_counters_made_from_the_log(
    database: Database, plays: list[tuple[int, int, int, EndReason]], thumbs: list[tuple[int, int]]
) -> None:
    keys = store(database, song(f"/{database.tracks.count()}/a"), song(f"/{database.tracks.count()}/b"))
    for which, at, heard, reason in plays:
        play(database, keys[which], NOW + at * MINUTE, heard, reason)
    for which, value in thumbs:
        database.thumbs.give(ThumbGiven(keys[which], value, NOW))
    kept = counters(database)
    rebuild_counters(database.path)
    assert counters(database) == kept
