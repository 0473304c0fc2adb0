"""What each word of the remote control does to the running player."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from player.audio import Clock, SilentEngine
from player.desktop import ARGUMENTS, Request
from player.desktop._remote import Remote
from player.domain import PlayerState, Track, TrackId, UsageError, UtcMs
from player.playback import Controller, PlayQueue
from player.storage import Database
from player.tags import read_track
from tests import audio_files


class History:
    """A history of changes, as far as the remote control asks it.

    Attributes:
        done: Changes that can be taken back.
        undone: Changes that can be done again.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.undone: list[str] = []

    def undo(self) -> str:
        """Take the latest back."""
        if not self.done:
            return ""
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> str:
        """Do it again."""
        if not self.undone:
            return ""
        self.done.append(self.undone.pop())
        return self.done[-1]


@dataclass
class Rig:
    """A player, and the remote control of it.

    Attributes:
        controller: Its transport.
        engine: Silent sound under the test's clock.
        remote: What is tested.
        ids: Its tracks.
        history: What undo and redo go through.
        thumbs: What thumbs were given.
    """

    controller: Controller
    engine: SilentEngine
    ids: list[TrackId]
    history: History
    thumbs: list[int] = field(default_factory=list)
    remote: Remote = field(init=False)

    def thumb_playing(self, value: int) -> bool:
        """Note a thumb, as the player gives it to what plays."""
        if self.controller.playing is not None:
            self.thumbs.append(value)
        return self.controller.playing is not None

    def say(self, command: str, *args: Any) -> Any:
        """A word, and a moment in which it is done."""
        self.remote.handle(Request(command, args))
        self.engine.advance(50)
        return self.remote.handle(Request("status"))


@pytest.fixture
def rig(database: Database, tmp_path: Path, qtbot: QtBot) -> Iterator[Rig]:
    sounds = [audio_files.make(tmp_path / f"{number}.flac", seconds=30, seed=number) for number in range(3)]
    scanned = [replace(read_track(str(path)), title=f"Song {number}") for number, path in enumerate(sounds)]
    ids = list(database.files.write_scan(scanned, UtcMs(1)).added)
    queue, engine = PlayQueue(), SilentEngine(Clock.MANUAL)

    def track(track_id: TrackId) -> Track | None:
        return next(iter(database.tracks.get([track_id])), None)

    controller = Controller(engine, queue, track)
    history = History()
    rig = Rig(controller, engine, ids, history)
    rig.remote = Remote(controller, track, rig, history, queue)
    yield rig
    controller.close()


def begin(rig: Rig) -> None:
    """All tracks, from the first one on."""
    rig.controller.queue.play_now(rig.ids)
    rig.engine.advance(50)


def test_the_transport(rig: Rig) -> None:
    begin(rig)
    assert rig.say("status")["track"]["title"] == "Song 0"
    assert rig.say("play-pause")["state"] == "paused"
    assert rig.say("play-pause")["state"] == "playing"
    assert rig.say("next-track")["track"]["title"] == "Song 1"
    assert rig.say("previous")["track"]["title"] == "Song 0"
    assert 12_000 <= rig.say("seek", 12.0)["position_ms"] < 13_000
    assert rig.say("seek", -5.0)["position_ms"] < 1_000
    assert rig.say("pause")["state"] == "paused"
    assert rig.say("play")["state"] == "playing"
    assert rig.say("stop")["state"] == "stopped"


def test_the_volume_stays_within_its_bounds(rig: Rig) -> None:
    begin(rig)
    assert rig.say("volume", 0.25)["volume"] == 0.25
    assert rig.say("volume", 7.0)["volume"] == 1.0
    assert rig.say("volume", -7.0)["volume"] == 0.0


def test_thumbs_are_for_what_plays(rig: Rig) -> None:
    for word in ("thumb-up", "thumb-down"):
        with pytest.raises(UsageError, match="Nothing is playing"):
            rig.say(word)
    begin(rig)
    rig.say("thumb-up")
    rig.say("thumb-down")
    assert rig.thumbs == [1, -1]


