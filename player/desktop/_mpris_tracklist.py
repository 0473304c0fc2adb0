"""MPRIS2's interface of the track list as a dbus-fast service; what `_mpris_interfaces` says of the others holds here.

Annotations are evaluated here, too (no `annotations` from `__future__`): dbus-fast reads them.
"""

from collections.abc import Callable
from typing import Annotated, Any

from dbus_fast.annotations import DBusBool, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from player.desktop._mpris_interfaces import READ, Command, local_path
from player.desktop._mpris_state import (
    Added,
    ListChange,
    Listed,
    MprisState,
    Removed,
    Replaced,
    metadata,
    object_path,
    paths_of,
)

DBusPaths = Annotated[list[str], DBusSignature("ao")]
DBusMaps = Annotated[list[dict[str, Any]], DBusSignature("aa{sv}")]
DBusReplaced = Annotated[list[Any], DBusSignature("aoo")]
DBusAdded = Annotated[list[Any], DBusSignature("a{sv}o")]
DBusRetold = Annotated[list[Any], DBusSignature("oa{sv}")]


class TrackList(ServiceInterface):
    """org.mpris.MediaPlayer2.TrackList: the present track and Up Next."""

    def __init__(self, command: Command, state: Callable[[], MprisState]) -> None:
        super().__init__("org.mpris.MediaPlayer2.TrackList")
        self._command = command
        self._state = state

    @dbus_method()
    def GetTracksMetadata(self, TrackIds: DBusPaths) -> DBusMaps:
        """Metadata of the entries asked for that are in the list, in the order asked for."""
        state = self._state()
        known = {object_path(listed.entry): listed for listed in state.listed}
        return [self._told(known[path]) for path in TrackIds if path in known]

    @dbus_method()
    def AddTrack(self, Uri: DBusStr, AfterTrack: DBusObjectPath, SetAsCurrent: DBusBool) -> None:
        """Play a local file now, or queue it behind an entry; behind what else was queued where that is not there."""
        path = local_path(Uri)
        if SetAsCurrent:
            self._command("open", (path,))
        else:
            self._command("enqueue", (path, AfterTrack))

    @dbus_method()
    def RemoveTrack(self, TrackId: DBusObjectPath) -> None:
        """Take an entry out of Up Next; the one that plays is skipped, as specified."""
        current = self._state().current
        if current is not None and TrackId == object_path(current.entry):
            self._command("next", ())
        else:
            self._command("remove", (TrackId,))

    @dbus_method()
    def GoTo(self, TrackId: DBusObjectPath) -> None:
        """Play an entry of the list now; nothing where it is not in the list."""
        self._command("go_to", (TrackId,))

    @dbus_signal()
    def TrackListReplaced(self, tracks: list[str], current: str) -> DBusReplaced:
        """The list is another one."""
        return [tracks, current]

    @dbus_signal()
    def TrackAdded(self, told: dict[str, Any], after: str) -> DBusAdded:
        """An entry has come into the list."""
        return [told, after]

    @dbus_signal()
    def TrackRemoved(self, path: str) -> DBusObjectPath:
        """An entry has left the list."""
        return path

    @dbus_signal()
    def TrackMetadataChanged(self, path: str, told: dict[str, Any]) -> DBusRetold:
        """An entry tells other things of itself."""
        return [path, told]

    @dbus_property(access=READ)
    def Tracks(self) -> DBusPaths:
        """The present track and what follows."""
        return paths_of(self._state())

    @dbus_property(access=READ)
    def CanEditTracks(self) -> DBusBool:
        """Tracks can be added and removed."""
        return True

    def tell(self, changes: list[ListChange]) -> None:
        """Announce changes of the list, and that `Tracks` is to be asked for again, as specified."""
        for change in changes:
            if isinstance(change, Replaced):
                self.TrackListReplaced(change.paths, change.current)
            elif isinstance(change, Removed):
                self.TrackRemoved(change.path)
            elif isinstance(change, Added):
                self.TrackAdded(metadata(change.listed), change.after)
            else:
                self.TrackMetadataChanged(object_path(change.listed.entry), self._told(change.listed))
        if any(isinstance(change, Replaced | Removed | Added) for change in changes):
            self.emit_properties_changed({}, ["Tracks"])

    def _told(self, listed: Listed) -> dict[str, Any]:
        """Metadata of an entry; of the present one with its cover."""
        state = self._state()
        return metadata(listed, state.art_url if listed == state.current else "")
