"""MPRIS2's interfaces of the program and of the player as dbus-fast services; `_mpris_tracklist` has the third.

They live on the bus thread: they answer from the last `MprisState` and hand commands on. Method
and property names are the specification's. Annotations are evaluated here (no `annotations` from
`__future__`): dbus-fast reads them, and a return type `None` must be None, not its name.
"""

import math
import os
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from dbus_fast import DBusError, ErrorType, PropertyAccess
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from player.desktop._mpris_state import (
    MprisState,
    object_path,
    player_properties,
)

DBusStrings = Annotated[list[str], DBusSignature("as")]
Command = Callable[[str, tuple[Any, ...]], None]
"""Takes a command's name and its arguments; called on the bus thread."""

READ = PropertyAccess.READ
LOOPS = ("None", "Track", "Playlist")
MIME_TYPES = [
    "audio/aac",
    "audio/aiff",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/mpegurl",
    "audio/ogg",
    "audio/opus",
    "audio/wav",
    "application/xspf+xml",
    "audio/x-mpegurl",
    "audio/x-scpls",
    "audio/x-ape",
    "audio/x-m4a",
    "audio/x-ms-wma",
    "audio/x-musepack",
    "audio/x-wavpack",
]


class Root(ServiceInterface):
    """org.mpris.MediaPlayer2: who we are, raise and quit."""

    def __init__(self, command: Command) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._command = command

    @dbus_method()
    def Raise(self) -> None:
        """Bring the window to the front."""
        self._command("raise", ())

    @dbus_method()
    def Quit(self) -> None:
        """Quit the player."""
        self._command("quit", ())

    @dbus_property(access=READ)
    def CanQuit(self) -> DBusBool:
        """Always."""
        return True

    @dbus_property(access=READ)
    def CanRaise(self) -> DBusBool:
        """Always."""
        return True

    @dbus_property(access=READ)
    def HasTrackList(self) -> DBusBool:
        """Up Next is the track list."""
        return True

    @dbus_property(access=READ)
    def Identity(self) -> DBusStr:
        """Name for the user."""
        return "Segue"

    @dbus_property(access=READ)
    def DesktopEntry(self) -> DBusStr:
        """Base name of the .desktop file."""
        return "segue"

    @dbus_property(access=READ)
    def SupportedUriSchemes(self) -> DBusStrings:
        """Local files only."""
        return ["file"]

    @dbus_property(access=READ)
    def SupportedMimeTypes(self) -> DBusStrings:
        """What `OpenUri` takes."""
        return MIME_TYPES


