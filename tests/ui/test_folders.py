"""Browsing by folder, and what is there twice."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from player.app import App
from player.domain import TrackId, UtcMs
from player.storage import Database
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.browse.folders import DuplicatesPage, FoldersPage, crumbs_of
from tests.ui.conftest import MakeWindow, scanned


@pytest.fixture
def shelves(database: Database, sounds: list[Path], tmp_path: Path) -> Path:
    """A music folder: Rock/A holds two tracks, Rock/B one, Jazz a copy of the first."""
    root = tmp_path / "music"
    files = []
    for number, place in ((0, "Rock/A"), (1, "Rock/A"), (2, "Rock/B"), (0, "Jazz")):
        path = root / place / f"{number}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sounds[number], path)
        files.append((path, number))
    database.files.add_root(str(root), UtcMs(1))
    database.files.write_scan([scanned(path, number) for path, number in files], UtcMs(1))
    return root


def opened(window: MainWindow, qtbot: QtBot, place: Place, tracks: int) -> FoldersPage:
    """The folders page at a place, with so many tracks."""
    window.go(place)
    page = window.router.page
    assert isinstance(page, FoldersPage)
    qtbot.waitUntil(lambda: page.count() == str(tracks))
    return page


def names(page: FoldersPage) -> list[str]:
    """The folders listed, without their counts."""
    items = page.folders.items
    return [items.item(row).text.split("  ·")[0] for row in range(items.rowCount())]


def test_folders_are_walked_by_key(shelves: Path, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    page = opened(window, qtbot, Place(PageKind.FOLDERS), 4)
    qtbot.waitUntil(lambda: names(page) == ["Jazz", "Rock"])
    page.focus_content()
    QTest.keyClick(page.folders, Qt.Key.Key_Down)
    assert names(page) == ["Jazz", "Rock"]  # arrows look, Enter goes
    QTest.keyClick(page.folders, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.count() == "3")
    qtbot.waitUntil(lambda: names(page) == ["A", "B"])
    assert window.router.place == Place(PageKind.FOLDERS, str(shelves / "Rock"))
    assert window.navigation.list.currentIndex().row() == window.navigation.list.items.row_of(Place(PageKind.FOLDERS))
    window.router.back()
    qtbot.waitUntil(lambda: page.count() == "4")


def test_a_folder_is_played_as_it_lies(shelves: Path, make_window: MakeWindow, app: App, qtbot: QtBot) -> None:
    window = make_window()
    page = opened(window, qtbot, Place(PageKind.FOLDERS, str(shelves / "Rock" / "A")), 2)
    assert names(page) == []
    page.play.click()
    qtbot.waitUntil(lambda: app.controller.current_track is not None)
    assert app.controller.current_track is not None
    assert app.controller.current_track.path == str(shelves / "Rock" / "A" / "0.flac")
    assert app.queue.user_count == 1


def test_crumbs_end_at_the_music_folder() -> None:
    assert crumbs_of("/m/a/b", ["/m", "/other"]) == ["/m", "/m/a", "/m/a/b"]
    assert crumbs_of("/m", ["/m"]) == ["/m"]
    assert crumbs_of("/elsewhere/a", ["/m"]) == ["/elsewhere/a"]
    assert crumbs_of("/m/a", ["/m", "/m/a"]) == ["/m/a"]


def test_the_same_sound_in_two_files_is_shown(shelves: Path, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.go(Place(PageKind.DUPLICATES))
    page = window.router.page
    assert isinstance(page, DuplicatesPage)
    qtbot.waitUntil(lambda: len(page.list.ids) == 2)
    paths = {track.path for track in page.list.tracks_of([0, 1])}
    assert paths == {str(shelves / "Rock" / "A" / "0.flac"), str(shelves / "Jazz" / "0.flac")}
    assert page.count() == "1 copy too many"
    menu = QMenu()
    page.list.menu_opening.emit(menu, [0])
    assert [action.text() for action in menu.actions()] == ["Open its folder outside Segue"]


def test_without_duplicates_it_says_so(window: MainWindow, library: list[TrackId], qtbot: QtBot) -> None:
    window.go(Place(PageKind.DUPLICATES))
    page = window.router.page
    assert isinstance(page, DuplicatesPage)
    qtbot.waitUntil(lambda: page.list.empty.isVisibleTo(page))
