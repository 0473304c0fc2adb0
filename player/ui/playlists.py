"""The playlists as the window knows them: a list in memory, every change in the storage lane, every change undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.domain import (
    KnownError,
    Playlist,
    PlaylistEntry,
    PlaylistId,
    SmartRules,
    SortKey,
    TrackId,
    TrackOrder,
    TrackQuery,
    now_ms,
    rearranged,
)
from player.ui import words
from player.ui.parts import Parts
from player.ui.undo import Undo
from player.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from player.library import ImportedPlaylist


def query_of(playlist: Playlist) -> TrackQuery:
    """The tracks of a playlist, manual or smart, in its order."""
    rules = playlist.rules
    if rules is None:
        return TrackQuery(playlist_id=playlist.id, order=TrackOrder.PLAYLIST)
    by = (SortKey(rules.order, rules.descending),)
    return TrackQuery(text=rules.text, limit=rules.limit, chosen_by=by).sorted_by(by)


class Playlists(QObject):
    """Owner of the window's list of playlists.

    Signals:
        changed(): Another list, or other names or lengths.
        tracks_changed(PlaylistId): A playlist holds other tracks.
        created(PlaylistId): The user made a playlist; it is in the list by now.
        imported(PlaylistId): The user brought a playlist in a file; it is in the list by now.
        smart_wanted(Playlist | None, str): The user wants the form for a smart playlist: to change one, or
            for a new one with these rules.

    Args:
        parts: For the database and its lane.
        undo: Where changes are remembered.
        say: Shows a notice.
        parent: Qt parent.
    """

    changed = Signal()
    tracks_changed = Signal(object)
    created = Signal(object)
    imported = Signal(object)
    smart_wanted = Signal(object, str)

    def __init__(self, parts: Parts, undo: Undo, say: Callable[[Notice], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = parts.db.playlists
        self._tracks = parts.db.tracks
        self._library = parts.library
        self._lane = parts.storage_lane
        self._undo = undo
        self._say = say
        self._all: list[Playlist] = []

    @property
    def all(self) -> list[Playlist]:
        """All playlists by name."""
        return self._all

    @property
    def manual(self) -> list[Playlist]:
        """Those that tracks can be added to."""
        return [playlist for playlist in self._all if playlist.rules is None]

    def get(self, playlist_id: PlaylistId) -> Playlist | None:
        """A playlist; None where it is not there (any more)."""
        return next((playlist for playlist in self._all if playlist.id == playlist_id), None)

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Read the list again."""

        def loaded(found: list[Playlist]) -> None:
            self._all = found
            self.changed.emit()
            if then is not None:
                then()

        self._lane.submit(self._store.all, done=loaded)

    # Changes.

    def create(self, name: str, ids: Sequence[TrackId] = ()) -> None:
        """Make a playlist of tracks."""
        entries = [PlaylistEntry(track_id) for track_id in ids]

        def made(playlist_id: PlaylistId) -> None:
            self._undo.add(self.tr("New playlist “{0}”").format(name), lambda: self._drop(playlist_id))
            self.load(lambda: self.created.emit(playlist_id))

        self._make(name, entries, made)

    def create_smart(self, name: str, rules: SmartRules) -> None:
        """Make a playlist that holds what fits its rules."""

        def made(playlist_id: PlaylistId) -> None:
            self._undo.add(self.tr("New playlist “{0}”").format(name), lambda: self._drop(playlist_id))
            self.load()

        self._submit(lambda: self._store.create(name, now_ms(), rules=rules), made)

    def set_rules(self, playlist_id: PlaylistId, rules: SmartRules) -> None:
        """Change what a smart playlist holds."""
        before = self.get(playlist_id)
        if before is None or before.rules is None:
            return
        self._set_rules(playlist_id, rules)
        old = before.rules
        self._undo.add(self.tr("Change rules"), lambda: self._set_rules(playlist_id, old))

    def rename(self, playlist_id: PlaylistId, name: str) -> None:
        """Give a playlist another name."""
        before = self.get(playlist_id)
        if before is not None:
            self._rename(playlist_id, name)
            self._undo.add(self.tr("Rename playlist"), lambda: self._rename(playlist_id, before.name))

    def delete(self, playlist_id: PlaylistId) -> None:
        """Delete a playlist; undo brings it back under its name."""
        playlist = self.get(playlist_id)
        if playlist is None:
            return

        def gone(entries: list[PlaylistEntry]) -> None:
            text = self.tr("Playlist “{0}” deleted").format(playlist.name)
            self._undo.add(text, lambda: self._bring_back(playlist, entries))
            self._say(Notice.of_change(text, self._take_back))
            self.load()

        def run() -> list[PlaylistEntry]:
            entries = self._store.entries(playlist_id)
            self._store.delete(playlist_id)
            return entries

        self._submit(run, gone)

    def append(self, playlist_id: PlaylistId, ids: Sequence[TrackId]) -> None:
        """Add tracks at the end of a playlist."""
        playlist = self.get(playlist_id)
        if playlist is None or playlist.rules is not None or not ids:
            return

        def run() -> list[PlaylistEntry]:
            before = self._store.entries(playlist_id)
            self._store.set_entries(playlist_id, [*before, *(PlaylistEntry(i) for i in ids)], now_ms())
            return before

        def added(before: list[PlaylistEntry]) -> None:
            text = self.tr("{0} added to “{1}”").format(words.tracks(len(ids)), playlist.name)
            self._remember_entries(playlist_id, text, before)
            self._say(Notice.of_change(text, self._take_back))

        self._submit(run, added)

    def set_tracks(self, playlist_id: PlaylistId, ids: Sequence[TrackId], text: str) -> None:
        """Put these tracks into a playlist instead of those shown; `text` says what that was for undo."""

        def run() -> list[PlaylistEntry]:
            before = self._store.entries(playlist_id)
            shown = frozenset(self._tracks.find(TrackQuery(playlist_id=playlist_id)))
            self._store.set_entries(playlist_id, rearranged(before, shown, ids), now_ms())
            return before

        self._submit(run, lambda before: self._remember_entries(playlist_id, text, before))

    def find_absent(self, playlist_id: PlaylistId, done: Callable[[list[PlaylistEntry]], None]) -> None:
        """The entries of a manual playlist for which the library has no track."""
        self._submit(lambda: [one for one in self._store.entries(playlist_id) if one.track_id is None], done)

    def drop_absent(self, playlist_id: PlaylistId) -> None:
        """Take those entries out."""

        def run() -> list[PlaylistEntry]:
            before = self._store.entries(playlist_id)
            self._store.set_entries(playlist_id, [one for one in before if one.track_id is not None], now_ms())
            return before

        text = self.tr("Remove what your library does not have")
        self._submit(run, lambda before: self._remember_entries(playlist_id, text, before))

    # Files.

    def take_file(self, path: Path) -> None:
        """Make a playlist out of a file."""

        def made(found: ImportedPlaylist) -> None:
            text = self.tr("New playlist “{0}”").format(found.name)
            self._undo.add(text, lambda: self._drop(found.playlist_id))
            told = self.tr("Playlist “{0}”: {1}").format(found.name, words.tracks(found.entries))
            if found.unresolved:
                told += self.tr(", %Ln of them not in your library", "", found.unresolved)
            self._say(Notice.of_change(told, self._take_back))
            self.load(lambda: self.imported.emit(found.playlist_id))

        self._library.import_playlist(path, made, self._complain)

    def write_file(self, playlist_id: PlaylistId, path: Path) -> None:
        """Write a playlist, manual or smart, to a file whose suffix names the format."""
        playlist = self.get(playlist_id)
        if playlist is not None:
            told = self.tr("Playlist “{0}” is in {1}").format(playlist.name, path)
            self._library.export_playlist(playlist, path, lambda: self._say(Notice(told)), self._complain)

    # Inside.

    def _complain(self, why: str) -> None:
        self._say(Notice(why, problem=True))

    def _take_back(self) -> None:
        self._undo.undo()

    def _make(self, name: str, entries: Sequence[PlaylistEntry], done: Callable[[PlaylistId], None]) -> None:
        def run() -> PlaylistId:
            playlist_id = self._store.create(name, now_ms())
            if entries:
                self._store.set_entries(playlist_id, entries, now_ms())
            return playlist_id

        self._submit(run, done)

    def _bring_back(self, playlist: Playlist, entries: Sequence[PlaylistEntry]) -> None:
        if playlist.rules is None:
            self._make(playlist.name, entries, lambda _id: self.load())
        else:
            make = partial(self._store.create, playlist.name, now_ms(), rules=playlist.rules)
            self._submit(make, lambda _id: self.load())

    def _drop(self, playlist_id: PlaylistId) -> None:
        self._submit(lambda: self._store.delete(playlist_id), lambda _none: self.load())

    def _rename(self, playlist_id: PlaylistId, name: str) -> None:
        self._submit(lambda: self._store.rename(playlist_id, name, now_ms()), lambda _none: self.load())

    def _set_rules(self, playlist_id: PlaylistId, rules: SmartRules) -> None:
        change = partial(self._store.set_rules, playlist_id, rules, now_ms())
        self._submit(change, lambda _none: self._told(playlist_id))

    def _remember_entries(self, playlist_id: PlaylistId, text: str, before: Sequence[PlaylistEntry]) -> None:
        def back() -> None:
            self._submit(
                lambda: self._store.set_entries(playlist_id, before, now_ms()), lambda _none: self._told(playlist_id)
            )

        self._undo.add(text, back)
        self._told(playlist_id)

    def _told(self, playlist_id: PlaylistId) -> None:
        self.load(lambda: self.tracks_changed.emit(playlist_id))

    def _submit(self, run: Callable[[], object], done: Callable[..., None]) -> None:
        self._lane.submit(run, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._complain(str(error))
        self.load()
