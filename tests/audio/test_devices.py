"""Devices that are missing, go away and come back."""

import numpy as np
import pytest

from player.audio import Device, EndCause, PlayerState, Source, open_engine
from player.audio._port import Port
from player.audio._silent import SilentSink
from player.domain import AudioError
from tests.audio.conftest import Tape
from tests.audio.plug import Plug
from tests.audio.rig import MISSING, PATIENCE_MS, Recorder, Server, cut, find
from tests.audio.sounds import RATE, encode, music


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No sound server and no sound card."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("SDL_AUDIODRIVER", "none")


def test_without_any_device_playback_is_silent_and_says_so(nowhere, qapp, qtbot, tmp_path, expect_log):
    expect_log("no sound output")
    engine = open_engine()
    tape = Tape(engine)
    engine.play(Source(encode(tmp_path / "a.flac", music(0.2))), 1)
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    assert engine.silent
    assert "No sound output" in tape.failures[0]
    assert tape.endings[1].cause is EndCause.FINISHED
    engine.close()


def test_port_falls_back_to_the_default_when_the_wanted_device_is_not_there():
    plug = Plug()
    port = Port([plug])
    port.use("headphones")
    assert "headphones" in port.open()
    assert plug.opened == [""]
    port.poll_devices(now=True)
    assert not port.wanted_is_back
    plug.names = ("speakers", "headphones")
    port.poll_devices(now=True)
    assert port.wanted_is_back
    port.close()
    assert port.open() == ""
    assert not port.wanted_is_back


def test_port_prefers_the_first_that_opens():
    sinks = [Plug(there=False), Plug()]
    port = Port(sinks)
    assert port.open() == ""
    assert sinks[1].opened == [""]


def test_port_without_fallback_fails(expect_log):
    expect_log("no sound output")
    port = Port([Plug(there=False)])
    with pytest.raises(AudioError, match="No sound output"):
        port.open()


def test_port_on_the_fallback_notices_a_better_output(expect_log):
    expect_log("no sound output")
    plug = Plug(there=False)
    port = Port([plug], SilentSink())
    assert "silent" in port.open()
    assert port.on_fallback
    assert not port.better_output()
    plug.there = True
    assert port.better_output()


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
