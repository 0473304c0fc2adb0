"""How the window folds and stretches: widths, directions, sizes of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import TrackId, UtcMs
from player.ui import words
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import INDEX_OF
from player.ui.views.browse.search import SearchPage
from player.ui.views.frame.scrolled import PanelCard
from player.ui.views.learning.history import HistoryTable
from player.ui.widgets.buttons.controls import Choice
from player.ui.widgets.inputs.sliders import ThinSlider
from player.ui.widgets.layout.labels import TextLabel
from player.ui.window_memory import STATE_KEY
from tests.ui.hands import CTRL, press


def wheel_turned(over: QWidget, angle: int) -> QWheelEvent:
    """The wheel turned over a widget, near its corner."""
    at, none = QPointF(12, 12), Qt.KeyboardModifier.NoModifier
    where = over.mapToGlobal(at)
    turned, phase = QPoint(0, angle), Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(at, where, QPoint(), turned, Qt.MouseButton.NoButton, none, phase, False)


def test_columns_go_where_room_is_scarce(tracks_page: QWidget, window: MainWindow) -> None:
    table = tracks_page.list.table
    shown = [i for i in range(table.tracks.columnCount()) if not table.isColumnHidden(i)]
    window.resize(420, 700)
    fewer = [i for i in range(table.tracks.columnCount()) if not table.isColumnHidden(i)]
    assert len(fewer) < len(shown)
    assert 1 in fewer


@pytest.mark.parametrize(
    ("width", "folded", "beside"), [(1440, False, True), (1000, False, False), (700, True, False), (320, True, False)]
)
def test_folding(window: MainWindow, width: int, folded: bool, beside: bool) -> None:
    window.resize(width, 700)
    assert window.width() == width
    assert window.navigation.list.folded is folded
    assert window.up_next.isVisible() is beside


def test_a_window_as_narrow_as_can_be_has_everything_in_sight(
    window: MainWindow, tracks_page: QWidget, qtbot: QtBot
) -> None:
    tracks_page.list.play([0])
    window.resize(320, 568)
    bar = window.now_bar
    for widget in (bar.play, bar.next, bar.seek, bar.up, bar.down, bar.queue, window.header.title):
        assert widget.isVisible()
        assert 0 <= widget.mapTo(window, QPoint(0, 0)).x() <= 320 - widget.width()
    narrow = window.header.search.width()
    window.focus_search()
    assert window.header.search.width() > narrow
    window.toggle_up_next()
    assert window.up_next.width() <= 320
    window.resize(1440, 900)
    window.toggle_up_next()
    qtbot.waitUntil(lambda: window.up_next.width() == 340)


def test_shelves_are_whole_at_every_width(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.HOME))
    grid = window.router.page.added.grid
    qtbot.waitUntil(grid.isVisible)
    for width in (1440, 340, 700, 320):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: grid.height() == grid.heightForWidth(grid.width()))


def test_a_long_title_takes_room_from_an_empty_search_field(window: MainWindow, tracks_page: QWidget) -> None:
    window.resize(1100, 700)
    window.context.look.set_text_scale(2.0)
    header = window.header
    header.show_title("What was learned about you", "12")
    assert header.title.width() >= header.title.sizeHint().width() or header.search.width() < 120
    window.context.look.set_text_scale(1.0)


def test_up_next_lies_over_a_narrow_page(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 700)
    press(qtbot, Qt.Key.Key_U, CTRL)
    assert window.up_next.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.up_next.isVisible()
    window.toggle_up_next()
    qtbot.mouseClick(window.stage._scrim, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert not window.up_next.isVisible()
    window.resize(1300, 700)
    assert window.up_next.isVisible()


def test_right_to_left(window: MainWindow, tracks_page: QWidget, qtbot: QtBot) -> None:
    before = window.navigation.x()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: window.navigation.x() > before)
    assert window.up_next.x() < window.navigation.x()
    assert window.now_bar.next.icon_name == "skip-back"


def starts(window: MainWindow, qtbot: QtBot) -> dict[str, int]:
    """How far from the window's edge where lines begin some things begin."""
    flipped = window.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def of(widget: QWidget) -> int:
        corner = widget.contentsRect().topRight() + QPoint(1, 0) if flipped else widget.contentsRect().topLeft()
        x = widget.mapTo(window, corner).x()
        return window.width() - x if flipped else x

    home = window.router.page
    qtbot.waitUntil(home.added.isVisible)
    found = {label.text(): of(label) for label in home.added.findChildren(TextLabel)}
    found |= {"title": of(window.header.title), "cover": of(window.now_bar.cover), "up next": of(window.up_next.levels)}
    window.go(Place(PageKind.TRACKS))
    found["table"] = of(window.router.page.list.table)
    return found


def test_from_right_to_left_everything_begins_where_it_does_from_left_to_right(
    make_window: Callable[[], MainWindow], library: list[TrackId], qapp: QApplication, qtbot: QtBot
) -> None:
    usual = starts(make_window(), qtbot)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert starts(make_window(), qtbot) == usual
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert len(usual) == 5


