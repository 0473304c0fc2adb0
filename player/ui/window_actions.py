"""Carries out the window's actions, by key, by palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from player.ui.actions import ActionSpec, Group, all_actions, group_title
from player.ui.models.nav import PageKind, Place
from player.ui.services import (
    HasController,
    HasHistory,
    HasLibraryOperations,
    HasLook,
    HasPlaylists,
    HasSettings,
    HasSuggestions,
)
from player.ui.views.playing.now_bar import NowBar
from player.ui.views.playlists.playlist_files import ask_import
from player.ui.views.settings.first_run import FolderChooser
from player.ui.widgets.overlays.notices import Notice
from player.ui.widgets.overlays.palette import Palette

VOLUME_STEP = 0.05
PLAIN_KEYS = {
    Qt.Key.Key_Space: "play_pause",
    Qt.Key.Key_Plus: "thumb_up",
    Qt.Key.Key_Equal: "thumb_up",
    Qt.Key.Key_Minus: "thumb_down",
    Qt.Key.Key_Question: "shortcuts",
    Qt.Key.Key_F1: "shortcuts",
}
PLACES = {
    "home": PageKind.HOME,
    "albums": PageKind.ALBUMS,
    "tracks": PageKind.TRACKS,
    "artists": PageKind.ARTISTS,
    "liked": PageKind.LIKED,
    "genres": PageKind.GENRES,
    "years": PageKind.YEARS,
    "folders": PageKind.FOLDERS,
    "duplicates": PageKind.DUPLICATES,
    "history": PageKind.HISTORY,
    "insights": PageKind.INSIGHTS,
    "settings": PageKind.SETTINGS,
    "equaliser": PageKind.EQUALISER,
    "bring": PageKind.DATA,
    "data": PageKind.DATA,
}


class Transitions(Protocol):
    """Going back and forward through places."""

    def back(self) -> None:
        """Go to the place before."""

    def forward(self) -> None:
        """Go to the place after."""


class ActingWindow(Protocol):
    """What actions ask of their window."""

    @property
    def now_bar(self) -> NowBar:
        """The bar of what plays."""

    @property
    def palette_sheet(self) -> Palette:
        """The palette."""

    @property
    def router(self) -> Transitions:
        """Where one was."""

    @property
    def folders(self) -> FolderChooser:
        """Asks for a music folder."""

    def go(self, place: Place) -> None:
        """Go to a place."""

    def say(self, notice: Notice) -> None:
        """Show a notice."""

    def focus_page(self) -> None:
        """Give the page the keyboard."""

    def focus_search(self) -> None:
        """Give the search field the keyboard."""

    def focus_up_next(self) -> None:
        """Give Up Next the keyboard."""

    def toggle_up_next(self) -> None:
        """Show or hide Up Next."""

    def toggle_full(self) -> None:
        """Open or close the full view of what plays."""

    def show_shortcuts(self) -> None:
        """Show all keys."""

    def leave(self) -> None:
        """Close the window because the player ends."""


class ActionNeeds(
    HasController, HasHistory, HasLibraryOperations, HasLook, HasPlaylists, HasSettings, HasSuggestions, Protocol
):
    """What `WindowActions` asks for."""


class WindowActions(QObject):
    """The actions of a window.

    Args:
        context: The window's services.
        window: The window.
        widget: The same as Qt sees it; also the parent.
    """

    def __init__(self, context: ActionNeeds, window: ActingWindow, widget: QWidget) -> None:
        super().__init__(widget)
        self._context = context
        self._window = window
        self._widget = widget
        self.specs = all_actions()
        self._do = self._table()
        for spec in self.specs:
            if not spec.plain and not spec.listed_only:
                self._make_action(spec)

    def run(self, name: str) -> None:
        """Do an action by its name.

        Raises:
            KeyError: there is no such action.
        """
        self._do[name]()

    def for_palette(self) -> list[tuple[ActionSpec, Callable[[], None]]]:
        """The actions that the palette offers."""
        return [(spec, self._do[spec.id]) for spec in self.specs if spec.in_palette and not spec.listed_only]

    def for_overlay(self) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
        """All keys by group."""
        return [
            (group_title(group), [(s.text, s.keys) for s in self.specs if s.group is group and s.keys])
            for group in Group
        ]

    def key(self, event: QKeyEvent) -> bool:
        """Do what a plain key means that nothing with the focus wanted; whether there was something."""
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        name = PLAIN_KEYS.get(Qt.Key(event.key()))
        if name is None or modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        self.run(name)
        return True

    def _make_action(self, spec: ActionSpec) -> None:
        action = QAction(spec.text, self)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.triggered.connect(lambda _checked=False: self.run(spec.id))
        self._widget.addAction(action)

    def _table(self) -> dict[str, Callable[[], None]]:
        window, context = self._window, self._context
        controller = context.controller
        table: dict[str, Callable[[], None]] = {
            "play_pause": controller.play_pause,
            "next": controller.next,
            "previous": controller.previous,
            "stop": controller.stop,
            "options": window.now_bar.show_options,
            "louder": lambda: controller.set_volume(controller.volume + VOLUME_STEP),
            "quieter": lambda: controller.set_volume(controller.volume - VOLUME_STEP),
            "mute": lambda: controller.set_muted(not controller.muted),
            "thumb_up": lambda: window.now_bar.give_thumb(1),
            "thumb_down": lambda: window.now_bar.give_thumb(-1),
            "search": window.focus_search,
            "palette": window.palette_sheet.open_sheet,
            "up_next": window.toggle_up_next,
            "focus_up_next": window.focus_up_next,
            "full": window.toggle_full,
            "undo": self._undo,
            "redo": self._redo,
            "back": window.router.back,
            "forward": window.router.forward,
            "add_folder": window.folders.ask,
            "import_playlist": self._import_playlist,
            "rescan": context.library_operations.scan,
            "theme": self._switch_theme,
            "private": self._switch_private,
            "refresh": context.suggestions.refresh,
            "shortcuts": window.show_shortcuts,
            "quit": self._quit,
        }
        return table | {name: self._goer(kind) for name, kind in PLACES.items()}

    def _goer(self, kind: PageKind) -> Callable[[], None]:
        def go() -> None:
            self._window.go(Place(kind))
            # Who goes by key or by the palette's Enter has the next key for the page.
            self._window.focus_page()

        return go

    def _undo(self) -> None:
        text = self._context.history.undo()
        said = self.tr("Undone: {0}").format(text) if text else self.tr("There is nothing to undo")
        self._window.say(Notice(said))

    def _redo(self) -> None:
        text = self._context.history.redo()
        said = self.tr("Done again: {0}").format(text) if text else self.tr("There is nothing to do again")
        self._window.say(Notice(said))

    def _import_playlist(self) -> None:
        ask_import(self._context.playlists, self._widget)

    def _switch_theme(self) -> None:
        dark = self._context.look.theme.dark
        self._context.settings.change(theme="light" if dark else "dark")

    def _switch_private(self) -> None:
        private = not self._context.settings.value.private_session
        self._context.settings.set_private(private)
        text = self.tr("Private session: nothing is learned until it ends")
        self._window.say(Notice(text if private else self.tr("Private session ended")))

    def _quit(self) -> None:
        self._window.leave()
