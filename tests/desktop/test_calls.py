"""Notifications and keeping awake, against services that note what they are asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from player.application import UndoHistory
from player.audio import Clock, SilentEngine
from player.desktop import Desktop
from player.desktop._bus import Bus
from player.desktop._calls import SleepInhibitor
from player.domain import PlayerState, Track, TrackId, UtcMs
from player.paths import Profile
from player.playback import Controller, PlayQueue
from player.storage import Database
from player.tags import read_track
from tests import audio_files
from tests.desktop.bus import NoFeedback, PowerManagement, Services, served, session_bus

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs Debian's dbus")


@dataclass
class Rig:
    """A player on a bus with both services.

    Attributes:
        services: What they were asked.
        controller: The transport.
        desktop: What is tested.
        engine: Silent sound, under the test's clock.
        ids: Two tracks, the first with a cover.
        cover: The file of the first track's cover; empty until it is one.
        on: Whether tracks are announced.
    """

    services: Services
    controller: Controller
    desktop: Desktop
    engine: SilentEngine
    ids: list[TrackId]
    cover: str = ""
    on: bool = True

    def play(self, number: int) -> None:
        """Play a track."""
        self.controller.queue.play_now([self.ids[number]])
        self.engine.advance(50)


@pytest.fixture(scope="module")
def bus_address() -> Iterator[str]:
    """A session bus of our own."""
    with session_bus() as address:
        yield address


@pytest.fixture
def rig(
    bus_address: str,
    database: Database,
    profile: Profile,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Rig]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    sounds = [audio_files.make(tmp_path / f"{number}.flac", seconds=30, seed=number) for number in range(2)]
    first = replace(read_track(str(sounds[0])), title="First", artists=("A & B",), album="One <1>", cover_key="c0ffee")
    second = replace(read_track(str(sounds[1])), title="Second", artists=("C",))
    ids = database.files.write_scan([first, second], UtcMs(1)).added
    queue, engine = PlayQueue(), SilentEngine(Clock.MANUAL)

    def track(track_id: TrackId) -> Track | None:
        return next(iter(database.tracks.get([track_id])), None)

    controller = Controller(engine, queue, track)
    with Services(bus_address).running() as services:
        rig = Rig(services, controller, None, engine, list(ids))
        rig.desktop = Desktop(
            profile.data,
            controller,
            track,
            NoFeedback(),
            UndoHistory(),
            queue,
            cover=lambda _track: rig.cover,
            announces=lambda: rig.on,
        )
        assert rig.desktop.acquire()
        qtbot.waitUntil(lambda: rig.desktop._bus._bus is not None)
        yield rig
        controller.close()
        rig.desktop.close()


def test_each_track_is_announced_in_the_same_notification(rig: Rig, qtbot: QtBot) -> None:
    shown = rig.services.notifications.shown
    rig.play(1)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert (shown[0].title, shown[0].body, shown[0].replaces) == ("Second", "C", 0)
    assert "image-path" not in shown[0].hints
    rig.cover = "/covers/c0ffee"
    rig.play(0)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert (shown[1].title, shown[1].body) == ("First", "A &amp; B – One &lt;1&gt;")
    assert (shown[1].replaces, shown[1].hints["image-path"]) == (7, "/covers/c0ffee")
    assert shown[1].hints["desktop-entry"] == "segue"


def test_a_cover_that_comes_later_is_shown_then(rig: Rig, qtbot: QtBot) -> None:
    shown = rig.services.notifications.shown
    rig.play(0)
    qtbot.waitUntil(lambda: len(shown) == 1)
    rig.desktop.refresh()  # another cover came
    rig.cover = "/covers/c0ffee"
    rig.desktop.refresh()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[1].hints["image-path"] == "/covers/c0ffee"
    rig.desktop.refresh()
    rig.play(1)
    qtbot.waitUntil(lambda: shown[-1].title == "Second")
    assert len(shown) == 3


def test_nothing_is_announced_unless_wanted(rig: Rig, qtbot: QtBot) -> None:
    rig.on = False
    rig.play(0)
    rig.desktop.refresh()
    rig.on = True
    rig.play(1)
    qtbot.waitUntil(lambda: len(rig.services.notifications.shown) > 0)
    assert [one.title for one in rig.services.notifications.shown] == ["Second"]


def test_the_computer_is_kept_awake_while_music_plays(rig: Rig, qtbot: QtBot) -> None:
    manager = rig.services.manager
    rig.play(0)
    qtbot.waitUntil(lambda: len(manager.held) == 1)
    assert list(manager.held.values()) == [("segue", "Music is playing", 4)]
    rig.controller.pause()
    rig.engine.advance(50)
    assert rig.controller.state is PlayerState.PAUSED
    qtbot.waitUntil(lambda: not manager.held)
    rig.controller.play()
    rig.engine.advance(50)
    qtbot.waitUntil(lambda: len(manager.held) == 1)
    rig.play(1)
    rig.controller.stop()
    rig.engine.advance(50)
    qtbot.waitUntil(lambda: not manager.held)
    assert manager.asked == 2


def test_without_a_session_manager_the_power_management_is_asked(
    bus_address: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)
    manager = PowerManagement()

    async def ready(_bus: MessageBus) -> None:
        """Nothing is exported."""

    bus = Bus(ready)
    inhibitor = SleepInhibitor(bus)
    services = {"org.freedesktop.PowerManagement": ("/org/freedesktop/PowerManagement/Inhibit", manager)}
    with served(bus_address, services):
        bus.start()
        for playing in (True, False, True):  # faster than the answers come
            inhibitor.set_playing(playing)
        qtbot.waitUntil(lambda: manager.held == {manager.asked: ("segue", "Music is playing")})
        inhibitor.set_playing(False)
        qtbot.waitUntil(lambda: not manager.held)
        bus.close()