def test_a_head_goes_up_before_its_list_scrolls(
    window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    window.resize(900, 520)
    artist = app.library.tracks([library[0]])[0].artist_ids[0]
    window.go(Place(PageKind.ARTIST, int(artist)))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 3 and page.albums.isVisible())
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0)
    viewport = page.list.table.viewport()
    QApplication.sendEvent(viewport, wheel_turned(viewport, -240))
    assert page.area.verticalScrollBar().value() > 0
    page.area.verticalScrollBar().setValue(0)
    page.list.table.setFocus()
    press(qtbot, Qt.Key.Key_End)
    row = page.list.table.row_rect(2)
    shown = page.list.table.viewport().mapTo(page.area, row.center())
    assert page.area.rect().contains(shown)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() == 0)


def test_what_is_found_has_room_in_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(320, 568)
    window.go(Place(PageKind.SEARCH, "b"))
    page = window.router.page
    qtbot.waitUntil(lambda: page.cards.isVisible() and len(page.list.ids) > 0)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0)
    assert page.cards.height() >= page.cards.sizeHint().height()
    viewport = page.list.table.viewport()
    QApplication.sendEvent(viewport, wheel_turned(viewport, -600))
    assert page.area.verticalScrollBar().value() > 0
    window.go(Place(PageKind.SEARCH, "ada"))
    assert page.area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("width", [1440, 1120, 900])
def test_when_something_was_played_is_told_to_the_minute(
    window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], width: int, qtbot: QtBot
) -> None:
    app.queue.play_now(library[:1])
    engine.advance(100)
    window.resize(width, 700)
    window.go(Place(PageKind.HISTORY))
    table = window.router.page.findChild(HistoryTable)
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    text = words.moment(UtcMs(1_795_500_000_000))
    metrics = window.context.look.metrics("digits")
    assert table.columnWidth(0) - 16 >= metrics.horizontalAdvance(text)


def test_large_text_has_room(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    app.settings.change(text_scale=2.0)
    app.queue.play_now(library[:2])
    window.toggle_full()
    title = window.full.title
    qtbot.waitUntil(lambda: title.line == "Blue Rooms")
    assert title.width() >= title.sizeHint().width()
    window.toggle_full()
    window.resize(320, 568)
    window.go(Place(PageKind.INSIGHTS))
    cards = window.router.page.findChildren(PanelCard)
    qtbot.waitUntil(cards[0].isVisible)
    for card in cards:
        for label in card.findChildren(TextLabel):
            assert not label.isVisible() or label.wordWrap() or label.width() >= label.sizeHint().width()


def test_artists_stand_below_the_titles_where_their_column_has_no_room(
    tracks_page: QWidget, window: MainWindow
) -> None:
    table = tracks_page.list.table
    assert not table.artist_below
    window.resize(420, 700)
    assert table.artist_below
    window.grab()
    table.set_columns(["no", "title", "time"])
    assert not table.artist_below


def test_an_album_of_one_artist_does_not_repeat_the_name(
    window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    album = app.library.track(library[0]).album_id
    window.go(Place(PageKind.ALBUM, int(album)))
    table = window.router.page.list.table
    artist = INDEX_OF["artist"]
    qtbot.waitUntil(lambda: table.tracks.rowCount() == 3)
    assert table.isColumnHidden(artist)
    assert not table.artist_below
    table._toggle_column("artist", True)
    assert not table.isColumnHidden(artist)


def test_the_first_window_fits_the_screen(window: MainWindow, app: App, make_window: Callable[[], MainWindow]) -> None:
    app.settings.remember(STATE_KEY, {})
    fresh = MainWindow(app, window.context.look)
    room = fresh.screen().availableSize()
    assert fresh.width() <= room.width()
    assert fresh.height() < room.height()
    fresh.close()
    fresh.dispose()
    fresh.deleteLater()


def test_a_search_in_the_narrowest_window_can_be_read_and_cleared(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    window.resize(320, 568)
    window.focus_search()
    qtbot.keyClicks(window.header.search, "ada")
    qtbot.waitUntil(lambda: window.router.place.kind is PageKind.SEARCH)
    field = window.header.search
    assert window.header.back.isVisible()
    assert field.mapTo(window, QPoint(field.width(), 0)).x() <= window.width()


def test_the_wheel_over_a_setting_scrolls_the_page(window: MainWindow, app: App) -> None:
    window.go(Place(PageKind.SETTINGS))
    page = window.router.page
    before, volume = app.settings.value, window.now_bar.volume
    widgets = [*page.findChildren(Choice), *page.findChildren(ThinSlider)]
    assert len(widgets) > 4
    for widget in widgets:
        for turn in (-120, 120):
            event = wheel_turned(widget, turn)
            QApplication.sendEvent(widget, event)
            assert not event.isAccepted()
    assert app.settings.value == before
    loud = volume.value()
    QApplication.sendEvent(volume, wheel_turned(volume, -120))
    assert volume.value() < loud


def test_a_search_with_a_typing_error_says_what_was_looked_for(
    window: MainWindow, library: list[TrackId], qtbot: QtBot
) -> None:
    window.focus_search()
    qtbot.keyClicks(window.header.search, "circut")
    qtbot.waitUntil(lambda: bool(window.findChildren(SearchPage)))
    (search,) = window.findChildren(SearchPage)
    qtbot.waitUntil(lambda: search.note.text() == "Results for “circuit”", timeout=15_000)
    qtbot.waitUntil(lambda: len(search.list.ids) == 1)
    window.header.search.clear()
    qtbot.keyClicks(window.header.search, "year:soon circuit")
    qtbot.waitUntil(lambda: "says nothing about year" in search.note.text(), timeout=15_000)
