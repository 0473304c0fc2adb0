"""The interface every sound engine implements: the real one and the silent one.

The interface speaks of *plays*: one start of one source, named by a token of the caller's. A play
survives seeks and pauses and ends exactly once, with `ended`. All methods are called on the GUI
thread, return at once and never block; all signals are delivered on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from player.audio._values import Device, SignalPath, Source
from player.domain import Ms, PlayerState


class AudioOutput(QObject):
    """A sound engine.

    Signals:
        started(int): The first sample of the play with this token reached the output.
        ended(PlayEnded): A play is over; follows its `started`, unless it failed, was replaced or was
            sought to its end before it sounded. Each play of `play` ends exactly once; one of `set_next`
            if it began to sound or failed. In a crossfade the next play starts before this one ends.
        next_wanted(int): The play with this token will end within some 15 seconds (at the latest when
            everything is decoded) and nothing is set to follow; answer with `set_next`. Told again when what
            was set cannot be decoded. An answer that comes after the end still plays.
        position_changed(int, int): Position and length in ms, about five times a second in play.
        state_changed(PlayerState): After every change.
        device_failed(str): A message for the user. The device went away: the engine has paused at the exact
            position and goes on by itself when it or another one can be opened. Or there is none at all: the
            play waits, paused, and begins when there is one. Or another device than the wanted one had to be taken.
        devices_changed(): Devices came or went.
        priority_wanted(int): The process with this id plays now, and should be preferred to others; the engine itself
            may not do that.
        signal_path_changed(SignalPath | None): The sound takes another way, or there is another play.
    """

    started = Signal(int)
    ended = Signal(object)
    next_wanted = Signal(int)
    position_changed = Signal(int, int)
    state_changed = Signal(object)
    device_failed = Signal(str)
    devices_changed = Signal()
    priority_wanted = Signal(int)
    signal_path_changed = Signal(object)

    def play(self, source: Source, token: int, *, at_ms: int = 0, paused: bool = False) -> None:
        """Play `source` now, ending what plays with `EndCause.REPLACED`; `at_ms` into it, maybe paused.

        A token that was given to `set_next` before starts at once, being decoded already; the token of the
        present play changes nothing. What was set to follow still follows.
        """
        raise NotImplementedError

    def set_next(self, source: Source | None, token: int = 0, *, crossfade_ms: int = 0) -> None:
        """What follows the present play without a gap; replaces an earlier answer; None is silence.

        Taking back a next track already mixed into the queue is the engine's duty, and so is one that has begun
        because the present play had ended, as long as it is not heard. If the earlier answer has begun to sound
        meanwhile, the new one follows that; the token of the present play changes nothing.

        Args:
            source: What follows.
            token: Its name.
            crossfade_ms: Equal-power overlap, 0 to 12,000; shorter where a track is short or time is.
        """
        raise NotImplementedError

    def pause(self) -> None:
        """Fall silent within a few ms and keep the position. After the end: what is still set to follow waits."""
        raise NotImplementedError

    def resume(self) -> None:
        """Go on after `pause`."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the present play with `EndCause.STOPPED` and forget the next one."""
        raise NotImplementedError

    def seek(self, position_ms: int) -> None:
        """Go on from `position_ms` of the present play, sample-exact; clipped to its length."""
        raise NotImplementedError

    def set_volume(self, volume: float, *, muted: bool = False) -> None:
        """Perceptual volume from 0 to 1, applied after gain."""
        raise NotImplementedError

    def set_gain(self, token: int, gain_db: float, *, over_ms: int) -> None:
        """Lead the play with this token, which sounds or follows, to another gain in dB within so many ms."""
        raise NotImplementedError

    def set_speed(self, speed: float) -> None:
        """Playback speed 0.5 to 2.0 with the pitch kept; 1.0 is bit-exact."""
        raise NotImplementedError

    def set_equaliser(self, gains_db: tuple[float, ...], preamp_db: float = 0.0) -> None:
        """Ten band gains in dB, and one for all of them; nothing but zeros is bypass, bit-exact."""
        raise NotImplementedError

    def set_device(self, name: str) -> None:
        """Use the named device; empty follows the system's default."""
        raise NotImplementedError

    def devices(self) -> list[Device]:
        """Devices known now, the default first; last, where it is chosen or the only one, the one nobody hears."""
        raise NotImplementedError

    @property
    def state(self) -> PlayerState:
        """What the engine does now, as last told by `state_changed`."""
        raise NotImplementedError

    @property
    def position_ms(self) -> Ms:
        """Position heard now within the present play."""
        raise NotImplementedError

    @property
    def listened_ms(self) -> Ms:
        """Sound of the present play that has reached the output so far."""
        raise NotImplementedError

    @property
    def duration_ms(self) -> Ms:
        """Length of the present play, 0 while unknown."""
        raise NotImplementedError

    @property
    def signal_path(self) -> SignalPath | None:
        """The way of the present play's sound; None while nothing plays, or its file is not open yet."""
        raise NotImplementedError

    @property
    def silent(self) -> bool:
        """Whether what plays cannot be heard: a silent engine, or the device that nobody hears."""
        raise NotImplementedError

    def close(self) -> None:
        """End the present play (with `EndCause.STOPPED`, delivered before this returns) and free the device."""
        raise NotImplementedError
