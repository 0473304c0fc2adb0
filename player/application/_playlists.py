"""What the user does to playlists: a list in memory, every change in the storage lane, every change undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.application._undo import UndoHistory
from player.domain import (
    Playlist,
    PlaylistEntry,
    PlaylistId,
    SmartRules,
    TrackId,
    TrackOrder,
    TrackQuery,
    now_ms,
    rearranged,
    today,
)
from player.library import export_playlist, import_playlist
from player.storage import Database


def query_of(playlist: Playlist) -> TrackQuery:
    """The tracks of a playlist, manual or smart, in its order."""
    rules = playlist.rules
    if rules is None:
        return TrackQuery(playlist_id=playlist.id, order=TrackOrder.PLAYLIST)
    return rules.query(today())


@dataclass(frozen=True, slots=True)
class _State:
    """Everything a playlist is, or None in place of it where there is none."""

    playlist: Playlist
    entries: tuple[PlaylistEntry, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """What an operation has made of one playlist."""

    playlist_id: PlaylistId
    before: _State | None
    after: _State | None
    all: list[Playlist]


class PlaylistOperations(QObject):
    """Owner of the list of playlists; announces `Kind.PLAYLISTS` and `Kind.ENTRIES`.

    Signals:
        changed(): Another list, or other names or lengths.
        created(PlaylistId): The user made a playlist; it is in the list by now.
        imported(PlaylistId): The user brought a playlist in a file; it is in the list by now.
        done(str, bool): Something was done that one does not see at once, in words; whether undo takes it back.

    Args:
        runner: Runs the writes and announces them.
        history: Where the inverse of each operation goes.
        db: The database.
        parent: Qt parent.
    """

    changed = Signal()
    created = Signal(object)
    imported = Signal(object)
    done = Signal(str, bool)

    def __init__(
        self,
        runner: OperationRunner,
        history: UndoHistory,
        db: Database,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._db = db
        self._store = db.playlists
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

    def load(self) -> None:
        """Read the list again; `changed` follows."""
        self._runner.read(self._store.all, self._take_list)

    def find_absent(self, playlist_id: PlaylistId, done: Callable[[list[PlaylistEntry]], None]) -> None:
        """Call `done` with the entries of a manual playlist for which the library has no track."""
        self._runner.read(lambda: [one for one in self._store.entries(playlist_id) if one.track_id is None], done)

    # Operations

    def create(self, name: str, ids: Sequence[TrackId] = (), rules: SmartRules | None = None) -> None:
        """Make a playlist of tracks, or with rules a smart one that holds what fits them."""

        def make() -> PlaylistId:
            playlist_id = self._store.create(name, now_ms(), rules=rules)
            if ids:
                self._store.set_entries(playlist_id, [PlaylistEntry(track_id) for track_id in ids], now_ms())
            return playlist_id

        def made(playlist_id: PlaylistId) -> None:
            if rules is None:
                self.created.emit(playlist_id)

        self._operate(self.tr("New playlist “{0}”").format(name), make, done=made)

    def set_rules(self, playlist_id: PlaylistId, rules: SmartRules) -> None:
        """Change what a smart playlist holds."""
        self._operate(
            self.tr("Change rules"), lambda: self._store.set_rules(playlist_id, rules, now_ms()), of=playlist_id
        )

    def rename(self, playlist_id: PlaylistId, name: str) -> None:
        """Give a playlist another name."""
        self._operate(
            self.tr("Rename playlist"), lambda: self._store.rename(playlist_id, name, now_ms()), of=playlist_id
        )

    def delete(self, playlist_id: PlaylistId) -> None:
        """Delete a playlist."""
        playlist = self.get(playlist_id)
        if playlist is not None:
            text = self.tr("Playlist “{0}” deleted").format(playlist.name)
            self._operate(text, lambda: self._store.delete(playlist_id), of=playlist_id, tell=True)

    def append(self, playlist_id: PlaylistId, ids: Sequence[TrackId]) -> None:
        """Add tracks at the end of a manual playlist."""
        playlist = self.get(playlist_id)
        if playlist is None or playlist.rules is not None or not ids:
            return

        def add() -> None:
            entries = [*self._store.entries(playlist_id), *(PlaylistEntry(track_id) for track_id in ids)]
            self._store.set_entries(playlist_id, entries, now_ms())

        text = self.tr("{0} added to “{1}”").format(self.tr("%Ln track(s)", "", len(ids)), playlist.name)
        self._operate(text, add, of=playlist_id, tell=True)

    def set_tracks(self, playlist_id: PlaylistId, ids: Sequence[TrackId], text: str) -> None:
        """Put these tracks into a playlist instead of those shown; `text` says what that was, for undo."""

        def put() -> None:
            shown = frozenset(self._db.tracks.find(TrackQuery(playlist_id=playlist_id)))
            entries = rearranged(self._store.entries(playlist_id), shown, ids)
            self._store.set_entries(playlist_id, entries, now_ms())

        self._operate(text, put, of=playlist_id)

    def drop_absent(self, playlist_id: PlaylistId) -> None:
        """Take out the entries for which the library has no track."""

        def drop() -> None:
            entries = [one for one in self._store.entries(playlist_id) if one.track_id is not None]
            self._store.set_entries(playlist_id, entries, now_ms())

        self._operate(self.tr("Remove what your library does not have"), drop, of=playlist_id)

    def take_file(self, path: Path) -> None:
        """Make a playlist out of a file."""
        told: list[str] = []

        def bring() -> PlaylistId:
            found = import_playlist(self._db, path)
            text = self.tr("Playlist “{0}”: {1}").format(found.name, self.tr("%Ln track(s)", "", found.entries))
            if found.unresolved:
                text += self.tr(", %Ln of them not in your library", "", found.unresolved)
            told.append(text)
            return found.playlist_id

        def brought(playlist_id: PlaylistId) -> None:
            self.done.emit(told[0], True)
            self.imported.emit(playlist_id)

        self._operate(self.tr("Import a playlist"), bring, done=brought)

    def write_file(self, playlist_id: PlaylistId, path: Path) -> None:
        """Write a playlist, manual or smart, to a file whose suffix names the format."""
        playlist = self.get(playlist_id)
        if playlist is not None:
            text = self.tr("Playlist “{0}” is in {1}").format(playlist.name, path)
            self._runner.read(
                lambda: export_playlist(self._db, playlist, path), lambda _none: self.done.emit(text, False)
            )

    # Inside

    def _operate(
        self,
        text: str,
        write: Callable[[], PlaylistId | None],
        *,
        of: PlaylistId | None = None,
        tell: bool = False,
        done: Callable[[PlaylistId], None] | None = None,
    ) -> None:
        """Change one playlist: the one that `of` names, or the new one whose id `write` returns."""

        def run() -> _Written:
            before = self._state(of) if of is not None else None
            made = write()
            playlist_id = of if of is not None else made
            assert playlist_id is not None
            return _Written(playlist_id, before, self._state(playlist_id), self._store.all())

        def written(result: _Written) -> None:
            if result.before != result.after:
                self._history.add(
                    text,
                    undo=lambda: self._put(result.playlist_id, result.before),
                    redo=lambda: self._put(result.playlist_id, result.after),
                )
            self._take_list(result.all)
            if tell:
                self.done.emit(text, True)
            if done is not None:
                done(result.playlist_id)

        self._run(run, written)

    def _put(self, playlist_id: PlaylistId, wanted: _State | None) -> None:
        """Make a playlist what it was at some time, or delete it."""

        def run() -> _Written:
            before = self._state(playlist_id)
            if wanted is None:
                self._store.delete(playlist_id)
            else:
                self._store.put_back(wanted.playlist, wanted.entries, now_ms())
            return _Written(playlist_id, before, wanted, self._store.all())

        self._run(run, lambda result: self._take_list(result.all))

    def _run(self, run: Callable[[], _Written], done: Callable[[_Written], None]) -> None:
        def changes(result: _Written) -> Changes:
            return Changes.of(Kind.PLAYLISTS, Kind.ENTRIES, ids=[result.playlist_id])

        # What could not be carried out may show already, such as a name that was typed.
        self._runner.run(run, changes, done=done, failed=lambda _error: self.load())

    def _state(self, playlist_id: PlaylistId) -> _State | None:
        playlist = self._store.get(playlist_id)
        return _State(playlist, tuple(self._store.entries(playlist_id))) if playlist is not None else None

    def _take_list(self, playlists: list[Playlist]) -> None:
        self._all = playlists
        self.changed.emit()
