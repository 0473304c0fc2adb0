"""A sound server that hangs for a while."""

import os
import signal
import threading

import pytest

from player.audio import Device, Source, open_engine
from player.audio.engine._libpulse import Connection, sinks
from player.audio.engine._port import Port
from player.audio.engine._pulse import PulseSink
from player.audio.engine._silent import SilentSink
from player.audio.engine._sink import NotAnsweringError
from player.domain import AudioError, PlayerState
from tests.audio.conftest import Tape
from tests.audio.plug import Plug
from tests.audio.rig import MISSING, PATIENCE_MS, Server
from tests.audio.sounds import encode, music


@pytest.fixture
def own_server(tmp_path, monkeypatch):
    """A server that a test may stop and go on with."""
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    server = Server(tmp_path)
    server.start()
    monkeypatch.setenv("PULSE_SERVER", server.address)
    yield server
    os.kill(server.pid, signal.SIGCONT)
    server.stop()


class Hanging(Plug):
    """An output whose server can hang."""

    hangs = False

    def open(self, device: str) -> None:
        """See `Sink.open`."""
        if self.hangs:
            raise NotAnsweringError
        super().open(device)

    def devices(self) -> list[Device]:
        """See `Sink.devices`."""
        if self.hangs:
            raise NotAnsweringError
        return super().devices()


def test_an_answer_that_comes_too_late_calls_nothing(own_server):
    """Given up, the question is cancelled: its callback, freed by then, is not entered."""
    connection = Connection()
    assert [one.device.name for one in sinks(connection)] == ["t44100"]
    told: list[int] = []
    for _ in range(3):
        os.kill(own_server.pid, signal.SIGSTOP)
        callback = connection.lib.callback("pa_sink_info_cb_t", lambda *_: told.append(1))
        question = ("pa_context_get_sink_info_list", connection.context, callback, None)
        assert not connection.run(*question, timeout_s=0.05)
        os.kill(own_server.pid, signal.SIGCONT)
        assert [one.device.name for one in sinks(connection)] == ["t44100"]  # asked later, so answered later
        assert told == []
    connection.close()


def test_a_hang_of_the_server_is_outlived(own_server, qapp, qtbot, tmp_path, monkeypatch):
    """It hangs while the devices are asked for: the sound waits and goes on, the devices stay known."""
    monkeypatch.setattr("player.audio.engine._port.DEVICE_POLL_S", 0.1)
    monkeypatch.setattr("player.audio.engine._libpulse.ANSWER_S", 0.2)
    engine = open_engine()
    tape = Tape(engine)
    try:
        engine.play(Source(encode(tmp_path / "x.flac", music(3.0))), 1)
        qtbot.waitUntil(lambda: engine.listened_ms > 300 and len(engine.devices()) == 2, timeout=PATIENCE_MS)
        for _ in range(3):
            os.kill(own_server.pid, signal.SIGSTOP)
            wake = threading.Timer(1.0, os.kill, (own_server.pid, signal.SIGCONT))
            wake.start()
            qtbot.waitUntil(lambda wake=wake: not wake.is_alive(), timeout=PATIENCE_MS)
            assert [device.name for device in engine.devices()] == ["", "t44100"]
        qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=PATIENCE_MS)
    finally:
        engine.close()
    assert tape.endings[1].listened_ms == pytest.approx(3_000, abs=1)
    assert tape.failures == []


def test_a_server_that_hangs_from_the_beginning_does_not_answer(own_server, monkeypatch):
    os.kill(own_server.pid, signal.SIGSTOP)
    sink = PulseSink()
    with pytest.raises(NotAnsweringError):
        sink.open("")
    with pytest.raises(NotAnsweringError):
        sink.devices()
    sink.close()
    monkeypatch.setenv("PULSE_SERVER", "unix:/nobody/is/there")
    with pytest.raises(AudioError, match="no sound server runs"):
        sink.open("")


def test_devices_stay_known_while_the_server_does_not_answer():
    plug, other = Hanging(names=("speakers", "headphones")), Plug(names=("other",))
    port = Port([plug, other])
    port.use("headphones")
    assert [device.name for device in port.poll_devices(now=True) or []] == ["speakers", "headphones"]
    plug.hangs = True
    assert port.poll_devices(now=True) is None
    plug.hangs = False
    assert port.poll_devices(now=True) is None  # they are what they were


def test_a_chosen_device_is_waited_for_while_the_server_does_not_answer(expect_log):
    """Neither another device nor another way to the devices is taken instead."""
    expect_log("does not answer")
    plug, other = Hanging(names=("headphones",)), Plug()
    port = Port([plug, other], SilentSink())
    port.use("headphones")
    plug.hangs = True
    with pytest.raises(AudioError, match="does not answer"):
        port.open()
    assert other.opened == []
    plug.hangs = False
    assert port.open() == ""
    assert plug.opened == ["headphones"]
