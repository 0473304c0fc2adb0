"""Writing the play log while music plays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain import EndReason, LoggedPlay, StartReason, Track, TrackId
from player.recommending import Recorder
from player.workers import Lane
from tests.bed.logs import ExpectLog
from tests.recommending.listening import Listener
from tests.recommending.world import World


@dataclass
class Setting:
    """A listener whose plays are logged."""

    world: World
    listener: Listener
    lane: Lane
    recorder: Recorder
    private: bool = False

    def log(self) -> list[LoggedPlay]:
        """The log, oldest first, once all is written."""
        self.lane.call(lambda: None)
        return self.world.db.plays.recent(50)[::-1]


@pytest.fixture
def setting(world: World, tmp_path: Path, qtbot: QtBot) -> Iterator[Setting]:
    listener = Listener(world.db, tmp_path)
    lane = Lane("test storage")
    setting = Setting(world, listener, lane, None)  # type: ignore[arg-type] - made in the next line
    setting.recorder = Recorder(listener.controller, world.db, lane, private=lambda: setting.private)
    yield setting
    listener.controller.close()
    setting.recorder.close()
    lane.close()


def test_a_play_is_opened_at_its_start_and_closed_at_its_end(setting: Setting) -> None:
    tracks = [track.id for track in setting.world.tracks[:2]]
    setting.listener.queue.play_now(tracks, reason=StartReason.ALBUM)
    setting.listener.pass_time(500)
    (now,) = setting.log()
    assert (now.track_id, now.start_reason, now.end_reason) == (tracks[0], StartReason.ALBUM, None)
    setting.listener.pass_time(2_000)
    setting.listener.controller.next()
    setting.listener.pass_time(10)
    first, second = setting.log()
    assert (first.end_reason, first.listened_ms) == (EndReason.FINISHED, 2_000)
    assert second.end_reason is EndReason.SKIPPED
    assert second.listened_ms == pytest.approx(500, abs=100)


def test_the_heartbeat_keeps_what_a_crash_would_leave(setting: Setting) -> None:
    setting.listener.queue.play_now([setting.world.tracks[0].id])
    setting.listener.pass_time(1_000)
    setting.recorder.note_progress()
    (play,) = setting.log()
    assert play.end_reason is None
    assert play.listened_ms == pytest.approx(1_000, abs=50)


def test_quitting_closes_the_play(setting: Setting) -> None:
    setting.listener.queue.play_now([setting.world.tracks[0].id])
    setting.listener.pass_time(700)
    setting.listener.controller.close()
    assert [play.end_reason for play in setting.log()] == [EndReason.QUIT]


def test_a_private_session_leaves_no_trace(setting: Setting) -> None:
    setting.private = True
    setting.listener.queue.play_now([setting.world.tracks[0].id])
    setting.listener.pass_time(2_500)
    assert setting.log() == []


def test_views_are_told_when_the_log_has_changed(setting: Setting, qtbot: QtBot) -> None:
    setting.listener.queue.play_now([setting.world.tracks[0].id])
    with qtbot.waitSignals([setting.recorder.logged, setting.recorder.logged]):
        setting.listener.pass_time(2_500)


def test_a_log_that_cannot_be_written_is_said_once(setting: Setting, qtbot: QtBot, expect_log: ExpectLog) -> None:
    expect_log("the play log cannot be written")
    told: list[str] = []
    setting.recorder.problem.connect(told.append)
    # A library that knows nothing of the tracks that play: every row breaks a foreign key.
    lost = setting.world.tracks[0]
    setting.listener.queue.play_now([lost.id, lost.id])
    gone = Track(TrackId(lost.id + 1_000), lost.path, lost.title)
    setting.listener.controller._tracks = lambda _id: replace(setting.listener.track(lost.id) or gone, id=gone.id)
    setting.listener.queue.play_now([lost.id, lost.id])
    setting.listener.pass_time(5_000)
    qtbot.waitUntil(lambda: bool(told))
    setting.log()
    assert len(told) == 1
    assert told[0].startswith("What you play cannot be logged")
