"""A minute of play while everything else in the process stands in the way; and what playing costs."""

import threading
import time

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QCoreApplication

from player.audio import Source, measure, open_engine
from player.audio._decoder import Decoder
from player.domain import PlayerState
from tests.audio.conftest import any_server, server  # noqa: F401 - fixtures
from tests.audio.rig import Recorder, cut
from tests.audio.sounds import RATE, encode, music

SECONDS = 60.0


@pytest.fixture
def engine(server, qapp):  # noqa: F811 - pytest's way
    engine = open_engine()
    yield engine
    engine.close()


def drop_outs(recording, sound):
    """Places where the recording departs from the sound."""
    if len(recording) == len(sound) and np.array_equal(recording, sound):
        return 0
    length = min(len(recording), len(sound))
    wrong = np.abs(recording[:length] - sound[:length]).max(axis=1) > 1e-6
    return int(np.count_nonzero(np.diff(wrong.astype(np.int8)) == 1)) + int(wrong[0]) + 1


def test_a_minute_of_stalls(server, engine, qtbot, tmp_path):  # noqa: F811 - pytest's way
    """The GUI thread is blocked for 500 ms ten times while a Python thread hogs the interpreter all the time."""
    sound = music(SECONDS)
    source = Source(encode(tmp_path / "x.flac", sound))
    done = threading.Event()

    def hog():
        while not done.is_set():
            sum(i * i for i in range(2000))

    recorder, thread = Recorder(server), threading.Thread(target=hog)
    engine.play(source, 1)
    thread.start()
    for _ in range(10):
        qtbot.wait(4_000)
        time.sleep(0.5)
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=90_000)
    done.set()
    thread.join()
    time.sleep(0.2)
    found = drop_outs(cut(recorder.stop()), cut(sound))
    print(f"\ndrop-outs in {SECONDS:.0f} s: {found}")
    assert found == 0


@pytest.mark.parametrize("kind", ["flac", "mp3", "opus"])
def test_cost_of_playing(engine, qtbot, tmp_path, kind):
    """Processor time and memory of the whole process; the reference is reading the clock as often."""
    rate = 48_000 if kind == "opus" else RATE
    source = Source(encode(tmp_path / f"x.{kind}", music(20.0, rate=rate), rate=rate))
    process = psutil.Process()
    engine.play(source, 1)
    qtbot.waitUntil(lambda: engine.position_ms > 2_000, timeout=10_000)
    before, began = sum(process.cpu_times()[:2]), time.monotonic()
    while time.monotonic() < began + 10:
        QCoreApplication.processEvents()
        time.sleep(0.05)
    share = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - began)
    print(
        f"\n{kind}: {share * 100:.1f} % of a core, {process.memory_info().rss / 2**20:.0f} MB resident with the tests"
    )
    assert share < 0.15


def test_speed_of_measuring(tmp_path):
    """Loudness with true peaks, against decoding alone."""
    path = encode(tmp_path / "x.flac", music(SECONDS))
    began = time.process_time()
    decoder = Decoder(path, None)
    while decoder.read() is not None:
        pass
    decoding = time.process_time() - began
    began = time.process_time()
    measure(path)
    measuring = time.process_time() - began
    print(f"\ndecoding {SECONDS / decoding:.0f}x, measuring {SECONDS / measuring:.0f}x real time")
    assert measuring < 60 * decoding
