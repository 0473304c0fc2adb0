"""Widgets that know nothing of the player."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QHoverEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.ui.covers import CoverArt, Covers
from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import Card
from player.ui.paint import Align, Canvas, mirror
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.controls import Check, ProgressLine, Segment, TextButton
from player.ui.widgets.buttons.segmented import Segmented
from player.ui.widgets.charts.charts import BarChart, ShareBar
from player.ui.widgets.inputs.search_field import SearchField
from player.ui.widgets.inputs.sliders import SeekBar, ThinSlider
from player.ui.widgets.layout.cover_views import CoverView
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.layout.labels import ElidedLink
from player.ui.widgets.lists.card_grid import CardGrid
from player.ui.widgets.overlays.notices import Notice, NoticeBar
from player.ui.widgets.overlays.palette import Offer, Palette

RTL = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def covers(qapp: object, tmp_path: Path) -> Iterator[Covers]:
    covers = Covers(lambda _key, done: done(None), tmp_path)
    yield covers
    covers.close()


@pytest.fixture
def grid(look: Look, covers: Covers, qtbot: QtBot) -> CardGrid:
    """A thousand albums."""
    grid = CardGrid(look, covers, "Albums")
    qtbot.addWidget(grid)
    grid.cards.set_cards([Card(n, f"Album {n}", "Ada", CoverArt(None, str(n))) for n in range(1000)])
    grid.resize(840, 600)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


# The guard


def test_the_guard_reports_and_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))
    assert guarded(lambda: 7)(lambda: int("x"))() == 7
    assert caught == [ValueError]


def test_the_guard_hands_on_what_goes_well() -> None:
    assert guarded(none)(lambda a, b=2: a + b)(1, b=3) == 4


def test_a_failing_paint_does_not_end_the_program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))

    class Broken(QWidget):
        """Fails in C code while it paints."""

        @guarded(none)
        def paintEvent(self, _event: object) -> None:
            """Fail."""
            int("x")

    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(caught))
    assert caught[0] is ValueError


# Drawing


def test_mirrored_rectangles() -> None:
    area = QImage(100, 10, QImage.Format.Format_RGB32).rect()
    assert mirror(area, 0, 0, 30, 10, mirrored=True).x() == 70
    assert mirror(area, 0, 0, 30, 10, mirrored=False).x() == 0


@pytest.mark.parametrize(("align", "mirrored"), [(a, m) for a in Align for m in (False, True)])
def test_text_stays_in_its_box(look: Look, align: Align, mirrored: bool) -> None:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    width = Canvas(painter, look, image.rect(), mirrored=mirrored).text(
        "body", "text", (50, 0, 100, 30), "夜 " * 40, align
    )
    painter.end()
    assert 0 < width <= 100
    lit = [x for x in range(200) if any(image.pixel(x, y) & 0xFF > 40 for y in range(30))]
    assert min(lit) >= 48
    assert max(lit) <= 152


def test_texts_are_shaped_once(look: Look) -> None:
    assert look.text("body", "Circuit", 90) is look.text("body", "Circuit", 90)


def test_the_text_cache_is_bounded(look: Look) -> None:
    for number in range(6_100):
        look.text("small", str(number), 50)
    assert len(look._texts) <= 6_000


def test_text_scales(look: Look, qtbot: QtBot) -> None:
    before = look.metrics("body").height()
    with qtbot.waitSignal(look.restyled):
        look.set_text_scale(2.0)
    assert look.metrics("body").height() == pytest.approx(2 * before, abs=3)
    assert look.px(44) == 88


def test_no_motion_when_it_is_not_wanted(look: Look) -> None:
    assert look.motion_ms() == 0
    look.set_reduced_motion(False)
    assert look.motion_ms() > 0


# The grid


def test_grid_shows_a_few_of_many(grid: CardGrid) -> None:
    assert grid.columns == 4
    assert len(grid.shown_rows()) < 30


def test_grid_finds_what_it_shows(grid: CardGrid) -> None:
    for row in (0, 3, 5, 11):
        assert grid.indexAt(grid.visualRect(grid.cards.index(row)).center()).row() == row


def test_grid_mirrors(grid: CardGrid) -> None:
    left = grid.visualRect(grid.cards.index(0)).x()
    grid.setLayoutDirection(RTL)
    assert grid.visualRect(grid.cards.index(0)).x() > left
    assert grid.indexAt(grid.visualRect(grid.cards.index(5)).center()).row() == 5


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_End, 999),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_PageDown, 8),
    ],
)
def test_grid_by_key(grid: CardGrid, qtbot: QtBot, key: Qt.Key, row: int) -> None:
    grid.setCurrentIndex(grid.cards.index(0))
    qtbot.keyClick(grid, key)
    assert grid.currentIndex().row() == row
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))


def test_enter_opens(grid: CardGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.cards.index(6))
    with qtbot.waitSignal(grid.opened) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [6]


def test_click_opens_and_its_button_plays(grid: CardGrid, qtbot: QtBot) -> None:
    cell = grid.visualRect(grid.cards.index(2))
    with qtbot.waitSignal(grid.opened):
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell.topLeft() + QPoint(30, 30))
    with qtbot.waitSignal(grid.play_wanted) as told:
        qtbot.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, pos=grid._painter.play_rect(cell).center().toPoint()
        )
    assert told.args == [2]


def test_grid_keeps_its_place_when_resized(grid: CardGrid) -> None:
    grid.verticalScrollBar().setValue(grid._cell.height() * 10)
    grid.resize(600, 600)
    assert 36 <= grid.shown_rows().start <= 44


def test_a_hovered_card_is_repainted_alone(grid: CardGrid) -> None:
    point = QPointF(grid.visualRect(grid.cards.index(1)).center())
    event = QHoverEvent(QEvent.Type.HoverMove, point, grid.viewport().mapToGlobal(point), QPointF(0, 0))
    grid.viewportEvent(event)
    assert grid._hovered == 1


def test_a_shelf_is_one_row_high(look: Look, covers: Covers, qtbot: QtBot) -> None:
    shelf = CardGrid(look, covers, "New", one_row=True, ideal_px=150)
    qtbot.addWidget(shelf)
    shelf.cards.set_cards([Card(n, str(n), "", CoverArt(None, str(n)), round=True) for n in range(50)])
    shelf.resize(700, shelf.heightForWidth(700))
    shelf.show()
    assert len(shelf.shown_rows()) == shelf.columns
    assert shelf.verticalScrollBar().maximum() == 0


# Sliders


@pytest.mark.parametrize("kind", [SeekBar, ThinSlider])
def test_sliders_show_the_focus_to_keys_only(look: Look, qtbot: QtBot, kind: type[SeekBar | ThinSlider]) -> None:
    slider = kind(look, "Volume")
    slider.setRange(0, 100)
    qtbot.addWidget(slider)
    slider.resize(300, 40)
    with qtbot.waitActive(slider):
        slider.show()
        slider.activateWindow()
    slider.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(150, 20))
    assert slider.hasFocus()
    assert not slider.shows_focus
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.shows_focus


@pytest.mark.parametrize("kind", [SeekBar, ThinSlider])
def test_sliders_obey_arrows_and_mouse(look: Look, qtbot: QtBot, kind: type[SeekBar | ThinSlider]) -> None:
    slider = kind(look, "Seek")
    qtbot.addWidget(slider)
    slider.setRange(0, 100_000)
    slider.resize(400, 40)
    slider.show()
    with qtbot.waitSignal(slider.picked):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    assert slider.value() == pytest.approx(50_000, abs=600)
    before = slider.value()
    with qtbot.waitSignal(slider.picked):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() > before


def test_sliders_mirror(look: Look, qtbot: QtBot) -> None:
    slider = ThinSlider(look, "Volume")
    qtbot.addWidget(slider)
    slider.setLayoutDirection(RTL)
    slider.resize(216, 28)
    assert slider.value_at(8) == slider.maximum()


def test_position_does_not_fight_the_mouse(look: Look, qtbot: QtBot) -> None:
    bar = SeekBar(look, "Seek")
    qtbot.addWidget(bar)
    bar.resize(400, 48)
    bar.show_position(0, 100_000)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    bar.show_position(1_000, 100_000)
    assert bar.value() > 70_000
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))


def test_a_waveform_is_drawn(look: Look, qtbot: QtBot) -> None:
    bar = SeekBar(look, "Seek")
    qtbot.addWidget(bar)
    bar.resize(400, 48)
    bar.show_position(50_000, 100_000)
    line = bar.grab().toImage()
    bar.set_peaks([(n % 7) / 7 for n in range(600)])
    assert bar.grab().toImage() != line
    assert len(bar._levels()) == 100


# Small ones


def test_search_tells_after_a_pause(look: Look, qtbot: QtBot) -> None:
    field, told = SearchField(look, "Search"), []
    qtbot.addWidget(field)
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "river")
    qtbot.waitUntil(lambda: told == ["river"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told == ["river", ""])


def test_shown_text_is_not_searched_for(look: Look, qtbot: QtBot) -> None:
    field, told = SearchField(look, "Search"), []
    qtbot.addWidget(field)
    field.searched.connect(told.append)
    field.show_text("river")
    QTest.qWait(120)
    assert not told


def test_segments_exclude_each_other(look: Look, qtbot: QtBot) -> None:
    choice = Segmented(look, "Level", [("A", "a"), ("B", "b"), ("C", "c")])
    qtbot.addWidget(choice)
    choice.choose(1)
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.mouseClick(choice._group.button(2), Qt.MouseButton.LeftButton)
    assert told.args == [2]
    assert choice.choice == 2


def test_segments_keep_their_letters_in_large_text_where_unequal_widths_make_room(look: Look, qtbot: QtBot) -> None:
    look.set_text_scale(2.0)
    row = Segmented(look, "How adventurous", [("Familiar", ""), ("Balanced", ""), ("Adventurous", "")])
    qtbot.addWidget(row)
    row.resize(440, 60)
    with qtbot.waitExposed(row):
        row.show()
    buttons = row.findChildren(Segment)
    metrics = look.metrics("second_medium")
    assert {button.font_name for button in buttons} == {"second_medium"}
    assert all(button.width() >= metrics.horizontalAdvance(button.text()) for button in buttons)
    row.resize(260, 60)
    assert {button.font_name for button in buttons} == {"segment"}


def test_a_search_is_cleared_by_its_button(look: Look, qtbot: QtBot) -> None:
    field = SearchField(look, "Search")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    (button,) = field.findChildren(IconButton)
    assert not button.isVisible()
    with qtbot.waitSignal(field.searched):
        qtbot.keyClicks(field, "ada")
    with qtbot.waitSignal(field.searched) as searched:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert searched.args == [""]
    assert field.text() == ""
    assert not button.isVisible()


def test_space_presses_buttons(look: Look, qtbot: QtBot) -> None:
    for button in (IconButton(look, "play", "Play"), TextButton(look, "Play"), Check(look, "Play")):
        qtbot.addWidget(button)
        button.show()
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_notice_offers_its_action(look: Look, qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    bar = NoticeBar(look, window)
    bar.say(Notice("Removed", action="Undo", act=lambda: done.append(1)))
    assert bar.notice.text == "Removed"
    assert window.rect().contains(bar.geometry())
    bar._button.click()
    assert done == [1]
    assert bar.notice is None
    bar._timer.stop()


def test_notices_do_not_take_the_focus(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = SearchField(look, "Search", window)
    window.show()
    field.setFocus()
    bar = NoticeBar(look, window)
    bar.say(Notice("A problem", problem=True))
    assert window.focusWidget() is field
    bar._timer.stop()


def test_palette_by_key(look: Look, qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    palette = Palette(look, window)
    palette.asked.connect(
        lambda text: palette.offer([Offer(f"{text}{n}", "", "play", lambda n=n: done.append(n)) for n in range(4)])
    )
    palette.open_sheet()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == [1])
    assert not palette.isVisible()


def test_words_of_empty_places_fit(look: Look, qtbot: QtBot) -> None:
    empty = EmptyState(look, "queue")
    qtbot.addWidget(empty)
    empty.resize(340, 500)
    empty.show_words(
        "Nothing here", "A sentence that is long enough to need several lines in a narrow panel. " * 2, "Go"
    )
    empty.show()
    assert empty._words.height() >= empty._words.heightForWidth(empty._words.width())
    with qtbot.waitSignal(empty.acted):
        empty._button.click()


def test_progress_moves_only_in_sight(look: Look, qtbot: QtBot) -> None:
    look.set_reduced_motion(False)
    line = ProgressLine(look)
    qtbot.addWidget(line)
    line.show_share(None)
    assert line._wander.state() is line._wander.State.Stopped
    line.show()
    assert line._wander.state() is line._wander.State.Running
    line.show_share(0.4)
    assert line._wander.state() is line._wander.State.Stopped
    assert line.accessibleName() == "40 %"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, RTL])
def test_everything_small_paints(look: Look, covers: Covers, qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    label, cover = ElidedLink(look, font="body"), CoverView(look, covers, 60, 8)
    chart = BarChart(look, "Hours")
    label.set_text("A line that is too long for its place")
    cover.set_art(CoverArt(None, "Horizon"))
    chart.show_bars([(1.5, "1.5", "1 May"), (0.0, "", ""), (3.0, "3.0", "now")])
    widgets = [label, cover, chart, ShareBar(look, "Ada", 0.5, "5 plays"), IconButton(look, "play", "Play", disc=True)]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.setLayoutDirection(direction)
        widget.resize(QSize(160, 60).boundedTo(widget.maximumSize()))
        empty = QImage(widget.size(), QImage.Format.Format_ARGB32)
        empty.fill(Qt.GlobalColor.transparent)
        assert widget.grab().toImage() != empty


def test_a_share_is_drawn_against_a_hundred_per_cent(look: Look, qtbot: QtBot) -> None:
    def height(chart: BarChart, share: float) -> int:
        qtbot.addWidget(chart)
        chart.resize(100, chart.height())
        chart.show_bars([(share, "", "")])
        image, accent = chart.grab().toImage(), look.theme.colour("accent")
        return sum(image.pixelColor(46, y) == accent for y in range(image.height()))

    whole = height(BarChart(look, "Kept", full=(1.0, "100 %")), 1.0)
    assert height(BarChart(look, "Kept", full=(1.0, "100 %")), 0.18) == pytest.approx(0.18 * whole, abs=4)
    assert height(BarChart(look, "Hours"), 0.18) == pytest.approx(whole, abs=4)


def test_custom_widgets_are_named(look: Look, qtbot: QtBot) -> None:
    button, bar = IconButton(look, "gear", "Settings"), SeekBar(look, "Seek")
    for widget, role, name in (
        (button, QAccessible.Role.PushButton, "Settings"),
        (bar, QAccessible.Role.Slider, "Seek"),
    ):
        qtbot.addWidget(widget)
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name) == name
        assert interface.role() == role


def test_buttons_and_icons_grow_with_the_text(look: Look, qtbot: QtBot) -> None:
    button = IconButton(look, "play", "Play", side=36)
    word = TextButton(look, "Play", icon="play")
    qtbot.addWidget(button)
    qtbot.addWidget(word)
    before = word.sizeHint()
    look.set_text_scale(2.0)
    assert button.width() == button.height() == 72
    assert word.sizeHint().width() >= 1.4 * before.width()
    look.set_text_scale(0.9)
    assert button.width() == 36
