"""What can be done with tracks wherever they are shown: play, queue, thumbs, playlists, their context menu."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from player.application import MAX_SEEDS, Answered
from player.domain import StartReason, Track, TrackId, TrackQuery
from player.ui import words
from player.ui.commands import Command
from player.ui.look import Look
from player.ui.models.nav import PageKind, Place
from player.ui.plain import menu_text
from player.ui.services import Services
from player.ui.widgets.overlays.notices import Notice


class TrackActions(QObject):
    """Carries out commands on tracks and says what happened.

    Signals:
        edit_wanted(list[Track]): The user wants the form for tags.
        smart_wanted(Playlist | None, str): The user wants the form for a smart playlist: to change one, or
            for a new one with these rules.

    Args:
        services: The running player.
        look: For icons of menus.
        say: Shows a notice.
        go: Goes to a place.
        parent: Qt parent.
    """

    edit_wanted = Signal(list)
    smart_wanted = Signal(object, str)

    def __init__(
        self,
        services: Services,
        look: Look,
        say: Callable[[Notice], None],
        go: Callable[[Place], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = services.library
        self._look = look
        self._undo = services.history
        self._playlists = services.playlists
        self._say = say
        self._go = go
        self._feedback = services.feedback
        self._thumbed: list[Track] = []
        self._feedback.answered.connect(self._say_answer)
        self._queue = services.queue_operations
        services.playlists.done.connect(self._playlist_done)

    # Playing and queueing.

    def play(
        self,
        ids: Sequence[int],
        start: int = 0,
        reason: StartReason = StartReason.PICKED,
        *,
        shuffle: bool | None = None,
    ) -> None:
        """Play the track at `start` and queue what follows it, shuffled or not where that is said."""
        self._queue.play(ids, start, reason, shuffle=shuffle)

    def play_query(self, query: TrackQuery, reason: StartReason, *, shuffle: bool = False) -> None:
        """Play all tracks of a query from the first on, or in any order."""
        self._queue.play_query(query, reason, shuffle=shuffle)

    def play_next(self, ids: Sequence[TrackId]) -> None:
        """Queue tracks before everything else."""
        self._queue.play_next(ids)
        self._say_undoable(self.tr("Playing next: {0}").format(self._name(ids)))

    def add(self, ids: Sequence[TrackId], at: int | None = None) -> None:
        """Queue tracks behind what the user queued, or before row `at` as far as that is the user's."""
        self._queue.add(ids, at)
        self._say_added(ids)

    def add_query(self, query: TrackQuery) -> None:
        """Queue all tracks of a query."""
        self._queue.add_query(query, self._say_added)

    def _say_added(self, ids: Sequence[TrackId]) -> None:
        self._say_undoable(self.tr("Added to the queue: {0}").format(self._name(ids)))

    def _say_undoable(self, text: str) -> None:
        self._say(Notice.of_change(text, self._take_back))

    def _take_back(self) -> None:
        self._undo.undo()

    def _name(self, ids: Sequence[TrackId]) -> str:
        if len(ids) == 1:
            found = self._library.tracks(ids)
            return found[0].title if found else ""
        return words.tracks(len(ids))

    # More like this.

    def more_like(self, ids: Sequence[TrackId], name: str = "") -> None:
        """Choose what is close to these tracks from now on, and say so; undo chooses as before.

        Args:
            ids: The tracks.
            name: Their album, artist or list; without it, the title of the one, or how many they are.
        """
        if not ids:
            return
        shown = f"“{name or self._name(ids)}”" if name or len(ids) == 1 else words.tracks(len(ids))
        self._feedback.more_like(ids, shown)
        self._say_undoable(self.tr("Up Next: more like {0}").format(shown))

    def more_like_query(self, query: TrackQuery, name: str) -> None:
        """The same for all tracks of a query, the first of them where they are many."""
        self._library.find_tracks(
            query, lambda ids: self.more_like([TrackId(track_id) for track_id in ids[:MAX_SEEDS]], name)
        )

    # Thumbs.

    def thumb(self, track: Track, value: int) -> None:
        """Give a thumb, or take the same one back."""
        self.thumb_all([track], value)

    def thumb_all(self, tracks: Sequence[Track], value: int) -> None:
        """Give several tracks a thumb; where all have it already, take it back."""
        new, changed = self._feedback.toggle_thumb(tracks, value, self)
        self._thumbed = list(changed)
        if new:
            self._say_undoable(self._thumb_text(changed, new))
        elif changed:
            name = f"“{changed[0].title}”" if len(changed) == 1 else words.tracks(len(changed))
            self._say_undoable(self.tr("Thumb taken back: {0}").format(name))

    def _say_answer(self, answer: Answered) -> None:
        """Say what a thumb has changed, in place of what it was going to."""
        tracks = [track for track in self._thumbed if track.id in answer.tracks]
        if len(tracks) != 1:
            return
        text = {
            1: self.tr("Because you liked “{0}”: {1} of the next {2} changed"),
            -1: self.tr("“{0}” won't be suggested any more: {1} of the next {2} changed"),
        }[answer.value]
        self._say_undoable(text.format(tracks[0].title, answer.changed, answer.of))

    def _thumb_text(self, tracks: Sequence[Track], value: int) -> str:
        if len(tracks) == 1:
            text = {
                1: self.tr("More like “{0}”, starting now"),
                -1: self.tr("“{0}” won't be suggested any more"),
            }[value]
            return text.format(tracks[0].title)
        text = {
            1: self.tr("More like these, starting now: {0}"),
            -1: self.tr("Won't be suggested any more: {0}"),
        }[value]
        return text.format(words.tracks(len(tracks)))

    def _playlist_done(self, text: str, undoable: bool) -> None:
        self._say(Notice.of_change(text, self._take_back) if undoable else Notice(text))

    # Commands and the menu.

    def run(self, command: Command, tracks: Sequence[Track]) -> bool:
        """Carry out a command that means the same everywhere; False for those that depend on the list."""
        ids = [track.id for track in tracks]
        if not ids:
            return False
        if command is Command.PLAY_NEXT:
            self.play_next(ids)
        elif command is Command.ADD:
            self.add(ids)
        elif command in (Command.THUMB_UP, Command.THUMB_DOWN):
            self.thumb_all(tracks, 1 if command is Command.THUMB_UP else -1)
        else:
            return False
        return True

    def menu(self, tracks: Sequence[Track], parent: QWidget, *, play: Callable[[], None]) -> QMenu:
        """The context menu for tracks; views add what is theirs at its end."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ids = [track.id for track in tracks]
        self._item(menu, "play", self.tr("Play"), play)
        self._item(menu, "arrow-bend-down-right", self.tr("Play next"), lambda: self.play_next(ids))
        self._item(menu, "queue", self.tr("Add to queue"), lambda: self.add(ids))
        self._playlist_menu(menu, ids)
        menu.addSeparator()
        self._thumb_items(menu, tracks)
        self._item(menu, "magic-wand", self.tr("More like this"), lambda: self.more_like(ids))
        edit = partial(self.edit_wanted.emit, list(tracks))
        self._item(menu, "note-pencil", self.tr("Edit tags"), edit)
        if len(tracks) == 1:
            menu.addSeparator()
            self._place_items(menu, tracks[0])
        return menu

    def popup(self, menu: QMenu, at: QPoint) -> None:
        """Show a menu."""
        menu.popup(at)

    def item(self, menu: QMenu, icon: str, text: str, act: Callable[[], object]) -> QAction:
        """Add a line to a menu."""
        return self._item(menu, icon, text, act)

    def _item(self, menu: QMenu, icon: str, text: str, act: Callable[[], object]) -> QAction:
        picture = self._look.icon(icon, "text2", 16) if icon else QIcon()
        action = menu.addAction(picture, menu_text(text))
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _thumb_items(self, menu: QMenu, tracks: Sequence[Track]) -> None:
        liked = all(track.thumb > 0 for track in tracks)
        disliked = all(track.thumb < 0 for track in tracks)
        up = self.tr("Take the thumb back") if liked else self.tr("Thumb up: more like this")
        down = self.tr("Take the thumb back") if disliked else self.tr("Thumb down: less like this")
        self._item(menu, "thumbs-up", up, partial(self.thumb_all, tracks, 1))
        self._item(menu, "thumbs-down", down, partial(self.thumb_all, tracks, -1))

    def _playlist_menu(self, menu: QMenu, ids: Sequence[TrackId]) -> None:
        sub = menu.addMenu(self._look.icon("list-plus", "text2", 16), self.tr("Add to playlist"))
        self._item(sub, "plus", self.tr("New playlist"), lambda: self._playlists.create(self.tr("New playlist"), ids))
        lists = self._playlists.manual
        if lists:
            sub.addSeparator()
        for playlist in lists:
            self._item(sub, "playlist", playlist.name, partial(self._playlists.append, playlist.id, ids))

    def _place_items(self, menu: QMenu, track: Track) -> None:
        if track.album_id is not None:
            album = Place(PageKind.ALBUM, int(track.album_id))
            self._item(menu, "vinyl-record", self.tr("Go to album"), lambda: self._go(album))
        if track.artist_ids:
            artist = Place(PageKind.ARTIST, int(track.artist_ids[0]))
            self._item(menu, "user-sound", self.tr("Go to artist"), lambda: self._go(artist))
        folder = Place(PageKind.FOLDERS, os.path.dirname(track.path))
        self._item(menu, "folder-open", self.tr("Go to folder"), lambda: self._go(folder))
