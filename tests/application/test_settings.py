"""The settings while the program runs: announced, saved, undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.application import SettingsStore, UndoHistory
from player.domain import Settings
from player.storage import Database
from player.workers import Lane


@pytest.fixture
def settings(database: Database, qapp: object) -> Iterator[SettingsStore]:
    lane = Lane("storage")
    yield SettingsStore(database, lane, UndoHistory())
    lane.close()


def test_changes_are_announced_and_kept(settings: SettingsStore, database: Database, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.changed) as told:
        settings.change(theme="light", text_scale=1.5)
    assert told.args[0].theme == settings.value.theme == "light"
    qtbot.waitUntil(lambda: database.settings.load().text_scale == 1.5)


def test_no_change_is_not_announced(settings: SettingsStore) -> None:
    told: list[Settings] = []
    settings.changed.connect(told.append)
    settings.change(theme=settings.value.theme)
    assert not told


def test_unknown_settings_are_refused(settings: SettingsStore) -> None:
    with pytest.raises(TypeError):
        settings.change(colour="blue")


def test_details_are_remembered(settings: SettingsStore, qtbot: QtBot) -> None:
    assert settings.recall("ui.test", 7) == 7
    settings.remember("ui.test", {"a": [1]})
    qtbot.waitUntil(lambda: settings.recall("ui.test") == {"a": [1]})


@pytest.fixture
def history(database: Database, qapp: object) -> UndoHistory:
    return UndoHistory()


@pytest.fixture
def undoable(database: Database, history: UndoHistory) -> Iterator[SettingsStore]:
    lane = Lane("storage")
    yield SettingsStore(database, lane, history)
    lane.close()


def test_a_change_is_undone_and_redone(undoable: SettingsStore, history: UndoHistory) -> None:
    undoable.change(theme="light")
    undoable.set_private(True)
    history.undo()
    history.undo()
    assert (undoable.value.theme, undoable.value.private_session) == (Settings().theme, False)
    history.redo()
    assert (undoable.value.theme, undoable.value.private_session) == ("light", False)


def test_a_slider_is_one_step(undoable: SettingsStore, history: UndoHistory) -> None:
    undoable.change(theme="light")
    for scale in (1.1, 1.2, 1.3):
        undoable.change(text_scale=scale)
    history.undo()
    assert undoable.value.text_scale == Settings().text_scale
    assert undoable.value.theme == "light"
    history.redo()
    assert undoable.value.text_scale == 1.3
    undoable.change(text_scale=1.4)
    history.undo()
    assert undoable.value.text_scale == 1.3


def test_what_changes_elsewhere_is_no_step(undoable: SettingsStore, history: UndoHistory) -> None:
    undoable.note(volume=0.25)
    assert undoable.value.volume == 0.25
    assert history.undo_text == ""
