"""The settings while the program runs: one owner, everybody else listens."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.domain import Settings
from player.storage import Database
from player.workers import Lane


class LiveSettings(QObject):
    """Holds the present `Settings`, saves every change in the storage lane and announces it.

    Signals:
        changed(Settings): After a change; the new value is already held.

    Args:
        db: Where settings are kept.
        storage_lane: Where they are written.
        parent: Qt parent.
    """

    changed = Signal(object)

    def __init__(self, db: Database, storage_lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._lane = storage_lane
        self._value = db.settings.load()
        self._remembered: dict[str, Any] = {}

    @property
    def value(self) -> Settings:
        """The settings now."""
        return self._value

    def change(self, **changes: Any) -> None:
        """Change fields by name; nothing happens when all of them have these values already.

        Raises:
            TypeError: there is no such setting.
        """
        value = dataclasses.replace(self._value, **changes)
        if value == self._value:
            return
        self._value = value
        self._lane.submit(lambda: self._db.settings.save(value))
        self.changed.emit(value)

    def recall(self, key: str, default: Any = None) -> Any:
        """A remembered detail of the window (JSON), e.g. its size."""
        found = self._remembered.get(key)
        if found is None:
            found = self._db.settings.get(key)
        return default if found is None else found

    def remember(self, key: str, value: Any) -> None:
        """Keep a detail of the window (JSON) across restarts."""
        self._remembered[key] = value
        self._lane.submit(lambda: self._db.settings.put(key, value))
