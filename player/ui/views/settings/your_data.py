"""Your data: bring a history, take it with you, or have it forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QDir, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout

from player.application import ExchangeOperations, ForgetOperations
from player.recommending import Forgetting
from player.ui.guard import guarded, none
from player.ui.services import HasExchange, HasForgetting, HasLook, HasPlaylists, HasSay
from player.ui.views.frame.scrolled import PanelCard, ScrolledPage
from player.ui.views.settings.import_card import ImportCard
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.overlays.confirm import ConfirmRow
from player.ui.widgets.overlays.notices import Notice

if TYPE_CHECKING:
    pass

HISTORY_FILE = "segue-history.jsonl"
MODEL_FILE = "segue-model.zip"
NARROW_PX = 460


class YourDataPageNeeds(HasExchange, HasForgetting, HasLook, HasPlaylists, HasSay, Protocol):
    """What `YourDataPage` asks for."""


class YourDataPage(ScrolledPage):
    """Import, export, forget.

    Args:
        context: The window's services.
    """

    context: YourDataPageNeeds

    def __init__(self, context: YourDataPageNeeds) -> None:
        super().__init__(context)
        self._look = context.look
        self._rows: list[QBoxLayout] = []
        self.importing = ImportCard(context)
        self.add_card(self.importing)
        self._rows += self.importing.rows
        self.add_card(self._export_card(context.exchange))
        self.setAcceptDrops(True)
        self.add_card(self._forget_card(context.forgetting))
        self.column.addStretch()

    def title(self) -> str:
        """The page's name."""
        return self.tr("Your data")

    def focus_content(self) -> None:
        """The first thing to do here."""
        self.importing.choose_file.setFocus()

    @guarded(none)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder is looked at; more than one is nothing for this page."""
        urls = event.mimeData().urls()
        event.setAccepted(len(urls) == 1 and urls[0].isLocalFile())

    @guarded(none)
    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        event.acceptProposedAction()
        self.importing.take(Path(event.mimeData().urls()[0].toLocalFile()))

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons stand below each other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self._look.px(NARROW_PX)
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # Out.

    def _export_card(self, exchange: ExchangeOperations) -> PanelCard:
        text = self.tr(
            "In open formats: the history as JSON Lines, playlists as XSPF, the model as arrays and ONNX networks. "
            "Another Segue reads them all."
        )
        card = PanelCard(self._look, self.tr("Take it with you"), text)
        self.export_history = TextButton(self._look, self.tr("Export the history"))
        self.export_history.clicked.connect(
            lambda: self._ask_file(self.export_history.text(), HISTORY_FILE, self.write_history)
        )
        self.export_playlists = TextButton(self._look, self.tr("Export the playlists"))
        self.export_playlists.clicked.connect(self._ask_folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.export_history)
        row.addWidget(self.export_playlists)
        row.addWidget(self._model_button(exchange))
        self._rows.append(row)
        row.addStretch()
        card.body.addLayout(row)
        exchange.export_failed.connect(self._complain)
        exchange.exported.connect(self._on_exported)
        exchange.playlists_exported.connect(self._on_playlists)
        return card

    def _on_exported(self, path: object, _lines: int) -> None:
        self._say(self.tr("Your history is in {0}").format(path))

    def _model_button(self, exchange: ExchangeOperations) -> TextButton:
        self.export_model = TextButton(self._look, self.tr("Export the model"))
        self.export_model.clicked.connect(
            lambda: self._ask_file(self.export_model.text(), MODEL_FILE, exchange.export_model)
        )
        exchange.model_exported.connect(lambda path: self._say(self.tr("Your model is in {0}").format(path)))
        return self.export_model

    def _ask_file(self, title: str, name: str, write: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self.window(), title, QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Export the playlists"), QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.write_playlists(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_history(self, path: Path) -> None:
        """Write the history to a file; a notice tells when it is there."""
        self.context.exchange.export_history(path)

    def write_playlists(self, folder: Path) -> None:
        """Write all playlists into a folder; a notice tells when they are there."""
        self.context.exchange.export_playlists(folder)

    def _on_playlists(self, folder: Path, files: list[Path]) -> None:
        self._say(self.tr("Playlists written to {0}: {1}").format(folder, len(files)))

    # Forgotten.

    def _forget_card(self, forgetting: ForgetOperations) -> PanelCard:
        card = PanelCard(self._look, self.tr("Forget"))
        yes = self.tr("Delete for good")
        learned = self.tr("Deletes the models trained here. Your plays stay, and can be learned from again.")
        self.forget_learned = ConfirmRow(self._look, self.tr("Forget what was learned"), learned, yes)
        everything = self.tr(
            "Deletes plays, skips, thumbs, the queue, past queues, imported counts and the models. "
            "Music files, their tags and playlists stay."
        )
        self.forget_everything = ConfirmRow(self._look, self.tr("Delete my listening data"), everything, yes)
        rows = ((self.forget_learned, Forgetting.LEARNED), (self.forget_everything, Forgetting.EVERYTHING))
        for row, what in rows:
            row.asked.connect(lambda row=row: self._show_whole(row))
            row.confirmed.connect(lambda what=what: forgetting.forget(what))
            card.body.addWidget(row)
            self._rows.append(row.answers)
        forgetting.forgotten.connect(self._on_forgotten)
        forgetting.failed.connect(self._complain)
        return card

    def _show_whole(self, row: ConfirmRow) -> None:
        """Scroll to a question, when it has its place."""
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(row))

    def _on_forgotten(self, what: Forgetting) -> None:
        learned = self.tr("What was learned is forgotten. Segue goes on with the model it came with.")
        everything = self.tr("Your listening data is deleted. Segue knows nothing of you any more.")
        self._say(learned if what is Forgetting.LEARNED else everything)

    def _say(self, text: str) -> None:
        self.context.say(Notice(text))

    def _complain(self, why: str) -> None:
        self.context.say(Notice(why, problem=True))
