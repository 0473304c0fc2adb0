"""Thumbs, "not now", more like this: written, announced once, learned from, undone and redone."""

from __future__ import annotations

import pytest

from player.application import Answered, Changes, Kind
from player.domain import KnownError, Origin, RepeatMode, TrackId, TrackQuery, now_ms
from tests.application.conftest import Setting


def suggested(setting: Setting) -> list[int]:
    """The suggestions in the queue."""
    return [entry.track_id for entry in setting.entries.entries() if entry.origin is Origin.SUGGESTED]


def put_off(setting: Setting) -> set[int]:
    """The tracks that are put off now."""
    return set(setting.storage.call(lambda: setting.db.thumbs.dismissed(now_ms())))


def test_a_thumb_is_announced_once_it_is_written(setting: Setting) -> None:
    found: list[dict[TrackId, int]] = []
    setting.runner.changed.connect(lambda _changes: found.append(setting.db.thumbs.current()))
    track, whoever = setting.world.tracks[3], object()
    setting.feedback.give_thumb([track], 1, whoever)
    assert setting.changes == []
    assert setting.wait_for(1) == Changes(frozenset({Kind.THUMBS}), frozenset({track.id}), whoever)
    assert found == [{track.id: 1}]


def test_a_thumb_is_undone_and_redone(setting: Setting) -> None:
    tracks = setting.world.tracks[3:5]
    setting.feedback.give_thumb(tracks, 1)
    assert setting.history.undo_text.startswith("thumb up for 2 track")
    setting.history.undo()
    setting.history.redo()
    setting.history.undo()
    setting.wait_for(4)
    assert setting.db.thumbs.current() == {}
    setting.history.redo()
    setting.wait_for(5)
    assert setting.db.thumbs.current() == {track.id: 1 for track in tracks}


def test_undo_gives_back_the_thumb_there_was_even_while_it_is_being_written(setting: Setting) -> None:
    track = setting.world.tracks[3]
    setting.feedback.give_thumb([track], -1)
    setting.feedback.give_thumb([track], 1)  # the value that views have read is still 0
    setting.history.undo()
    setting.wait_for(3)
    assert setting.db.thumbs.current() == {track.id: -1}


def test_the_same_thumb_again_takes_it_back(setting: Setting) -> None:
    track = setting.world.tracks[3]
    assert setting.feedback.toggle_thumb([track], 1) == (1, [track])
    assert setting.feedback.toggle_thumb([track], 1) == (0, [track])
    setting.wait_for(2)
    assert setting.db.thumbs.current() == {}
    setting.feedback.give_thumb([track], 0)
    assert setting.history.undo_text.startswith("thumb taken back")
    assert len(setting.changes) == 2


