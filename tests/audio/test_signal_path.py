"""The way of the sound from file to device, as data; and the position that includes the output's latency."""

import sys

import numpy as np
import pytest

from player.audio import GainReason, Obstacle, Program, Source, open_engine
from player.audio._values import Heard, Now
from player.domain import PlayerState
from tests.audio.rig import PATIENCE_MS
from tests.audio.sounds import encode, encode_channels, music


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return encode(tmp_path_factory.mktemp("path") / "x.flac", music(2.0))


def test_nothing_stands_in_the_way_of_a_plain_file(deck, file):
    engine, _ = deck()
    told = []
    engine.signal_path_changed.connect(told.append)
    assert engine.signal_path is None
    engine.play(Source(file), 1)
    engine.advance(100)
    path = engine.signal_path
    assert (path.token, path.path, path.codec, path.sample_format) == (1, file, "flac", "s16")
    assert (path.rate, path.channels, path.device_rate, path.output) == (44_100, 2, 44_100, "silence")
    assert (path.gain_reason, path.obstacles, path.bit_perfect) == (GainReason.OFF, (), True)
    engine.stop()
    engine.advance(10)
    assert told == [path, None]


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        (lambda engine: engine.set_volume(0.5), Obstacle.VOLUME),
        (lambda engine: engine.set_speed(1.25), Obstacle.SPEED),
        (lambda engine: engine.set_equaliser((3.0,) * 10), Obstacle.EQUALISER),
        (lambda engine: engine.set_gain(1, -6.0, over_ms=0), Obstacle.GAIN),
    ],
)
def test_what_changes_the_sound_is_named(deck, file, change, obstacle):
    engine, _ = deck()
    engine.play(Source(file), 1)
    engine.advance(50)
    change(engine)
    engine.advance(50)
    assert engine.signal_path.obstacles == (obstacle,)
    assert not engine.signal_path.bit_perfect


def test_another_rate_and_more_channels_are_named(deck, tmp_path):
    quiet = np.full((44_100, 6), 0.1, np.float32)
    surround = encode_channels(tmp_path / "x.wav", "pcm_s16le", "5.1", quiet, rate=44_100)
    engine, _ = deck(48_000)
    engine.play(Source(surround, gain_db=-3.0, gain_reason=GainReason.ALBUM), 1)
    engine.advance(50)
    path = engine.signal_path
    assert set(path.obstacles) == {Obstacle.GAIN, Obstacle.RESAMPLED, Obstacle.MIXED_DOWN}
    assert (path.gain_db, path.gain_reason) == (-3.0, GainReason.ALBUM)


def test_the_sound_process_tells_its_device(server, qapp, qtbot, file):
    engine = open_engine(program=Program([sys.executable, "-m", "player.audio.engine"]))
    try:
        engine.play(Source(file, gain_db=-3.0, gain_reason=GainReason.TRACK), 1)
        qtbot.waitUntil(lambda: bool(engine.signal_path and engine.signal_path.output), timeout=PATIENCE_MS)
        path = engine.signal_path
        assert (path.device_rate, path.device_format, path.device_bits) == (44_100, "float32le", 24)
        assert path.device
        assert (path.gain_reason, path.obstacles) == (GainReason.TRACK, (Obstacle.GAIN,))
        engine.set_device("t48000")
        qtbot.waitUntil(
            lambda: bool(engine.signal_path and engine.signal_path.device_rate == 48_000), timeout=PATIENCE_MS
        )
        assert Obstacle.RESAMPLED in engine.signal_path.obstacles
        qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: engine.signal_path is None, timeout=PATIENCE_MS)
    finally:
        engine.close()


def test_the_position_is_what_reaches_the_ear():
    """What left the queue 150 ms ago is heard now; where the sound began, or jumped to, is never undercut."""
    play = Heard(1, True, 10.0, position_s=5.0, heard_s=5.0, queued_s=1.0)
    now = Now(play, speed=1.0, at=100.0, latency_s=0.15)
    assert now.position_s(100.0) == pytest.approx(4.85)
    assert now.position_s(100.5) == pytest.approx(5.35)
    assert now.position_s(103.0) == pytest.approx(5.85)  # no further than what is queued
    assert Now(play, speed=1.0, at=100.0, latency_s=0.15, since_s=4.95).position_s(100.0) == pytest.approx(4.95)
    assert Now(play, speed=0.0, at=100.0, latency_s=0.15).position_s(101.0) == 5.0  # paused: all of it was heard
    assert Now(play, speed=2.0, at=100.0, latency_s=0.15).position_s(100.0) == pytest.approx(4.7)
