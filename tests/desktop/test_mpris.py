"""MPRIS2 over a real session bus, driven by playerctl as a desktop's panel would be.

The sound is silent and stands still unless a test lets time pass: how slow the machine is changes nothing.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.application import UndoHistory
from player.audio import Clock, SilentEngine
from player.desktop import Desktop
from player.domain import PlayerState, TrackQuery
from player.library import scan
from player.playback import Controller, PlayQueue
from tests import audio_files
from tests.desktop.bus import NoFeedback, session_bus

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-daemon") and shutil.which("playerctl")), reason="needs Debian's dbus and playerctl"
)
NAME = "segue"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = f"{ROOT}.Player"
TRACKS = f"{ROOT}.TrackList"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
SET = "org.freedesktop.DBus.Properties.Set"


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
    queue, engine = PlayQueue(), SilentEngine(Clock.MANUAL)

    def track(track_id):
        return next(iter(database.tracks.get([track_id])), None)

    controller = Controller(engine, queue, track)
    desktop = Desktop(profile.data, controller, track, NoFeedback(), UndoHistory(), queue)
    assert desktop.acquire()
    queue.play_now(ids)
    engine.advance(50)
    assert controller.state is PlayerState.PLAYING
    qtbot.waitUntil(lambda: NAME in _names(qtbot, bus_address), timeout=20_000)
    yield Running(controller, desktop, engine, lambda *words: _playerctl(qtbot, bus_address, *words), qtbot)
    controller.close()
    desktop.close()


@dataclass
class Running:
    """The player of a test.

    Attributes:
        controller: Its transport.
        desktop: What is tested.
        engine: Silent sound under the test's clock.
        playerctl: Runs playerctl with these words; returns what it says.
        qtbot: Turns the event loop.
    """

    controller: Controller
    desktop: Desktop
    engine: SilentEngine
    playerctl: Callable[..., str]
    qtbot: QtBot

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Let a few milliseconds of sound pass at a time until something holds."""

        def look() -> bool:
            self.engine.advance(1)
            return holds()

        self.qtbot.waitUntil(look, timeout=20_000)


def _run(qtbot, address: str, *command: str) -> str:
    """Run a client while our event loop runs."""
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    child = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)
    return child.communicate()[0].strip()


@contextmanager
def _signals(qtbot: QtBot, address: str, *members: str) -> Iterator[Callable[[], str]]:
    """What was said on the bus under these names, noted while this lasts."""
    rules = [f"type='signal',member='{member}'" for member in members]
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    with tempfile.NamedTemporaryFile() as said:
        path = Path(said.name)
        monitor = subprocess.Popen(["dbus-monitor", "--session", *rules], env=environ, stdout=said)
        try:
            # Its own name is the first thing it notes; from then on it hears all.
            qtbot.waitUntil(lambda: bool(path.read_bytes()), timeout=20_000)
            yield path.read_text
        finally:
            monitor.terminate()
            monitor.wait()


def _names(qtbot, address: str) -> str:
    return _run(qtbot, address, "playerctl", "--list-all")


def _playerctl(qtbot, address: str, *words: str) -> str:
    return _run(qtbot, address, "playerctl", "--player", NAME, *words)


def test_what_plays_is_told_from_the_first_moment_on(running):
    # The track began before the bus was there.
    controller, playerctl = running.controller, running.playerctl
    track = controller.current_track
    assert playerctl("status") == "Playing"
    assert playerctl("metadata", "xesam:title") == track.title
    assert playerctl("metadata", "mpris:length") == str(track.duration_ms * 1000)
    assert playerctl("metadata", "xesam:url").startswith("file:///")


def test_pause_play_and_stop(running):
    controller, playerctl = running.controller, running.playerctl
    playerctl("pause")
    running.wait_until(lambda: controller.state is PlayerState.PAUSED)
    running.wait_until(lambda: playerctl("status") == "Paused")
    playerctl("play-pause")
    running.wait_until(lambda: controller.state is PlayerState.PLAYING)
    playerctl("stop")
    running.wait_until(lambda: playerctl("status") == "Stopped")


