"""The whole window on a small library: what a person does with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import (
    AlbumId,
    PlayerState,
    ScanReport,
    SortKey,
    StartReason,
    ThumbGiven,
    TrackId,
    TrackOrder,
    TrackQuery,
    Unreadable,
    UtcMs,
)
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import INDEX_OF
from player.ui.palette_source import distance
from player.ui.views.tracks.track_list import FIRST_HITS
from player.ui.widgets.buttons.controls import TextButton
from tests.benchmarks.library_rows import fill
from tests.ui.hands import CTRL, SHIFT, drop, press


def row_of(page: QWidget, title: str) -> int:
    """The row of a title in a page's table."""
    tracks = page.list.table.tracks
    return next(row for row in range(tracks.rowCount()) if tracks.track(row).title == title)


# The main job, by keyboard alone


def test_the_main_job_by_keyboard(window: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "circuit")
    qtbot.waitUntil(lambda: window.router.place == Place(PageKind.SEARCH, "circuit"))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 1)
    press(qtbot, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.list.table
    page.list.table.select_row(0)
    press(qtbot, Qt.Key.Key_Return)
    engine.advance(200)
    assert app.controller.current_track.title == "Circuit"
    assert app.controller.state is PlayerState.PLAYING
    press(qtbot, Qt.Key.Key_Space)
    engine.advance(50)
    assert app.controller.state is PlayerState.PAUSED
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.queue.suggested_count > 0)
    press(qtbot, Qt.Key.Key_Plus)
    qtbot.waitUntil(window.now_bar.up.isChecked)
    press(qtbot, Qt.Key.Key_U, CTRL | SHIFT)
    assert QApplication.focusWidget() is window.up_next.view
    first = app.queue.entries()[0]
    press(qtbot, Qt.Key.Key_Delete)
    assert first.id not in [entry.id for entry in app.queue.entries()]
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert first.track_id in [entry.track_id for entry in app.queue.entries()]
    press(qtbot, Qt.Key.Key_Right, CTRL)
    engine.advance(200)
    assert app.controller.current_track.title != "Circuit"


def test_tab_goes_round_the_window(window: MainWindow, tracks_page: QWidget, qtbot: QtBot) -> None:
    tracks_page.list.play([0])
    tracks_page.list.table.setFocus()
    seen: list[QWidget] = []
    while len(seen) < 60 and QApplication.focusWidget() not in seen:
        seen.append(QApplication.focusWidget())
        press(qtbot, Qt.Key.Key_Tab)
    assert len(seen) < 60
    assert {window.now_bar.play, window.now_bar.volume, window.header.search, window.navigation.list} <= set(seen)
    assert window.up_next.view in seen or not app_has_rows(window)


def app_has_rows(window: MainWindow) -> bool:
    """Whether Up Next has anything to focus."""
    return window.up_next.rows.rowCount() > 0


def test_all_focusable_widgets_have_names(window: MainWindow, tracks_page: QWidget) -> None:
    unnamed = [
        f"{type(w).__name__} {w.objectName()}"
        for w in window.findChildren(QWidget)
        if w.isVisible()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)
    ]
    assert unnamed == []


# Browsing


def test_pages_show_what_there_is(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    qtbot.waitUntil(lambda: window.router.page.grid.cards.rowCount() == 4)
    assert window.header.title.line == "Albums"
    window.go(Place(PageKind.ARTISTS))
    qtbot.waitUntil(lambda: window.router.page.grid.cards.rowCount() == 5)
    window.router.back()
    assert window.router.place == Place(PageKind.ALBUMS)
    window.router.forward()
    assert window.router.place == Place(PageKind.ARTISTS)


def test_an_album_plays_in_order(
    window: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot, library: list[TrackId]
) -> None:
    album = app.library.track(library[0]).album_id
    window.go(Place(PageKind.ALBUM, int(album)))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)
    assert page.head.title.line == "Horizon"
    page.head.play.click()
    engine.advance(100)
    assert app.controller.current_track.title == "Amber Light"
    assert [app.library.track(e.track_id).title for e in app.queue.entries()[:2]] == ["Blue Rooms", "Deep Water"]
    assert app.queue.current.start_reason is StartReason.ALBUM


