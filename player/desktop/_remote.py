"""What each remote command does to the running player."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.desktop._protocol import Request
from player.domain import QueueEntry, Track, TrackId, UsageError
from player.playback import Controller


class Remote(QObject):
    """Does requests of the remote control on the GUI thread.

    Signals:
        raise_requested(): The window should come to the front.
        quit_requested(): The player should quit.
        open_requested(list, bool, object): Local files or folders to play, True, and None.

    Args:
        controller: The transport.
        tracks: Looks up a track.
        thumb: Gives a thumb: track and +1 or -1.
        parent: Qt parent.
    """

    raise_requested = Signal()
    quit_requested = Signal()
    open_requested = Signal(list, bool, object)

    def __init__(
        self,
        controller: Controller,
        tracks: Callable[[TrackId], Track | None],
        thumb: Callable[[TrackId, int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._tracks = tracks
        self._thumb = thumb
        self._actions: dict[str, Callable[..., Any]] = {
            "status": lambda: None,
            "play-pause": controller.play_pause,
            "play": controller.play,
            "pause": controller.pause,
            "stop": controller.stop,
            "next-track": controller.next,
            "previous": controller.previous,
            "seek": lambda seconds: controller.seek(max(int(seconds * 1000), 0)),
            "volume": controller.set_volume,
            "thumb-up": lambda: self._give(1),
            "thumb-down": lambda: self._give(-1),
            "raise": self.raise_requested.emit,
            "open": self._open,
            "quit": self.quit_requested.emit,
        }

    def handle(self, request: Request) -> Any:
        """Do a request; the result is what plays, or Up Next for `queue`.

        Raises:
            UsageError: it cannot be done now.
        """
        if request.command == "queue":
            return [self._entry(entry) for entry in self._controller.queue.entries()]
        self._actions[request.command](*request.args)
        return self._status()

    def _give(self, value: int) -> None:
        track = self._controller.current_track
        if track is None:
            raise UsageError("Nothing is playing that a thumb could be for.")
        self._thumb(track.id, value)

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
