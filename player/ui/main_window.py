"""The main window: navigation, centre, Up Next, now-playing bar, and how they fold."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from player.domain import Playlist, PlaylistId, Track
from player.paths import APP
from player.ui.context import Context
from player.ui.covers import Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.nav import PageKind, Place
from player.ui.mood import Mood
from player.ui.news import News
from player.ui.palette_source import PaletteSource
from player.ui.router import Router
from player.ui.services import Services
from player.ui.stage import Stage
from player.ui.track_actions import TrackActions
from player.ui.views.frame.header import Header
from player.ui.views.frame.navigation import Navigation
from player.ui.views.frame.pages import page_makers
from player.ui.views.playing.now_bar import NowBar
from player.ui.views.playing.now_playing import NowPlaying
from player.ui.views.playlists.playlist_files import is_playlist
from player.ui.views.playlists.smart_editor import SmartEditor
from player.ui.views.settings.first_run import FirstRun, FolderChooser
from player.ui.views.tracks.tag_editor import TagEditor
from player.ui.views.up_next.up_next import UpNext
from player.ui.widgets.overlays.notices import Notice, NoticeBar
from player.ui.widgets.overlays.palette import Palette
from player.ui.widgets.overlays.shortcuts import Shortcuts
from player.ui.window_actions import WindowActions
from player.ui.window_memory import WindowMemory

logger = logging.getLogger(__name__)

ALWAYS_SHOWN = (PageKind.SETTINGS, PageKind.HISTORY, PageKind.INSIGHTS, PageKind.DATA, PageKind.EQUALISER)
"""Pages that make sense without any music."""
INNER = (PageKind.ALBUM, PageKind.ARTIST, PageKind.GENRE, PageKind.SEARCH, PageKind.DATA, PageKind.DUPLICATES)
"""Pages reached from another one: they have a button that leads back. The others stand in the navigation."""


class MainWindow(QMainWindow):
    """The window.

    Signals:
        closed(): It was closed and its state handed over for saving.
        files_dropped(list[str]): Files were dropped on the window; the composition root plays them.
        files_queued(list[str], int): Files or folders were dropped on Up Next; it queues them before that row.

    Args:
        services: The running player.
        look: How to draw.
    """

    closed = Signal()
    files_dropped = Signal(list)
    files_queued = Signal(list, int)

    def __init__(self, services: Services, look: Look) -> None:
        super().__init__()
        self.leaving = False
        self.setWindowTitle(APP)
        self.setAcceptDrops(True)
        self.setMinimumSize(320, 360)
        self._memory = WindowMemory(services.settings)
        self._make_context(services, look)
        self._make_content()
        self._make_layers()
        self._news = News(self.context, self.navigation, self)
        self._connect()
        self._restore()

    # Building.

    def _make_context(self, services: Services, look: Look) -> None:
        covers = Covers(services.library.cover, services.profile.cache / "covers", self)
        tracks = TrackActions(services, look, self.say, self.go, self)
        self.context = Context(services, look, covers, go=self.go, say=self.say, tracks=tracks)
        self._mood = Mood(services.controller, covers, look.theme, self)
        self.folders = FolderChooser(self.context, self)

    def _make_content(self) -> None:
        context = self.context
        self.navigation = Navigation(context)
        self.header = Header(context.look)
        self._pages = QStackedWidget()
        makers = page_makers(context, self.folders.ask)
        self.router = Router(self._pages, makers, self._memory.pages, self)
        browsing = QWidget()
        browsing.setObjectName("centre")
        column = QVBoxLayout(browsing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        self.first_run = FirstRun(context)
        self._centre = QStackedWidget()
        self._centre.addWidget(browsing)
        self._centre.addWidget(self.first_run)
        self.up_next = UpNext(context)
        wants = self._memory.up_next
        self.stage = Stage(context.look, self.navigation, self._centre, self.up_next, wants_up_next=wants)

    def _make_layers(self) -> None:
        self.now_bar = NowBar(self.context)
        self.full = NowPlaying(self.context)
        self._layers = QStackedWidget()
        self._layers.addWidget(self.stage)
        self._layers.addWidget(self.full)
        self._root = QWidget()
        column = QVBoxLayout(self._root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._layers, 1)
        column.addWidget(self.now_bar)
        self.setCentralWidget(self._root)
        self._notices = NoticeBar(self.context.look, self._root)
        self._notices.set_clearance(self.now_bar.height())
        self.palette_sheet = Palette(self.context.look, self._root)
        self._shortcuts: Shortcuts | None = None
        self.actions_of_window = WindowActions(self.context, self, self)
        self._palette_source = PaletteSource(
            self.context, self.palette_sheet, self.actions_of_window.for_palette(), self
        )

    def _connect(self) -> None:
        context = self.context
        self.context.history.changed.connect(self._notices.outdate)
        self.header.back_wanted.connect(self.router.back)
        self.header.search.searched.connect(self._search)
        self.header.search.left_downwards.connect(self.focus_page)
        self.router.moved.connect(self._moved)
        self.router.header_changed.connect(self._show_header)
        self.first_run.folder_wanted.connect(self.folders.ask)
        self.now_bar.queue_toggled.connect(self._show_up_next)
        self.up_next.files_dropped.connect(self.files_queued)
        self.stage.up_next_shown.connect(self.now_bar.set_queue_shown)
        self.now_bar.full_wanted.connect(self.toggle_full)
        self.full.closed.connect(self.toggle_full)
        context.library.changed.connect(self._library_changed)
        context.library.empty_changed.connect(self._show_centre)
        context.library.scan_finished.connect(self._show_centre)
        context.controller.track_changed.connect(self._track_changed)
        self.context.tracks.edit_wanted.connect(self._edit_tags)
        self.context.tracks.smart_wanted.connect(self._edit_smart)
        self.context.playlists.imported.connect(self._show_playlist)

    def _restore(self) -> None:
        self._memory.restore_size(self)
        self.context.playlists.load()
        self._track_changed(self.context.controller.current_track)
        self.go(self._memory.place)
        self.stage.fold()

    # Going places.

    def go(self, place: Place) -> None:
        """Go to a place."""
        if self._layers.currentWidget() is self.full:
            self.toggle_full()
        self.router.go(place)
        if self.stage.over:
            self.stage.show_up_next(False)

    def _moved(self, place: Place) -> None:
        self.navigation.show_place(place)
        if place.kind is PageKind.SEARCH:
            if self.header.search.text().strip() != place.of:
                self.header.search.show_text(str(place.of))
        else:
            self.header.search.show_text("")
        self.header.show_back(self.router.can_go_back and place.kind in INNER)
        self._show_centre()

    def _show_header(self) -> None:
        page = self.router.page
        if page is not None:
            self.header.show_title(page.title(), page.count())
            self.header.show_tools(page.tools())

    def _show_centre(self) -> None:
        place = self.router.place
        empty = self.context.library.empty
        first = empty and place is not None and place.kind not in ALWAYS_SHOWN
        self._centre.setCurrentIndex(1 if first else 0)
        if first:
            self.first_run.show_state()

    def _search(self, text: str) -> None:
        if text:
            self.go(Place(PageKind.SEARCH, text))
        elif self.router.place is not None and self.router.place.kind is PageKind.SEARCH:
            self.router.back()
            self.header.search.setFocus()

    def focus_search(self) -> None:
        """The keyboard goes to the search field."""
        if self._layers.currentWidget() is self.full:
            self.toggle_full()
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()

    def focus_page(self) -> None:
        """The keyboard goes to the page."""
        if self.router.page is not None:
            self.router.page.focus_content()

    # What happens elsewhere.

    def say(self, notice: Notice) -> None:
        """Show a notice."""
        self._notices.say(notice)

    def _library_changed(self) -> None:
        self._show_centre()
        self.router.library_changed()
        self.now_bar.refresh()

    def _track_changed(self, track: Track | None) -> None:
        if track is None:
            self.setWindowTitle(APP)
            return
        self.setWindowTitle(f"{track.title} · {track.artist}" if track.artist else track.title)
        self.context.waveforms.ask(track, self.now_bar.set_peaks)

    # Panels.

    def toggle_up_next(self) -> None:
        """Show or hide Up Next."""
        self._show_up_next(not self.stage.shows_up_next)

    def focus_up_next(self) -> None:
        """The keyboard goes to Up Next."""
        if not self.stage.shows_up_next:
            self._show_up_next(True)
        self.up_next.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_up_next(self, shown: bool) -> None:
        if self._layers.currentWidget() is self.full:
            self.toggle_full()
        self.stage.show_up_next(shown)

    def toggle_full(self) -> None:
        """Open or close the full view of what plays."""
        shown = self._layers.currentWidget() is not self.full
        self._layers.setCurrentWidget(self.full if shown else self.stage)
        if shown:
            self.full.open_view()
        else:
            self.focus_page()

    def _edit_tags(self, tracks: list[Track]) -> None:
        TagEditor(self.context, tracks, self._root).open_sheet()

    def _edit_smart(self, playlist: Playlist | None, rules: str) -> None:
        SmartEditor(self.context, playlist, rules, self._root).open_sheet()

    def _show_playlist(self, playlist_id: PlaylistId) -> None:
        self.go(Place(PageKind.PLAYLIST, int(playlist_id)))

    def show_shortcuts(self) -> None:
        """Open the overlay of all keys."""
        if self._shortcuts is None:
            self._shortcuts = Shortcuts(self.context.look, self.actions_of_window.for_overlay(), self._root)
        self._shortcuts.open_sheet()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notices stay above the bar."""
        super().resizeEvent(event)
        self._notices.set_clearance(self.now_bar.height())

    # Keys, drops, closing.

    @guarded(none)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing with the focus wanted."""
        full = self._layers.currentWidget() is self.full
        if event.key() == Qt.Key.Key_Escape and full:
            self.toggle_full()
        elif event.key() == Qt.Key.Key_Escape and self.stage.over:
            self.stage.show_up_next(False)
        elif not self.actions_of_window.key(event):
            super().keyPressEvent(event)

    @guarded(none)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and files may be dropped anywhere."""
        event.setAccepted(any(url.isLocalFile() for url in event.mimeData().urls()))

    @guarded(none)
    def dropEvent(self, event: QDropEvent) -> None:
        """Folders join the library, files are played, playlist files become playlists."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.open_paths(paths)

    def open_paths(self, paths: list[str]) -> None:
        """Take folders into the library and playlists into the list; files are handed on by `files_dropped`."""
        folders = [path for path in paths if os.path.isdir(path)]
        for folder in folders:
            self.context.library_operations.add_root(folder)
        for path in filter(is_playlist, paths):
            self.context.playlists.take_file(Path(path))
        files = [path for path in paths if path not in folders and not is_playlist(path)]
        if files:
            self.files_dropped.emit(files)

    def save_state(self) -> None:
        """Remember size, panels, place, and what the pages want to."""
        up_next, pages = self.stage.wants_up_next, self.router.state()
        self._memory.keep(self, self.router.place, up_next=up_next, pages=pages)

    @guarded(none)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember everything and tell who built the window."""
        self.save_state()
        super().closeEvent(event)
        self.closed.emit()

    def leave(self) -> None:
        """Close it because the player ends, not because it is to be out of sight."""
        self.leaving = True
        self.close()

    def dispose(self) -> None:
        """Stop the window's own threads; call once, after it was closed."""
        self.context.covers.close()
