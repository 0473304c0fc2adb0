"""The versions of the model: how well each foretells, what became of it, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.application.insights import FIGURES, Fate, fates
from player.domain import ModelVersion
from player.recommending import Hindrance, Outlook
from player.ui import words
from player.ui.guard import guarded, none
from player.ui.services import HasLook, HasModels, HasTrainer
from player.ui.views.frame.scrolled import PanelCard, clear
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.charts.insights_chart import Column, FateMark, VersionChart
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel

translate = QCoreApplication.translate

MOST_COLUMNS = 16
MINUTE_MS = 60_000
STATE_COLOURS = {Fate.IN_USE: "good", Fate.USED: "text3", Fate.ROLLED_BACK: "bad", Fate.REJECTED: "text3"}


def outlook_text(outlook: Outlook) -> str:
    """Whether a training runs, or what the next one waits for, in a sentence."""
    if outlook.training:
        return translate("ModelsCard", "It is being trained now.")
    if outlook.off:
        return translate("ModelsCard", "Training while the computer is idle is turned off in the settings.")
    if outlook.private:
        return translate("ModelsCard", "In a private session nothing is trained.")
    if outlook.plays:
        return translate("ModelsCard", "The next training waits for {0} more.").format(words.plays(outlook.plays))
    if outlook.rests_ms:
        minutes = words.number(-(-outlook.rests_ms // MINUTE_MS))
        return translate("ModelsCard", "The last training was lately; the next one waits for {0} min.").format(minutes)
    return {
        Hindrance.BATTERY: translate(
            "ModelsCard", "The next training waits for mains power: the computer runs on battery."
        ),
        Hindrance.SAVING: translate("ModelsCard", "The next training waits until the computer saves power no longer."),
        Hindrance.METERED: translate("ModelsCard", "The next training waits until the network is not a metered one."),
        Hindrance.USED: translate(
            "ModelsCard", "The next training waits until nobody has touched the computer for three minutes."
        ),
        None: translate("ModelsCard", "The next training begins within a minute."),
    }[outlook.hindrance]


class ModelsCardNeeds(HasLook, HasModels, HasTrainer, Protocol):
    """What `ModelsCard` asks for."""


class ModelsCard(PanelCard):
    """Versions of the model.

    Args:
        context: The window's services.
    """

    def __init__(self, context: ModelsCardNeeds) -> None:
        self._look = context.look
        text = self.tr(
            "Trained on this computer while it is idle; used only when they foresee your latest plays better."
        )
        super().__init__(self._look, self.tr("Models"), text)
        self._context = context
        self.chart = VersionChart(self._look, self.tr("How well each version foretells"))
        about = self.tr("Each mark is a version, the dash the one before it, both measured on the same plays.")
        self._about = TextLabel(self._look, about, font="second", colour="text3", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.outlook = TextLabel(self._look, font="body", wrap=True)
        self.body.addWidget(self.outlook)
        self.body.addWidget(self.chart)
        self.body.addWidget(self._about)
        self.body.addLayout(self._lines)
        self._trainer = context.trainer
        for told in (self._trainer.started, self._trainer.stopped, self._trainer.looked):
            told.connect(self._look_ahead)
        self._trainer.finished.connect(lambda _report: self._look_ahead())
        self._trainer.failed.connect(lambda _why: self._look_ahead())

    def _look_ahead(self) -> None:
        """Say what the next training waits for, where that can be seen."""
        if self.isVisible():
            self._trainer.outlook(lambda outlook: self.outlook.setText(outlook_text(outlook)))

    @guarded(none)
    def showEvent(self, event: QShowEvent) -> None:
        """What is said of the next training may be old."""
        super().showEvent(event)
        self._look_ahead()

    def show_models(self, models: Sequence[ModelVersion]) -> None:
        """Show versions, oldest first."""
        became = fates(models)
        self._show_chart(models, became)
        clear(self._lines)
        active = next((model for model in models if model.active), None)
        for model in reversed(models):
            text = self.tr("{0}, from {1} plays").format(words.moment(model.trained_at), words.number(model.events))
            self._lines.addWidget(self._line(text, self._figures(model), became[model.version], model.version))
        shipped = self.tr("The model Segue came with")
        self._lines.addWidget(self._line(shipped, "", Fate.IN_USE if active is None else Fate.USED, None))

    def _names(self) -> list[str]:
        """What `FIGURES` are called."""
        return [
            self.tr("Hit rate: what came was among the first ten"),
            self.tr("Rank: how high what came stood (MRR)"),
            self.tr("Skips: how well they were foreseen (AUC)"),
        ]

    def _state(self, fate: Fate) -> str:
        return {
            Fate.IN_USE: self.tr("in use"),
            Fate.USED: self.tr("was in use"),
            Fate.ROLLED_BACK: self.tr("rolled back"),
            Fate.REJECTED: self.tr("was not better"),
        }[fate]

    def _show_chart(self, models: Sequence[ModelVersion], became: dict[str, Fate]) -> None:
        measured = [model for model in models if any(name in model.after for name in FIGURES)][-MOST_COLUMNS:]
        self.chart.setVisible(bool(measured))
        self._about.setVisible(bool(measured))
        columns, told = [], []
        for model in measured:
            before, after = (tuple(side.get(name) for name in FIGURES) for side in (model.before, model.after))
            fate = became[model.version]
            columns.append(Column(fate, words.day(model.trained_at), before, after))
            told.append(f"{words.day(model.trained_at)}, {self._state(fate)}: {self._figures(model)}")
        self.chart.show_columns(self._names(), columns, "; ".join(told))

    def _figures(self, model: ModelVersion) -> str:
        """The figures in words: "Hit rate 0.310 → 0.331, …"."""
        short = (self.tr("hit rate"), self.tr("rank"), self.tr("skips"))
        parts = []
        for name, figure in zip(short, FIGURES, strict=True):
            if figure in model.after:
                before = f"{model.before[figure]:.3f} → " if figure in model.before else ""
                parts.append(f"{name} {before}{model.after[figure]:.3f}")
        return ", ".join(parts)

    def _line(self, text: str, figures: str, fate: Fate, version: str | None) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(FateMark(self._look, fate))
        column = QVBoxLayout()
        column.setSpacing(0)
        name = ElidedLabel(self._look, font="body")
        name.set_text(text)
        column.addWidget(name)
        if figures:
            column.addWidget(TextLabel(self._look, figures, font="second", colour="text2", wrap=True))
        box.addLayout(column, 1)
        box.addWidget(TextLabel(self._look, self._state(fate), font="second", colour=STATE_COLOURS[fate]))
        if fate is not Fate.IN_USE:
            button = TextButton(self._look, self.tr("Use"), role="quiet")
            button.setAccessibleName(self.tr("Use {0}").format(text))
            button.clicked.connect(partial(self._use, version))
            box.addWidget(button)
        return row

    def _use(self, version: str | None) -> None:
        self._context.models.use(version)
