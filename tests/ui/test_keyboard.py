"""Without a mouse, and without eyes: every place by key, menus by key, what a screen reader hears."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import PlayerState, TrackId, TrackOrder
from player.ui.actions import all_actions
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import INDEX_OF
from player.ui.window_actions import PLACES
from tests.ui.hands import CTRL, SHIFT, press, suggestions


@pytest.fixture
def queued(window: MainWindow, app: App, library: list[TrackId]) -> MainWindow:
    """A window with one track queued and two suggested."""
    app.queue.add([library[0]])
    app.queue.refill(suggestions(library[5], library[6]))
    return window


def heard(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader sees of a widget."""
    return QAccessible.queryAccessibleInterface(widget)


def names_below(interface: QAccessibleInterface) -> list[str]:
    """What it reads of a list's rows or cells."""
    children = (interface.child(number) for number in range(interface.childCount()))
    return [child.text(QAccessible.Text.Name) for child in children if child is not None]


def shortcuts() -> Iterator[tuple[str, PageKind]]:
    """The keys that lead to a place."""
    for spec in all_actions():
        if spec.id in PLACES and spec.keys:
            yield spec.keys[0], PLACES[spec.id]


def test_going_somewhere_by_key_takes_the_keyboard_there(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_3, CTRL)
    assert QApplication.focusWidget() is window.router.page.list.table
    window.actions_of_window.run("bring")
    assert QApplication.focusWidget() is window.router.page.importing.choose_file


def test_every_place_is_reached_by_its_key_and_takes_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    for keys, kind in shortcuts():
        QTest.keySequence(window, keys)
        assert window.router.place is not None
        assert window.router.place.kind is kind
        page = window.router.page
        assert page is not None
        page.focus_content()
        focus = QApplication.focusWidget()
        assert focus is not None, kind
        assert page.isAncestorOf(focus) or focus is page, kind


def test_tab_leaves_every_page_again(window: MainWindow, qtbot: QtBot) -> None:
    """No page traps the keyboard: within a few steps it is at the transport."""
    for _keys, kind in shortcuts():
        window.go(Place(kind))
        assert window.router.page is not None
        window.router.page.focus_content()
        seen: list[QWidget | None] = []
        while QApplication.focusWidget() is not window.now_bar.queue and len(seen) < 90:
            seen.append(QApplication.focusWidget())
            press(qtbot, Qt.Key.Key_Tab)
        assert len(seen) < 90, kind


def test_tables_are_sorted_and_their_columns_chosen_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.TRACKS))
    page = window.router.page
    assert page is not None
    qtbot.waitUntil(lambda: len(page.list.ids) == 8)
    menu = QMenu()
    page.list._add_table_choices(menu)
    sort, columns = (action.menu() for action in menu.actions() if not action.isSeparator())
    next(action for action in sort.actions() if action.text() == "Title").trigger()
    qtbot.waitUntil(lambda: page.list.query.order is TrackOrder.TITLE)
    next(action for action in columns.actions() if action.text() == "Genre").trigger()
    assert "genre" in page.list.table.columns


def test_up_next_is_read_aloud_with_its_reasons(queued: MainWindow) -> None:
    view = heard(queued.up_next.view)
    assert view.role() is QAccessible.Role.List
    assert view.text(QAccessible.Text.Name) == "Up Next"
    rows = names_below(view)
    assert rows[0].startswith("Queued by you. Blue Rooms. Ada Bianchi. 0:24")
    assert rows[1].startswith("Chosen for you. Circuit. Beth Hartmann")
    assert rows[1].endswith("Like what you play now")


def test_cards_and_places_are_read_aloud(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    page = window.router.page
    assert page is not None
    qtbot.waitUntil(lambda: page.grid.cards.rowCount() == 4)
    assert any("Horizon" in name and "Ada Bianchi" in name for name in names_below(heard(page.grid)))
    assert {"Home", "Albums", "Folders"} <= set(names_below(heard(window.navigation.list)))


def test_the_transport_tells_its_state(
    window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    bar = window.now_bar
    assert heard(bar.play).text(QAccessible.Text.Name) == "Play"
    app.queue.play_now(library[:1])
    engine.advance(200)
    qtbot.waitUntil(lambda: heard(bar.play).text(QAccessible.Text.Name) == "Pause")
    engine.advance(3_000)
    qtbot.waitUntil(lambda: 2_000 <= heard(bar.seek).valueInterface().currentValue() <= 4_000)
    assert heard(bar.volume).role() is QAccessible.Role.Slider
    assert heard(bar.up).state().checkable
    bar.up.click()
    qtbot.waitUntil(lambda: bool(heard(bar.up).state().checked))


def test_rows_of_up_next_are_kept_moved_and_removed_by_key(queued: MainWindow, app: App, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_U, CTRL | SHIFT)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Q)
    assert app.queue.entries()[-1].pinned
    before = [entry.track_id for entry in app.queue.entries()]
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    moved = [entry.track_id for entry in app.queue.entries()]
    assert moved != before
    assert set(moved) == set(before)
    press(qtbot, Qt.Key.Key_Delete)
    assert len(app.queue.entries()) == 2
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert len(app.queue.entries()) == 3


def test_a_click_with_shift_held_does_not_show_the_focus_of_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.TRACKS))
    table = window.router.page.list.table
    qtbot.waitUntil(lambda: table.tracks.rowCount() > 0)
    for row, modifiers in ((0, Qt.KeyboardModifier.NoModifier), (2, SHIFT)):
        if modifiers:
            press(qtbot, Qt.Key.Key_Shift, modifiers)
        centre = table.visualRect(table.tracks.index(row, INDEX_OF["title"])).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, centre)
    assert table.chosen_rows() == [0, 1, 2]
    assert table.focused_row == -1
    press(qtbot, Qt.Key.Key_Down)
    assert table.focused_row == 3


def test_the_focus_goes_on_to_the_tracks_of_an_album(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    grid = window.router.page.grid
    qtbot.waitUntil(lambda: grid.cards.rowCount() == 4)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.cards.index(0)).center())
    table = window.router.page.list.table
    assert QApplication.focusWidget() is table
    assert table.focused_row == -1
    window.router.back()
    assert QApplication.focusWidget() is grid
    press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is table
    qtbot.waitUntil(lambda: table.tracks.rowCount() > 0)
    window.activateWindow()
    qtbot.waitUntil(table.hasFocus)
    press(qtbot, Qt.Key.Key_Down)
    assert table.focused_row >= 0


def test_space_after_a_click_on_a_button_pauses_and_does_not_press_it_again(
    window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    app.queue.play_now(library[:3])
    engine.advance(100)
    button = window.router.page.banner.button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    engine.advance(100)
    qtbot.waitUntil(lambda: app.queue.current is not None and app.queue.current.track_id == library[1])
    assert button.hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    engine.advance(1_000)
    qtbot.waitUntil(lambda: app.controller.state is PlayerState.PAUSED)
    assert app.queue.current is not None
    assert app.queue.current.track_id == library[1]
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.queue.current is not None and app.queue.current.track_id == library[2])
