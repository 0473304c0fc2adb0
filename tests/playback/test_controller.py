"""The transport over the silent engine: what is heard, in which order, and what is reported."""

from dataclasses import replace

import pytest

from player.domain import EndReason, Ms, PlayerState, RepeatMode, StartReason, Track
from player.playback import LONG_MS, MAX_FAILURES, LongTracks
from tests.bed.logs import ExpectLog
from tests.playback.following import suggestions
from tests.playback.playing import Player


def test_an_album_is_heard_to_its_end(player: Player) -> None:
    album = player.album(3)
    player.play(*album, reason=StartReason.ALBUM)
    player.pass_time(3_200)
    assert player.heard == album
    assert player.endings == [(track, "finished") for track in album]
    assert [event.listened_ms for event in player.finished] == [1_000] * 3
    assert [event.queue_position for event in player.started] == [0, 1, 2]
    assert player.controller.state is PlayerState.STOPPED


def test_tracks_join_without_a_gap(player: Player) -> None:
    player.play(*player.tracks(3))
    player.pass_time(2_500)
    assert player.engine.sink.underrun_frames == 0
    assert player.heard == [1, 2, 3]


def test_suggestions_follow_a_single_track_and_say_so(player: Player) -> None:
    first, second = player.tracks(2)
    player.play(first)
    player.queue.refill(suggestions(second))
    player.pass_time(1_500)
    started = player.started[1]
    assert (started.track_id, started.reason, started.model_version) == (second, StartReason.UP_NEXT, "v1")
    assert player.started[0].model_version is None


def test_next_skips_and_counts_what_was_heard(player: Player) -> None:
    player.play(*player.tracks(2, 5_000))
    player.pass_time(1_980)
    player.controller.next()
    player.pass_time(10)
    assert player.endings == [(1, "skipped")]
    assert player.finished[0].listened_ms == pytest.approx(2_000, abs=60)
    assert player.heard == [1, 2]


def test_a_track_that_is_not_heard_yet_stands_at_its_beginning(player: Player) -> None:
    player.play(*player.tracks(2, 10_000))
    player.pass_time(5_000)
    player.controller.next()
    assert player.controller.position_ms == 0
    player.controller.previous()
    player.pass_time(10)
    assert player.controller.queue.current.track_id == 1


def test_next_at_the_end_of_the_queue_stops(player: Player) -> None:
    player.play(player.track())
    player.controller.next()
    player.pass_time(10)
    assert player.endings == [(1, "skipped")]
    assert player.controller.state is PlayerState.STOPPED


def test_pausing_and_seeking_add_nothing(player: Player) -> None:
    player.play(player.track(10_000))
    player.pass_time(980)
    player.controller.pause()
    player.pass_time(5_000)
    player.controller.play_pause()
    player.controller.seek(9_000)
    player.pass_time(1_200)
    assert player.endings == [(1, "finished")]
    assert player.finished[0].listened_ms == pytest.approx(2_000, abs=100)


def test_a_change_of_the_queue_at_the_last_moment_counts(player: Player) -> None:
    one, two, three = player.tracks(3)
    player.play(one, two)
    player.pass_time(900)
    player.queue.play_next([three])
    player.pass_time(1_000)
    assert player.heard == [one, three]


def test_emptying_the_queue_at_the_last_moment_stops(player: Player) -> None:
    player.play(*player.tracks(2))
    player.pass_time(900)
    player.queue.clear()
    player.pass_time(1_000)
    assert player.heard == [1]
    assert player.controller.state is PlayerState.STOPPED


def test_previous_begins_the_track_again_after_three_seconds(player: Player) -> None:
    player.play(*player.tracks(2, 8_000))
    player.controller.next()
    player.pass_time(4_000)
    player.controller.previous()
    player.pass_time(20)
    assert player.controller.position_ms < 500
    assert player.heard == [1, 2]
    player.controller.previous()
    player.pass_time(20)
    assert player.heard == [1, 2, 1]
    assert player.started[-1].reason is StartReason.PREVIOUS
    assert player.endings[-1] == (2, "previous")


def test_picking_something_else_replaces_and_undo_comes_back(player: Player) -> None:
    one, two = player.tracks(2, 8_000)
    player.play(one)
    player.pass_time(2_000)
    player.play(two)
    assert player.endings == [(one, "replaced")]
    player.edits.undo()
    player.pass_time(20)
    assert player.heard == [one, two, one]
    assert player.controller.position_ms == pytest.approx(2_040, abs=100)


def test_stop_keeps_the_track_and_play_begins_it_again(player: Player) -> None:
    player.play(*player.tracks(2, 3_000))
    player.controller.stop()
    player.pass_time(10)
    assert player.endings == [(1, "stopped")]
    player.controller.play()
    player.pass_time(20)
    assert player.heard == [1, 1]


def test_playing_on_after_the_last_track_plays_the_next_one(player: Player) -> None:
    player.play(player.track())
    player.pass_time(1_200)
    player.queue.add(player.tracks(1))
    player.controller.play()
    player.pass_time(20)
    assert player.heard == [1, 2]


def test_stopping_after_this_track(player: Player) -> None:
    player.play(*player.tracks(2))
    player.queue.set_modes(stop_after_current=True)
    player.pass_time(2_500)
    assert player.heard == [1]
    assert not player.queue.stop_after_current
    player.controller.play()
    player.pass_time(20)
    assert player.heard == [1, 2]


def test_repeating_one_track(player: Player) -> None:
    player.play(*player.tracks(2))
    player.queue.set_modes(repeat=RepeatMode.ONE)
    player.pass_time(2_500)
    assert player.heard == [1, 1, 1]
    assert [event.reason for event in player.started[1:]] == [StartReason.REPEAT] * 2


