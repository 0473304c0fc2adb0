"""Bringing in other programs' histories, playlists and models, and writing one's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.domain import TrackId
from player.importing import Exchange, Names
from player.library import Library
from player.recommending import ModelExchange

MODEL_SUFFIX = ".zip"


class ExchangeOperations(QObject):
    """Operations that import and export; announces `Kind.HISTORY`, `Kind.THUMBS` and `Kind.LEARNED`.

    Signals:
        looking(str): A file is being read; its name.
        previewed(ImportPreview): What it holds, and what of it is in the library.
        imported(ImportReport): It was added.
        claimed(int): So many plays imported earlier have found their tracks.
        model_taken(ModelVersion): It was a model, which is in use now.
        failed(str): It cannot be read or added; a sentence for the user. Nothing was added.
        exported(str, int): A history was written to this file, so many lines.
        model_exported(str): The model was written to this file.
        playlists_exported(Path, list[Path]): Every playlist was written to a file in this folder.
        export_failed(str): Something cannot be written; a sentence for the user.

    Args:
        runner: Announces the changes.
        exchange: Histories in and out.
        models: The model in and out.
        library: Playlists out.
        parent: Qt parent.
    """

    looking = Signal(str)
    previewed = Signal(object)
    imported = Signal(object)
    claimed = Signal(int)
    model_taken = Signal(object)
    failed = Signal(str)
    exported = Signal(str, int)
    model_exported = Signal(str)
    playlists_exported = Signal(object, list)
    export_failed = Signal(str)

    def __init__(
        self,
        runner: OperationRunner,
        exchange: Exchange,
        models: ModelExchange,
        library: Library,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._exchange = exchange
        self._models = models
        self._library = library
        exchange.looking.connect(self.looking)
        exchange.previewed.connect(self.previewed)
        exchange.imported.connect(self._on_imported)
        exchange.claimed.connect(self._on_claimed)
        exchange.failed.connect(self.failed)
        exchange.exported.connect(self.exported)
        exchange.export_failed.connect(self.export_failed)
        models.imported.connect(self._on_model)
        models.exported.connect(self.model_exported)
        models.failed.connect(self._on_model_failed)
        self._taking = False

    # In

    def look(self, path: Path) -> None:
        """Read an export and match it to the library; `previewed` or `failed` follows. A model is taken at once."""
        if path.suffix.lower() == MODEL_SUFFIX:
            self._taking = True
            self.looking.emit(path.name)
            self._models.take(path, lambda: self._exchange.look(path))
        else:
            self._exchange.look(path)

    def decide(self, names: Names, track_id: TrackId | None) -> None:
        """Settle a doubt of what was looked at last: that track, or None for none; `previewed` follows."""
        self._exchange.decide(names, track_id)

    def add(self) -> None:
        """Add what was looked at last; `imported` or `failed` follows."""
        self._exchange.add()

    def drop(self) -> None:
        """Let go of what was looked at."""
        self._exchange.drop()

    # Out

    def export_history(self, path: Path) -> None:
        """Write the history to a file; `exported` or `export_failed` follows."""
        self._exchange.export_history(path)

    def export_model(self, path: Path) -> None:
        """Write the model in use to a file; `model_exported` or `export_failed` follows."""
        self._taking = False
        self._models.export(path)

    def export_playlists(self, folder: Path) -> None:
        """Write every playlist to a file of its own; `playlists_exported` or `export_failed` follows."""
        self._library.export_playlists(
            folder, lambda files: self.playlists_exported.emit(folder, files), self.export_failed.emit
        )

    def _on_imported(self, report: object) -> None:
        self._runner.announce(Changes.of(Kind.HISTORY, Kind.THUMBS, Kind.DISMISSALS))
        self.imported.emit(report)

    def _on_claimed(self, plays: int) -> None:
        self._runner.announce(Changes.of(Kind.HISTORY))
        self.claimed.emit(plays)

    def _on_model(self, version: object) -> None:
        self._runner.announce(Changes.of(Kind.LEARNED))
        self.model_taken.emit(version)

    def _on_model_failed(self, why: str) -> None:
        (self.failed if self._taking else self.export_failed).emit(why)
