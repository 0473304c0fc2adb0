"""What each remote command does to the running player."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.desktop._ports import Feedback, History, QueueEdits
from player.desktop._protocol import Request
from player.domain import PlayFinished, QueueEntry, RepeatMode, Track, TrackId, TrackStarted, UsageError
from player.playback import Controller

_REPEATS = {
    RepeatMode.OFF: RepeatMode.ALL,
    RepeatMode.ALL: RepeatMode.ONE,
    RepeatMode.ONE: RepeatMode.OFF,
}
"""What the next repeat mode is, as the button in the window goes round."""


class Remote(QObject):
    """Does requests of the remote control on the GUI thread.

    Signals:
        raise_requested(): The window should come to the front.
        quit_requested(): The player should quit.
        open_requested(list, bool, object): Local files or folders; whether to play them or only queue them; None.
        happened(str, dict): An event that `watch` reports: its name and its values; `document` makes what is sent.

    Args:
        controller: The transport.
        tracks: Looks up a track.
        feedback: Thumbs for what plays.
        history: Undo and redo.
        edits: Changes of the queue.
        parent: Qt parent.
    """

    raise_requested = Signal()
    quit_requested = Signal()
    open_requested = Signal(list, bool, object)
    happened = Signal(str, dict)

    def __init__(
        self,
        controller: Controller,
        tracks: Callable[[TrackId], Track | None],
        feedback: Feedback,
        history: History,
        edits: QueueEdits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._history = history
        self._edits = edits
        self._tracks = tracks
        self._feedback = feedback
        self._actions: dict[str, Callable[..., Any]] = {
            "status": lambda: None,
            "watch": lambda: None,
            "play-pause": controller.play_pause,
            "play": controller.play,
            "pause": controller.pause,
            "stop": controller.stop,
            "next-track": controller.next,
            "previous": controller.previous,
            "seek": lambda seconds: controller.seek(max(int(seconds * 1000), 0)),
            "seek-by": lambda seconds: controller.seek(max(controller.position_ms + int(seconds * 1000), 0)),
            "volume": controller.set_volume,
            "volume-by": lambda change: controller.set_volume(controller.volume + change),
            "shuffle": self._shuffle,
            "repeat": self._repeat,
            "thumb-up": lambda: self._give(1),
            "thumb-down": lambda: self._give(-1),
            "undo": self._undo,
            "redo": self._redo,
            "queue-add": lambda paths: self.open_requested.emit(paths, False, None),
            "queue-clear": edits.clear,
            "raise": self.raise_requested.emit,
            "open": self._open,
            "quit": self.quit_requested.emit,
        }
        controller.track_started.connect(self._on_started)
        controller.play_finished.connect(self._on_finished)
        controller.state_changed.connect(lambda _state: self._tell("state"))
        controller.volume_changed.connect(lambda _volume, _muted: self._tell("volume"))
        controller.queue.changed.connect(lambda: self._tell("queue"))
        controller.queue.modes_changed.connect(lambda: self._tell("modes"))

    def handle(self, request: Request) -> Any:
        """Do a request; the result is what plays, or Up Next for `queue`.

        For `undo` and `redo` it says under "change" what that was.

        Raises:
            UsageError: it cannot be done now.
        """
        if request.command == "queue":
            return [self._entry(entry) for entry in self._controller.queue.entries()]
        more = self._actions[request.command](*request.args)
        return self._status() | more if request.command in ("undo", "redo") else self._status()

    def _give(self, value: int) -> None:
        if not self._feedback.thumb_playing(value):
            raise UsageError("Nothing is playing that a thumb could be for.")

    def _shuffle(self, word: str) -> None:
        queue = self._controller.queue
        if word not in ("on", "off", "toggle"):
            raise UsageError("Shuffle is on, off or toggle.")
        self._edits.set_modes(shuffle=not queue.shuffle if word == "toggle" else word == "on")

    def _repeat(self, word: str) -> None:
        queue = self._controller.queue
        if word != "next" and word not in list(RepeatMode):
            raise UsageError("Repeat is off, all, one or next.")
        self._edits.set_modes(repeat=_REPEATS[queue.repeat] if word == "next" else RepeatMode(word))

    def _undo(self) -> dict[str, str]:
        change = self._history.undo()
        if not change:
            raise UsageError("There is nothing to undo.")
        return {"change": change}

    def _redo(self) -> dict[str, str]:
        change = self._history.redo()
        if not change:
            raise UsageError("There is nothing to redo.")
        return {"change": change}

    def _on_started(self, event: TrackStarted) -> None:
        self._tell("started", reason=str(event.reason))

    def _on_finished(self, event: PlayFinished) -> None:
        self._tell("finished", id=event.start.track_id, listened_ms=event.listened_ms, reason=str(event.reason))

    def _tell(self, name: str, **values: Any) -> None:
        self.happened.emit(name, values)

    def document(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return what `watch` sends for an event: its name, its values, and what plays."""
        return {"event": name, **values, **self._status()}

    def _open(self, paths: list[str]) -> None:
        if paths:
            self.open_requested.emit(paths, True, None)
        self.raise_requested.emit()

    def _status(self) -> dict[str, Any]:
        controller = self._controller
        track = controller.current_track
        return {
            "state": str(controller.state),
            "track": _described(track) if track is not None else None,
            "position_ms": controller.position_ms,
            "volume": controller.volume,
            "muted": controller.muted,
            "shuffle": controller.queue.shuffle,
            "repeat": str(controller.queue.repeat),
            "up_next": len(controller.queue.entries()),
        }

    def _entry(self, entry: QueueEntry) -> dict[str, Any]:
        track = self._tracks(entry.track_id)
        reasons = [reason.text for reason in entry.suggestion.reasons] if entry.suggestion else []
        return {
            **(_described(track) if track else {"id": entry.track_id}),
            "origin": str(entry.origin),
            "reasons": reasons,
        }


def _described(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "path": track.path,
        "duration_ms": track.duration_ms,
        "thumb": track.thumb,
    }
