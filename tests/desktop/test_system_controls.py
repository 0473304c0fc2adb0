"""The media controls of Windows and macOS, told and pressed through stand-ins for the packages that bind them.

What the stand-ins offer is named as in `winrt-Windows.Media` 3.2 and `pyobjc-framework-MediaPlayer` 12; what Windows
and macOS make of it can only be seen there.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from player.desktop._mpris_state import Listed, MprisState
from player.desktop._system_controls import MacControls, WindowsControls, open_controls
from player.domain import EntryId, Ms, Track, TrackId
from tests.bed.logs import ExpectLog

SONG = Track(TrackId(3), "/m/a.flac", "Song", "Ada", album="One", album_artist="Ada & co", duration_ms=Ms(90_000))
PLAYING = MprisState("Playing", Listed(EntryId(1), SONG), position_ms=12_000, can_go_next=True, can_go_previous=True)


class Pressed:
    """What was asked of the player."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, tuple[Any, ...]]] = []

    def __call__(self, command: str, arguments: tuple[Any, ...]) -> None:
        """Note it."""
        self.commands.append((command, arguments))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The packages of Windows."""
    handlers: dict[str, Any] = {}
    controls = MagicMock()
    controls.add_button_pressed.side_effect = lambda handler: handlers.setdefault("button", handler) and 7
    controls.add_playback_position_change_requested.side_effect = lambda handler: (
        handlers.setdefault("seek", handler) and 8
    )
    player = MagicMock(system_media_transport_controls=controls)
    media = SimpleNamespace(
        SystemMediaTransportControlsButton=SimpleNamespace(PLAY=0, PAUSE=1, STOP=2, RECORD=3, NEXT=6, PREVIOUS=7),
        MediaPlaybackStatus=SimpleNamespace(CLOSED=0, STOPPED=2, PLAYING=3, PAUSED=4),
        MediaPlaybackType=SimpleNamespace(MUSIC=1),
        SystemMediaTransportControlsTimelineProperties=SimpleNamespace,
    )
    monkeypatch.setitem(sys.modules, "winrt.windows.media", media)
    monkeypatch.setitem(sys.modules, "winrt.windows.media.playback", SimpleNamespace(MediaPlayer=lambda: player))
    return SimpleNamespace(controls=controls, player=player, handlers=handlers)


def test_windows_is_told_what_plays_and_its_buttons_are_obeyed(windows: SimpleNamespace) -> None:
    pressed = Pressed()
    controls = WindowsControls(pressed)
    controls.show(PLAYING)
    assert windows.controls.playback_status == 3
    about = windows.controls.display_updater.music_properties
    assert (about.title, about.artist, about.album_title, about.album_artist) == ("Song", "Ada", "One", "Ada & co")
    windows.controls.display_updater.update.assert_called_once()
    (timeline,) = windows.controls.update_timeline_properties.call_args.args
    assert (timeline.position, timeline.end_time) == (timedelta(seconds=12), timedelta(seconds=90))
    for button in (0, 1, 2, 6, 7, 3):
        windows.handlers["button"](None, SimpleNamespace(button=button))
    windows.handlers["seek"](None, SimpleNamespace(requested_playback_position=timedelta(seconds=30.5)))
    assert [name for name, _ in pressed.commands] == ["play", "pause", "stop", "next", "previous", "seek"]
    assert pressed.commands[-1] == ("seek", (30_500,))
    controls.show(MprisState())
    assert windows.controls.playback_status == 2
    controls.close()
    windows.controls.remove_button_pressed.assert_called_once_with(7)
    windows.player.close.assert_called_once()


def test_macos_is_told_what_plays_and_its_keys_are_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    info, center = MagicMock(), MagicMock()
    names = MagicMock()
    for name in ("Title", "Artist", "AlbumTitle", "PlaybackDuration"):
        setattr(names, f"MPMediaItemProperty{name}", name)
    names.MPNowPlayingInfoPropertyElapsedPlaybackTime = "elapsed"
    names.MPNowPlayingInfoPropertyPlaybackRate = "rate"
    names.MPNowPlayingInfoCenter.defaultCenter.return_value = info
    names.MPRemoteCommandCenter.sharedCommandCenter.return_value = center
    monkeypatch.setitem(sys.modules, "MediaPlayer", names)
    pressed = Pressed()
    controls = MacControls(pressed)
    controls.show(PLAYING)
    (told,) = info.setNowPlayingInfo_.call_args.args
    assert told == {
        "Title": "Song", "Artist": "Ada", "AlbumTitle": "One", "PlaybackDuration": 90.0, "elapsed": 12.0, "rate": 1.0,
    }  # fmt: skip
    info.setPlaybackState_.assert_called_once_with(1)
    for key in ("play", "pause", "togglePlayPause", "stop", "nextTrack", "previousTrack"):
        handler = getattr(center, f"{key}Command").return_value.addTargetWithHandler_.call_args.args[0]
        assert handler(MagicMock()) == 0
    seek = center.changePlaybackPositionCommand.return_value.addTargetWithHandler_.call_args.args[0]
    seek(SimpleNamespace(positionTime=lambda: 30.5))
    assert [name for name, _ in pressed.commands] == [
        "play", "pause", "play_pause", "stop", "next", "previous", "seek",
    ]  # fmt: skip
    assert pressed.commands[-1] == ("seek", (30_500,))
    controls.close()
    center.playCommand.return_value.removeTarget_.assert_called_once()
    info.setNowPlayingInfo_.assert_called_with(None)


def test_without_the_packages_the_music_plays_on(monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog) -> None:
    expect_log("no media controls of the system")
    for system in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        assert open_controls(Pressed()) is None
    monkeypatch.setattr(sys, "platform", "linux")
    assert open_controls(Pressed()) is None
