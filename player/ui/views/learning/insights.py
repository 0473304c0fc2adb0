"""Insights: what was listened to, what was learned from it, and how to take that back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.application.insights import WEEK_MS, Effect, Insights
from player.domain import Track, now_ms
from player.ui import words
from player.ui.context import HasTracks
from player.ui.models.nav import PageKind, Place
from player.ui.services import (
    HasFeedback,
    HasForgetting,
    HasGo,
    HasHistory,
    HasListening,
    HasLook,
    HasModels,
    HasOperations,
    HasSay,
    HasSuggestions,
    HasTrainer,
)
from player.ui.views.frame.scrolled import PanelCard, ScrolledPage, clear
from player.ui.views.learning.insights_artists import LearnedArtistsCard
from player.ui.views.learning.insights_models import ModelsCard
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.charts.charts import BarChart, ShareBar
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel

LABEL_EVERY = 4
FEW_WEEKS = 8
"""So many weeks are all named below their bars."""


def weekly_bars(weeks: Sequence[tuple[float, str] | None], now: int) -> list[tuple[float, str, str]]:
    """Bars for the values of weeks, the last one this week, each with its words and its day; from the first known on.

    Args:
        weeks: Value and words of each week; None where there is nothing to tell.
        now: The time now (UTC ms).
    """
    first = next((number for number, week in enumerate(weeks) if week is not None), len(weeks) - 1)
    shown = weeks[first:]
    every = 1 if len(shown) <= FEW_WEEKS else LABEL_EVERY
    ages = range(len(shown) - 1, -1, -1)
    days = [words.day(now - age * WEEK_MS) if age % every == 0 else "" for age in ages]
    return [(*(week or (0.0, "")), day) for week, day in zip(shown, days, strict=True)]


class InsightsPageNeeds(
    HasFeedback,
    HasForgetting,
    HasGo,
    HasListening,
    HasHistory,
    HasLook,
    HasModels,
    HasOperations,
    HasSay,
    HasSuggestions,
    HasTracks,
    HasTrainer,
    Protocol,
):
    """What `InsightsPage` asks for."""


class InsightsPage(ScrolledPage):
    """What was learned."""

    context: InsightsPageNeeds

    def __init__(self, context: InsightsPageNeeds) -> None:
        super().__init__(context)
        self._look = context.look
        self._plays = 0
        self._hours = BarChart(self._look, self.tr("Hours listened to each week"))
        hours = PanelCard(self._look, self.tr("Hours each week"))
        hours.body.addWidget(self._hours)
        self._curve = BarChart(self._look, self.tr("Kept of what was chosen for you, each week"), full=(1.0, "100 %"))
        curve_text = self.tr("How much of what was chosen for you was not skipped, each week. It should rise.")
        self._curve_card = PanelCard(self._look, self.tr("How well it knows you"), curve_text)
        self._curve_card.body.addWidget(self._curve)
        self._skips = self._list_card(
            self.tr("Skips"), self.tr("The fewer of what was chosen for you is skipped, the better it knows you.")
        )
        self._artists = self._list_card(self.tr("Most played in the last three months"), "")
        self._learned = LearnedArtistsCard(context)
        self._models = ModelsCard(context)
        self._judged = self._list_card(
            self.tr("Thumbs, and what is left out for some days"),
            self.tr("With how often the artist was chosen for you before and after. Take back what no longer holds."),
        )
        self._skipped = self._list_card(
            self.tr("What your skips changed"),
            self.tr("Artists you skipped more than once, and how often they were chosen for you before and after."),
        )
        self.add_card(hours)
        self.add_card(self._curve_card)
        for layout in (self._skips, self._artists):
            self.add_card(layout[0])
        self.add_card(self._learned)
        for layout in (self._judged, self._skipped):
            self.add_card(layout[0])
        self.add_card(self._models)
        self.add_card(self._reset_card())
        self.column.addStretch()
        context.operations.changed.connect(self._on_changes)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS, Kind.DISMISSALS, Kind.LEARNED):
            self._load()

    def _list_card(self, title: str, text: str) -> tuple[PanelCard, QVBoxLayout]:
        card = PanelCard(self._look, title, text)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        card.body.addLayout(lines)
        return card, lines

    def title(self) -> str:
        """The page's name."""
        return self.tr("What was learned")

    def count(self) -> str:
        """From how many plays."""
        return words.plays(self._plays) if self._plays else ""

    def show_place(self, place: Place) -> None:
        """Sum up anew."""
        self._load()

    def _load(self) -> None:
        self._learned.load()
        self.context.listening.insights(self._show)

    def _show(self, found: Insights) -> None:
        self._plays = found.plays
        self._show_hours(found.weeks)
        self._show_curve(found.kept)
        self._show_skips(found)
        self._show_skipped(found)
        self._show_artists(found)
        self._models.show_models(found.models)
        self._show_judged(found)
        self.header_changed.emit()

    def _nothing(self, lines: QVBoxLayout, text: str) -> None:
        lines.addWidget(TextLabel(self._look, text, font="second", colour="text3", wrap=True))

    def _show_hours(self, weeks: Sequence[float]) -> None:
        self._hours.show_bars(weekly_bars([(hours, f"{hours:.1f}") if hours else None for hours in weeks], now_ms()))

    def _show_curve(self, kept: Sequence[float | None]) -> None:
        """The learning curve; without suggestions heard there is none."""
        self._curve_card.setVisible(any(share is not None for share in kept))
        values = [(share, f"{share * 100:.0f} %") if share is not None else None for share in kept]
        self._curve.show_bars(weekly_bars(values, now_ms()))

    def _show_skipped(self, found: Insights) -> None:
        card, lines = self._skipped
        clear(lines)
        card.setVisible(bool(found.skipped))
        for artist in found.skipped:
            row = QWidget()
            box = QHBoxLayout(row)
            box.setContentsMargins(0, 0, 0, 0)
            name = ElidedLabel(self._look, font="body")
            name.set_text(artist.name)
            box.addWidget(name, 1)
            text = " · ".join(part for part in (self._times(artist.skips), self._change(artist.effect, -1)) if part)
            box.addWidget(TextLabel(self._look, text, font="second", colour="text2"))
            lines.addWidget(row)

    def _times(self, skips: int) -> str:
        return self.tr("%Ln skip(s)", "", skips)

    def _change(self, effect: Effect | None, way: int) -> str:
        """How often an artist was suggested, before and after; empty where that is no effect of what the user said.

        Args:
            effect: What was counted.
            way: 1 after what asks for more of the artist, -1 after what asks for less.
        """
        if effect is None or effect.before is None or effect.after is None:
            return ""
        before, after = round(effect.before * 100), round(effect.after * 100)
        if (after - before) * way <= 0:
            return ""  # other things weigh more: shown as an effect it would read like a failure
        return self.tr("chosen {0} % → {1} %").format(before, after)

    def _show_skips(self, found: Insights) -> None:
        lines = self._skips[1]
        clear(lines)
        rows = (
            (self.tr("Chosen for you"), found.skipped_suggested),
            (self.tr("Chosen by you"), found.skipped_picked),
        )
        for name, share in rows:
            if share is not None:
                lines.addWidget(ShareBar(self._look, name, share, f"{share * 100:.0f} %"))
        if all(share is None for _, share in rows):
            self._nothing(lines, self.tr("Nothing to say yet: play some music first."))

    def _show_artists(self, found: Insights) -> None:
        lines = self._artists[1]
        clear(lines)
        most = max((artist.plays for artist in found.artists), default=1)
        for artist in found.artists:
            rising = "  ↑" if artist.plays > artist.before * 1.5 and artist.plays > 2 else ""
            lines.addWidget(ShareBar(self._look, artist.name, artist.plays / most, words.plays(artist.plays) + rising))
        if not found.artists:
            self._nothing(lines, self.tr("No plays in the last three months."))

    def _show_judged(self, found: Insights) -> None:
        lines = self._judged[1]
        clear(lines)
        for track in (*found.judged, *found.put_off):
            lines.addWidget(self._judged_line(track, found.effects.get(track.id)))
        if not found.judged and not found.put_off:
            self._nothing(lines, self.tr("No thumbs given yet."))

    def _judged_line(self, track: Track, effect: Effect | None) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        name = ElidedLabel(self._look, font="body")
        name.set_text(f"{track.title} · {track.artist}" if track.artist else track.title)
        state = {1: self.tr("more like this"), -1: self.tr("left out"), 0: self.tr("not now")}[track.thumb]
        colour = {1: "good", -1: "bad", 0: "text3"}[track.thumb]
        back = TextButton(self._look, self.tr("Take back"), role="quiet")
        back.setAccessibleName(self.tr("Take back: {0}").format(track.title))
        back.clicked.connect(partial(self._take_back, track))
        box.addWidget(name, 1)
        if change := self._change(effect, 1 if track.thumb > 0 else -1):
            box.addWidget(TextLabel(self._look, change, font="second", colour="text3"))
        box.addWidget(TextLabel(self._look, state, font="second", colour=colour))
        box.addWidget(back)
        return row

    def _take_back(self, track: Track) -> None:
        if track.thumb:
            self.context.tracks.thumb(track, track.thumb)
            return
        self.context.feedback.welcome_back([track.id])

    def _reset_card(self) -> PanelCard:
        text = self.tr("What was learned, or everything about your listening, can be deleted for good.")
        card = PanelCard(self._look, self.tr("Begin anew"), text)
        forget = TextButton(self._look, self.tr("Export or forget"))
        forget.clicked.connect(lambda: self.context.go(Place(PageKind.DATA)))
        row = QHBoxLayout()
        row.addWidget(forget)
        row.addStretch()
        card.body.addLayout(row)
        return card
