"""The end of a track: what fails, changes, or is asked for just then, before the queue has heard of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from player.audio.engine._voice import Voice
from player.domain import EndReason, PlayerState, RepeatMode, TrackId
from player.playback import LONG_MS, MAX_FAILURES
from tests.bed.logs import ExpectLog
from tests.playback.playing import RATE, Player


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Paths of files whose decoders have nothing to tell yet."""
    paths: set[str] = set()
    hungry: Callable[[Voice], bool] = Voice.hungry.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(Voice, "hungry", property(lambda v: v.play.source.path not in paths and hungry(v)))
    return paths


def path_of(player: Player, track: TrackId) -> str:
    return player.library[track].path


def secretly(player: Player, milliseconds: int) -> None:
    """Let the clock go on without anybody being told."""
    for _ in range(milliseconds // 10):
        player.engine._loop._obey()
        player.engine.sink.consume(RATE // 100)
        player.engine._loop.core.pump()


def at_rest(player: Player) -> bool:
    return player.controller.state is PlayerState.STOPPED and not player.controller.busy


@pytest.mark.parametrize("bad", [{4}, {1}, {2}, {3, 4}, {1, 2}, {1, 2, 3, 4}], ids=str)
@pytest.mark.parametrize("slow", [False, True])
def test_whatever_fails_the_rest_is_heard(
    player: Player, late: set[str], expect_log: ExpectLog, bad: set[int], slow: bool
) -> None:
    """Whether a failure is known at once or only when everything else is over."""
    expect_log("cannot play")
    expect_log("cannot be opened")
    idle: list[bool] = []
    player.controller.idled.connect(lambda: idle.append(player.controller.busy))
    tracks = [player.broken() if number in bad else player.track() for number in (1, 2, 3, 4)]
    if slow:
        late.update(path_of(player, tracks[number - 1]) for number in bad)
    player.play(*tracks)
    for _ in range(20):
        player.pass_time(250)
        if player.engine._loop.core.nap() > 0 and late:  # it waits for one of them
            late.discard(min(late))
    assert player.heard == [number for number in (1, 2, 3, 4) if number not in bad]
    assert len(player.problems) == len(bad)
    assert at_rest(player)
    assert idle == [False]


def test_a_list_of_lost_tracks_is_at_its_end_at_once(player: Player, expect_log: ExpectLog) -> None:
    expect_log("cannot play")
    idle: list[bool] = []
    player.controller.idled.connect(lambda: idle.append(player.controller.busy))
    one = player.track()
    player.library[one] = replace(player.library[one], missing=True)
    player.queue.play_now([one])
    assert idle == [False]


@pytest.mark.parametrize("repeats", [False, True])
def test_what_sounds_is_heard_out_although_everything_behind_it_fails(
    player: Player, expect_log: ExpectLog, repeats: bool
) -> None:
    expect_log("cannot play")
    expect_log("cannot be opened")
    first = player.track(3_000)
    player.play(first)
    if repeats:  # its file is open and plays on
        player.broken()
        player.library[first] = replace(player.library[TrackId(2)], id=first)
        player.queue.set_modes(repeat=RepeatMode.ONE)
    else:
        player.queue.add([player.broken() for _ in range(15)])
    player.pass_time(2_000)
    assert player.endings == []
    player.pass_time(2_000)
    assert player.endings == [(1, "finished")]
    assert len(player.problems) == MAX_FAILURES
    assert player.problems[-1].startswith(f"Stopped: {MAX_FAILURES} tracks in a row")
    assert at_rest(player)
    assert not player.queue.stop_after_current


def test_going_on_by_hand_after_too_many_failures(player: Player, expect_log: ExpectLog) -> None:
    """Nobody had asked to stop after the track that is skipped."""
    expect_log("cannot play")
    expect_log("cannot be opened")
    player.play(player.track(3_000))
    player.queue.add([*[player.broken() for _ in range(MAX_FAILURES)], *player.tracks(2)])
    player.pass_time(1_000)
    assert player.queue.stop_after_current
    player.controller.next()
    player.pass_time(2_500)
    assert player.heard == [1, 12, 13]
    assert not player.queue.stop_after_current
    assert at_rest(player)


def test_repeating_a_track_that_fails_ends(player: Player, expect_log: ExpectLog) -> None:
    expect_log("cannot play")
    expect_log("cannot be opened")
    player.queue.set_modes(repeat=RepeatMode.ONE)
    player.play(player.broken())
    player.pass_time(2_000)
    assert len(player.problems) == MAX_FAILURES
    assert at_rest(player)


def test_stopping_while_what_follows_fails(player: Player, late: set[str], expect_log: ExpectLog) -> None:
    expect_log("cannot be opened")
    tracks = [player.track(), player.broken()]
    late.add(path_of(player, tracks[1]))
    player.play(*tracks)
    player.pass_time(1_500)  # the first is over, the other one is being opened
    late.clear()
    secretly(player, 10)
    player.controller.stop()
    player.pass_time(100)
    assert player.endings == [(1, "finished")]
    assert player.problems == []
    assert at_rest(player)


@pytest.mark.parametrize("heard", [False, True])
def test_what_is_queued_and_taken_out_again_at_the_very_end(player: Player, heard: bool) -> None:
    """The engine may have begun it: then it is the current one, can be stopped, and is in the books."""
    one, two = player.tracks(2)
    player.play(one)
    secretly(player, 1_200)
    player.queue.add([two])
    if heard:
        secretly(player, 200)
    player.queue.clear()
    player.pass_time(100)
    assert player.heard == ([one, two] if heard else [one])
    assert player.controller.busy is heard
    player.controller.stop()
    player.pass_time(50)
    assert at_rest(player)
    assert player.endings == [(one, "finished"), (two, "stopped")][: len(player.heard)]


def test_stop_reaches_what_the_engine_has_just_begun(player: Player) -> None:
    one, two = player.tracks(2)
    player.play(one)
    secretly(player, 1_200)
    player.queue.add([two])
    secretly(player, 100)
    player.controller.stop()
    player.pass_time(500)
    assert at_rest(player)
    assert [event.reason for event in player.finished] == [EndReason.FINISHED, EndReason.STOPPED]


def test_stop_after_the_end_keeps_what_is_only_on_its_way_silent(player: Player) -> None:
    one, two = player.tracks(2)
    player.play(one)
    secretly(player, 1_200)
    player.queue.add([two])
    player.queue.clear()
    player.pass_time(10)
    player.controller.stop()
    player.pass_time(500)
    assert player.heard == [one]
    assert at_rest(player)


def test_skipping_at_the_very_end(player: Player) -> None:
    one, two, three = player.tracks(3)
    player.play(one, two, three)
    secretly(player, 1_100)  # the second one sounds
    player.controller.next()
    player.pass_time(500)
    assert player.heard == [one, two]
    assert player.endings == [(one, "finished")]
    player.pass_time(2_000)
    assert player.heard == [one, two, three]
    assert at_rest(player)


def test_skipping_the_last_track_when_it_is_over(player: Player) -> None:
    player.play(player.track())
    secretly(player, 1_200)
    player.controller.next()
    player.pass_time(100)
    assert player.endings == [(1, "finished")]
    assert at_rest(player)


@pytest.mark.parametrize("ahead", [False, True], ids=["not set ahead", "set ahead"])
def test_a_pause_at_the_very_end_is_kept(player: Player, ahead: bool) -> None:
    """As the sleep timer's: the next track must not begin by itself."""
    one = player.track()
    two = player.track(60_000) if ahead else player.track(60_000, duration_ms=LONG_MS)
    player.controller.long_tracks.left(player.library[two], 40_000, finished=False)  # long ones only go on from there
    player.play(one)
    secretly(player, 1_200)
    player.queue.add([two])
    player.controller.pause()
    player.pass_time(500)
    assert player.heard == [one]
    assert player.controller.state is PlayerState.PAUSED
    player.controller.play()
    player.pass_time(100)
    assert player.heard == [one, two]
    player.controller.pause()
    player.pass_time(50)
    player.controller.next()
    player.pass_time(50)
    assert at_rest(player)
