"""The whole player, without its window: from the first track to the next start."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from player.app import FaultReporter
from player.domain import EndReason, PlayerState, RepeatMode, StartReason
from tests.app.house import House
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT, song


def test_a_picked_track_plays_is_logged_and_up_next_follows(house: House) -> None:
    app = house.enter()
    with house.qtbot.waitSignal(app.suggestions.suggested, timeout=30_000):
        app.queue.play_now([house.tracks[0].id])
        house.pass_time(50)
    follows = house.suggested()[0]
    with house.qtbot.waitSignal(app.suggestions.suggested, timeout=30_000):
        house.pass_time(300)
    app.storage_lane.call(lambda: None)
    now, before = house.db.plays.recent(5)
    assert (before.track_id, before.end_reason) == (house.tracks[0].id, EndReason.FINISHED)
    assert (now.track_id, now.start_reason, now.end_reason) == (follows, StartReason.UP_NEXT, None)
    assert now.model_version is not None
    assert house.suggested()


def test_quitting_and_starting_again_goes_on_where_it_was(house: House) -> None:
    app = house.enter()
    album = [track.id for track in house.tracks[:4]]
    app.queue.set_modes(repeat=RepeatMode.ALL)
    app.queue.play_now(album, reason=StartReason.ALBUM)
    house.pass_time(400)
    app.queue.add([house.tracks[9].id])
    entries = app.queue.entries()
    house.leave()
    assert house.db.plays.recent(1)[0].end_reason is EndReason.QUIT

    again = house.enter()
    assert again.queue.current is not None
    assert again.queue.current.track_id == album[1]
    assert [entry.id for entry in again.queue.entries()[:3]] == [entry.id for entry in entries[:3]]
    assert again.queue.repeat is RepeatMode.ALL
    assert again.controller.position_ms == pytest.approx(100, abs=30)
    again.controller.play()
    house.pass_time(40)
    again.storage_lane.call(lambda: None)
    assert house.db.plays.recent(1)[0].start_reason is StartReason.RESTORED
    house.pass_time(1_400)
    assert [entry.track_id for entry in again.queue.history].count(album[1]) >= 1
    assert album[0] in [entry.track_id for entry in again.queue.entries() + again.queue.history]


def test_files_handed_over_are_played(house: House, tmp_path: Path, expect_log: ExpectLog) -> None:
    app = house.enter()
    alone = song(tmp_path / "elsewhere" / "alone.wav", title="Alone")
    problems: list[str] = []
    app.problem.connect(problems.append)
    with house.qtbot.waitSignal(app.queue.play_requested, timeout=30_000):
        app.open([str(tmp_path / "elsewhere"), str(tmp_path / "nowhere.wav")])
    house.pass_time(50)
    track = app.controller.current_track
    assert track is not None
    assert (track.title, track.path) == ("Alone", str(alone))
    assert len(problems) == 1
    assert "nowhere.wav" in problems[0]


def test_settings_reach_every_part(house: House) -> None:
    app = house.enter()
    app.controller.set_volume(0.3)
    assert app.settings.value.volume == 0.3
    app.settings.change(muted=True, private_session=True)
    assert app.controller.muted
    assert app.suggestions.status.text.startswith("Private session")
    app.queue.play_now([house.tracks[0].id])
    house.pass_time(400)
    app.storage_lane.call(lambda: None)
    assert house.db.plays.recent(1) == []


def test_a_past_queue_is_there_after_a_restart(house: House) -> None:
    app = house.enter()
    app.queue.play_now([track.id for track in house.tracks[:4]], reason=StartReason.ALBUM)
    house.pass_time(20)
    app.queue.play_now([track.id for track in house.tracks[4:8]], reason=StartReason.ALBUM)
    house.leave()
    again = house.enter()
    (past,) = again.queue.past_queues()
    assert [entry.track_id for entry in past.entries if entry.origin == "user"] == [t.id for t in house.tracks[1:4]]
    again.queue.bring_back(0)
    house.pass_time(20)
    assert again.controller.state is PlayerState.PLAYING
    assert again.controller.current_track is not None
    assert again.controller.current_track.id == house.tracks[0].id


def test_only_one_player_at_a_time_takes_the_window(house: House) -> None:
    app = house.enter()
    assert app.desktop.acquire()
    house.leave()
    assert house.enter().desktop.acquire()


def test_faults_are_logged_and_told(expect_log: ExpectLog) -> None:
    expect_log("a fault of our own")
    told: list[str] = []
    before = sys.excepthook
    faults = FaultReporter(told.append)
    expect_log("unlucky died of a fault of our own")
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)
        thread = threading.Thread(target=lambda: 1 // 0, name="unlucky")
        thread.start()
        thread.join()
    finally:
        faults.close()
    assert told == ["Something went wrong inside Segue (ZeroDivisionError). The log file says more."]
    assert sys.excepthook is before


def test_the_window_does_not_wait_for_the_recommenders_libraries() -> None:
    code = "import sys, player.app; print([m for m in ('scipy', 'onnxruntime', 'implicit') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_broken_files_are_one_notice(house: House, tmp_path: Path) -> None:
    app = house.enter()
    told: list[str] = []
    app.problem.connect(told.append)
    with house.qtbot.waitSignal(app.problem, timeout=30_000):
        app.open([str(tmp_path / f"{number}.wav") for number in range(5)])
    assert len(told) == 1
    assert "0.wav" in told[0]
    assert "4 " in told[0]