def test_a_track_that_cannot_be_played_is_named_and_passed_over(player: Player, expect_log: ExpectLog) -> None:
    expect_log("Track 2|2.wav")
    one, broken, three = player.track(), player.broken(), player.track()
    player.play(one, broken, three)
    player.pass_time(2_500)
    assert player.heard == [one, three]
    assert len(player.problems) == 1
    assert "“Track 2” cannot be played" in player.problems[0]


def test_a_picked_track_that_cannot_be_played_lets_the_next_one_start(player: Player, expect_log: ExpectLog) -> None:
    expect_log("Track 1|1.wav")
    player.play(player.broken(), player.track())
    player.pass_time(500)
    assert player.heard == [2]
    assert player.controller.state is PlayerState.PLAYING


@pytest.mark.parametrize("kind", ["broken", "missing", "lost"])
def test_a_run_of_failures_stops(player: Player, expect_log: ExpectLog, kind: str) -> None:
    expect_log("cannot play|cannot be opened")
    every = [player.broken() if kind == "broken" else player.track() for _ in range(30)]
    for track in every:
        if kind == "missing":
            player.library[track] = replace(player.library[track], missing=True)
        elif kind == "lost":
            del player.library[track]
    player.queue.play_now(every)
    player.pass_time(500)
    assert player.heard == []
    assert len(player.problems) == MAX_FAILURES
    assert player.problems[-1].startswith(f"Stopped: {MAX_FAILURES} tracks in a row")
    assert player.controller.state is PlayerState.STOPPED
    assert len(player.queue.entries()) >= 30 - 2 * MAX_FAILURES


def test_crossfade_overlaps_but_not_within_an_album(player: Player) -> None:
    player.set(crossfade_ms=1_000)
    album = player.album(2, 4_000)
    player.play(*album, *player.tracks(1, 4_000))
    player.pass_time(4_100)
    assert player.heard == [1, 2]
    assert player.endings == [(1, "finished")]
    player.pass_time(3_200)
    assert player.heard == [1, 2, 3]
    assert player.endings == [(1, "finished")]
    player.pass_time(900)
    assert player.endings == [(1, "finished"), (2, "finished")]


def test_quitting_is_logged_as_quit(player: Player) -> None:
    player.play(player.track(5_000))
    player.pass_time(1_000)
    player.controller.close()
    assert player.endings == [(1, "quit")]
    assert player.queue.saved().position_ms == pytest.approx(1_000, abs=100)


def test_after_a_restart_the_track_goes_on(player: Player) -> None:
    player.queue.restore(replace(player.queue.saved(), current=None))
    player.play(player.track(9_000))
    player.controller.stop()
    player.controller.hold(6_000)
    assert player.controller.position_ms == 6_000
    player.controller.seek(player.controller.position_ms + 500)
    player.controller.play()
    player.pass_time(20)
    assert player.started[-1].reason is StartReason.RESTORED
    assert player.controller.position_ms == pytest.approx(6_500, abs=100)


def test_long_tracks_go_on_where_they_were_left(player: Player) -> None:
    # Only the length in the library makes a track long; its file may be short in a test.
    long = player.track(90_000, duration_ms=LONG_MS)
    short = player.track(2_000)
    player.play(long)
    player.controller.seek(40_000)
    player.pass_time(500)
    player.play(short, long)
    assert player.controller.long_tracks.positions[long] == pytest.approx(40_500, abs=200)
    player.pass_time(2_500)
    assert player.heard == [long, short, long]
    assert player.controller.position_ms > 40_000


def test_positions_are_kept_for_long_tracks_on_their_way_only(player: Player) -> None:
    long: Track = replace(player.library[player.track()], duration_ms=Ms(2 * LONG_MS))
    memory = LongTracks()
    memory.left(long, 5_000, finished=False)
    assert memory.resume(long) == 0
    memory.left(long, 600_000, finished=False)
    assert memory.resume(long) == 600_000
    memory.left(long, 2 * LONG_MS, finished=True)
    assert memory.positions == {}


def test_sound_settings_reach_the_engine_and_are_announced(player: Player) -> None:
    told: list[tuple[float, bool]] = []
    player.controller.volume_changed.connect(lambda volume, muted: told.append((volume, muted)))
    player.controller.set_volume(-1.0)
    player.controller.set_volume(1.7)
    player.controller.set_muted(True)
    player.controller.set_muted(True)
    player.controller.set_volume(0.5)
    assert told == [(0.0, False), (1.0, False), (1.0, True), (0.5, True)]
    player.controller.set_volume(0.6)
    assert told[-1] == (0.6, False)
    player.controller.set_speed(9)
    assert player.controller.speed == 2.0


def test_changes_of_the_current_track_are_announced(player: Player) -> None:
    told: list[str] = []
    player.controller.track_changed.connect(lambda track: told.append(track.title if track else ""))
    player.play(*player.tracks(2))
    player.pass_time(1_200)
    assert told == ["Track 1", "Track 2"]


def test_every_play_is_reported_once(player: Player) -> None:
    player.play(*player.tracks(6, 500))
    for act in (player.controller.next, player.controller.previous, player.controller.stop, player.controller.play):
        act()
        player.pass_time(200)
    player.pass_time(5_000)
    player.controller.close()
    assert len(player.started) == len(player.finished)
    assert [event.start for event in player.finished] == player.started
    assert {event.reason for event in player.finished} >= {EndReason.SKIPPED, EndReason.FINISHED, EndReason.STOPPED}
