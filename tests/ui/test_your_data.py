"""The page of one's data: a history comes in and goes out, and everything can be forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import ModelVersion, PlayerState, ThumbGiven, TrackId, UtcMs
from player.recommending import base_model
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.settings.your_data import YourDataPage
from player.ui.widgets.buttons.controls import Check, TextButton
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel
from recommender import Artefact
from tests.importing import exports

AT = exports.AT


@pytest.fixture
def page(window: MainWindow) -> YourDataPage:
    """The page, shown."""
    window.go(Place(PageKind.DATA))
    page = window.router.page
    assert isinstance(page, YourDataPage)
    return page


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Wait for something that a lane does; the first time it loads the readers."""
    qtbot.waitUntil(condition, timeout=30_000)


def scrobbles(folder: Path) -> Path:
    """Three plays of tracks in the library, one of another, and a line that says no time."""
    head = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    rows = ["Ada Bianchi,Blue Rooms", "Ada Bianchi,Blue Rooms", "Beth Hartmann,Circuit", "Nobody,Elsewhere"]
    lines = [f"{AT + n * 300},,{row.split(',')[0]},,,,{row.split(',')[1]},\n" for n, row in enumerate(rows)]
    path = folder / "recenttracks.csv"
    path.write_text(head + "".join(lines) + "never,,Nobody,,,,Nothing,\n")
    return path


def texts(widget: QWidget) -> str:
    """Everything that is to be read in a widget."""
    labels = [label.text() for label in widget.findChildren(TextLabel) if label.isVisible()]
    return "\n".join(labels + [line.line for line in widget.findChildren(ElidedLabel) if line.isVisible()])


