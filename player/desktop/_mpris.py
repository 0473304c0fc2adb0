"""MPRIS2: the player on the session bus, for media keys, panels and playerctl.

The GUI thread makes an `MprisState` after every change and posts it; the bus thread answers from
the last one and sends commands back by a queued signal.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from dbus_fast import NameFlag, RequestNameReply
from dbus_fast.aio import MessageBus
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal

from player.desktop._bus import Bus
from player.desktop._mpris_feedback import FeedbackInterface
from player.desktop._mpris_interfaces import Player, Root
from player.desktop._mpris_state import NO_TRACK, Listed, MprisState, changed_properties, entry_id_of, list_changes
from player.desktop._mpris_tracklist import TrackList
from player.desktop._ports import Feedback, History, QueueEdits
from player.desktop._system_controls import Controls, open_controls
from player.domain import PlayerState, QueueEntry, RepeatMode, Track, TrackId
from player.playback import Controller

BUS_NAME = "org.mpris.MediaPlayer2.segue"
OBJECT_PATH = "/org/mpris/MediaPlayer2"
MOST_LISTED = 50
"""Tracks of Up Next told to other programs."""
JUMP_US = 750_000
"""A position further than this from where playing would have brought it is a seek."""

_STATUS = {PlayerState.PLAYING: "Playing", PlayerState.PAUSED: "Paused", PlayerState.STOPPED: "Stopped"}
_LOOP = {RepeatMode.OFF: "None", RepeatMode.ONE: "Track", RepeatMode.ALL: "Playlist"}
_MODE = {loop: mode for mode, loop in _LOOP.items()}


class Mpris(QObject):
    """Tells the session bus what plays, and does what it asks.

    Signals:
        raise_requested(): The window should come to the front.
        quit_requested(): The player should quit.
        open_requested(list, bool, object): Local files to add, whether to play them now, and else before which
            row of what was queued; None is behind it.
        _commanded(str, object): A command from the bus thread; private.

    Args:
        controller: The transport.
        tracks: Looks up a track.
        cover: File of a track's cover, empty without one.
        feedback: Thumbs for what plays.
        history: Undo and redo.
        edits: Changes of the queue.
        parent: Qt parent.
    """

    raise_requested = Signal()
    quit_requested = Signal()
    open_requested = Signal(list, bool, object)
    _commanded = Signal(str, object)

    def __init__(
        self,
        controller: Controller,
        tracks: Callable[[TrackId], Track | None],
        cover: Callable[[Track], str],
        feedback: Feedback,
        history: History,
        edits: QueueEdits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._tracks = tracks
        self._cover = cover
        self._operations = feedback, history
        self._edits = edits
        self._posted = MprisState()
        self._shown = MprisState()  # the bus thread's own
        self._bus: Bus | None = None
        self._controls: Controls | None = None
        self._root = Root(self._send)
        self._player = Player(self._send, lambda: self._shown)
        self._list = TrackList(self._send, lambda: self._shown)
        self._feedback = FeedbackInterface(self._send)
        self._update = QTimer(self, interval=0, singleShot=True)
        self._update.timeout.connect(self._post)
        self._commanded.connect(self._do, Qt.ConnectionType.QueuedConnection)
        self._watch()

    def close(self) -> None:
        """Say nothing more."""
        self._update.stop()
        self._bus = None
        if self._controls is not None:
            self._controls.close()
            self._controls = None

    def attach(self, bus: Bus) -> None:
        """Use this bus; `prepare` runs on its thread."""
        self._bus = bus

    def offer(self) -> None:
        """Offer the controls of Windows or macOS the same."""
        self._controls = open_controls(self._send)
        self._soon()

    def refresh(self) -> None:
        """Look at everything again: a cover has become a file, say."""
        self._soon()

    async def prepare(self, bus: MessageBus) -> None:
        """Export the interfaces and take the name, or one of our own beside a first player."""
        for interface in (self._root, self._player, self._list, self._feedback):
            bus.export(OBJECT_PATH, interface)
        reply = await bus.request_name(BUS_NAME, NameFlag.DO_NOT_QUEUE)
        if reply is not RequestNameReply.PRIMARY_OWNER:
            await bus.request_name(f"{BUS_NAME}.instance{os.getpid()}", NameFlag.DO_NOT_QUEUE)

    def _watch(self) -> None:
        controller, queue = self._controller, self._controller.queue
        for signal in (
            controller.state_changed,
            controller.track_changed,
            controller.volume_changed,
            controller.speed_changed,
            queue.changed,
            queue.modes_changed,
        ):
            signal.connect(self._soon)
        controller.position_changed.connect(self._on_position)

    def _soon(self, *_what: object) -> None:
        """Post once for all changes of this turn of the event loop."""
        if self._bus is not None or self._controls is not None:
            self._update.start()

    def _on_position(self, position_ms: int, _duration_ms: int) -> None:
        if abs(self._posted.position_us() - position_ms * 1000) > JUMP_US:
            self._post()
            if self._bus is not None:
                self._bus.post(lambda _bus: self._player.Seeked(position_ms * 1000))

    def _post(self) -> None:
        state = self._posted = self._state()
        if self._bus is not None:
            self._bus.post(lambda _bus: self._show(state))
        if self._controls is not None:
            self._controls.show(state)

    def _state(self) -> MprisState:
        controller, queue = self._controller, self._controller.queue
        current = self._listed(queue.current) if queue.current is not None else None
        found = [self._listed(entry) for entry in queue.entries()[:MOST_LISTED]]
        cover = self._cover(current.track) if current is not None else ""
        return MprisState(
            _STATUS[controller.state],
            current,
            QUrl.fromLocalFile(cover).toString(QUrl.ComponentFormattingOption.FullyEncoded) if cover else "",
            controller.position_ms,
            time.monotonic(),
            controller.speed,
            0.0 if controller.muted else controller.volume,
            _LOOP[queue.repeat],
            queue.shuffle,
            tuple(upcoming for upcoming in found if upcoming is not None),
            queue.peek(automatic=False) is not None,
            current is not None,
        )

    def _listed(self, entry: QueueEntry) -> Listed | None:
        track = self._tracks(entry.track_id)
        return Listed(entry.id, track) if track is not None else None

    # On the bus thread

    def _show(self, state: MprisState) -> None:
        before, self._shown = self._shown, state
        changed = changed_properties(before, state)
        if changed:
            self._player.emit_properties_changed(changed)
        self._list.tell(list_changes(before, state))

    def _send(self, command: str, arguments: tuple[Any, ...]) -> None:
        self._commanded.emit(command, arguments)

    # On the GUI thread again

    def _do(self, command: str, arguments: tuple[Any, ...]) -> None:
        controller, edits = self._controller, self._edits
        feedback, history = self._operations
        actions: dict[str, Callable[..., object]] = {
            "raise": self.raise_requested.emit,
            "quit": self.quit_requested.emit,
            "next": controller.next,
            "previous": controller.previous,
            "pause": controller.pause,
            "play": controller.play,
            "play_pause": controller.play_pause,
            "stop": controller.stop,
            "seek": controller.seek,
            "speed": controller.set_speed,
            "volume": controller.set_volume,
            "shuffle": lambda value: edits.set_modes(shuffle=value),
            "loop": lambda value: edits.set_modes(repeat=_MODE[value]),
            "open": lambda uri: self._open(uri, now=True),
            "enqueue": lambda uri, after: self._open(uri, now=False, at=self._row_after(after)),
            "thumb": feedback.thumb_playing,
            "undo": history.undo,
            "redo": history.redo,
            "remove": self._remove,
            "go_to": self._go_to,
        }
        actions[command](*arguments)

    def _open(self, uri: str, *, now: bool, at: int | None = None) -> None:
        path = QUrl(uri).toLocalFile()
        if path:
            self.open_requested.emit([path], now, at)

    def _row_after(self, path: str) -> int | None:
        """The row behind an entry; the first behind the present one; None where it is not in the list."""
        queue, wanted = self._controller.queue, entry_id_of(path)
        if path == NO_TRACK or (queue.current is not None and wanted == queue.current.id):
            return 0
        return next((row + 1 for row, entry in enumerate(queue.entries()) if entry.id == wanted), None)

    def _remove(self, path: str) -> None:
        wanted = entry_id_of(path)
        if wanted is not None:
            self._edits.remove([wanted])

    def _go_to(self, path: str) -> None:
        wanted = entry_id_of(path)
        if wanted is not None:
            self._edits.jump(wanted)