def test_a_single_track_leaves_the_rest_to_the_suggestions(
    app: App, engine: SilentEngine, tracks_page: QWidget
) -> None:
    tracks_page.list.play([row_of(tracks_page, "Circuit")])
    engine.advance(100)
    assert app.queue.user_count == 0


def test_sorting_by_heading(tracks_page: QWidget, qtbot: QtBot) -> None:
    tracks_page.list.sort([SortKey(TrackOrder.TITLE, True)])
    qtbot.waitUntil(lambda: tracks_page.list.table.tracks.track(0).title in ("夜に聴く", "أنت عمري", "Quiet Shadow"))
    assert tracks_page.list.table.tracks.sorted_by == (SortKey(TrackOrder.TITLE, True),)


def test_a_heading_clicked_with_shift_sorts_within_the_first(
    window: MainWindow, tracks_page: QWidget, make_window: Callable[[], MainWindow], app: App, qtbot: QtBot
) -> None:
    table = tracks_page.list.table

    def click(name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        header, section = table.horizontalHeader(), INDEX_OF[name]
        at = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
        with qtbot.waitSignal(tracks_page.list.loaded):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, pos=at)

    click("year")
    click("time", Qt.KeyboardModifier.ShiftModifier)
    click("time", Qt.KeyboardModifier.ShiftModifier)
    tracks = [table.tracks.track(row) for row in range(table.tracks.rowCount())]
    assert len({track.year for track in tracks}) < len(tracks)
    assert tracks == sorted(tracks, key=lambda track: (track.year or 9_999, -(track.duration_ms // 1_000)))
    assert not table.selectionModel().hasSelection()
    window.save_state()
    qtbot.waitUntil(lambda: app.db.settings.get("ui.window") is not None)
    again = make_window().router.page.list
    assert again.query.sort_keys == (SortKey(TrackOrder.YEAR), SortKey(TrackOrder.DURATION, True))
    assert again.table.tracks.sorted_by == again.query.sort_keys


def test_rows_of_the_table_paint_and_mark_what_plays(
    window: MainWindow, app: App, engine: SilentEngine, tracks_page: QWidget
) -> None:
    before = tracks_page.list.table.viewport().grab().toImage()
    tracks_page.list.play([0])
    engine.advance(100)
    assert tracks_page.list.table.tracks.playing == app.controller.current_track.id
    assert tracks_page.list.table.viewport().grab().toImage() != before


def test_chosen_columns_are_shown(tracks_page: QWidget, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(2000, 900)
    table = tracks_page.list.table
    table._toggle_column("genre", True)
    assert not table.isColumnHidden(4)
    table._toggle_column("genre", False)
    assert table.isColumnHidden(4)


def test_commands_on_rows(window: MainWindow, app: App, tracks_page: QWidget, qtbot: QtBot) -> None:
    table = tracks_page.list.table
    table.setFocus()
    table.select_row(row_of(tracks_page, "Paper Machine"))
    press(qtbot, Qt.Key.Key_Q)
    press(qtbot, Qt.Key.Key_Return, SHIFT)
    table.select_row(row_of(tracks_page, "Blue Rooms"))
    press(qtbot, Qt.Key.Key_Q)
    titles = [app.library.track(entry.track_id).title for entry in app.queue.entries()[:3]]
    assert titles == ["Paper Machine", "Paper Machine", "Blue Rooms"]
    assert window._notices.notice.action == "Undo"


def test_thumbs_are_written_and_undone(window: MainWindow, app: App, tracks_page: QWidget, qtbot: QtBot) -> None:
    row = row_of(tracks_page, "Circuit")
    table = tracks_page.list.table
    table.setFocus()
    table.select_row(row)
    press(qtbot, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: table.tracks.track(row).thumb == 1)
    window.go(Place(PageKind.LIKED))
    qtbot.waitUntil(lambda: len(window.router.page.list.ids) == 1)
    press(qtbot, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(window.router.page.list.ids) == 0)
    assert app.db.thumbs.current().get(table.tracks.track_id(row), 0) == 0


def test_searching_again_and_leaving(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    window.focus_search()
    qtbot.keyClicks(window.header.search, "horizon")
    qtbot.waitUntil(lambda: window.router.place.kind is PageKind.SEARCH and len(window.router.page.list.ids) > 0)
    page = window.router.page
    qtbot.waitUntil(lambda: page.cards.cards.rowCount() == 1)
    assert page.cards_title.text() == "Albums"
    assert page.tracks_title.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.router.place == Place(PageKind.ALBUMS))


def test_what_is_found_stands_below_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.SEARCH, "b"))
    page = window.router.page
    qtbot.waitUntil(lambda: page.cards_title.isVisible() and page.tracks_title.isVisible())
    qtbot.waitUntil(lambda: page.cards_title.text() == "Artists and albums")
    window.go(Place(PageKind.SEARCH, "zzzz"))
    qtbot.waitUntil(lambda: not page.cards_title.isVisible() and not page.tracks_title.isVisible())


def test_of_many_hits_the_best_are_shown_before_all_are_found(
    app: App, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    fill(app.profile.database, 3_000, plays=0)
    window = make_window()
    window.go(Place(PageKind.SEARCH, "s"))
    found = window.router.page.list
    seen: list[int] = []

    def first() -> None:
        seen.append(len(found.ids))
        found.table.select_row(3)

    found.table.tracks.modelReset.connect(first)
    with qtbot.waitSignal(found.loaded) as told:
        pass
    assert seen == [FIRST_HITS]
    assert told.args == [len(found.ids)]
    assert len(found.ids) > FIRST_HITS
    assert found.ids == app.db.tracks.find(TrackQuery(text="s", order=TrackOrder.RELEVANCE))
    assert found.table.chosen_rows() == [3]


def test_nothing_found_has_words(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.SEARCH, "zzzz"))
    page = window.router.page
    qtbot.waitUntil(page.list.empty.isVisible)
    assert "zzzz" in page.list.empty._title.text()


def test_the_navigation_marks_where_one_is(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.ALBUMS))
    nav = window.navigation.list

    def marked() -> list[str]:
        return [nav.items.item(index.row()).text for index in nav.selectedIndexes()]

    def line(text: str) -> QPoint:
        rows = range(nav.items.rowCount())
        return nav.visualRect(nav.items.index(next(r for r in rows if nav.items.item(r).text == text))).center()

    assert marked() == ["Albums"]
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.RightButton, pos=line("Tracks"))
    assert marked() == ["Albums"]
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=line("New smart playlist"))
    assert marked() == ["Albums"]
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=line("Tracks"))
    assert marked() == ["Tracks"]


