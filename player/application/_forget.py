"""Forgetting: what was learned about an artist, which can be undone, or all that was learned, for good."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.application._undo import UndoHistory
from player.domain import ArtistId
from player.recommending import Forgetter, Forgetting


class ForgetOperations(QObject):
    """Operations that forget; announces `Kind.LEARNED`, and `Kind.HISTORY` and `Kind.THUMBS` with everything.

    Signals:
        forgotten(Forgetting): It is gone for good.
        failed(str): It could not be deleted; a sentence for the user.

    Args:
        runner: Announces the changes.
        history: Where the inverse of each operation goes.
        forgetter: Forgets.
        parent: Qt parent.
    """

    forgotten = Signal(object)
    failed = Signal(str)

    def __init__(
        self, runner: OperationRunner, history: UndoHistory, forgetter: Forgetter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._forgetter = forgetter
        forgetter.artist_changed.connect(lambda artist_id: runner.announce(Changes.of(Kind.LEARNED, ids=[artist_id])))
        forgetter.forgotten.connect(self._on_forgotten)
        forgetter.failed.connect(self.failed)

    def forget_artist(self, artist_id: ArtistId, name: str) -> str:
        """Learn about an artist again from now on; returns what was done, in words."""
        text = self.tr("Forgotten: what was learned about {0}").format(name)
        self._forgetter.forget_artist(artist_id)
        self._history.add(
            text,
            undo=lambda: self._forgetter.remember_artist(artist_id),
            redo=lambda: self._forgetter.forget_artist(artist_id),
        )
        return text

    def remember_artist(self, artist_id: ArtistId, name: str) -> None:
        """Go by everything that was learned about an artist again."""
        self._forgetter.remember_artist(artist_id)
        self._history.add(
            self.tr("Remembered: what was learned about {0}").format(name),
            undo=lambda: self._forgetter.forget_artist(artist_id),
            redo=lambda: self._forgetter.remember_artist(artist_id),
        )

    def forget(self, what: Forgetting) -> None:
        """Forget for good; `forgotten` or `failed` follows. With everything, there is nothing to undo afterwards."""
        self._forgetter.forget(what)

    def _on_forgotten(self, what: Forgetting) -> None:
        kinds = [Kind.LEARNED]
        if what is Forgetting.EVERYTHING:
            self._history.clear()
            kinds += [Kind.HISTORY, Kind.THUMBS, Kind.DISMISSALS]
        self._runner.announce(Changes.of(*kinds))
        self.forgotten.emit(what)
