"""Outputs as queues: what is written leaves them, or can be taken back."""

import numpy as np
import pytest

from player.audio import Clock
from player.audio.engine._pulse import PulseSink
from player.audio.engine._sdl import SdlSink
from player.audio.engine._silent import SilentSink
from player.domain import AudioError
from tests.audio.rig import PATIENCE_MS, Recorder, cut
from tests.audio.sounds import RATE, music


@pytest.fixture(params=["silent", "server", "sdl"])
def sink(request, monkeypatch, any_server):
    if request.param == "server":
        request.getfixturevalue("server")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    sink = {"silent": SilentSink, "server": PulseSink, "sdl": SdlSink}[request.param]()
    sink.open("")
    yield sink
    sink.close()


def test_a_held_queue_keeps_what_is_written(sink):
    sink.write(music(0.3))
    sink.write(music(0.2))
    assert sink.queued() == RATE // 2
    assert sink.alive()


def test_a_running_queue_drains(sink, qtbot):
    sink.write(music(0.3))
    sink.start()
    qtbot.waitUntil(lambda: sink.queued() == 0, timeout=PATIENCE_MS)
    sink.hold()


def test_sound_is_taken_back_from_the_end(sink):
    sink.write(music(0.5))
    assert sink.take_back(RATE // 10) == RATE // 10
    sink.settle()
    assert sink.queued() == RATE // 2 - RATE // 10
    kept = sink.queued() - sink.take_back(RATE)
    assert 0 <= kept <= RATE // 20
    assert sink.queued() == kept


def test_a_closed_sink_has_nothing(sink):
    sink.write(music(0.1))
    sink.close()
    assert sink.queued() == 0 or isinstance(sink, SilentSink)
    sink.close()


def test_sound_taken_back_is_not_heard_and_what_replaces_it_joins_exactly(server, qtbot):
    x, other = music(1.0), music(1.0, seed=2) * np.float32(0.5)
    sink, recorder = PulseSink(), Recorder(server)
    sink.open("")
    sink.write(x)
    sink.start()
    qtbot.waitUntil(lambda: sink.queued() < RATE * 0.7, timeout=PATIENCE_MS)
    left = len(x) - sink.take_back(RATE // 2)
    sink.write(other[left : left + RATE // 4])
    sink.settle()
    qtbot.waitUntil(lambda: sink.queued() == 0, timeout=PATIENCE_MS)
    qtbot.wait(150)
    recording = cut(recorder.stop())
    sink.close()
    expected = np.concatenate([x[:left], other[left : left + RATE // 4]])
    assert np.array_equal(recording, cut(expected))


def test_an_unknown_device_is_refused(server):
    sink = PulseSink()
    with pytest.raises(AudioError, match="headphones"):
        sink.open("headphones")
    sink.close()


def test_the_devices_rate_is_taken(server):
    sink = PulseSink()
    assert [d.name for d in sink.devices()] == ["t44100", "t48000"]
    sink.open("t48000")
    assert sink.rate == 48_000
    sink.close()


def test_writing_to_a_closed_stream_fails():
    with pytest.raises(AudioError):
        PulseSink().write(music(0.1))
    with pytest.raises(AudioError):
        SdlSink().write(music(0.1))


def test_the_silent_sink_by_hand_counts_what_was_missing():
    sink = SilentSink(Clock.MANUAL, record=True)
    sink.open("")
    sink.write(music(0.1))
    sink.consume(100)
    assert sink.queued() == RATE // 10  # held
    sink.start()
    sink.consume(100)
    sink.consume(RATE)
    assert sink.underrun_frames == RATE + 100 - RATE // 10
    assert np.array_equal(sink.recording(), music(0.1))


def test_the_silent_sink_at_full_speed_takes_all():
    sink = SilentSink(Clock.MAX)
    sink.open("")
    sink.start()
    sink.write(music(0.1))
    assert sink.queued() == 0