def test_the_queue_in_order(rig: Rig) -> None:
    begin(rig)
    told = rig.remote.handle(Request("queue"))
    assert [(one["title"], one["origin"]) for one in told] == [("Song 1", "user"), ("Song 2", "user")]


def test_the_window_is_asked_for_what_only_it_can_do(rig: Rig) -> None:
    opened = QSignalSpy(rig.remote.open_requested)
    raised = QSignalSpy(rig.remote.raise_requested)
    quitted = QSignalSpy(rig.remote.quit_requested)
    rig.say("open", ["/m/a.mp3"])
    rig.say("raise")
    rig.say("quit")
    assert [opened.at(n) for n in range(opened.count())] == [[["/m/a.mp3"], True, None]]
    assert (raised.count(), quitted.count()) == (2, 1)


@pytest.mark.parametrize("command", ARGUMENTS)
def test_every_word_can_be_said_while_nothing_plays(rig: Rig, command: str) -> None:
    arguments: dict[type, Any] = {float: 0.5, list: [], str: "off"}
    request = Request(command, tuple(arguments[kind] for kind in ARGUMENTS[command]))
    if command.startswith(("thumb", "undo", "redo")):
        with pytest.raises(UsageError):
            rig.remote.handle(request)
    else:
        rig.remote.handle(request)
    assert rig.controller.state is PlayerState.STOPPED


def test_relative_values_start_from_where_things_are(rig: Rig) -> None:
    begin(rig)
    rig.say("seek", 10.0)
    assert 15_000 <= rig.say("seek-by", 5.0)["position_ms"] < 16_000
    assert rig.say("seek-by", -60.0)["position_ms"] < 1_000
    rig.say("volume", 0.5)
    assert rig.say("volume-by", 0.25)["volume"] == 0.75
    assert rig.say("volume-by", -2.0)["volume"] == 0.0


def test_modes_are_set_by_name_or_go_round(rig: Rig) -> None:
    begin(rig)
    assert rig.say("shuffle", "on")["shuffle"] is True
    assert rig.say("shuffle", "toggle")["shuffle"] is False
    assert [rig.say("repeat", "next")["repeat"] for _ in range(3)] == ["all", "one", "off"]
    assert rig.say("repeat", "one")["repeat"] == "one"
    for command in ("shuffle", "repeat"):
        with pytest.raises(UsageError):
            rig.say(command, "sometimes")


def test_the_queue_can_be_added_to_and_cleared(rig: Rig) -> None:
    begin(rig)
    opened = QSignalSpy(rig.remote.open_requested)
    rig.say("queue-add", ["/m/a.mp3"])
    assert [opened.at(n) for n in range(opened.count())] == [[["/m/a.mp3"], False, None]]
    assert rig.say("queue-clear")["up_next"] == 0


def test_undo_and_redo_go_through_the_history(rig: Rig) -> None:
    with pytest.raises(UsageError, match="nothing to undo"):
        rig.say("undo")
    rig.history.done.append("Thumb up")
    rig.say("undo")
    assert (rig.history.done, rig.history.undone) == ([], ["Thumb up"])
    rig.say("redo")
    assert (rig.history.done, rig.history.undone) == (["Thumb up"], [])
    with pytest.raises(UsageError, match="nothing to redo"):
        rig.say("redo")


def test_events_tell_what_happened_and_what_plays(rig: Rig) -> None:
    told: list[dict[str, Any]] = []
    rig.remote.happened.connect(lambda name, values: told.append(rig.remote.document(name, values)))
    begin(rig)
    rig.say("next-track")
    rig.say("volume", 0.5)
    started = [event for event in told if event["event"] == "started"]
    assert [event["track"]["title"] for event in started] == ["Song 0", "Song 1"]
    finished = [event for event in told if event["event"] == "finished"]
    assert [(event["id"], event["reason"]) for event in finished] == [(rig.ids[0], "skipped")]
    assert {"state", "queue", "volume"} <= {event["event"] for event in told}
