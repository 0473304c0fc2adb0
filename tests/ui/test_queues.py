"""Up Next and playlists in the whole window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import TrackId
from player.ui.commands import Command
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.models.queue import ENTRIES_MIME
from player.ui.models.tracks import pack_tracks
from player.ui.views.playlists.playlist_files import is_playlist
from player.ui.widgets.layout.dropping import RowDrops
from tests.ui.hands import ALT, drop, press, suggestions

# Up Next


@pytest.fixture
def filled(window: MainWindow, app: App, library: list[TrackId]) -> MainWindow:
    """Two of the user's, three suggested."""
    app.queue.add(library[:2])
    app.queue.refill(suggestions(*library[2:5]))
    return window


def test_thumb_by_mouse_in_up_next(filled: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    view = filled.up_next.view
    rect = view._delegate.body(view.queue.row(3), view.visualRect(view.queue.index(3)))
    point = view._delegate.buttons(rect)[Command.THUMB_UP].center().toPoint()
    assert view.button_at(point) == (3, Command.THUMB_UP)
    track = app.queue.entries()[3].track_id
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: app.library.track(track).thumb == 1)


def test_moving_in_up_next(filled: MainWindow, app: App, qtbot: QtBot) -> None:
    view = filled.up_next.view
    view.setFocus()
    view.setCurrentIndex(view.queue.index(0))
    moved = app.queue.entries()[0].id
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert app.queue.entries()[1].id == moved
    assert view.currentIndex().row() == 1


def test_files_are_queued_where_they_are_dropped(
    filled: MainWindow, app: App, library: list[TrackId], sounds: list[Path], qtbot: QtBot
) -> None:
    filled.files_queued.connect(lambda paths, row: app.open(paths, play=False, at=row))
    view, data = filled.up_next.view, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sounds[6]))])
    over = QDragEnterEvent(
        QPoint(20, 30),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), over)
    assert over.isAccepted()
    drop(view, data, QPointF(view.visualRect(view.queue.index(1)).topLeft()))
    qtbot.waitUntil(lambda: [entry.track_id for entry in app.queue.entries()][1] == library[6])
    assert app.controller.current_track is None


def test_dragging_in_up_next(filled: MainWindow, app: App) -> None:
    view = filled.up_next.view
    ids = [entry.id for entry in app.queue.entries()]
    data = view.queue.mimeData([view.queue.index(1)])
    assert data.hasFormat(ENTRIES_MIME)
    drop(view, data, QPointF(view.visualRect(view.queue.index(0)).topLeft()))
    assert [entry.id for entry in app.queue.entries()][:2] == [ids[1], ids[0]]


def test_dragging_many_rows_is_one_step_back(window: MainWindow, app: App, library: list[TrackId]) -> None:
    app.queue.add(library * 10)
    before = [entry.id for entry in app.queue.entries()]
    view = window.up_next.view
    data = view.queue.mimeData([view.queue.index(row) for row in range(10, 75)])
    drop(view, data, QPointF(view.visualRect(view.queue.index(0)).topLeft()))
    assert [entry.id for entry in app.queue.entries()] == [*before[10:75], *before[:10], *before[75:]]
    window.context.history.undo()
    assert [entry.id for entry in app.queue.entries()] == before


def test_dropping_tracks_into_up_next(filled: MainWindow, app: App, library: list[TrackId]) -> None:
    view = filled.up_next.view
    drop(view, pack_tracks([library[6]]), QPointF(view.visualRect(view.queue.index(0)).topLeft()))
    assert app.queue.entries()[0].track_id == library[6]
    assert filled._notices.notice.text.startswith("Added to the queue: ")
    filled._notices.notice.act()
    assert app.queue.entries()[0].track_id == library[0]


def test_keeping_and_playing_from_up_next(filled: MainWindow, app: App, engine: SilentEngine) -> None:
    filled.up_next._run(Command.ADD, [3])
    assert app.queue.entries()[3].pinned
    wanted = app.queue.entries()[3].track_id
    filled.up_next._run(Command.PLAY, [3])
    engine.advance(100)
    assert app.controller.current_track.id == wanted


def test_why_this(filled: MainWindow, qtbot: QtBot) -> None:
    filled.up_next.explain(2)
    card = QApplication.activePopupWidget()
    assert card is not None
    assert "Why" in card.accessibleName()
    card.close()


