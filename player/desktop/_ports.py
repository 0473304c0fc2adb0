"""What the platform asks of the player's operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from player.domain import EntryId, RepeatMode


class Feedback(Protocol):
    """Thumbs for what plays."""

    def thumb_playing(self, value: int, /) -> bool:
        """Give what plays a thumb; returns False if nothing plays."""


class History(Protocol):
    """Undo and redo."""

    def undo(self) -> str:
        """Take the newest change back; returns what it was, empty if there was none."""

    def redo(self) -> str:
        """Do again what was taken back last; returns what it was, empty if there was nothing."""


class QueueEdits(Protocol):
    """Changes of the queue."""

    def remove(self, entry_ids: Sequence[EntryId], /) -> None:
        """Take entries out."""

    def clear(self) -> None:
        """Take out everything the user queued."""

    def jump(self, entry_id: EntryId, /) -> None:
        """Play an upcoming entry now."""

    def set_modes(
        self,
        *,
        repeat: RepeatMode | None = None,
        shuffle: bool | None = None,
        stop_after_current: bool | None = None,
    ) -> None:
        """Set the modes that are given."""