def drop(page: YourDataPage, *paths: Path) -> bool:
    """Drag files onto the page; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *none)
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *none))
    return enter.isAccepted()


def test_a_dropped_export_is_shown_and_added_once(
    page: YourDataPage, app: App, library: list[TrackId], tmp_path: Path, qtbot: QtBot
) -> None:
    card = page.importing
    assert drop(page, scrobbles(tmp_path))
    until(qtbot, card.add.isVisible)
    shown = texts(card)
    assert "4 plays, 3 of them of tracks in your library." in shown
    assert "Nobody – Elsewhere" in shown
    assert "Rows that cannot be read: 1" in shown
    assert app.db.plays.count() == 0
    with qtbot.waitSignal(app.suggestions.suggested, timeout=30_000):
        card.add.click()
    until(qtbot, lambda: card.state.text().startswith("Added 3 plays"))
    assert "1 play of tracks you do not have are kept" in card.state.text()
    assert not card.add.isVisible()
    assert [play.track_id for play in app.db.plays.recent(9)] == [library[5], library[0], library[0]]
    until(qtbot, lambda: app.suggestions.status.plays == 3)
    card.take(scrobbles(tmp_path))
    until(qtbot, card.add.isVisible)
    card.add.click()
    until(qtbot, lambda: card.state.text().startswith("Nothing new"))
    assert app.db.plays.count() == 3


@pytest.mark.parametrize(
    "export", [exports.spotify_extended, exports.listenbrainz_zip, exports.quodlibet], ids=lambda one: one.__name__
)
def test_exports_of_tracks_that_are_not_owned_say_so(
    page: YourDataPage, export: object, tmp_path: Path, qtbot: QtBot
) -> None:
    page.importing.take(export(tmp_path))
    until(qtbot, page.importing.add.isVisible)
    assert "0 of them found in your library" in texts(page.importing)
    page.importing.drop_it.click()
    assert not page.importing.add.isVisible()


def test_what_cannot_be_read_is_said_in_plain_words(page: YourDataPage, app: App, tmp_path: Path, qtbot: QtBot) -> None:
    path = exports.itunes(tmp_path)
    path.write_bytes(path.read_bytes()[:300])
    page.importing.take(path)
    until(qtbot, lambda: "no well-formed XML" in page.importing.state.text())
    assert page.importing.state.text().startswith("Nothing was added.")
    assert app.db.plays.count() == 0
    page.importing.take(tmp_path / "gone.csv")
    until(qtbot, lambda: "gone.csv" in page.importing.state.text())


def test_the_history_and_the_playlists_go_out(
    page: YourDataPage, window: MainWindow, app: App, tmp_path: Path, library: list[TrackId], qtbot: QtBot
) -> None:
    app.db.thumbs.give(ThumbGiven(library[0], 1, UtcMs(AT * 1000)))
    page.write_history(tmp_path / "out.jsonl")
    until(qtbot, lambda: "out.jsonl" in _said(window))
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    app.db.playlists.set_tracks(app.db.playlists.create("Evening", UtcMs(1)), library[:2], UtcMs(1))
    page.write_playlists(tmp_path / "lists")
    until(qtbot, lambda: "lists: 1" in _said(window))
    assert (tmp_path / "lists" / "Evening.xspf").exists()
    page.write_history(tmp_path / "nowhere" / "out.jsonl")
    until(qtbot, lambda: "No such file" in _said(window))


def _said(window: MainWindow) -> str:
    notice = window._notices.notice
    return notice.text if notice is not None else ""


@pytest.fixture
def listened(page: YourDataPage, app: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot) -> App:
    """A player that knows something, and plays."""
    app.queue.play_now(library[:4])
    engine.advance(5_000)
    app.controller.next()
    engine.advance(500)
    app.queue.play_now(library[4:6])
    engine.advance(500)
    app.feedback.give_thumb(app.library.tracks(library[:1]), 1)
    app.feedback.put_off([library[7]])
    folder = app.profile.models / "own-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    app.db.models.add(ModelVersion("own-1", UtcMs(1), 100, {}, {}))
    app.storage_lane.call(lambda: None)
    assert app.db.plays.count() == 3
    return app


def test_what_was_learned_goes_after_a_question_and_the_log_stays(
    page: YourDataPage, listened: App, window: MainWindow, qtbot: QtBot
) -> None:
    row = page.forget_learned
    row.button.click()
    assert QApplication.focusWidget() is row.no
    qtbot.keyClick(row.no, Qt.Key.Key_Escape)
    assert not row.asking
    row.button.click()
    with qtbot.waitSignal(listened.forgetting.forgotten, timeout=30_000):
        row.yes.click()
    assert listened.db.models.all() == []
    assert not listened.profile.models.exists()
    assert listened.db.plays.count() == 3
    assert "forgotten" in _said(window)


def test_all_listening_data_goes_and_the_music_plays_on(
    page: YourDataPage, listened: App, engine: SilentEngine, library: list[TrackId], qtbot: QtBot
) -> None:
    page.forget_everything.button.click()
    with qtbot.waitSignal(listened.forgetting.forgotten, timeout=30_000):
        page.forget_everything.yes.click()
    assert listened.controller.state is PlayerState.PLAYING
    assert listened.controller.current_track.id == library[4]
    assert listened.queue.history == ()
    assert listened.queue.past_queues() == ()
    assert listened.history.undo_text == ""
    until(qtbot, lambda: listened.suggestions.status.plays == 0 and listened.queue.suggested_count > 0)
    tables = ("plays", "thumbs", "dismissals", "priors", "models")
    listened.storage_lane.call(lambda: None)
    with closing(sqlite3.connect(listened.profile.database)) as connection:
        left = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    assert left == dict.fromkeys(tables, 0)
    assert not listened.profile.models.exists()
    # The play that sounds now was deleted too: it is neither closed in the log nor learned from.
    listened.controller.next()
    engine.advance(500)
    listened.storage_lane.call(lambda: None)
    (play,) = listened.db.plays.recent(9)
    assert play.end_reason is None
    until(qtbot, lambda: listened.suggestions.status.plays == 0)


def test_the_page_is_found_from_settings_the_palette_and_an_empty_library(
    make_window: object, app: App, qtbot: QtBot
) -> None:
    window = make_window()
    window.first_run.bring.click()
    assert window.router.place == Place(PageKind.DATA)
    assert window.router.page.isVisible()
    assert {"bring", "data"} <= {spec.id for spec, _ in window.actions_of_window.for_palette()}
    window.go(Place(PageKind.HOME))
    window.actions_of_window.run("bring")
    assert QApplication.focusWidget() is None or window.router.place == Place(PageKind.DATA)


def test_notifications_are_a_setting(window: MainWindow, app: App) -> None:
    assert not app.desktop._announces()
    window.go(Place(PageKind.SETTINGS))
    (box,) = [box for box in window.router.page.findChildren(Check) if "notification" in box.text()]
    box.click()
    assert app.settings.value.announce_tracks
    assert app.desktop._announces()


def test_the_page_fits_a_narrow_window(page: YourDataPage, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.resize(420, 700)
    page.importing.take(scrobbles(tmp_path))
    until(qtbot, page.importing.add.isVisible)
    page.forget_everything.button.click()
    yes, viewport = page.forget_everything.yes, page.area.viewport()
    until(qtbot, lambda: viewport.rect().contains(yes.mapTo(viewport, yes.rect().center())))
    edge = page.area.viewport().width()
    wide = [
        child.text()
        for child in page.findChildren(TextButton)
        if child.isVisible() and child.mapTo(page.area.viewport(), child.rect().topRight()).x() >= edge
    ]
    assert wide == []


def test_a_model_goes_out_and_comes_in_where_it_is_dropped(
    page: YourDataPage, window: MainWindow, app: App, tmp_path: Path, qtbot: QtBot
) -> None:
    models = app.exchange
    models.export_model(tmp_path / "model.zip")
    until(qtbot, lambda: "came with Segue" in _said(window))
    assert page.importing is not None
    assert not page.importing.state.isVisible()  # nothing was taken that could have failed
    own = replace(Artefact.load(base_model()), version="own-77", events=120)
    own.save(app.profile.models / own.version)
    app.db.models.add(ModelVersion(own.version, UtcMs(5), 120, {}, {"mrr20": 0.2}, active=True))
    with qtbot.waitSignal(models.model_exported, timeout=30_000):
        models.export_model(tmp_path / "model.zip")
    app.db.forget_learned()
    assert drop(page, tmp_path / "model.zip")
    until(qtbot, lambda: "trained on 120 plays, is in use now" in texts(page.importing))
    active = app.db.models.active()
    assert active is not None
    assert active.version == "own-77"
    (tmp_path / "model.zip").write_bytes((tmp_path / "model.zip").read_bytes()[:-9])
    assert drop(page, tmp_path / "model.zip")
    until(qtbot, lambda: "Nothing was added" in texts(page.importing))


def test_an_archive_that_is_no_model_is_looked_at_as_a_history(
    page: YourDataPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.importing is not None
    assert drop(page, exports.listenbrainz_zip(tmp_path))
    until(qtbot, lambda: "ListenBrainz export" in texts(page.importing))
