"""What every engine keeps: the silent one, those on a sound server (in a process of its own, too), and SDL2's."""

import sys
import threading

import pytest

from player.audio import Clock, EndCause, Program, SilentEngine, Source, open_engine
from player.audio._engine import Engine
from player.audio.engine._port import Port
from player.audio.engine._sdl import SdlSink
from player.domain import PlayerState
from tests.audio.conftest import Tape
from tests.audio.rig import PATIENCE_MS
from tests.audio.sounds import encode, music

LENGTH_MS = 400


@pytest.fixture(params=["silent", "server", "process", "sdl"])
def engine(request, qapp, monkeypatch, any_server):
    if request.param == "silent":
        engine = SilentEngine(Clock.REAL)
    elif request.param == "server":
        request.getfixturevalue("server")
        engine = open_engine()
    elif request.param == "process":
        request.getfixturevalue("server")
        engine = open_engine(program=Program([sys.executable, "-m", "player.audio.engine"]))
    else:
        monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")  # SDL's own device that plays to nowhere
        engine = Engine(Port([SdlSink()]))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract")
    return [encode(folder / f"{n}.flac", music(LENGTH_MS / 1000, seed=n)) for n in range(3)]


@pytest.fixture
def tape(engine):
    return Tape(engine)


def stopped(engine):
    return lambda: engine.state is PlayerState.STOPPED


def heard(engine, more_than_ms=100):
    return lambda: engine.listened_ms > more_than_ms


def test_plays_follow_each_other_and_are_told_in_order(engine, tape, qtbot, files):
    threads = set()
    engine.started.connect(lambda _: threads.add(threading.current_thread()))
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1]), 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    qtbot.waitUntil(stopped(engine), timeout=PATIENCE_MS)
    assert tape.of("started", "ended", "state") == [
        ("state", "playing"),
        ("started", 1),
        ("ended", 1, "finished"),
        ("started", 2),
        ("ended", 2, "finished"),
        ("state", "stopped"),
    ]
    assert [(e.listened_ms, e.position_ms) for e in tape.endings.values()] == [(LENGTH_MS, LENGTH_MS)] * 2
    assert threads == {threading.main_thread()}
    assert engine.position_ms == 0


def test_pause_keeps_the_place(engine, tape, qtbot, files):
    engine.play(Source(files[0]), 1)
    qtbot.waitUntil(heard(engine), timeout=PATIENCE_MS)
    engine.pause()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    qtbot.wait(60)
    place = engine.position_ms
    qtbot.wait(100)
    assert engine.position_ms == place
    engine.resume()
    qtbot.waitUntil(stopped(engine), timeout=PATIENCE_MS)
    assert tape.endings[1].listened_ms == LENGTH_MS


def test_seeking_adds_nothing_to_what_was_heard(engine, tape, qtbot, files):
    positions = []
    engine.position_changed.connect(lambda position, length: positions.append((position, length)))
    engine.play(Source(files[0]), 1, paused=True)
    engine.seek(300)
    qtbot.waitUntil(lambda: (300, LENGTH_MS) in positions, timeout=PATIENCE_MS)
    engine.resume()
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[1].listened_ms == 100
    assert tape.endings[1].position_ms == LENGTH_MS


def test_another_play_replaces_and_stop_stops(engine, tape, qtbot, files):
    engine.play(Source(files[0]), 1)
    qtbot.waitUntil(lambda: ("started", 1) in tape.events, timeout=PATIENCE_MS)
    engine.play(Source(files[1]), 2)
    qtbot.waitUntil(lambda: ("started", 2) in tape.events, timeout=PATIENCE_MS)
    engine.stop()
    qtbot.waitUntil(stopped(engine), timeout=PATIENCE_MS)
    assert tape.endings[1].cause is EndCause.REPLACED
    assert tape.endings[2].cause is EndCause.STOPPED
    assert 0 < tape.endings[2].listened_ms < LENGTH_MS


def test_a_file_that_cannot_be_played_is_passed_over(engine, tape, qtbot, files, tmp_path, expect_log):
    expect_log("cannot be opened")
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no music")
    engine.play(Source(str(broken)), 1)
    engine.set_next(Source(files[0]), 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    assert (tape.endings[1].cause, tape.endings[1].listened_ms) == (EndCause.ERROR, 0)
    assert "cannot be opened" in tape.endings[1].message
    assert tape.endings[2].cause is EndCause.FINISHED


def test_a_next_file_that_cannot_be_played_is_asked_for_again(engine, tape, qtbot, files, tmp_path, expect_log):
    expect_log("it is not there")
    engine.play(Source(files[0]), 1, paused=True)  # so that it cannot be over before the next one has failed
    engine.set_next(Source(str(tmp_path / "vanished.flac")), 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[2].cause is EndCause.ERROR
    engine.resume()
    qtbot.waitUntil(lambda: ("next_wanted", 1) in tape.events, timeout=PATIENCE_MS)
    engine.set_next(Source(files[1]), 3)
    qtbot.waitUntil(lambda: 3 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[3].cause is EndCause.FINISHED


def test_closing_tells_the_end_before_it_returns(engine, tape, qtbot, files):
    engine.play(Source(files[0]), 1)
    qtbot.waitUntil(heard(engine, 50), timeout=PATIENCE_MS)
    engine.close()
    assert tape.endings[1].cause is EndCause.STOPPED
    engine.play(Source(files[0]), 2)  # says nothing any more
    assert engine.devices()[0].name == ""
