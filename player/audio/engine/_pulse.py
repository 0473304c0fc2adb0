"""Output through PulseAudio or PipeWire: the second of queued sound lies inside the server.

The server's real-time thread plays on whatever this process does. Sound is taken back by writing over it
(a flush would leave a hole until new sound has come).
"""

from __future__ import annotations

import ctypes
import time
from collections import deque

import numpy as np

from player.audio._dither import Dither
from player.audio._samples import CHANNELS, FRAME_BYTES, Samples
from player.audio._values import Device
from player.audio.engine._libpulse import FOREVER, Connection, PulseDevice, default_sink, sinks
from player.audio.engine._sink import NotAnsweringError, Place
from player.domain import AudioError

FLOAT32LE = 5
STREAM_READY = 2
SEEK_RELATIVE = 0
START_CORKED, EARLY_REQUESTS = 0x0001, 0x4000
BUFFER_S = 2.0
"""Room in the server, more than the engine's queue."""

PERIOD_S = 0.06
"""The server hands sound to the device in steps of this length."""

GUARD_S = 0.03
"""Sound so near to the device is not taken back: by the time its place is written anew it could be played."""

LEAD_IN_S = 0.03
"""Silence before sound where the stream was empty: its first milliseconds can be lost, so let it be these."""

LEAD_OUT_S = 0.2
"""Silence after the end: PipeWire plays whole periods only and would keep the last part."""

FRESH_S = 0.015
"""The server's read index is asked for again after that time."""

POSITION_S, QUIET_S = 0.25, 0.75
"""A server that does not tell its position within the first hangs, and is not asked again within the second."""

NO_ROOM = ctypes.c_size_t(-1).value
CD_BITS = 16
BITS = {"s16le": 16, "s16be": 16, "s24le": 24, "s24-32le": 24, "s32le": 24, "float32le": 24}
"""Bits a sample that survive on the way into each of the server's formats; what it mixes is float32."""


