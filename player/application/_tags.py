"""Editing tags: in the files and in the library. Can be undone and redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.application._undo import UndoHistory
from player.domain import TrackId
from player.library import Library, TagEdit


class TagOperations(QObject):
    """Operations on tags; announces `Kind.TRACKS`.

    Signals:
        edited(TagEdit): Tags were changed, as far as they could be.
        reverted(TagEdit): An edit was taken back or done again, as far as it could be.

    Args:
        runner: Announces the changes.
        history: Where the inverse of each operation goes.
        library: Writes the files.
        parent: Qt parent.
    """

    edited = Signal(object)
    reverted = Signal(object)

    def __init__(
        self, runner: OperationRunner, history: UndoHistory, library: Library, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._library = library

    def edit(self, track_ids: Sequence[TrackId], changes: Mapping[str, Sequence[str]]) -> None:
        """Change fields of tracks alike; `edited` follows.

        Args:
            track_ids: The tracks.
            changes: New values by the field's name in `player.tags.EDITABLE`; an empty sequence removes the field.
        """

        def done(edit: TagEdit) -> None:
            if edit.before:
                again = TagEdit(tuple((path, changes) for path, _before in edit.before), ())
                self._history.add(
                    self.tr("Tags changed: {0}").format(self.tr("%Ln track(s)", "", len(edit.before))),
                    undo=lambda: self._library.undo_edit(edit, self._reverted),
                    redo=lambda: self._library.undo_edit(again, self._reverted),
                )
            self._announce(edit)
            self.edited.emit(edit)

        self._library.edit_tags(track_ids, changes, done)

    def _reverted(self, edit: TagEdit) -> None:
        self._announce(edit)
        self.reverted.emit(edit)

    def _announce(self, edit: TagEdit) -> None:
        if edit.before:
            self._runner.announce(Changes.of(Kind.TRACKS))
