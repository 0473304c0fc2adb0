"""The page of what was learned: artists that are forgotten and remembered, versions of the model."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from player.app import App
from player.application.insights import Effect, Fate, fates
from player.application.learned import learned_artists
from player.domain import (
    EndReason,
    ModelVersion,
    Ms,
    PlayFinished,
    StartReason,
    ThumbGiven,
    TrackId,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.recommending import base_model
from player.ui import words
from player.ui.look import Look
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.learning.insights import weekly_bars
from player.ui.views.learning.insights_artists import ArtistLine
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.charts.charts import MOST_STEP, BarChart
from player.ui.widgets.charts.insights_chart import FateMark, VersionChart
from recommender import Artefact

DAY_MS = 86_400_000


def listen(app: App, track: TrackId, at: int, *, skipped: bool = False) -> None:
    start = TrackStarted(track, UtcMs(at), Ms(24_000), StartReason.PICKED)
    heard, reason = (Ms(2_000), EndReason.SKIPPED) if skipped else (Ms(24_000), EndReason.FINISHED)
    app.db.plays.close(app.db.plays.open(start), PlayFinished(start, UtcMs(at + heard), heard, reason))


@pytest.fixture
def past(app: App, library: list[TrackId]) -> int:
    """Ada was finished three times and skipped once, Beth finished once; one of Ada's tracks has a thumb up."""
    now = now_ms()
    for number, (song, skipped) in enumerate(((0, False), (1, False), (2, True), (0, False), (5, False))):
        listen(app, library[song], now - 5 * DAY_MS + number * 60_000, skipped=skipped)
    app.db.thumbs.give(ThumbGiven(library[0], 1, UtcMs(now - DAY_MS)))
    return now


def test_what_looks_like_the_reverse_of_an_effect_is_not_shown_as_one(
    window: MainWindow, library: list[TrackId]
) -> None:
    window.go(Place(PageKind.INSIGHTS))
    change = window.router.page._change
    assert change(Effect(0.18, 0.13), 1) == change(Effect(0.09, 0.14), -1) == change(Effect(0.1, 0.102), 1) == ""
    assert change(Effect(0.13, 0.18), 1) == "chosen 13 % → 18 %"
    assert change(Effect(0.14, 0.09), -1) == "chosen 14 % → 9 %"


def test_weeks_are_shown_from_the_first_with_something_to_tell_on() -> None:
    now, week = now_ms(), (1.0, "1.0")
    bars = weekly_bars([None, None, week, None, week], now)
    assert [(value, text) for value, text, _ in bars] == [week, (0.0, ""), week]
    assert [day for _, _, day in bars] == [words.day(now - age * 7 * DAY_MS) for age in (2, 1, 0)]
    assert len(weekly_bars([None] * 16, now)) == 1
    # Of many weeks not each has its day below: there is no room.
    assert [bool(day) for _, _, day in weekly_bars([week] * 9, now)] == [True, *[False] * 3] * 2 + [True]


def test_few_bars_do_not_fill_the_chart(look: Look) -> None:
    chart = BarChart(look, "Hours")
    chart.resize(900, 120)
    chart.show_bars([(1.0, "", "")])
    image = chart.grab().toImage()
    lit = [x for x in range(0, 900, 5) if image.pixelColor(x, 60) != image.pixelColor(899, 60)]
    assert lit
    assert max(lit) < MOST_STEP


def told(app: App) -> dict[str, tuple[int, int, int]]:
    return {one.name: (one.plays, one.finished, one.ups) for one in learned_artists(app.db)}


def test_what_was_learned_is_counted_by_artist_since_they_are_learned_anew(
    app: App, library: list[TrackId], past: int
) -> None:
    assert told(app) == {"Ada Bianchi": (4, 3, 1), "Beth Hartmann": (1, 1, 0)}
    ada = learned_artists(app.db)[0]
    assert ada.skip_share == 0.25
    app.db.fresh_starts.begin(ada.id, UtcMs(past))
    assert told(app) == {"Ada Bianchi": (0, 0, 0), "Beth Hartmann": (1, 1, 0)}
    listen(app, library[1], past + 1_000)
    assert told(app)["Ada Bianchi"] == (1, 1, 0)
    assert learned_artists(app.db)[0].since == past


