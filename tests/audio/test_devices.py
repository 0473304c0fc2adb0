"""Devices that are missing, go away and come back."""

import numpy as np
import pytest

from player.audio import Device, EndCause, Source, open_engine
from player.audio._engine import Engine
from player.audio.engine._port import Port
from player.audio.engine._silent import SilentSink
from player.domain import AudioError, PlayerState
from tests.audio.conftest import Tape
from tests.audio.plug import Plug
from tests.audio.rig import MISSING, PATIENCE_MS, Recorder, Server, cut, find
from tests.audio.sounds import RATE, encode, music


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No sound server and no sound card."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("SDL_AUDIODRIVER", "none")


@pytest.fixture
def pulled(qapp):
    """An engine whose only device is not there yet."""
    plug = Plug(there=False)
    engine = Engine(Port([plug], SilentSink()))
    yield engine, plug, Tape(engine)
    engine.close()


def test_without_any_device_a_play_waits_and_is_not_heard(nowhere, qapp, qtbot, tmp_path, expect_log):
    expect_log("no sound output")
    engine = open_engine()
    tape = Tape(engine)
    engine.play(Source(encode(tmp_path / "a.flac", music(0.2))), 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    assert "No sound output" in tape.failures[0]
    engine.resume()  # who asks again is told again
    qtbot.waitUntil(lambda: len(tape.failures) == 2, timeout=PATIENCE_MS)
    engine.close()
    assert tape.of("started") == []
    assert tape.endings[1].listened_ms == 0


def test_a_play_begins_when_a_device_comes(pulled, qtbot, tmp_path, expect_log):
    expect_log("no sound output")
    engine, plug, tape = pulled
    engine.play(Source(encode(tmp_path / "a.flac", music(0.2))), 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    plug.there = True
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[1].cause is EndCause.FINISHED
    assert tape.endings[1].listened_ms == 200
    assert len(tape.failures) == 1


def test_a_pause_while_waiting_for_a_device_stays_one(pulled, qtbot, tmp_path, expect_log):
    expect_log("no sound output")
    engine, plug, tape = pulled
    engine.play(Source(encode(tmp_path / "a.flac", music(0.2))), 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    engine.pause()
    qtbot.waitUntil(lambda: not engine._loop.core._waiting, timeout=PATIENCE_MS)
    plug.there = True
    assert tape.of("started") == []
    engine.resume()
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)


def test_a_device_that_goes_between_two_tracks_costs_none_of_them(pulled, qtbot, tmp_path, expect_log):
    """The next track comes late, when the device is gone: it begins when the device is back."""
    expect_log("no sound output")
    engine, plug, tape = pulled
    plug.there = True
    sources = [Source(encode(tmp_path / f"{n}.flac", music(0.2))) for n in range(2)]
    engine.play(sources[0], 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED and 1 in tape.endings, timeout=PATIENCE_MS)
    plug.there = False
    engine.set_volume(1.0)  # any command makes the engine look at its device
    qtbot.waitUntil(lambda: not engine._loop.core._port.is_open, timeout=PATIENCE_MS)
    engine.set_next(sources[1], 2)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    plug.there = True
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    assert tape.endings[2].listened_ms == 200


def test_the_device_that_nobody_hears_can_be_chosen(pulled, qtbot, tmp_path, expect_log):
    expect_log("no sound output")
    engine, plug, tape = pulled
    assert [device.name for device in engine.devices()] == ["", "null"]
    engine.play(Source(encode(tmp_path / "a.flac", music(0.2))), 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
    engine.set_device("null")
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert engine.silent
    assert tape.endings[1].listened_ms == 200
    assert plug.opened == []


def test_port_falls_back_to_the_default_when_the_wanted_device_is_not_there():
    plug = Plug()
    port = Port([plug])
    port.use("headphones")
    assert "headphones" in port.open()
    assert plug.opened == [""]
    port.poll_devices(now=True)
    assert not port.better_place
    plug.names = ("speakers", "headphones")
    port.poll_devices(now=True)
    assert port.better_place
    port.close()
    assert port.open() == ""
    assert not port.better_place


def test_port_prefers_the_first_that_opens():
    sinks = [Plug(there=False), Plug()]
    port = Port(sinks)
    assert port.open() == ""
    assert sinks[1].opened == [""]


def test_port_fails_where_nothing_opens(expect_log):
    expect_log("no sound output")
    port = Port([Plug(there=False)])
    with pytest.raises(AudioError, match="No sound output"):
        port.open()


def test_port_tells_devices_once():
    plug = Plug()
    port = Port([plug])
    assert port.poll_devices(now=True) == [Device("speakers", "speakers")]
    assert port.poll_devices(now=True) is None
    plug.names = ("speakers", "headphones")
    assert len(port.poll_devices(now=True)) == 2


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_sound_server_that_dies_and_comes_back_costs_nothing(qapp, qtbot, tmp_path, monkeypatch, expect_log):
    """Playback pauses at the exact position and goes on by itself with the new server."""
    expect_log("no sound output")
    x = music(2.5)
    source = Source(encode(tmp_path / "x.flac", x))
    server = Server(tmp_path)
    server.start()
    monkeypatch.setenv("PULSE_SERVER", server.address)
    engine = open_engine()
    tape = Tape(engine)
    try:
        engine.play(source, 1)
        qtbot.waitUntil(lambda: engine.listened_ms > 500, timeout=PATIENCE_MS)
        server.stop()
        qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED, timeout=PATIENCE_MS)
        left_at = engine.position_ms
        assert "went away" in tape.failures[0]
        server.start()
        recorder = Recorder(server)
        qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=10_000)
        recording = cut(recorder.stop())
    finally:
        engine.close()
        server.stop()
    assert tape.endings[1].listened_ms == 2500
    start = find(x, recording[1000:11_000]) - 1000
    assert start / RATE * 1000 > left_at - 5
    assert np.array_equal(recording[1000:], x[start + 1000 :][: len(recording) - 1000])


class Slow(Plug):
    """A device that is held by others: it does not play out what cannot be taken back."""

    def take_back(self, most: int) -> int:
        """See `Sink.take_back`."""
        return super().take_back(max(0, most - RATE // 10))

    def open(self, device: str) -> None:
        """See `Sink.open`; every device has a rate of its own."""
        super().open(device)
        self.rate = 48_000 if device else RATE


def test_what_a_device_did_not_play_out_is_heard_from_the_next_one(qapp, qtbot, tmp_path, monkeypatch):
    """And counts once: of the old device it was not heard."""
    monkeypatch.setattr("player.audio.engine._port.DRAIN_S", 0.0)
    plug = Slow(names=("speakers", "headphones"))
    engine = Engine(Port([plug], SilentSink()))
    tape = Tape(engine)
    engine.play(Source(encode(tmp_path / "a.flac", music(1.0))), 1)
    qtbot.waitUntil(lambda: engine.listened_ms > 200, timeout=PATIENCE_MS)
    engine.set_device("headphones")
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    engine.close()
    assert plug.opened == ["", "headphones"]
    assert tape.endings[1].listened_ms == 1_000