# States


def test_without_music_it_invites(make_window: Callable[[], MainWindow], app: App, qtbot: QtBot) -> None:
    window = make_window()
    assert window.first_run.isVisible()
    assert "Welcome" in window.first_run.state._title.text()
    window.go(Place(PageKind.SETTINGS))
    assert not window.first_run.isVisible()


def test_a_dropped_folder_is_read(make_window: Callable[[], MainWindow], app: App, sounds: list, qtbot: QtBot) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sounds[0].parent))])
    with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
        drop(window, data, QPointF(5, 5))
    qtbot.waitUntil(lambda: not window.first_run.isVisible())
    assert app.db.tracks.count() == len(sounds)


def test_dropped_files_are_handed_on(window: MainWindow, sounds: list, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sounds[0]))])
    with qtbot.waitSignal(window.files_dropped) as told:
        drop(window, data, QPointF(5, 5))
    assert told.args == [[str(sounds[0])]]


def test_a_scan_says_what_it_did(window: MainWindow, app: App) -> None:
    unreadable = (Unreadable("/m/x.mp3", "damaged"),)
    app.library.scan_finished.emit(ScanReport(9, 3, 1, 0, 0, unreadable, 11, 1.0))
    assert window._notices.notice.text == "3 tracks added · 1 track changed · 1 file could not be read"


def test_problems_are_said_without_a_box(window: MainWindow, app: App) -> None:
    app.controller.problem.emit("“Circuit” cannot be played: its file cannot be found")
    assert window._notices.notice.problem
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_page_opens(window: MainWindow, app: App, qtbot: QtBot, theme: str, scale: float) -> None:
    app.settings.change(theme=theme, text_scale=scale)
    for kind in (PageKind.HOME, PageKind.GENRES, PageKind.HISTORY, PageKind.INSIGHTS, PageKind.SETTINGS):
        window.go(Place(kind))
        assert window.router.page.isVisible()
        assert window.header.title.line
        window.grab()


