"""The media controls of Windows and macOS: the overlay and the keys there, told what plays and obeyed.

Windows by its SystemMediaTransportControls (packages `winrt-*`), macOS by MPNowPlayingInfoCenter and
MPRemoteCommandCenter (`pyobjc-framework-MediaPlayer`). On Linux MPRIS2 is what these are. Where the package or the
system's part is missing there are none, and everything else goes on.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any, Protocol

from player.desktop._mpris_state import MprisState

logger = logging.getLogger(__name__)

Command = Callable[[str, tuple[Any, ...]], None]
"""Takes a command's name and its arguments, in any thread."""
MS_PER_S = 1000
SUCCESS = 0
"""MPRemoteCommandHandlerStatusSuccess."""


class Controls(Protocol):
    """What the system offers to see and to press."""

    def show(self, state: MprisState) -> None:
        """Tell what plays; on the GUI thread."""

    def close(self) -> None:
        """Offer nothing more."""


def open_controls(command: Command) -> Controls | None:
    """The controls of this system; None where there are none.

    Args:
        command: Does what is pressed.
    """
    kinds: dict[str, Callable[[Command], Controls]] = {"win32": WindowsControls, "darwin": MacControls}
    kind = kinds.get(sys.platform)
    if kind is None:
        return None
    try:
        return kind(command)
    except Exception as error:  # noqa: BLE001 - bindings of systems raise what they like, and music plays without
        logger.warning("no media controls of the system: %s", error)
        return None


def _press(command: Command, name: str, _event: Any) -> None:
    command(name, ())


class WindowsControls:
    """SystemMediaTransportControls, by a media player that plays nothing.

    Args:
        command: Does what is pressed; called in a thread of Windows.
    """

    _STATUS = ("Playing", "PLAYING"), ("Paused", "PAUSED"), ("Stopped", "STOPPED")
    _BUTTONS = ("PLAY", "play"), ("PAUSE", "pause"), ("STOP", "stop"), ("NEXT", "next"), ("PREVIOUS", "previous")

    def __init__(self, command: Command) -> None:
        self._media = import_module("winrt.windows.media")
        # It only lends its controls: programs with plain windows get none of their own.
        self._player = import_module("winrt.windows.media.playback").MediaPlayer()
        self._player.command_manager.is_enabled = False
        self._controls = controls = self._player.system_media_transport_controls
        buttons = self._media.SystemMediaTransportControlsButton
        commands = {getattr(buttons, button): name for button, name in self._BUTTONS}
        controls.is_play_enabled = controls.is_pause_enabled = controls.is_stop_enabled = True
        controls.is_next_enabled = controls.is_previous_enabled = True
        controls.is_enabled = True

        def pressed(_sender: Any, event: Any) -> None:
            if (name := commands.get(event.button)) is not None:
                command(name, ())

        def sought(_sender: Any, event: Any) -> None:
            position: timedelta = event.requested_playback_position
            command("seek", (int(position.total_seconds() * MS_PER_S),))

        self._pressed = controls.add_button_pressed(pressed)
        self._sought = controls.add_playback_position_change_requested(sought)

    def show(self, state: MprisState) -> None:
        """Tell what plays, and where in it."""
        controls, track = self._controls, state.track
        controls.playback_status = getattr(self._media.MediaPlaybackStatus, dict(self._STATUS)[state.status])
        controls.is_next_enabled, controls.is_previous_enabled = state.can_go_next, state.can_go_previous
        updater = controls.display_updater
        updater.clear_all()
        if track is not None:
            updater.type = self._media.MediaPlaybackType.MUSIC
            about = updater.music_properties
            about.title, about.artist, about.album_title = track.title, track.artist, track.album
            about.album_artist = track.album_artist
        updater.update()
        timeline = self._media.SystemMediaTransportControlsTimelineProperties()
        timeline.end_time = timeline.max_seek_time = timedelta(milliseconds=track.duration_ms if track else 0)
        timeline.position = timedelta(milliseconds=state.position_ms)
        controls.update_timeline_properties(timeline)

    def close(self) -> None:
        """Take the overlay away."""
        self._controls.remove_button_pressed(self._pressed)
        self._controls.remove_playback_position_change_requested(self._sought)
        self._controls.is_enabled = False
        self._player.close()


class MacControls:
    """MPNowPlayingInfoCenter and MPRemoteCommandCenter.

    Args:
        command: Does what is pressed; called on the main thread.
    """

    _STATUS = ("Playing", 1), ("Paused", 2), ("Stopped", 3)
    """MPNowPlayingPlaybackState."""
    _COMMANDS = (
        ("playCommand", "play"),
        ("pauseCommand", "pause"),
        ("togglePlayPauseCommand", "play_pause"),
        ("stopCommand", "stop"),
        ("nextTrackCommand", "next"),
        ("previousTrackCommand", "previous"),
    )

    def __init__(self, command: Command) -> None:
        self._names = import_module("MediaPlayer")
        self._shown = self._names.MPNowPlayingInfoCenter.defaultCenter()
        center = self._names.MPRemoteCommandCenter.sharedCommandCenter()
        self._targets: list[tuple[Any, Any]] = []
        for name, does in self._COMMANDS:
            self._offer(getattr(center, name)(), partial(_press, command, does))

        def seek(event: Any) -> None:
            command("seek", (int(event.positionTime() * MS_PER_S),))

        self._offer(center.changePlaybackPositionCommand(), seek)

    def _offer(self, remote: Any, act: Callable[[Any], None]) -> None:
        def handler(event: Any) -> int:
            act(event)
            return SUCCESS

        remote.setEnabled_(True)
        self._targets.append((remote, remote.addTargetWithHandler_(handler)))

    def show(self, state: MprisState) -> None:
        """Tell what plays, and where in it."""
        names, track = self._names, state.track
        about: dict[Any, Any] | None = None
        if track is not None:
            about = {
                names.MPMediaItemPropertyTitle: track.title,
                names.MPMediaItemPropertyArtist: track.artist,
                names.MPMediaItemPropertyAlbumTitle: track.album,
                names.MPMediaItemPropertyPlaybackDuration: track.duration_ms / MS_PER_S,
                names.MPNowPlayingInfoPropertyElapsedPlaybackTime: state.position_ms / MS_PER_S,
                names.MPNowPlayingInfoPropertyPlaybackRate: state.rate if state.status == "Playing" else 0.0,
            }
        self._shown.setNowPlayingInfo_(about)
        self._shown.setPlaybackState_(dict(self._STATUS)[state.status])

    def close(self) -> None:
        """Obey no longer, and say nothing."""
        for remote, target in self._targets:
            remote.removeTarget_(target)
        self._shown.setNowPlayingInfo_(None)
