"""Asking for the file that a playlist is written to, or comes from."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from player.application import PlaylistOperations
from player.domain import PlaylistId
from player.library import PLAYLIST_SUFFIXES, free_name
from player.ui import words

WRITTEN = {"XSPF": ".xspf", "M3U8": ".m3u8", "PLS": ".pls"}
"""Formats offered for writing, the fullest first."""


def is_playlist(path: str) -> bool:
    """Whether a path is that of a playlist, by its name; a folder may be called anything."""
    return path.lower().endswith(PLAYLIST_SUFFIXES) and not os.path.isdir(path)


def import_text() -> str:
    """What bringing a playlist is called."""
    return words.translate("PlaylistFiles", "Import a playlist")


def export_text() -> str:
    """What writing a playlist is called."""
    return words.translate("PlaylistFiles", "Export playlist")


def ask_import(playlists: PlaylistOperations, parent: QWidget) -> QFileDialog:
    """Ask for a file and make a playlist out of it."""
    kinds = " ".join(f"*{suffix}" for suffix in PLAYLIST_SUFFIXES)
    dialog = QFileDialog(parent.window(), import_text(), QDir.homePath())
    dialog.setNameFilter(words.translate("PlaylistFiles", "Playlists ({0})").format(kinds))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: playlists.take_file(Path(path)))
    return _opened(dialog)


def ask_export(playlists: PlaylistOperations, playlist_id: PlaylistId, parent: QWidget) -> QFileDialog | None:
    """Ask where to write a playlist, and in which format, and write it; None where the playlist has gone."""
    playlist = playlists.get(playlist_id)
    if playlist is None:
        return None
    filters = [f"{name} (*{suffix})" for name, suffix in WRITTEN.items()]
    dialog = QFileDialog(parent.window(), export_text(), QDir.homePath())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)

    def use(chosen: str) -> None:
        suffix = list(WRITTEN.values())[filters.index(chosen)]
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(free_name(Path(), playlist.name, suffix).name)

    dialog.filterSelected.connect(use)
    use(filters[0])
    dialog.fileSelected.connect(lambda path: playlists.write_file(playlist_id, Path(path)))
    return _opened(dialog)


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