class PulseSink:
    """A stream on the sound server.

    Frames are counted by the stream's read index, which is what the server has handed to the device.
    """

    name = "PulseAudio/PipeWire"
    silent = False
    real_time = True

    def __init__(self) -> None:
        self.rate = 44_100
        self._connection: Connection | None = None
        self._lister: Connection | None = None
        self._stream: int | None = None
        self._corked = True
        self._dither: Dither | None = None
        self.place = Place()
        self._began_on = ""  # name of the device that the stream began on
        self._seen: dict[str, PulseDevice] = {}  # the devices seen last
        self._waiting: deque[bytes] = deque()  # not yet accepted by the server; ends at `_end`
        # Stream positions, in frames: behind the last frame of sound, of the server's next write, of its reading,
        # and behind the last frame taken back but not overwritten yet.
        self._end = self._index = self._read = self._stale_until = 0
        self._read_at = 0.0
        self.latency_s = 0.0
        self._padding = (0, 0)  # stream positions of silence of our own

    def open(self, device: str) -> None:
        """See `Sink.open`."""
        connection = self._connection = Connection()
        try:
            self._see(connection)
            self.rate = self._rate_of(connection, device)
            self._stream = _playback_stream(connection, device, self.rate)
        except AudioError:
            self.close()
            raise
        self._began_on = _device_of(connection, self._stream)
        if (now_on := self._seen.get(self._began_on)) is not None:
            self.place = Place(now_on.device.label, now_on.sample_format, BITS.get(now_on.sample_format, 0))
        self._dither = Dither() if self.place.bits == CD_BITS else None
        self._waiting.clear()
        self._end = self._index = self._read = self._stale_until = 0
        self._read_at = 0.0
        self._padding = (0, 0)
        self._corked = True

    def close(self) -> None:
        """See `Sink.close`."""
        if self._lister is not None:
            self._lister.close()
            self._lister = None
        connection, stream, self._connection, self._stream = self._connection, self._stream, None, None
        if connection is None:
            return
        if stream is not None:
            connection.call("pa_stream_disconnect", stream)
            connection.call("pa_stream_unref", stream)
        connection.close()

    def write(self, block: Samples) -> None:
        """See `Sink.write`."""
        if self._behind(self._read) < LEAD_IN_S * self.rate:
            position = self._position(fresh=True)
            if not self._behind(position):
                self._lead_in(position)
        if self._dither is not None:  # as the server would only round
            block = self._dither.process(block)
        self._append(np.ascontiguousarray(block, np.float32).tobytes())

    def queued(self) -> int:
        """See `Sink.queued`."""
        if self._stream is None:
            return 0
        self._push()
        return self._behind(self._position())

    def take_back(self, most: int) -> int:
        """See `Sink.take_back`.

        What is taken back stays in the server until it is overwritten: by what is written next, or by `settle`.
        """
        position = self._position(fresh=True)
        guard = round(GUARD_S * self.rate) if self.alive() else 0
        frames = min(most, self._behind(position) - guard)
        if frames <= 0:
            return 0
        self._shorten(frames)
        return frames

    def settle(self) -> None:
        """See `Sink.settle`."""
        if self._stream is None or self._waiting or self._stale_until <= self._end or not self.alive():
            return
        frames = self._stale_until - self._end
        self._send(bytes(frames * FRAME_BYTES), self._end)
        self._stale_until = 0

    def start(self) -> None:
        """See `Sink.start`."""
        self._cork(corked=False)

    def hold(self) -> bool:
        """See `Sink.hold`.

        Of a stream that is held the server takes back what the device has not played: so let it be silence.
        """
        if self._padding[1] < self._end:
            self.finish()
        if self._stream is not None and self._position() < self._end and self.alive():
            return False
        self._cork(corked=True)
        return True

    def finish(self) -> None:
        """See `Sink.finish`."""
        self._pad(round(LEAD_OUT_S * self.rate))

    def alive(self) -> bool:
        """See `Sink.alive`."""
        connection, stream = self._connection, self._stream
        if connection is None or stream is None:
            return False
        return connection.alive() and connection.call("pa_stream_get_state", stream) == STREAM_READY

    def devices(self) -> list[Device]:
        """See `Sink.devices`."""
        connection = self._connection or self._lister
        if connection is None or not connection.alive():
            if self._lister is not None:
                self._lister.close()
                self._lister = None
            connection = self._lister = Connection(timeout_s=1.0)
        return self._see(connection)

    def misplaced(self) -> bool:
        """See `Sink.misplaced`.

        Only of the default output: who moves the stream to another one by a mixer wants it there.
        """
        connection, stream = self._connection, self._stream
        if connection is None or stream is None or not self.alive():
            return False
        now_on = _device_of(connection, stream)
        known = self._seen.get(now_on)
        moved = now_on != self._began_on and known is not None and known.rate != self.rate
        return moved and now_on == default_sink(connection)

    def _see(self, connection: Connection) -> list[Device]:
        found = sinks(connection)
        self._seen = {one.device.name: one for one in found}
        return [one.device for one in found]

    def _rate_of(self, connection: Connection, device: str) -> int:
        """The device's own sample rate, so that sound is resampled once, and well."""
        known = self._seen.get(device or default_sink(connection))
        if device and known is None:
            raise AudioError(f"The output “{device}” is not there.")
        return known.rate if known is not None else 44_100

    def _cork(self, *, corked: bool) -> None:
        if self._connection is not None and self._stream is not None and corked != self._corked:
            self._corked = corked
            self._connection.run("pa_stream_cork", self._stream, int(corked), None, None)

    @property
    def _waiting_frames(self) -> int:
        return sum(map(len, self._waiting)) // FRAME_BYTES

    def _lead_in(self, position: int) -> None:
        """Let sound begin a little behind what the server reads now, over what is left of the padding.

        The silence goes to the server together with the first sound: were it sent before, and the interpreter held
        in between, it could be played out by the time the sound comes.
        """
        start = position + round(LEAD_IN_S * self.rate)
        if start < self._end:
            self._shorten(self._end - max(start, self._padding[0]))
            self._padding = (self._padding[0], self._end)
        else:
            self._end = max(self._end, position)
            self._pad(start - self._end, push=False)

    def _shorten(self, frames: int) -> None:
        """Drop frames from the end; those already in the server wait to be overwritten."""
        self._end -= frames
        waiting = self._waiting_frames
        if frames >= waiting:
            self._waiting.clear()
        else:
            self._waiting = deque([b"".join(self._waiting)[: (waiting - frames) * FRAME_BYTES]])
        self._stale_until = max(self._stale_until, self._index)

    def _pad(self, frames: int, *, push: bool = True) -> None:
        """Append silence that does not count as queued."""
        self._padding = (self._end, self._end + frames)
        self._append(bytes(frames * FRAME_BYTES), push=push)

    def _append(self, data: bytes, *, push: bool = True) -> None:
        if self._stream is None:
            raise AudioError("The sound stream is closed.")
        self._waiting.append(data)
        self._end += len(data) // FRAME_BYTES
        if push:
            self._push()

    def _push(self) -> None:
        """Hand over as much as the server has room for."""
        if self._waiting:
            data = b"".join(self._waiting)
            sent = self._send(data, self._end - len(data) // FRAME_BYTES)
            self._waiting.clear()
            if sent < len(data):
                self._waiting.append(data[sent:])

    def _send(self, data: bytes, place: int) -> int:
        """Write at a stream position, over what is there, as far as there is room; returns the bytes written."""
        connection, stream = self._connection, self._stream
        if connection is None:
            return 0
        room = connection.call("pa_stream_writable_size", stream)
        if room == NO_ROOM:
            raise AudioError("The sound server dropped the stream.")
        offset = (place - self._index) * FRAME_BYTES
        size = int(min(max(0, room - offset) // FRAME_BYTES * FRAME_BYTES, len(data)))
        if size == 0:
            return 0
        if connection.call("pa_stream_write", stream, data, size, None, offset, SEEK_RELATIVE) < 0:
            raise AudioError("The sound server refused the sound.")
        self._index = place + size // FRAME_BYTES
        return size

    def _position(self, *, fresh: bool = False) -> int:
        """Stream position up to which the server has played."""
        connection, stream = self._connection, self._stream
        age = time.monotonic() - self._read_at
        if connection is not None and (age > FRESH_S or (fresh and age >= 0.0)):
            answered = connection.run("pa_stream_update_timing_info", stream, None, None, timeout_s=POSITION_S)
            timing = connection.call("pa_stream_get_timing_info", stream) if answered else None
            if timing:
                self._read = max(0, timing.contents.read_index // FRAME_BYTES)
                self.latency_s = timing.contents.sink_usec / 1e6
            # A server that hangs is left alone for a while: the engine has others to answer to.
            self._read_at = time.monotonic() + (0.0 if answered else QUIET_S)
        return self._read

    def _behind(self, position: int) -> int:
        """Frames of sound, not of padding, behind a stream position."""
        first, last = self._padding
        padding = max(0, last - max(first, position))
        return max(0, self._end - position - padding)


def _device_of(connection: Connection, stream: int) -> str:
    """Name of the device that a stream plays on now."""
    name: bytes | None = connection.call("pa_stream_get_device_name", stream)
    return name.decode(errors="replace") if name else ""


def _playback_stream(connection: Connection, device: str, rate: int) -> int:
    lib = connection.lib
    spec = lib.struct("pa_sample_spec", format=FLOAT32LE, rate=rate, channels=CHANNELS)
    attributes = lib.struct(
        "pa_buffer_attr",
        maxlength=FOREVER,
        tlength=round(rate * BUFFER_S) * FRAME_BYTES,
        prebuf=FRAME_BYTES,
        minreq=round(rate * PERIOD_S) * FRAME_BYTES,
        fragsize=FOREVER,
    )
    properties = lib.pa_proplist_new()
    lib.pa_proplist_sets(properties, b"media.role", b"music")
    stream = connection.call(
        "pa_stream_new_with_proplist", connection.context, b"Music", ctypes.byref(spec), None, properties
    )
    lib.pa_proplist_free(properties)
    if not stream:
        raise AudioError(connection.problem())
    flags = START_CORKED | EARLY_REQUESTS
    name = device.encode() if device else None
    status = connection.call("pa_stream_connect_playback", stream, name, ctypes.byref(attributes), flags, None, None)
    if status >= 0:
        status = connection.wait(lambda: int(connection.call("pa_stream_get_state", stream)), STREAM_READY, 3.0)
    if status != STREAM_READY:
        problem = AudioError(connection.problem())
        connection.call("pa_stream_unref", stream)
        raise NotAnsweringError if 0 <= status < STREAM_READY else problem
    return int(stream)