def test_state_survives_a_restart(
    window: MainWindow, tracks_page: QWidget, make_window: Callable[[], MainWindow], app: App, qtbot: QtBot
) -> None:
    tracks_page.list.sort([SortKey(TrackOrder.TITLE, True)])
    window.resize(1200, 640)
    window.toggle_up_next()
    window.save_state()
    qtbot.waitUntil(lambda: app.db.settings.get("ui.window") is not None)
    again = make_window()
    again.resize(1200, 640)
    assert again.router.place == Place(PageKind.TRACKS)
    assert again.router.page.list.query.order is TrackOrder.TITLE
    assert not again.up_next.isVisible()


def test_damaged_state_is_ignored(make_window: Callable[[], MainWindow], app: App, library: list[TrackId]) -> None:
    app.db.settings.put(
        "ui.window", {"geometry": 7, "pages": {"tracks": {"order": "x", "scroll": "y"}}, "place": ["?"]}
    )
    window = make_window()
    assert window.router.place == Place(PageKind.HOME)


# The rest


def test_palette_finds_music_and_actions(window: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_K, CTRL)
    palette = window.palette_sheet
    qtbot.keyClicks(palette.field, "circuit")
    qtbot.waitUntil(lambda: any(offer.text == "Circuit" for offer in palette.offers.offers))
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.controller.current_track is not None)
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(palette.field, "go to albums")
    qtbot.waitUntil(lambda: [offer.text for offer in palette.offers.offers] == ["Go to Albums"])
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.router.place == Place(PageKind.ALBUMS))


def test_the_sleep_timer_says_when_it_will_be_quiet(window: MainWindow, app: App) -> None:
    app.sleep.start(15 * 60_000)
    told = window._notices.notice
    assert told.text.startswith("The music fades out at ")
    when = told.text.removeprefix("The music fades out at ")
    assert window.now_bar.more.lit
    assert window.now_bar.more.toolTip().endswith(f"Sleep timer: until {when}")
    told.act()
    assert app.sleep.remaining_ms == 0
    assert not window.now_bar.more.lit