def test_a_thumb_down_skips_now_and_leaves_the_track_out(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    waiting = setting.world.tracks[suggested(setting)[0] - setting.world.tracks[0].id]
    with setting.qtbot.waitSignal(setting.suggestions.suggested, timeout=30_000):
        setting.feedback.give_thumb([waiting], -1)
        assert waiting.id not in suggested(setting)
    assert waiting.id not in suggested(setting)
    with setting.qtbot.waitSignal(setting.suggestions.suggested, timeout=30_000):
        assert setting.feedback.thumb_playing(-1)
        setting.listener.pass_time(50)
    assert setting.playing != setting.world.tracks[0].id
    setting.history.undo()
    setting.listener.pass_time(50)
    assert setting.playing == setting.world.tracks[0].id
    setting.history.redo()
    setting.listener.pass_time(50)
    assert setting.playing != setting.world.tracks[0].id


def standing(setting: Setting) -> list[tuple[int, Origin, bool]]:
    """What comes next: tracks, whose they are, and whether they are pinned."""
    return [(entry.track_id, entry.origin, entry.pinned) for entry in setting.entries.entries()]


@pytest.mark.parametrize("value", [1, -1])
@pytest.mark.parametrize("again", [False, True])
def test_a_thumb_on_a_playing_suggestion_taken_back_leaves_everything_as_it_was(
    setting: Setting, value: int, again: bool
) -> None:
    setting.play(setting.world.tracks[0])
    with setting.qtbot.waitSignal(setting.suggestions.suggested, timeout=30_000):
        setting.listener.controller.next()
        setting.listener.pass_time(500)
    playing, before = setting.entries.current, standing(setting)
    assert playing is not None
    track = next(track for track in setting.world.tracks if track.id == playing.track_id)
    answers: list[Answered] = []
    setting.feedback.answered.connect(answers.append)
    with setting.qtbot.waitSignal(setting.suggestions.suggested, timeout=30_000):
        setting.feedback.give_thumb([track], value)
        setting.listener.pass_time(100)
    for answer in answers:  # there is none where the queue was like that already, as it may be after a thumb up
        assert (answer.tracks, answer.value) == (frozenset({track.id}), value)
        assert 0 < answer.changed <= answer.of
    if again:
        setting.feedback.toggle_thumb(setting.db.tracks.get([track.id]), value)
    else:
        setting.history.undo()
    setting.wait_for(2)
    setting.listener.pass_time(50)
    setting.qtbot.wait(0)
    assert setting.db.thumbs.current() == {}
    assert setting.playing == track.id
    assert setting.entries.current is not None
    assert (setting.entries.current.origin, setting.entries.current.id) == (Origin.SUGGESTED, playing.id)
    assert standing(setting) == before
    if value < 0:
        assert setting.listener.controller.position_ms >= 500


def test_what_was_put_back_stays_until_the_track_ends_or_something_else_is_wanted(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    with setting.qtbot.waitSignal(setting.feedback.answered, timeout=30_000):
        setting.feedback.give_thumb(setting.world.tracks[:1], 1)
    setting.history.undo()
    setting.wait_for(2)
    with setting.qtbot.assertNotEmitted(setting.suggestions.suggested, wait=50):
        setting.suggestions.reload()
    with setting.qtbot.waitSignal(setting.suggestions.suggested, timeout=30_000):
        setting.listener.controller.next()
        setting.listener.pass_time(50)


def test_without_a_playing_track_there_is_no_thumb(setting: Setting) -> None:
    assert not setting.feedback.thumb_playing(1)
    assert setting.history.undo_text == ""


def test_a_thumb_that_cannot_be_written_is_no_step_to_undo(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_event: object) -> None:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(setting.db.thumbs, "give", refuse)
    setting.feedback.give_thumb([setting.world.tracks[3]], 1)
    setting.qtbot.waitUntil(lambda: setting.problems == ["The disk is full."], timeout=30_000)
    assert setting.history.undo() == ""
    assert setting.changes == []


def test_a_suggestion_taken_out_is_put_off_until_undo_brings_it_back(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    entry = setting.entries.entries()[2]
    setting.queue.remove([entry.id])
    assert setting.wait_for(1) == Changes.of(Kind.DISMISSALS, ids=[entry.track_id])
    assert entry.track_id not in suggested(setting)
    assert put_off(setting) == {entry.track_id}
    setting.history.undo()
    setting.wait_for(2)
    assert entry.track_id in suggested(setting)
    assert put_off(setting) == set()
    setting.history.redo()
    setting.wait_for(3)
    assert entry.track_id not in suggested(setting)
    assert put_off(setting) == {entry.track_id}


def test_what_the_user_queued_is_taken_out_without_being_put_off(setting: Setting) -> None:
    setting.queue.add([setting.world.tracks[5].id])
    setting.queue.remove([setting.entries.entries()[0].id])
    assert put_off(setting) == set()


def test_not_now_for_the_playing_track_goes_on(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    setting.feedback.put_off([setting.world.tracks[0].id])
    setting.listener.pass_time(50)
    assert setting.playing != setting.world.tracks[0].id


def test_what_is_put_off_is_welcome_again(setting: Setting) -> None:
    track_id = setting.world.tracks[4].id
    setting.feedback.put_off([track_id])
    setting.feedback.welcome_back([track_id])
    setting.wait_for(2)
    assert put_off(setting) == set()
    setting.history.undo()
    setting.wait_for(3)
    assert put_off(setting) == {track_id}


def test_more_like_this_is_undone_and_redone(setting: Setting) -> None:
    setting.feedback.more_like((), "")
    assert setting.history.undo_text == ""
    seeds = tuple(track.id for track in setting.world.by(5))
    setting.feedback.more_like(seeds, "“Artist 5”")
    setting.feedback.more_like((), "")
    assert setting.feedback.focus == ""
    setting.history.undo()
    assert (setting.suggestions.focus, setting.feedback.focus) == (seeds, "“Artist 5”")
    setting.history.undo()
    assert setting.suggestions.focus == ()
    setting.history.redo()
    assert setting.feedback.focus == "“Artist 5”"


def test_modes_are_undone_and_redone(setting: Setting) -> None:
    setting.queue.set_modes(repeat=RepeatMode.ALL, shuffle=True, stop_after_current=True)
    setting.queue.set_modes(repeat=RepeatMode.ALL)
    for _ in range(3):
        setting.history.undo()
    queue = setting.entries
    assert (queue.repeat, queue.shuffle, queue.stop_after_current) == (RepeatMode.OFF, False, False)
    assert setting.history.undo() == ""
    for _ in range(3):
        setting.history.redo()
    assert (queue.repeat, queue.shuffle, queue.stop_after_current) == (RepeatMode.ALL, True, True)


def test_playing_a_query_shuffled_is_one_step(setting: Setting) -> None:
    with setting.qtbot.waitSignal(setting.entries.edited, timeout=30_000):
        setting.queue.play_query(TrackQuery(), setting.world.tracks and "playlist", shuffle=True)
    assert setting.entries.shuffle
    assert setting.history.undo() == "Play now"
    assert not setting.entries.shuffle
    assert setting.history.undo() == ""


def test_several_suggestions_are_kept_in_one_step(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    before = setting.history.undo_text
    setting.queue.pin([entry.id for entry in setting.entries.entries()[:3]], True)
    assert [entry.pinned for entry in setting.entries.entries()[:4]] == [True, True, True, False]
    setting.history.undo()
    assert not any(entry.pinned for entry in setting.entries.entries())
    assert setting.history.undo_text == before
