"""MPRIS2 over a real session bus, driven by playerctl as a desktop's panel would be."""

import os
import shutil
import subprocess

import pytest

from player.audio import PlayerState, open_engine
from player.desktop import Desktop
from player.domain import TrackQuery
from player.library import scan
from player.playback import Controller, PlayQueue
from tests import audio_files
from tests.desktop.bus import session_bus

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-daemon") and shutil.which("playerctl")), reason="needs Debian's dbus and playerctl"
)
NAME = "segue"


@pytest.fixture(scope="module")
def bus_address():
    """A session bus of our own."""
    with session_bus() as address:
        yield address


@pytest.fixture
def running(bus_address, database, profile, tmp_path, qtbot, monkeypatch):
    """A player with three tracks, on the bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for number in range(3):
        audio_files.make(tmp_path / "music" / f"{number}.flac", seconds=30, seed=number)
    scan(database, [str(tmp_path / "music")], write=lambda run: run(), progress=lambda _: None, cancelled=lambda: False)
    ids = [track.id for track in database.tracks.get(database.tracks.find(TrackQuery()))]
    queue = PlayQueue()
    audio = open_engine("null")
    controller = Controller(audio, queue, lambda track_id: next(iter(database.tracks.get([track_id])), None))
    desktop = Desktop(
        profile.data, controller, lambda track_id: next(iter(database.tracks.get([track_id])), None), lambda *_: None
    )
    assert desktop.acquire()
    queue.play_now(ids)
    qtbot.waitUntil(lambda: controller.state is PlayerState.PLAYING)
    qtbot.waitUntil(lambda: NAME in _names(qtbot, bus_address))
    yield controller, desktop, lambda *words: _playerctl(qtbot, bus_address, *words)
    controller.close()
    desktop.close()


def _run(qtbot, address: str, *command: str) -> str:
    """Run a client while our event loop runs."""
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    child = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=10_000)
    return child.communicate()[0].strip()


def _names(qtbot, address: str) -> str:
    return _run(qtbot, address, "playerctl", "--list-all")


def _playerctl(qtbot, address: str, *words: str) -> str:
    return _run(qtbot, address, "playerctl", "--player", NAME, *words)


def test_status_metadata_and_length(running):
    controller, _, playerctl = running
    track = controller.current_track
    assert playerctl("status") == "Playing"
    assert playerctl("metadata", "xesam:title") == track.title
    assert playerctl("metadata", "mpris:length") == str(track.duration_ms * 1000)
    assert playerctl("metadata", "xesam:url").startswith("file:///")


def test_pause_play_and_stop(running, qtbot):
    controller, _, playerctl = running
    playerctl("pause")
    qtbot.waitUntil(lambda: controller.state is PlayerState.PAUSED)
    qtbot.waitUntil(lambda: playerctl("status") == "Paused")
    playerctl("play-pause")
    qtbot.waitUntil(lambda: controller.state is PlayerState.PLAYING)
    playerctl("stop")
    qtbot.waitUntil(lambda: playerctl("status") == "Stopped")


def test_next_and_previous(running, qtbot):
    controller, _, playerctl = running
    first = controller.current_track
    playerctl("next")
    qtbot.waitUntil(lambda: controller.current_track not in (None, first))
    playerctl("previous")
    qtbot.waitUntil(lambda: controller.current_track == first)


def test_position_moves_and_can_be_set(running, qtbot):
    controller, _, playerctl = running
    playerctl("position", "12")
    qtbot.waitUntil(lambda: controller.position_ms >= 12_000)
    qtbot.waitUntil(lambda: float(playerctl("position")) >= 12)
    playerctl("position", "5-")
    qtbot.waitUntil(lambda: controller.position_ms < 11_000)


def test_volume_loop_and_shuffle_both_ways(running, qtbot):
    controller, _, playerctl = running
    playerctl("volume", "0.25")
    qtbot.waitUntil(lambda: controller.volume == 0.25)
    controller.set_volume(0.5)
    qtbot.waitUntil(lambda: float(playerctl("volume")) == 0.5)
    playerctl("loop", "Track")
    qtbot.waitUntil(lambda: playerctl("loop") == "Track")
    playerctl("shuffle", "On")
    qtbot.waitUntil(lambda: controller.queue.shuffle)


def test_the_track_list_is_up_next(running, qtbot, bus_address):
    controller, _, _ = running
    # dbus-send comes with the daemon that these tests need.
    ask = (
        "dbus-send",
        "--session",
        "--print-reply",
        f"--dest=org.mpris.MediaPlayer2.{NAME}",
        "/org/mpris/MediaPlayer2",
    )
    get = ("org.freedesktop.DBus.Properties.Get", "string:org.mpris.MediaPlayer2.TrackList", "string:Tracks")
    wanted = [controller.current_track.id, *(entry.track_id for entry in controller.queue.entries())]

    def is_told():
        answer = _run(qtbot, bus_address, *ask, *get)
        return all(f"/segue/track/{track_id}" in answer for track_id in wanted)

    qtbot.waitUntil(is_told, timeout=10_000)


def test_a_file_can_be_opened_over_the_bus(running, qtbot, tmp_path):
    _, desktop, playerctl = running
    path = audio_files.make(tmp_path / "ein Lied.flac", seed=9)
    with qtbot.waitSignal(desktop.open_requested) as opened:
        playerctl("open", str(path))
    assert opened.args == [[str(path)], True]
