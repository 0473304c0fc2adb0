"""Folders of the library: added, removed, relocated, undone and redone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import Clock, SilentEngine
from player.paths import Profile
from player.storage import Database
from tests import audio_files


@pytest.fixture
def app(profile: Profile, database: Database, qapp: object) -> object:
    app = App(profile, audio=SilentEngine(Clock.MANUAL), background=False)
    yield app
    app.close()


def paths(database: Database) -> list[str]:
    """Where the tracks are."""
    return sorted(track.path for track in database.tracks.get(range(1, 9)) if not track.missing)


def test_a_folder_is_added_undone_and_redone(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    music = str(audio_files.make(tmp_path / "music" / "a.flac", seconds=1).parent)
    with qtbot.waitSignal(app.library.scan_finished, timeout=60_000):
        app.library_operations.add_root(music)
    app.library_operations.add_root(music)
    assert app.library.roots() == [music]
    app.history.undo()
    assert app.library.roots() == []
    app.history.redo()
    assert app.library.roots() == [music]
    app.library_operations.remove_root(music)
    assert app.history.undo() == "Remove a music folder"
    assert app.library.roots() == [music]


def test_music_is_relocated_and_back(app: App, database: Database, tmp_path: Path, qtbot: QtBot) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    audio_files.make(old / "a.flac", seconds=1)
    with qtbot.waitSignal(app.library.scan_finished, timeout=60_000):
        app.library_operations.add_root(str(old))
    old.rename(new)
    with qtbot.waitSignal(app.library_operations.relocated, timeout=60_000):
        app.library_operations.relocate(str(old), str(new))
    assert paths(database) == [os.fspath(new / "a.flac")]
    assert app.library.roots() == [str(new)]
    new.rename(old)
    with qtbot.waitSignal(app.library_operations.relocated, timeout=60_000):
        app.history.undo()
    assert paths(database) == [os.fspath(old / "a.flac")]


def test_what_cannot_be_relocated_is_said(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(app.library_operations.failed, timeout=60_000) as failed:
        app.library_operations.relocate(str(tmp_path), str(tmp_path / "nowhere"))
    assert "is not a folder" in failed.args[0]
    assert app.history.undo_text == ""