def test_next_and_previous(running):
    controller, playerctl = running.controller, running.playerctl
    first = controller.current_track
    playerctl("next")
    running.wait_until(lambda: controller.current_track not in (None, first))
    playerctl("previous")
    running.wait_until(lambda: controller.current_track == first)


def test_position_moves_and_can_be_set(running):
    controller, playerctl = running.controller, running.playerctl
    playerctl("position", "12")
    running.wait_until(lambda: controller.position_ms >= 12_000)
    running.wait_until(lambda: float(playerctl("position")) >= 12)
    playerctl("position", "5-")
    running.wait_until(lambda: controller.position_ms < 11_000)


def test_a_small_seek_is_told_too(running, qtbot, bus_address):
    with _signals(qtbot, bus_address, "Seeked") as said:
        running.controller.seek(1_000)
        running.wait_until(lambda: "int64 1" in said())


def test_past_the_end_is_the_next_track(running):
    first = running.controller.current_track
    running.playerctl("position", "40+")
    running.wait_until(lambda: running.controller.current_track not in (None, first))


def test_volume_loop_speed_and_shuffle_both_ways(running):
    controller, playerctl = running.controller, running.playerctl
    playerctl("volume", "0.25")
    running.wait_until(lambda: controller.volume == 0.25)
    controller.set_volume(0.5)
    running.wait_until(lambda: float(playerctl("volume")) == 0.5)
    playerctl("loop", "Track")
    running.wait_until(lambda: playerctl("loop") == "Track")
    playerctl("shuffle", "On")
    running.wait_until(lambda: controller.queue.shuffle)


@pytest.fixture
def caller(running, qtbot, bus_address):
    """Calls methods and properties as `dbus-send` does, which comes with the daemon that these tests need."""

    def call(member: str, *arguments: str) -> str:
        target = (f"--dest=org.mpris.MediaPlayer2.{NAME}", "/org/mpris/MediaPlayer2")
        return _run(qtbot, bus_address, "dbus-send", "--session", "--print-reply", *target, member, *arguments)

    return call


PROPERTIES = {
    ROOT: {
        "CanQuit", "CanRaise", "HasTrackList", "Identity", "DesktopEntry", "SupportedUriSchemes", "SupportedMimeTypes",
    },
    PLAYER: {
        "PlaybackStatus", "LoopStatus", "Rate", "Shuffle", "Metadata", "Volume", "Position", "MinimumRate",
        "MaximumRate", "CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek", "CanControl",
    },
    TRACKS: {"Tracks", "CanEditTracks"},
}  # fmt: skip
"""What the specification asks for, but for the full screen, which is optional."""


@pytest.mark.parametrize("interface", PROPERTIES)
def test_every_property_of_the_specification_is_there(caller, interface):
    answer = caller("org.freedesktop.DBus.Properties.GetAll", f"string:{interface}")
    assert set(re.findall(r'dict entry\(\s+string "(\w+)"\s+variant', answer)) >= PROPERTIES[interface]


def test_every_method_and_signal_of_the_specification_is_there(caller):
    answer = caller("org.freedesktop.DBus.Introspectable.Introspect")
    methods = set(re.findall(r'method name="(\w+)"', answer))
    signals = set(re.findall(r'signal name="(\w+)"', answer))
    transport = {"Next", "Previous", "Pause", "PlayPause", "Stop", "Play", "Seek", "SetPosition", "OpenUri"}
    assert methods >= transport | {"Raise", "Quit", "GetTracksMetadata", "AddTrack", "RemoveTrack", "GoTo"}
    assert signals >= {"Seeked", "TrackListReplaced", "TrackAdded", "TrackRemoved", "TrackMetadataChanged"}