def lines(window: MainWindow) -> dict[str, ArtistLine]:
    return {line.accessibleName().split(":")[0]: line for line in window.router.page.findChildren(ArtistLine)}


@pytest.mark.usefixtures("past")
def test_an_artist_is_forgotten_and_remembered_on_the_page(window: MainWindow, app: App, qtbot: QtBot) -> None:
    window.go(Place(PageKind.INSIGHTS))
    qtbot.waitUntil(lambda: "likely\u00a0next" in getattr(lines(window).get("Ada Bianchi"), "accessibleName", str)())
    button = lines(window)["Ada Bianchi"].button
    name = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
    assert name == "Forget what was learned about Ada Bianchi"
    button.setFocus()
    qtbot.keyClick(button, " ")
    qtbot.waitUntil(lambda: lines(window)["Ada Bianchi"].button.text() == "Undo")
    assert told(app)["Ada Bianchi"] == (0, 0, 0)
    assert "learned\u00a0anew\u00a0since" in lines(window)["Ada Bianchi"].accessibleName()
    assert window.context.history.undo() == "Forgotten: what was learned about Ada Bianchi"
    qtbot.waitUntil(lambda: lines(window)["Ada Bianchi"].button.text() == "Forget")
    assert told(app)["Ada Bianchi"] == (4, 3, 1)
    lines(window)["Ada Bianchi"].button.click()
    qtbot.waitUntil(lambda: lines(window)["Ada Bianchi"].button.text() == "Undo")
    lines(window)["Ada Bianchi"].button.click()
    qtbot.waitUntil(lambda: lines(window)["Ada Bianchi"].button.text() == "Forget")
    assert app.db.fresh_starts.current() == {}


def version(app: App, name: str, at: int, *, promoted: bool, active: bool = False, after: float = 0.3) -> ModelVersion:
    """A version with its folder, which is the shipped model under another name."""
    Artefact.load(base_model()).save(app.profile.models / name)
    figures = ({"hr10": 0.29, "mrr20": 0.18}, {"hr10": after, "mrr20": 0.19, "loss": 4.0})
    model = ModelVersion(name, UtcMs(at), 500, *figures, active=active, promoted=promoted)
    app.db.models.add(model)
    return model


def test_what_became_of_each_version(app: App) -> None:
    for number, promoted in enumerate((True, False, True, True)):
        version(app, f"own-{number}", 1_000 + number, promoted=promoted, active=number == 2)
    expected = {"own-0": Fate.USED, "own-1": Fate.REJECTED, "own-2": Fate.IN_USE, "own-3": Fate.ROLLED_BACK}
    assert fates(app.db.models.all()) == expected
    app.db.models.activate(None)
    assert set(fates(app.db.models.all()).values()) == {Fate.REJECTED, Fate.ROLLED_BACK}


def test_versions_are_drawn_told_and_gone_back_to(window: MainWindow, app: App, qtbot: QtBot) -> None:
    version(app, "own-1", now_ms() - 3 * DAY_MS, promoted=True)
    version(app, "own-2", now_ms() - 2 * DAY_MS, promoted=False, after=0.28)
    version(app, "own-3", now_ms() - DAY_MS, promoted=True, active=True, after=0.32)
    window.go(Place(PageKind.INSIGHTS))
    page = window.router.page
    chart = page.findChild(VersionChart)
    qtbot.waitUntil(lambda: "in use" in chart.accessibleName())
    words = QAccessible.queryAccessibleInterface(chart).text(QAccessible.Text.Name)
    assert words.startswith("How well each version foretells: ")
    assert "in use: hit rate 0.290 → 0.320, rank 0.180 → 0.190" in words
    assert "was not better: hit rate 0.290 → 0.280" in words
    assert "was in use: hit rate 0.290 → 0.300" in words
    assert "AUC" not in words
    assert len(page.findChildren(FateMark)) == 4
    assert not chart.grab().toImage().isNull()
    use = [b for b in page.findChildren(TextButton) if b.text() == "Use"]
    assert len(use) == 3
    use[1].click()  # the newest first: the one before the one that was not better
    qtbot.waitUntil(lambda: (app.db.models.active() or version).version == "own-1")
    qtbot.waitUntil(lambda: "rolled back: hit rate 0.290 → 0.320" in chart.accessibleName())
