"""Everything of the platform around the window, built and closed in one place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.desktop._appearance import Appearance
from player.desktop._bus import Bus
from player.desktop._calls import Notifier, SleepInhibitor
from player.desktop._idle import Probe, platform_probe
from player.desktop._instance import Instance
from player.desktop._mpris import Mpris
from player.desktop._ports import Feedback, History, QueueEdits
from player.desktop._power import Power
from player.desktop._remote import Remote
from player.domain import PlayerState, Track, TrackId
from player.playback import Controller


class Desktop(QObject):
    """Single instance, remote control, media keys (MPRIS2), notifications, keeping awake, idleness.

    Signals:
        raise_requested(): The window should come to the front.
        quit_requested(): The player should quit.
        open_requested(list, bool, object): Local files or folders; whether to play them now; else before which row
            of what was queued, None behind it.

    Args:
        profile: Data folder of the profile.
        controller: The transport.
        tracks: Looks up a track.
        feedback: Thumbs for what plays.
        history: Undo and redo.
        edits: Changes of the queue.
        cover: File of a track's cover, empty without one.
        announces: Whether to show a notification for each track now.
        parent: Qt parent.
    """

    raise_requested = Signal()
    quit_requested = Signal()
    open_requested = Signal(list, bool, object)

    def __init__(
        self,
        profile: Path,
        controller: Controller,
        tracks: Callable[[TrackId], Track | None],
        feedback: Feedback,
        history: History,
        edits: QueueEdits,
        *,
        cover: Callable[[Track], str] = lambda _track: "",
        announces: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._cover = cover
        self._announces = announces
        self._bare: Track | None = None  # announced while its cover was not a file yet
        self._remote = Remote(controller, tracks, feedback, history, edits, self)
        self._instance = Instance(profile, self._remote.handle, self)
        remote, instance = self._remote, self._instance
        remote.happened.connect(lambda name, values: instance.broadcast(lambda: remote.document(name, values)))
        self._mpris = Mpris(controller, tracks, cover, feedback, history, edits, self)
        self._bus = Bus(self._mpris.prepare) if sys.platform.startswith("linux") else None
        for source in (self._remote, self._mpris):
            source.raise_requested.connect(self.raise_requested)
            source.quit_requested.connect(self.quit_requested)
            source.open_requested.connect(self.open_requested)
        self.idle_ms: Probe = platform_probe(self._bus)
        self.power = Power()
        self.appearance = Appearance(self._bus, self)
        if self._bus is not None:
            self._use_bus(self._bus, controller)

    def _use_bus(self, bus: Bus, controller: Controller) -> None:
        self._notifier = Notifier(bus)
        self._inhibitor = SleepInhibitor(bus)
        self._mpris.attach(bus)
        controller.state_changed.connect(lambda state: self._inhibitor.set_playing(state is PlayerState.PLAYING))
        controller.track_started.connect(lambda event: self._announce(self._tracks(event.track_id)))

    def acquire(self) -> bool:
        """Become the one window of the profile and appear on the bus; False where another one is running."""
        if not self._instance.acquire():
            return False
        if self._bus is not None:
            self._bus.start()
        else:
            self._mpris.offer()
        self.power.start()
        return True

    def refresh(self) -> None:
        """Tell the bus what has changed: a cover has become a file, say."""
        self._mpris.refresh()
        if self._bare is not None and self._cover(self._bare):
            self._announce(self._bare)

    def close(self) -> None:
        """Leave the bus, free the socket and the lock."""
        self._mpris.close()
        if self._bus is not None:
            self._bus.close()
        self.power.close()
        self._instance.close()

    def _announce(self, track: Track | None) -> None:
        """Show a notification in place of the one before; once more when the cover has become a file."""
        self._bare = None
        if track is None or not self._announces():
            return
        cover = self._cover(track)
        if not cover and track.cover_key is not None:
            self._bare = track
        self._notifier.show(track, cover)
