"""The three MPRIS2 interfaces as dbus-fast services.

They live on the bus thread: they answer from the last `MprisState` and hand commands on. Method
and property names are the specification's. Annotations are evaluated here (no `annotations` from
`__future__`): dbus-fast reads them, and a return type `None` must be None, not its name.
"""

from collections.abc import Callable
from typing import Annotated, Any

from dbus_fast import PropertyAccess
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

from player.desktop._mpris_state import MprisState, metadata, object_path, player_properties

DBusStrings = Annotated[list[str], DBusSignature("as")]
DBusPaths = Annotated[list[str], DBusSignature("ao")]
DBusMaps = Annotated[list[dict[str, Any]], DBusSignature("aa{sv}")]
Command = Callable[[str, tuple[Any, ...]], None]
"""Takes a command's name and its arguments; called on the bus thread."""

READ = PropertyAccess.READ
MIME_TYPES = [
    "audio/aac",
    "audio/aiff",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/opus",
    "audio/wav",
    "audio/x-ape",
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
        target = state.position_us() + Offset
        if state.track and 0 < state.track.duration_ms * 1000 < target:
            self._command("next", ())
        else:
            self._command("seek", (max(target, 0) // 1000,))

    @dbus_method()
    def SetPosition(self, TrackId: DBusObjectPath, Position: DBusInt64) -> None:
        """To a position in microseconds; ignored for another track or out of range, as specified."""
        track = self._state().track
        if track and TrackId == object_path(track.id) and 0 <= Position <= track.duration_ms * 1000:
            self._command("seek", (Position // 1000,))

    @dbus_method()
    def OpenUri(self, Uri: DBusStr) -> None:
        """Play a file."""
        self._command("open", (Uri,))

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
        """Change the repeat mode."""
        self._command("loop", (value,))

    @dbus_property()
    def Rate(self) -> DBusDouble:
        """Playback speed."""
        return float(self._value("Rate"))

    @Rate.setter
    def Rate_setter(self, value: DBusDouble) -> None:
        """Change the speed; 0 pauses, as specified."""
        self._command("pause" if value == 0 else "speed", () if value == 0 else (value,))

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
        self._command("volume", (min(max(value, 0.0), 1.0),))

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


class TrackList(ServiceInterface):
    """org.mpris.MediaPlayer2.TrackList: the present track and Up Next."""

    def __init__(self, command: Command, state: Callable[[], MprisState]) -> None:
        super().__init__("org.mpris.MediaPlayer2.TrackList")
        self._command = command
        self._state = state

    @dbus_method()
    def GetTracksMetadata(self, TrackIds: DBusPaths) -> DBusMaps:
        """Metadata of the tracks asked for that are in the list."""
        state = self._state()
        known = {object_path(track.id): track for track in (state.track, *state.upcoming) if track}
        return [metadata(known[path]) for path in TrackIds if path in known]

    @dbus_method()
    def AddTrack(self, Uri: DBusStr, AfterTrack: DBusObjectPath, SetAsCurrent: DBusBool) -> None:
        """Play a file now, or queue it next."""
        self._command("open" if SetAsCurrent else "enqueue", (Uri,))

    @dbus_method()
    def RemoveTrack(self, TrackId: DBusObjectPath) -> None:
        """Take a track out of Up Next."""
        self._command("remove", (TrackId,))

    @dbus_method()
    def GoTo(self, TrackId: DBusObjectPath) -> None:
        """Play a track of the list now."""
        self._command("go_to", (TrackId,))

    @dbus_signal()
    def TrackListReplaced(self, tracks: list[str], current: str) -> Annotated[list[Any], DBusSignature("aoo")]:
        """The list is another one."""
        return [tracks, current]

    @dbus_property(access=READ)
    def Tracks(self) -> DBusPaths:
        """The present track and what follows."""
        return paths_of(self._state())

    @dbus_property(access=READ)
    def CanEditTracks(self) -> DBusBool:
        """Tracks can be added and removed."""
        return True


def paths_of(state: MprisState) -> list[str]:
    """Object paths of the track list."""
    return [object_path(track.id) for track in (state.track, *state.upcoming) if track]
