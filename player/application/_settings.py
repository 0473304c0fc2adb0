"""The settings while the program runs: one owner, everybody else listens. Changes can be undone and redone."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.application._undo import UndoHistory, UndoStep
from player.domain import Settings
from player.storage import Database
from player.workers import Lane


class SettingsStore(QObject):
    """Holds the current `Settings`, saves every change in the storage lane and announces it.

    A change is in force at once, before it is saved: whoever listens to `changed` gets the value itself.

    Signals:
        changed(Settings): After a change; the new value is already held.

    Args:
        db: Where settings are kept.
        storage_lane: Where they are written.
        history: Where the inverse of each change goes.
        parent: Qt parent.
    """

    changed = Signal(object)

    def __init__(self, db: Database, storage_lane: Lane, history: UndoHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._lane = storage_lane
        self._history = history
        self._value = db.settings.load()
        self._remembered: dict[str, Any] = {}
        self._last: tuple[UndoStep, dict[str, Any]] | None = None

    @property
    def value(self) -> Settings:
        """The settings now."""
        return self._value

    def change(self, **changes: Any) -> None:
        """Change fields by name, as the user wants it; nothing happens if all of them have these values already.

        A field that is changed again and again, as by a slider, is one step to undo.

        Raises:
            TypeError: there is no such setting.
        """
        before = {name: getattr(self._value, name, None) for name in changes}
        if not self._put(changes):
            return
        if self._last is not None and self._history.newest is self._last[0] and self._last[1].keys() == before.keys():
            before = self._last[1]
            self._history.retract(self._last[0])
        step = self._history.add(
            self.tr("Change a setting"), undo=lambda: self._restore(before), redo=lambda: self._restore(changes)
        )
        self._last = step, before

    def note(self, **changes: Any) -> None:
        """Keep what changed elsewhere, such as the volume; nothing to undo.

        Raises:
            TypeError: there is no such setting.
        """
        self._put(changes)

    def set_private(self, private: bool) -> None:
        """Begin or end a private session: nothing of it is logged or learned."""
        self.change(private_session=private)

    def recall(self, key: str, default: Any = None) -> Any:
        """Return a remembered detail of the window (JSON), e.g. its size."""
        found = self._remembered.get(key)
        if found is None:
            found = self._db.settings.get(key)
        return default if found is None else found

    def remember(self, key: str, value: Any) -> None:
        """Keep a detail of the window (JSON) across restarts."""
        self._remembered[key] = value
        self._lane.submit(lambda: self._db.settings.put(key, value))

    def _restore(self, values: dict[str, Any]) -> None:
        self._last = None
        self._put(values)

    def _put(self, changes: dict[str, Any]) -> bool:
        value = dataclasses.replace(self._value, **changes)
        if value == self._value:
            return False
        self._value = value
        self._lane.submit(lambda: self._db.settings.save(value))
        self.changed.emit(value)
        return True