@pytest.mark.parametrize(
    "call",
    [
        (f"{PLAYER}.OpenUri", "string:https://example.org/song.mp3"),
        (f"{PLAYER}.OpenUri", "string:file://elsewhere/song.mp3"),
        (f"{PLAYER}.OpenUri", "string:http://[broken"),
        (f"{PLAYER}.OpenUri", "string:file:///no/such/song.mp3"),
        (f"{TRACKS}.AddTrack", "string:/no/address.mp3", "objpath:/x", "boolean:false"),
        (SET, f"string:{PLAYER}", "string:LoopStatus", "variant:string:Forever"),
        (SET, f"string:{PLAYER}", "string:Volume", "variant:double:nan"),
        (SET, f"string:{PLAYER}", "string:Rate", "variant:double:inf"),
        (SET, f"string:{PLAYER}", "string:CanSeek", "variant:boolean:false"),
    ],
)
def test_what_makes_no_sense_is_an_error_and_changes_nothing(running, caller, call):
    volume = running.controller.volume
    assert caller(*call).startswith("Error")
    assert running.playerctl("status") == "Playing"
    assert running.controller.volume == volume


def test_a_volume_or_speed_out_of_range_is_clipped(running, caller):
    caller(SET, f"string:{PLAYER}", "string:Volume", "variant:double:7")
    running.wait_until(lambda: running.controller.volume == 1.0)
    caller(SET, f"string:{PLAYER}", "string:Rate", "variant:double:9")
    running.wait_until(lambda: running.controller.speed == 2.0)
    caller(SET, f"string:{PLAYER}", "string:Rate", "variant:double:0")
    running.wait_until(lambda: running.controller.state is PlayerState.PAUSED)


def test_a_position_in_another_track_is_ignored(running, caller):
    caller(f"{PLAYER}.SetPosition", "objpath:/segue/entry/999", "int64:9000000")
    here = f"objpath:/segue/entry/{running.controller.queue.current.id}"
    caller(f"{PLAYER}.SetPosition", here, "int64:99000000")
    assert running.playerctl("position").startswith("0.")
    caller(f"{PLAYER}.SetPosition", here, "int64:9000000")
    running.wait_until(lambda: running.controller.position_ms >= 9_000)


def test_the_track_list_is_up_next_and_the_same_track_twice_is_two_entries(running, caller):
    queue = running.controller.queue
    queue.add([queue.entries()[0].track_id])
    wanted = [f"/segue/entry/{entry.id}" for entry in (queue.current, *queue.entries())]

    def told():
        answer = caller("org.freedesktop.DBus.Properties.Get", f"string:{TRACKS}", "string:Tracks")
        return re.findall(r'object path "([^"]+)"', answer) == wanted

    running.wait_until(told)
    assert len(set(wanted)) == 4
    answer = caller(f"{TRACKS}.GetTracksMetadata", f"array:objpath:{wanted[3]},{wanted[1]},/segue/entry/999")
    assert re.findall(r'object path "([^"]+)"', answer) == [wanted[3], wanted[1]]


def test_the_list_can_be_changed_and_says_how(running, caller, qtbot, bus_address):
    queue = running.controller.queue
    first, second = (entry.id for entry in queue.entries())
    with _signals(qtbot, bus_address, "TrackRemoved", "TrackAdded", "TrackListReplaced") as said:
        caller(f"{TRACKS}.RemoveTrack", f"objpath:/segue/entry/{first}")
        running.wait_until(lambda: [entry.id for entry in queue.entries()] == [second])
        running.wait_until(lambda: "member=TrackRemoved" in said())
        queue.add([queue.entries()[0].track_id])
        running.wait_until(lambda: f'object path "/segue/entry/{second}"' in said())
        assert "member=TrackAdded" in said()
        assert "TrackListReplaced" not in said()
    caller(f"{TRACKS}.GoTo", f"objpath:/segue/entry/{second}")
    running.wait_until(lambda: queue.current.id == second)


def test_a_file_can_be_opened_or_queued_over_the_bus(running, caller, qtbot, tmp_path):
    path = audio_files.make(tmp_path / "ein Lied.flac", seed=9)
    with qtbot.waitSignal(running.desktop.open_requested) as opened:
        running.playerctl("open", str(path))
    assert opened.args == [[str(path)], True, None]
    after = running.controller.queue.entries()[0].id
    for place, row in ((f"/segue/entry/{after}", 1), (NO_TRACK, 0), ("/segue/entry/999", None)):
        with qtbot.waitSignal(running.desktop.open_requested) as queued:
            caller(f"{TRACKS}.AddTrack", f"string:{path.as_uri()}", f"objpath:{place}", "boolean:false")
        assert queued.args == [[str(path)], False, row]
