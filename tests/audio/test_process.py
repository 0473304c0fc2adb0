"""The sound process: killed, stopped, crashed by a file, left alone by its player."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest

from player.audio import EndCause, Program, Source, open_engine
from player.audio._process import NICE
from player.audio._values import PROCESS_LOST, PROCESS_LOST_AGAIN
from player.domain import PlayerState
from tests.audio.conftest import Tape
from tests.audio.rig import PATIENCE_MS, Recorder
from tests.audio.sounds import RATE, encode, music

LENGTH_S = 4.0
COMMAND = [sys.executable, "-m", "player.audio.engine"]
FATAL = [sys.executable, "-m", "tests.audio.fatal"]


@pytest.fixture
def engine(server, qapp):
    engine = open_engine(program=Program(COMMAND))
    yield engine
    engine.close()


@pytest.fixture
def fatal(server, qapp):
    """An engine whose process is crashed by files named fatal."""
    engine = open_engine(program=Program(FATAL))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("process")
    return [encode(folder / f"{name}.flac", music(LENGTH_S, seed=n)) for n, name in enumerate(("a", "b", "fatal"))]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_process_costs_the_track_and_the_next_one_plays(server, engine, qtbot, files, expect_log, by):
    expect_log("the sound process is replaced")
    tape = Tape(engine)
    recorder = Recorder(server)
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1]), 2)
    qtbot.waitUntil(lambda: engine.listened_ms > 1_000, timeout=PATIENCE_MS)
    os.kill(engine.pid, by)
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert engine.state is PlayerState.PLAYING
    qtbot.waitUntil(lambda: ("started", 2) in tape.events, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    qtbot.wait(150)
    recording = recorder.stop()
    ended = tape.endings[1]
    assert (ended.cause, ended.message) == (EndCause.ERROR, PROCESS_LOST)
    assert (tape.endings[2].cause, tape.endings[2].listened_ms) == (EndCause.FINISHED, LENGTH_S * 1_000)
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 0)
    first_s = int(np.argmax(np.diff(loud))) / RATE
    assert ended.listened_ms / 1_000 == pytest.approx(first_s, abs=0.1)
    assert tape.of("state") == [("state", "playing"), ("state", "stopped")]


def test_without_a_next_track_it_stops_and_what_is_set_then_plays(engine, qtbot, files, expect_log):
    expect_log("the sound process is replaced")
    tape = Tape(engine)
    engine.play(Source(files[0]), 1)
    qtbot.waitUntil(lambda: engine.listened_ms > 300, timeout=PATIENCE_MS)
    os.kill(engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=PATIENCE_MS)
    assert tape.endings[1].cause is EndCause.ERROR
    engine.set_next(Source(files[1]), 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[2].listened_ms == LENGTH_S * 1_000


def test_a_paused_play_survives_its_process(engine, qtbot, files, expect_log):
    expect_log("the sound process is replaced")
    tape = Tape(engine)
    engine.set_volume(0.5)
    engine.play(Source(files[0]), 1)
    qtbot.waitUntil(lambda: engine.listened_ms > 300, timeout=PATIENCE_MS)
    engine.pause()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    place, heard, former = engine.position_ms, engine.listened_ms, engine.pid
    os.kill(former, signal.SIGKILL)
    qtbot.waitUntil(lambda: engine.pid not in (0, former), timeout=PATIENCE_MS)
    assert (engine.state, engine.position_ms, engine.listened_ms) == (PlayerState.PAUSED, place, heard)
    engine.resume()
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert tape.of("started", "ended") == [("started", 1), ("ended", 1, "finished")]
    assert tape.endings[1].listened_ms == pytest.approx(LENGTH_S * 1_000, abs=1)


def test_a_file_that_crashes_the_decoder_is_known_by_its_thread(fatal, qtbot, files, expect_log):
    """What plays goes on where it was; the file that was to follow is to blame, the second time as well."""
    expect_log("the sound process is replaced")
    tape = Tape(fatal)
    fatal.play(Source(files[0]), 1)
    qtbot.waitUntil(lambda: fatal.listened_ms > 300, timeout=PATIENCE_MS)
    for token in (2, 3):
        fatal.set_next(Source(files[2]), token)
        qtbot.waitUntil(lambda token=token: token in tape.endings, timeout=PATIENCE_MS)
    fatal.set_next(Source(files[1]), 4)
    qtbot.waitUntil(lambda: 4 in tape.endings, timeout=PATIENCE_MS)
    assert [tape.endings[token].cause for token in (2, 3)] == [EndCause.ERROR] * 2
    assert [tape.endings[token].message for token in (2, 3)] == [PROCESS_LOST, PROCESS_LOST_AGAIN]
    assert tape.endings[1].cause is EndCause.FINISHED
    assert tape.endings[1].listened_ms == pytest.approx(LENGTH_S * 1_000, abs=100)
    assert tape.of("started") == [("started", 1), ("started", 4)]


def test_a_file_that_is_played_and_crashes_is_passed_over(fatal, qtbot, files, expect_log):
    expect_log("the sound process is replaced")
    tape = Tape(fatal)
    fatal.play(Source(files[2]), 1)
    fatal.set_next(Source(files[1]), 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    assert (tape.endings[1].cause, tape.endings[1].listened_ms) == (EndCause.ERROR, 0)
    assert tape.endings[2].cause is EndCause.FINISHED


def test_a_process_that_cannot_start_is_given_up_and_tried_again_when_asked(qapp, qtbot, files, expect_log):
    expect_log("the sound process is replaced")
    engine = open_engine(program=Program([sys.executable, "-c", "import sys; sys.exit(7)"]))
    tape = Tape(engine)
    try:
        for token in (1, 2):
            engine.play(Source(files[0]), token)
            qtbot.waitUntil(lambda token=token: token in tape.endings, timeout=PATIENCE_MS)
            assert engine.state is PlayerState.STOPPED
        assert [ending.cause for ending in tape.endings.values()] == [EndCause.ERROR] * 2
        assert len(tape.failures) == 2
    finally:
        engine.close()


def test_a_name_that_is_no_unicode_reaches_the_process(engine, qtbot, files, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.flac")
    os.link(files[0], path)
    tape = Tape(engine)
    engine.play(Source(path), 1)
    qtbot.waitUntil(lambda: ("started", 1) in tape.events, timeout=PATIENCE_MS)


def test_it_goes_before_others_or_asks_for_that(server, qapp, qtbot):
    engine = open_engine(program=Program(COMMAND))
    wanted = []
    engine.priority_wanted.connect(wanted.append)
    qtbot.waitUntil(lambda: bool(wanted) or psutil.Process(engine.pid).nice() == NICE, timeout=PATIENCE_MS)
    assert wanted in ([], [engine.pid])
    engine.close()


PLAYER = """
import sys
from PySide6.QtCore import QCoreApplication
from player.audio import Program, Source, open_engine
app = QCoreApplication([])
engine = open_engine(program=Program([sys.executable, "-m", "player.audio.engine"]))
engine.started.connect(lambda _: print(engine.pid, *sorted(sys.modules), flush=True))
engine.play(Source(sys.argv[1]), 1)
app.exec()
"""


def test_it_ends_with_its_player_and_that_has_no_decoder(server, files):
    """The player is killed while it plays; even a sound process that hangs then ends."""
    with subprocess.Popen([sys.executable, "-c", PLAYER, files[0]], stdout=subprocess.PIPE, text=True) as player:
        assert player.stdout is not None
        pid, *modules = player.stdout.readline().split()
        assert not [name for name in modules if name.split(".")[0] in ("av", "scipy")]
        process = psutil.Process(int(pid))
        mapped = {os.path.basename(file.path) for file in process.memory_maps()}
        assert any(name.startswith("libav") for name in mapped)
        assert not any("Qt6" in name for name in mapped)
        process.suspend()
        player.kill()
    end = time.monotonic() + PATIENCE_MS / 1_000
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
        time.sleep(0.01)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