class Player(ServiceInterface):
    """org.mpris.MediaPlayer2.Player: transport, metadata, volume."""

    def __init__(self, command: Command, state: Callable[[], MprisState]) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._command = command
        self._state = state

    def _value(self, name: str) -> Any:
        return player_properties(self._state())[name]

    @dbus_method()
    def Next(self) -> None:
        """Skip to the next track."""
        self._command("next", ())

    @dbus_method()
    def Previous(self) -> None:
        """Back to the start or to the track before."""
        self._command("previous", ())

    @dbus_method()
    def Pause(self) -> None:
        """Pause."""
        self._command("pause", ())

    @dbus_method()
    def PlayPause(self) -> None:
        """Toggle."""
        self._command("play_pause", ())

    @dbus_method()
    def Stop(self) -> None:
        """Stop."""
        self._command("stop", ())

    @dbus_method()
    def Play(self) -> None:
        """Play or go on."""
        self._command("play", ())

    @dbus_method()
    def Seek(self, Offset: DBusInt64) -> None:
        """Forward by microseconds; past the end is the next track, before the start is the start."""
        state = self._state()
        if not self._value("CanSeek") or state.track is None:
            return
        target = state.position_us() + Offset
        if target > state.track.duration_ms * 1000:
            self._command("next", ())
        else:
            self._command("seek", (max(target, 0) // 1000,))

    @dbus_method()
    def SetPosition(self, TrackId: DBusObjectPath, Position: DBusInt64) -> None:
        """To a position in microseconds; ignored for another track or out of range, as specified."""
        current = self._state().current
        if current is None or TrackId != object_path(current.entry):
            return
        if 0 <= Position <= current.track.duration_ms * 1000:
            self._command("seek", (Position // 1000,))

    @dbus_method()
    def OpenUri(self, Uri: DBusStr) -> None:
        """Play a local file or folder; any other address is an error."""
        self._command("open", (local_path(Uri),))

    @dbus_signal()
    def Seeked(self, position_us: int) -> DBusInt64:
        """The position jumped."""
        return position_us

    @dbus_property(access=READ)
    def PlaybackStatus(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return str(self._value("PlaybackStatus"))

    @dbus_property()
    def LoopStatus(self) -> DBusStr:
        """None, Track or Playlist."""
        return str(self._value("LoopStatus"))

    @LoopStatus.setter
    def LoopStatus_setter(self, value: DBusStr) -> None:
        """Change the repeat mode; any other word is an error."""
        if value not in LOOPS:
            raise DBusError(ErrorType.INVALID_ARGS, f"LoopStatus is one of {', '.join(LOOPS)}.")
        self._command("loop", (value,))

    @dbus_property()
    def Rate(self) -> DBusDouble:
        """Playback speed."""
        return float(self._value("Rate"))

    @Rate.setter
    def Rate_setter(self, value: DBusDouble) -> None:
        """Change the speed, clipped to what is possible; 0 pauses, as specified."""
        if value == 0:
            self.Pause()
        elif _finite(value) > 0:
            self._command("speed", (value,))

    @dbus_property()
    def Shuffle(self) -> DBusBool:
        """Whether the queue is shuffled."""
        return bool(self._value("Shuffle"))

    @Shuffle.setter
    def Shuffle_setter(self, value: DBusBool) -> None:
        """Shuffle or not."""
        self._command("shuffle", (value,))

    @dbus_property(access=READ)
    def Metadata(self) -> DBusDict:
        """The present track."""
        return dict(self._value("Metadata"))

    @dbus_property()
    def Volume(self) -> DBusDouble:
        """0 to 1."""
        return float(self._value("Volume"))

    @Volume.setter
    def Volume_setter(self, value: DBusDouble) -> None:
        """Change the volume; clipped to 0 to 1."""
        self._command("volume", (min(max(_finite(value), 0.0), 1.0),))

    @dbus_property(access=READ)
    def Position(self) -> DBusInt64:
        """Position in microseconds."""
        return self._state().position_us()

    @dbus_property(access=READ)
    def MinimumRate(self) -> DBusDouble:
        """Slowest speed."""
        return 0.5

    @dbus_property(access=READ)
    def MaximumRate(self) -> DBusDouble:
        """Fastest speed."""
        return 2.0

    @dbus_property(access=READ)
    def CanGoNext(self) -> DBusBool:
        """Whether something follows."""
        return bool(self._value("CanGoNext"))

    @dbus_property(access=READ)
    def CanGoPrevious(self) -> DBusBool:
        """Whether there is something to go back to."""
        return bool(self._value("CanGoPrevious"))

    @dbus_property(access=READ)
    def CanPlay(self) -> DBusBool:
        """Whether there is something to play."""
        return bool(self._value("CanPlay"))

    @dbus_property(access=READ)
    def CanPause(self) -> DBusBool:
        """Whether there is something to pause."""
        return bool(self._value("CanPause"))

    @dbus_property(access=READ)
    def CanSeek(self) -> DBusBool:
        """Whether the present track has a length."""
        return bool(self._value("CanSeek"))

    @dbus_property(access=READ)
    def CanControl(self) -> DBusBool:
        """Always."""
        return True


def local_path(uri: str) -> str:
    """The same address, where it is one of a local file.

    Raises:
        DBusError: it is not.
    """
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise DBusError(ErrorType.INVALID_ARGS, f"{uri!r:.200} is no address.") from error
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"} or not parts.path:
        raise DBusError(ErrorType.INVALID_ARGS, f"{uri!r:.200} is no local file; only file:/// addresses are played.")
    if not os.path.exists(unquote(parts.path)):
        raise DBusError(ErrorType.INVALID_ARGS, f"{uri!r:.200} is not there.")
    return uri


def _finite(value: float) -> float:
    """The same number.

    Raises:
        DBusError: it is none.
    """
    if not math.isfinite(value):
        raise DBusError(ErrorType.INVALID_ARGS, "That is no number.")
    return value
