"""What every engine shows the player, wherever its core runs."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QObject, QTimer

from player.audio._api import AudioOutput
from player.audio._events import Event
from player.audio._values import SILENCE, Device, Now, SignalPath, Source, to_ms
from player.domain import Ms, PlayerState

POSITION_EVERY_MS = 200

DEFAULT_DEVICE = Device("", "System default")
NO_DEVICE = Device(SILENCE, "No sound")


class Front(AudioOutput):
    """Passes commands on by name, and keeps what the core told last.

    A subclass carries commands to the core (`_command`), gives `_tell` the core's events on this object's thread, and
    tells what is heard now.

    Args:
        parent: Qt parent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = PlayerState.STOPPED
        self._devices: list[Device] = []
        self._device = ""
        self._signal_path: SignalPath | None = None
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(POSITION_EVERY_MS)
        self._timer.timeout.connect(self._tell_position)

    # -- to the core

    def _command(self, name: str, *arguments: Any) -> None:
        """Have the core carry out a command of `player.audio.engine._loop.COMMANDS`; nothing once closed."""
        raise NotImplementedError

    @property
    def _now(self) -> Now:
        """What is heard, as the core told it last."""
        raise NotImplementedError

    def play(self, source: Source, token: int, *, at_ms: int = 0, paused: bool = False) -> None:
        """See `AudioOutput.play`."""
        self._command("play", source, token, at_ms, paused)

    def set_next(self, source: Source | None, token: int = 0, *, crossfade_ms: int = 0) -> None:
        """See `AudioOutput.set_next`."""
        self._command("set_next", source, token, crossfade_ms)

    def pause(self) -> None:
        """See `AudioOutput.pause`."""
        self._command("pause")

    def resume(self) -> None:
        """See `AudioOutput.resume`."""
        self._command("resume")

    def stop(self) -> None:
        """See `AudioOutput.stop`."""
        self._command("stop")

    def seek(self, position_ms: int) -> None:
        """See `AudioOutput.seek`."""
        self._command("seek", position_ms)

    def set_volume(self, volume: float, *, muted: bool = False) -> None:
        """See `AudioOutput.set_volume`."""
        self._command("set_volume", volume, muted)

    def set_gain(self, token: int, gain_db: float, *, over_ms: int) -> None:
        """See `AudioOutput.set_gain`."""
        self._command("set_gain", token, gain_db, over_ms)

    def set_speed(self, speed: float) -> None:
        """See `AudioOutput.set_speed`."""
        self._command("set_speed", speed)

    def set_equaliser(self, gains_db: tuple[float, ...], preamp_db: float = 0.0) -> None:
        """See `AudioOutput.set_equaliser`."""
        self._command("set_equaliser", gains_db, preamp_db)

    def set_device(self, name: str) -> None:
        """See `AudioOutput.set_device`."""
        self._device = name
        self._command("set_device", name)

    # -- what is known

    def devices(self) -> list[Device]:
        """See `AudioOutput.devices`."""
        none = [NO_DEVICE] if self._device == SILENCE or not self._devices else []
        return [DEFAULT_DEVICE, *self._devices, *none]

    @property
    def state(self) -> PlayerState:
        """See `AudioOutput.state`."""
        return self._state

    @property
    def position_ms(self) -> Ms:
        """See `AudioOutput.position_ms`."""
        return to_ms(self._now.position_s(time.monotonic()))

    @property
    def listened_ms(self) -> Ms:
        """See `AudioOutput.listened_ms`."""
        present = self._now.present
        return to_ms(present.heard_s) if present else Ms(0)

    @property
    def duration_ms(self) -> Ms:
        """See `AudioOutput.duration_ms`."""
        present = self._now.present
        return to_ms(present.duration_s or 0.0) if present else Ms(0)

    @property
    def silent(self) -> bool:
        """See `AudioOutput.silent`."""
        return self._now.silent

    @property
    def signal_path(self) -> SignalPath | None:
        """See `AudioOutput.signal_path`."""
        return self._signal_path

    # -- from the core

    def _tell(self, event: Event, value: Any) -> None:
        match event:
            case Event.STARTED:
                self.started.emit(value)
            case Event.ENDED:
                self.ended.emit(value)
            case Event.NEXT_WANTED:
                self.next_wanted.emit(value)
            case Event.MOVED:
                self._tell_position()
            case Event.DEVICE_FAILED:
                self.device_failed.emit(value)
            case Event.DEVICES:
                self._devices = value
                self.devices_changed.emit()
            case Event.SIGNAL_PATH:
                self._signal_path = value
                self.signal_path_changed.emit(value)
            case Event.STATE:
                self._change_state(value)

    def _change_state(self, state: PlayerState) -> None:
        self._state = state
        if state is PlayerState.PLAYING and not self._closed:
            self._timer.start()
        else:
            self._timer.stop()
        self.state_changed.emit(state)

    def _tell_position(self) -> None:
        self.position_changed.emit(self.position_ms, self.duration_ms)
