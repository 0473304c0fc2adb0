"""The first page of an empty library: add a folder, watch it being read."""

from __future__ import annotations

import os
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from player.domain import ScanPhase, ScanProgress
from player.ui import words
from player.ui.models.nav import PageKind, Place
from player.ui.services import (
    HasGo,
    HasLibrary,
    HasLibraryOperations,
    HasLook,
    HasProfile,
    HasSay,
    HasSettings,
)
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.overlays.notices import Notice


def progress_text(progress: ScanProgress) -> str:
    """How far a scan has come, in a line."""
    if progress.phase is ScanPhase.WALKING and not progress.total:
        return words.translate("FirstRun", "Looking for music: {0} files so far").format(words.number(progress.done))
    if progress.phase is ScanPhase.FINISHING:
        return words.translate("FirstRun", "Nearly done")
    comparing = progress.phase is ScanPhase.WALKING
    text = words.translate("FirstRun", "Comparing {0} of {1} files") if comparing else ""
    text = text or words.translate("FirstRun", "Reading {0} of {1} files")
    done = text.format(words.number(progress.done), words.number(progress.total))
    if progress.remaining_s is None:
        return done
    if progress.remaining_s < 60:
        return words.translate("FirstRun", "{0}, less than a minute left").format(done)
    minutes = words.PLURALS.minutes_left(round(progress.remaining_s / 60))
    return f"{done}, {minutes}"


class FolderChooser(QObject):
    """Asks for a folder without blocking anything, and adds it to the library."""

    def __init__(self, context: HasLibraryOperations, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent

    def ask(self) -> None:
        """Open the platform's dialog."""
        dialog = QFileDialog(self._window, self.tr("Add a music folder"), os.path.expanduser("~"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._context.library_operations.add_root)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class FirstRunNeeds(HasGo, HasLibrary, HasLibraryOperations, HasLook, HasProfile, HasSay, HasSettings, Protocol):
    """What `FirstRun` asks for."""


class FirstRun(QWidget):
    """What stands in the centre while there is no music.

    Signals:
        folder_wanted(): The user wants to choose a folder.
    """

    folder_wanted = Signal()

    def __init__(self, context: FirstRunNeeds) -> None:
        super().__init__()
        self._library = context.library
        self._settings = context.settings
        self.setObjectName("page")
        self.state = EmptyState(context.look, "folder-plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        self.demo = TextButton(context.look, self.tr("Try the demo"))
        self.demo.clicked.connect(self._try_demo)
        self.bring = TextButton(context.look, self.tr("Bring your history"))
        self.bring.clicked.connect(lambda: context.go(Place(PageKind.DATA)))
        self.state.add_choices(self.demo, self.bring)
        self._context = context
        self.state.acted.connect(self._act)
        self._library.scan_progress.connect(self._show_progress)
        self._library.scan_finished.connect(self.show_state)
        self._library.scan_failed.connect(self.show_state)
        self.show_state()

    def _try_demo(self) -> None:
        self.demo.setEnabled(False)  # it takes a while to open, and one is enough
        if self._context.library_operations.try_demo(self._context.profile):
            self._context.say(Notice(self.tr("The demo opens in a window of its own, in a moment.")))
        else:
            self._context.say(Notice(self.tr("The demo does not start. Try it with: segue demo"), problem=True))

    def show_state(self) -> None:
        """Say what fits the moment."""
        if self._library.scanning:
            self.state.show_words(self.tr("Reading your music"), "", self.tr("Stop"), icon="music-notes")
            self.state.set_progress(None, busy=True)
            return
        self.state.set_progress(None)
        if self._library.roots():
            text = self.tr("No playable music was found in your folders. Add another one, or put music there.")
            self.state.show_words(self.tr("No music found"), text, self.tr("Add a folder"), icon="folder-open")
        else:
            text = self.tr(
                "Add the folder your music is in, or drag it here. Segue reads it, plays it, and learns on this "
                "computer what you like to hear next. Nothing leaves this computer."
            )
            if words.sends_plays(self._settings.value):
                text = self.tr(
                    "Add the folder your music is in, or drag it here. Segue reads it, plays it, and learns on this "
                    "computer what you like to hear next. What you play is sent on, as you chose."
                )
            title = self.tr("Welcome to Segue")
            self.state.show_words(title, text, self.tr("Add a music folder"), icon="folder-plus")

    def _act(self) -> None:
        if self._library.scanning:
            self._library.cancel_scan()
        else:
            self.folder_wanted.emit()

    def _show_progress(self, progress: ScanProgress) -> None:
        reading = self.tr("Reading your music")
        self.state.show_words(reading, progress_text(progress), self.tr("Stop"), icon="music-notes")
        share = progress.done / progress.total if progress.total and progress.phase is ScanPhase.READING else None
        self.state.set_progress(share, busy=share is None)