def test_the_palette_says_where_nothing_is_found(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.palette_sheet
    palette.open_sheet()
    assert not palette.nothing.isVisible()
    qtbot.keyClicks(palette.field, "zzzz")
    qtbot.waitUntil(palette.nothing.isVisible)
    palette.field.clear()
    qtbot.keyClicks(palette.field, "circuit")
    qtbot.waitUntil(lambda: bool(palette.offers.offers) and not palette.nothing.isVisible())


def test_the_palette_puts_what_the_words_name_first() -> None:
    names = ["Harvest Song", "Deep Water", "Sol Hermano", "so", "A Sodium Light"]
    assert sorted(names, key=lambda name: distance("so", name)) == [
        "so",
        "Sol Hermano",
        "Harvest Song",
        "A Sodium Light",
        "Deep Water",
    ]


def test_all_shortcuts_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    window.setFocus()
    press(qtbot, Qt.Key.Key_Question)
    assert window._shortcuts.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not window._shortcuts.isVisible()


def test_no_key_is_taken_twice(window: MainWindow) -> None:
    keys = [key for spec in window.actions_of_window.specs for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_every_action_can_be_done(window: MainWindow, app: App) -> None:
    harmless = {"quit", "add_folder", "rescan", "palette", "shortcuts"}
    for spec, act in window.actions_of_window.for_palette():
        if spec.id not in harmless:
            act()
    assert window.isVisible()


def test_the_full_view_shows_lyrics_in_time(
    window: MainWindow, app: App, engine: SilentEngine, tracks_page: QWidget, sounds: list, qtbot: QtBot
) -> None:
    sounds[5].with_suffix(".lrc").write_text("[00:00.00]One\n[00:02.00]Two\n[00:15.00]Three\n")
    tracks_page.list.play([row_of(tracks_page, "Circuit")])
    engine.advance(100)
    press(qtbot, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.full.lines.lyrics.lines == ("One", "Two", "Three"))
    qtbot.waitUntil(lambda: (engine.advance(300), window.full.lines.current)[1] == 1)
    with qtbot.waitSignal(window.full.lines.picked):
        qtbot.mouseClick(window.full.lines, Qt.MouseButton.LeftButton, pos=window.full.lines._rect(2).center())
    qtbot.waitUntil(lambda: (engine.advance(100), window.full.lines.current)[1] == 2)
    for _ in range(30):
        if not window.full.lines.hasFocus():
            press(qtbot, Qt.Key.Key_Tab)
    assert window.full.lines.hasFocus()
    with qtbot.waitSignal(window.full.lines.picked) as picked:
        press(qtbot, Qt.Key.Key_Up)
    assert picked.args == [2_000]
    window.resize(360, 640)
    assert window.full.lines.isVisible()
    assert window.full.cover.isVisible()
    assert window.full.cover.height() < 200
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.full.isVisible()
    sounds[5].with_suffix(".lrc").unlink()


def test_history_and_insights_tell_of_plays(
    window: MainWindow, app: App, engine: SilentEngine, tracks_page: QWidget, qtbot: QtBot
) -> None:
    tracks_page.list.play([0])
    engine.advance(2_000)
    app.controller.next()
    engine.advance(500)
    window.go(Place(PageKind.HISTORY))
    qtbot.waitUntil(lambda: window.router.page.table.plays.rowCount() >= 1)
    window.go(Place(PageKind.INSIGHTS))
    qtbot.waitUntil(lambda: window.header.count.text() != "")
    window.grab()


def test_a_thumb_is_taken_back_in_insights(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    app.db.thumbs.give(ThumbGiven(library[0], 1, UtcMs(5)))
    window.go(Place(PageKind.INSIGHTS))
    page = window.router.page
    qtbot.waitUntil(lambda: any(b.text() == "Take back" for b in page.findChildren(TextButton)))
    next(b for b in page.findChildren(TextButton) if b.text() == "Take back").click()
    qtbot.waitUntil(lambda: not app.db.thumbs.current().get(library[0], 0))


def test_the_volume_follows_both_ways(window: MainWindow, app: App) -> None:
    window.now_bar.volume.setValue(30)
    assert app.controller.volume == pytest.approx(0.3)
    app.controller.set_volume(0.6)
    assert window.now_bar.volume.value() == 60
    app.controller.set_muted(True)
    assert window.now_bar.mute.accessibleName() == "Unmute"


def test_the_accent_follows_the_cover(
    window: MainWindow, app: App, engine: SilentEngine, tracks_page: QWidget, qtbot: QtBot
) -> None:
    before = window.context.look.theme.hex("accent")
    tracks_page.list.play([row_of(tracks_page, "Circuit")])
    engine.advance(100)
    qtbot.waitUntil(lambda: window.context.look.theme.hex("accent") != before)


def test_settings_take_effect_at_once(window: MainWindow, app: App) -> None:
    window.go(Place(PageKind.SETTINGS))
    app.settings.change(theme="light")
    assert not window.context.look.theme.dark
    app.settings.change(private_session=True)
    assert "Private" in window.navigation.learning.text()


def test_album_of_long_ago_is_said_to_be_gone(window: MainWindow) -> None:
    window.go(Place(PageKind.ALBUM, int(AlbumId(987))))
    assert "no longer" in window.router.page.head.title.line


def test_home_offers_mixes_of_what_was_heard(
    window: MainWindow, app: App, engine: SilentEngine, tracks_page: QWidget, qtbot: QtBot
) -> None:
    tracks_page.list.play([row_of(tracks_page, "Circuit")])
    engine.advance(2_000)
    app.controller.next()
    engine.advance(100)
    window.go(Place(PageKind.HOME))
    shelf = window.router.page.mixes.grid
    qtbot.waitUntil(lambda: shelf.cards.rowCount() > 0)
    assert shelf.cards.card(0).title == "Beth Hartmann mix"
    shelf.play_wanted.emit(0)
    qtbot.waitUntil(lambda: (engine.advance(50), app.controller.current_track.artist)[1] == "Beth Hartmann")
    qtbot.waitUntil(lambda: app.queue.suggested_count > 0)


def test_home_plays_what_is_liked(window: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot) -> None:
    window.go(Place(PageKind.HOME))
    window.router.page.banner.button.click()
    qtbot.waitUntil(lambda: (engine.advance(50), app.controller.current_track)[1] is not None, timeout=15_000)
