"""What the user can do: one named operation each, and the queries that screens ask. QtCore only.

How an operation is written: a method of a small service here takes plain values, hands its write to
`OperationRunner.run` together with the `Changes` that it makes, and adds its inverse and its repetition to the
`UndoHistory`. The runner announces the `Changes` on the GUI thread once they are written. Window, tray, MPRIS, remote
control and command line call the same methods.

Everything is loaded at first use: a sub-command that runs `headless` needs none of the window's services.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.application._backups import DailyBackup
    from player.application._changes import Changes, Kind, OperationRunner
    from player.application._exchange import ExchangeOperations
    from player.application._feedback import MAX_SEEDS, Answered, FeedbackService
    from player.application._forget import ForgetOperations
    from player.application._library_operations import LibraryOperations
    from player.application._models import ModelOperations
    from player.application._playlists import PlaylistOperations, query_of
    from player.application._queries import ListeningQueries
    from player.application._queue_operations import MAX_QUEUED, QueueOperations
    from player.application._settings import SettingsStore
    from player.application._tags import TagOperations
    from player.application._undo import MAX_STEPS, UndoHistory, UndoStep

_HOMES = {
    "Answered": "_feedback",
    "Changes": "_changes",
    "DailyBackup": "_backups",
    "ExchangeOperations": "_exchange",
    "FeedbackService": "_feedback",
    "ForgetOperations": "_forget",
    "Kind": "_changes",
    "LibraryOperations": "_library_operations",
    "ListeningQueries": "_queries",
    "MAX_QUEUED": "_queue_operations",
    "MAX_SEEDS": "_feedback",
    "MAX_STEPS": "_undo",
    "ModelOperations": "_models",
    "OperationRunner": "_changes",
    "PlaylistOperations": "_playlists",
    "QueueOperations": "_queue_operations",
    "SettingsStore": "_settings",
    "TagOperations": "_tags",
    "UndoHistory": "_undo",
    "UndoStep": "_undo",
    "query_of": "_playlists",
}

__all__ = [
    "MAX_QUEUED",
    "MAX_SEEDS",
    "MAX_STEPS",
    "Answered",
    "Changes",
    "DailyBackup",
    "ExchangeOperations",
    "FeedbackService",
    "ForgetOperations",
    "Kind",
    "LibraryOperations",
    "ListeningQueries",
    "ModelOperations",
    "OperationRunner",
    "PlaylistOperations",
    "QueueOperations",
    "SettingsStore",
    "TagOperations",
    "UndoHistory",
    "UndoStep",
    "query_of",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"player.application.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