def test_why_this_explains_the_entry_that_was_chosen_even_if_the_queue_has_gone_on(
    filled: MainWindow, app: App, qtbot: QtBot
) -> None:
    panel, chosen = filled.up_next, app.queue.entries()[3]
    panel._show_menu([3], QPoint(10, 10))
    menu = next(widget for widget in panel.findChildren(QMenu) if widget.isVisible())
    app.queue.remove([app.queue.entries()[0].id])
    assert app.queue.entries()[2].id == chosen.id
    next(action for action in menu.actions() if action.text() == "Why this?").trigger()
    menu.close()
    card = QApplication.activePopupWidget()
    assert card is not None
    track = app.library.track(chosen.track_id)
    assert card.accessibleName() == f"Why “{track.title}”"
    card.close()


def test_the_foot_tells_how_long_the_queue_is_and_until_when(
    filled: MainWindow, app: App, engine: SilentEngine, library: list[TrackId]
) -> None:
    foot = filled.up_next.foot
    assert foot.text().startswith("5 tracks · ")
    assert "until" not in foot.text()
    app.queue.play_now(library[7:8])
    engine.advance(100)
    assert "until" in foot.text()
    app.queue.clear()
    app.queue.refill([])
    assert foot.isHidden()


def test_what_has_just_come_is_marked_until_it_was_seen(
    filled: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    rows = filled.up_next.rows
    assert not any(rows.is_fresh(row) for row in range(5))
    app.queue.refill(suggestions(library[5], *library[2:4]))
    assert [rows.is_fresh(row) for row in range(5)] == [False, False, True, False, False]
    view = filled.up_next.view
    view.repaint()
    assert view._seen.isActive()
    view._seen.timeout.emit()
    assert not any(rows.is_fresh(row) for row in range(5))


def test_rows_glide_from_where_they_stood_unless_motion_is_reduced(
    filled: MainWindow, app: App, library: list[TrackId]
) -> None:
    view, look = filled.up_next.view, filled.context.look
    first = app.queue.entries()[2].id
    for reduced in (True, False):
        look.set_reduced_motion(reduced)
        app.queue.refill(suggestions(*reversed([entry.track_id for entry in app.queue.entries()[2:]])))
        assert view.glide.running is not reduced
    assert app.queue.entries()[2].id == first
    assert view.glide.offset(first) >= 2 * view._delegate.row_height
    view.glide._run.setCurrentTime(view.glide._run.duration())
    assert view.glide.offset(first) == 0


def test_the_panel_says_how_far_the_analysis_has_come(filled: MainWindow, app: App) -> None:
    app.analysis.done_of, app.analysis._running = (34, 101), True
    app.analysis.running_changed.emit(True)
    assert filled.up_next.subtitle.text() == "Getting to know your music: 34 of 101"
    app.analysis._running = False
    app.analysis.running_changed.emit(False)
    assert "Getting to know" not in filled.up_next.subtitle.text()


def test_adventurousness_is_kept(filled: MainWindow, app: App, qtbot: QtBot) -> None:
    filled.up_next.levels.chosen.emit(2)
    assert app.settings.value.adventurousness == 1.0


def test_up_next_says_how_well_it_knows_one(filled: MainWindow, app: App, qtbot: QtBot) -> None:
    app.suggestions.refresh()
    qtbot.waitUntil(lambda: "getting to know" in filled.up_next.subtitle.text(), timeout=15_000)
    app.suggestions.set_training(True)
    assert "Learning" in filled.up_next.subtitle.text()


def test_up_next_paints_its_sections(filled: MainWindow) -> None:
    view = filled.up_next.view
    heights = [view.visualRect(view.queue.index(row)).height() for row in range(5)]
    assert heights[0] > heights[1]
    assert heights[2] > heights[3]
    assert view.grab().toImage() != filled.up_next.empty.grab().toImage()


def test_past_queues_come_back(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    app.queue.add(library[:3])
    app.queue.clear()
    assert len(app.queue.past_queues()) == 1
    window.context.history.undo()
    assert app.queue.user_count == 3


# Playlists


def test_playlists_from_cradle_to_grave(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    lists = window.context.playlists
    with qtbot.waitSignal(lists.created) as made:
        lists.create("Rain", library[:2])
    playlist = made.args[0]
    assert window.navigation.list.items.row_of(Place(PageKind.PLAYLIST, int(playlist))) > 0
    with qtbot.waitSignal(lists.changed):
        lists.append(playlist, library[2:4])
    window.go(Place(PageKind.PLAYLIST, int(playlist)))
    page = window.router.page
    qtbot.waitUntil(lambda: list(page.list.ids) == library[:4])
    page._change(Command.MOVE_UP, [3])
    qtbot.waitUntil(lambda: list(page.list.ids) == [*library[:2], library[3], library[2]])
    page._change(Command.REMOVE, [0])
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)
    window.context.history.undo()
    qtbot.waitUntil(lambda: len(page.list.ids) == 4)
    lists.rename(playlist, "Sun")
    qtbot.waitUntil(lambda: page.head.title.line == "Sun")
    lists.delete(playlist)
    qtbot.waitUntil(lambda: not lists.all)
    window.context.history.undo()
    qtbot.waitUntil(lambda: [p.name for p in lists.all] == ["Sun"])
    assert lists.all[0].track_count == 4


def test_dropping_tracks_on_a_playlist(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    lists = window.context.playlists
    with qtbot.waitSignal(lists.created) as made:
        lists.create("Rain")
    nav = window.navigation.list
    row = nav.items.row_of(Place(PageKind.PLAYLIST, int(made.args[0])))
    with qtbot.waitSignal(lists.changed):
        drop(nav, pack_tracks(library[:2]), QPointF(nav.visualRect(nav.items.index(row)).center()))
    assert app.db.playlists.tracks(made.args[0]) == library[:2]


def test_dragging_in_a_playlist(window: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    lists = window.context.playlists
    with qtbot.waitSignal(lists.created) as made:
        lists.create("Rain", library[:3])
    window.go(Place(PageKind.PLAYLIST, int(made.args[0])))
    page = window.router.page
    qtbot.waitUntil(lambda: len(page.list.ids) == 3)
    table = page.list.table
    data = table.tracks.mimeData([table.tracks.index(2, 1)])
    top = QPointF(table.visualRect(table.tracks.index(0, 1)).topLeft())
    event = QDropEvent(top, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert table.findChild(RowDrops).eventFilter(table.viewport(), event)
    qtbot.waitUntil(lambda: list(page.list.ids) == [library[2], *library[:2]])
    page._dropped(pack_tracks([library[5]]), 1)
    qtbot.waitUntil(lambda: list(page.list.ids) == [library[2], library[5], *library[:2]])


def test_a_failing_change_is_said(window: MainWindow, qtbot: QtBot) -> None:
    window.context.playlists.create("   ")
    qtbot.waitUntil(lambda: window._notices.notice is not None)
    assert window._notices.notice.problem


@pytest.mark.parametrize("suffix", [".xspf", ".m3u8", ".pls"])
def test_a_playlist_goes_out_and_comes_back(
    window: MainWindow, app: App, library: list[TrackId], tmp_path: Path, suffix: str, qtbot: QtBot
) -> None:
    lists, path = window.context.playlists, tmp_path / f"Rain{suffix}"
    with qtbot.waitSignal(lists.created) as made:
        lists.create("Rain", library[:3])
    lists.write_file(made.args[0], path)
    qtbot.waitUntil(lambda: window._notices.notice is not None and str(path) in window._notices.notice.text)
    with qtbot.waitSignal(lists.imported) as back:
        window.open_paths([str(path)])
    assert window.router.place == Place(PageKind.PLAYLIST, int(back.args[0]))
    assert app.db.playlists.tracks(back.args[0]) == library[:3]
    with qtbot.waitSignal(lists.changed):
        window.context.history.undo()
    assert [playlist.id for playlist in lists.all] == made.args


def test_a_playlist_from_elsewhere_says_what_is_not_here(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Old.m3u"
    path.write_text("#EXTM3U\n#EXTINF:100,Nobody - Nothing\n/nowhere/nothing.mp3\n")
    window.go(Place(PageKind.DATA))
    with qtbot.waitSignal(window.context.playlists.imported):
        window.router.page.importing.take(path)
    assert window._notices.notice.text == "Playlist “Old”: 1 track, 1 of them not in your library"
    window.open_paths([str(tmp_path / "gone.xspf")])
    qtbot.waitUntil(lambda: window._notices.notice is not None and window._notices.notice.problem)


def test_a_folder_named_like_a_playlist_joins_the_library(window: MainWindow, app: App, tmp_path: Path) -> None:
    folder = tmp_path / "Mixes.m3u"
    folder.mkdir()
    assert not is_playlist(str(folder))
    window.open_paths([str(folder)])
    assert str(folder) in app.library.roots()


def test_where_a_playlist_is_written_is_asked_for(
    window: MainWindow, library: list[TrackId], tmp_path: Path, qtbot: QtBot
) -> None:
    lists = window.context.playlists
    with qtbot.waitSignal(lists.created) as made:
        lists.create("Rain: a/b", library[:2])
    window.go(Place(PageKind.PLAYLIST, int(made.args[0])))
    menu = QMenu()
    window.router.page.add_to_menu(menu)
    next(action for action in menu.actions() if action.text() == "Export playlist").trigger()
    dialog = window.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Rain_ a_b.xspf"
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert Path(dialog.selectedFiles()[0]).name == "Rain_ a_b.m3u8"
    dialog.fileSelected.emit(str(tmp_path / "rain.m3u8"))
    dialog.close()
    qtbot.waitUntil((tmp_path / "rain.m3u8").exists)


def test_a_playlist_can_be_brought_from_the_navigation(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "Old.m3u").write_text("/nowhere/nothing.mp3\n")
    items = window.navigation.list.items
    row = next(row for row in range(items.rowCount()) if items.item(row).text == "New playlist")
    window.navigation.list.menu_wanted.emit(row, QPoint(9, 9))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "Import a playlist").trigger()
    menu.close()
    dialog = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.context.playlists.imported):
        dialog.fileSelected.emit(str(tmp_path / "Old.m3u"))
    dialog.close()


# More like this


def test_more_like_this_is_said_shown_and_taken_back(
    filled: MainWindow, app: App, library: list[TrackId], qtbot: QtBot
) -> None:
    up_next, tracks = filled.up_next, filled.context.tracks
    usual = up_next.subtitle.text()
    assert not up_next.end_focus.isVisible()
    tracks.more_like(library[:1])
    assert app.suggestions.focus == (library[0],)
    assert filled._notices.notice.text == "Up Next: more like “Blue Rooms”"
    assert up_next.subtitle.text() == "More like “Blue Rooms”"
    tracks.more_like(library[:3])
    assert up_next.subtitle.text() == "More like 3 tracks"
    filled.context.history.undo()
    assert app.suggestions.focus == (library[0],)
    assert "Blue Rooms" in up_next.subtitle.text()
    up_next.end_focus.click()
    assert app.suggestions.focus == ()
    assert up_next.subtitle.text() == usual
    assert not up_next.end_focus.isVisible()


def test_more_like_an_album_from_its_card(filled: MainWindow, app: App, library: list[TrackId], qtbot: QtBot) -> None:
    filled.go(Place(PageKind.ALBUMS))
    grid = filled.router.page.grid
    qtbot.waitUntil(lambda: grid.cards.rowCount() > 0)
    row = next(row for row in range(grid.cards.rowCount()) if grid.cards.card(row).title == "Signal")
    grid.menu_wanted.emit(row, QPoint(9, 9))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "More like this").trigger()
    menu.close()
    qtbot.waitUntil(lambda: set(app.suggestions.focus) == {library[5], library[6]})
    assert "“Signal”" in filled.up_next.subtitle.text()


def test_what_is_picked_ends_more_like_this(filled: MainWindow, app: App, engine: SilentEngine) -> None:
    filled.context.tracks.more_like([app.queue.entries()[0].track_id])
    app.queue.play_now([app.queue.entries()[1].track_id])
    engine.advance(100)
    assert app.feedback.focus == ""
    assert not filled.up_next.end_focus.isVisible()


# One hand, one step


def test_rows_dragged_together_are_put_back_together(filled: MainWindow, app: App) -> None:
    view = filled.up_next.view
    before = app.queue.entries()
    data = view.queue.mimeData([view.queue.index(row) for row in (2, 3, 4)])
    drop(view, data, QPointF(view.visualRect(view.queue.index(0)).topLeft()))
    assert [entry.id for entry in app.queue.entries()][:3] == [entry.id for entry in before[2:]]
    filled.context.history.undo()
    assert [entry.id for entry in app.queue.entries()] == [entry.id for entry in before]


def test_rows_kept_together_are_released_together(filled: MainWindow, app: App) -> None:
    app.queue.pin(app.queue.entries()[2].id, True)
    filled.up_next._run(Command.ADD, [2, 3, 4])
    assert [entry.pinned for entry in app.queue.entries()[2:]] == [True, True, True]
    filled.context.history.undo()
    assert [entry.pinned for entry in app.queue.entries()[2:]] == [True, False, False]


def test_thumbs_for_several_are_one_step(
    window: MainWindow, app: App, library: list[TrackId], tracks_page: QWidget, qtbot: QtBot
) -> None:
    def thumbs() -> list[int]:
        return [track.thumb for track in app.library.tracks(library[:3])]

    tracks = window.context.tracks
    tracks.thumb(app.library.tracks(library[:1])[0], 1)
    qtbot.waitUntil(lambda: thumbs() == [1, 0, 0])
    tracks.run(Command.THUMB_UP, app.library.tracks(library[:3]))
    qtbot.waitUntil(lambda: thumbs() == [1, 1, 1])
    assert window._notices.notice.text == "More like these, starting now: 2 tracks"
    assert window.context.history.undo_text == "thumb up for 2 tracks"
    window.context.history.undo()
    qtbot.waitUntil(lambda: thumbs() == [1, 0, 0])


def test_a_thumb_down_by_a_slip_of_the_hand_costs_nothing(
    window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    app.queue.play_now(library[:3])
    engine.advance(5_000)
    window.now_bar.down.click()
    engine.advance(100)
    assert app.controller.current_track.id == library[1]
    window.context.history.undo()
    engine.advance(100)
    assert app.controller.current_track.id == library[0]
    assert 5_000 <= app.controller.position_ms < 6_000
    assert [entry.track_id for entry in app.queue.entries()][:2] == library[1:3]
    qtbot.waitUntil(lambda: app.library.tracks(library[:1])[0].thumb == 0)


def test_a_notice_offers_no_undo_of_another_change(filled: MainWindow, app: App, library: list[TrackId]) -> None:
    filled.context.tracks.more_like(library[:1])
    assert filled._notices.notice.undoes
    app.queue.gather([app.queue.entries()[1].id], 0)
    assert filled._notices.notice is None
    filled.context.tracks.add(library[5:6])
    assert filled._notices.notice.undoes
    filled.context.history.undo()
    assert filled._notices.notice is None


def test_a_thumb_taken_back_later_leaves_what_plays(
    window: MainWindow, app: App, engine: SilentEngine, library: list[TrackId]
) -> None:
    app.queue.play_now(library[:4])
    engine.advance(1_000)
    window.now_bar.down.click()
    engine.advance(1_000)
    app.controller.next()
    engine.advance(100)
    window.context.history.undo()
    engine.advance(100)
    assert app.controller.current_track.id == library[2]


# Why


def test_a_click_on_the_icon_of_a_reason_explains_it(filled: MainWindow, app: App, qtbot: QtBot) -> None:
    view = filled.up_next.view
    body = view._delegate.body(view.queue.row(3), view.row_rect(3))
    point = view._delegate.why(body).center().toPoint()
    qtbot.mouseMove(view.viewport(), point)
    qtbot.waitUntil(lambda: view.viewport().toolTip() == "Why this?")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    card = QApplication.activePopupWidget()
    assert app.library.track(app.queue.entries()[3].track_id).title in card.accessibleName()
    card.close()
    assert view.why_at(view.row_rect(0).center()) == -1


def test_what_plays_says_why_on_home_and_in_full(
    filled: MainWindow, app: App, engine: SilentEngine, qtbot: QtBot
) -> None:
    filled.go(Place(PageKind.HOME))
    banner = filled.router.page.banner
    app.controller.next()
    engine.advance(100)
    assert not banner.why.isVisible()
    filled.up_next._run(Command.PLAY, [2])
    engine.advance(100)
    assert banner.why.isVisible()
    assert banner.why.line == "Like what you play now"
    filled.toggle_full()
    assert filled.full.why.line == "Like what you play now"
    following = app.library.track(app.queue.peek().track_id)
    assert filled.full.next.line.startswith(f"Next: {following.title}")
    filled.full.why.click()
    assert QApplication.activePopupWidget() is not None
    QApplication.activePopupWidget().close()
