"""A connection to a PulseAudio or PipeWire server: libpulse driven by its own C thread.

The declarations of the C functions, structures and constants come from the `libpulse` package. Its asyncio side is
not used: there every packet passes through the interpreter, so a busy one would stop the sound; `pasimple` offers
only the blocking simple API, which can neither take sound back without draining nor tell exactly what was played.
With `pa_threaded_mainloop` no Python code runs on libpulse's thread, except for the list of devices.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from player.audio._values import Device
from player.audio.engine._sink import NotAnsweringError
from player.domain import AudioError

APP_NAME = b"Segue"
CONTEXT_READY = 4
OPERATION_RUNNING, OPERATION_DONE = 0, 1
NO_AUTOSPAWN = 1
FOREVER = 0xFFFFFFFF
ANSWER_S = 1.0
"""A server that takes longer than that to answer a question hangs."""


class LibPulse:
    """The C library: functions by name, structures and callback types.

    Raises:
        AudioError: libpulse is not installed.
    """

    def __init__(self) -> None:
        try:
            from libpulse.libpulse_ctypes import PulseCTypes, PulseCTypesError  # noqa: PLC0415 - Linux only
        except ImportError as error:
            raise AudioError("The package libpulse is missing.") from error
        try:
            self._types: Any = PulseCTypes()
        except (PulseCTypesError, OSError) as error:
            raise AudioError("The library libpulse is not installed.") from error

    def __getattr__(self, name: str) -> Any:
        return self._types.get_prototype(name)

    def struct(self, name: str, **values: int) -> Any:
        """A C structure with these values."""
        return self._types.struct_ctypes[name](**values)

    def callback(self, name: str, function: Callable[..., None]) -> Any:
        """A C callback of this type; keep it as long as C may call it."""
        return self._types.get_callback(name)(function)


@lru_cache(maxsize=1)
def load() -> LibPulse:
    """The library, loaded once."""
    return LibPulse()


class Connection:
    """A context on its own C thread.

    Attributes:
        lib: The C library.
        context: The `pa_context`.

    Raises:
        NotAnsweringError: a server takes the connection, but does not answer in time.
        AudioError: no server runs.
    """

    def __init__(self, timeout_s: float = 2.0) -> None:
        self.lib = load()
        self._loop = self.lib.pa_threaded_mainloop_new()
        self.context = self.lib.pa_context_new(self.lib.pa_threaded_mainloop_get_api(self._loop), APP_NAME)
        self._running = False
        if self.lib.pa_context_connect(self.context, None, NO_AUTOSPAWN, None) < 0:
            self.close()
            raise AudioError("no sound server runs")
        self.lib.pa_threaded_mainloop_start(self._loop)
        self._running = True
        state = self.wait(lambda: self.call("pa_context_get_state", self.context), CONTEXT_READY, timeout_s)
        if state != CONTEXT_READY:
            self.close()
            raise NotAnsweringError if state < CONTEXT_READY else AudioError("no sound server runs")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the C thread still."""
        self.lib.pa_threaded_mainloop_lock(self._loop)
        try:
            yield
        finally:
            self.lib.pa_threaded_mainloop_unlock(self._loop)

    def call(self, name: str, *args: Any) -> Any:
        """Call a C function with the C thread held still."""
        function = getattr(self.lib, name)
        with self.locked():
            return function(*args)

    def wait(self, state: Callable[[], int], ready: int, timeout_s: float) -> int:
        """Wait until a state is at least `ready` or time is up; polls, so that C never calls into Python."""
        end = time.monotonic() + timeout_s
        while (now := state()) < ready and time.monotonic() < end:
            time.sleep(0.002)
        return now

    def run(self, name: str, *args: Any, timeout_s: float = 0.5) -> bool:
        """Start a server operation and wait until it is done; False when it failed or takes too long.

        An operation given up is cancelled, so that its callback is never called after this returns.
        """
        operation = self.call(name, *args)
        if not operation:
            return False
        end, pause = time.monotonic() + timeout_s, 0.0002
        try:
            while (state := self.call("pa_operation_get_state", operation)) == OPERATION_RUNNING:
                if time.monotonic() > end:
                    return False
                time.sleep(pause)
                pause = min(pause * 2, 0.005)
            return bool(state == OPERATION_DONE)
        finally:
            with self.locked():
                self.lib.pa_operation_cancel(operation)
                self.lib.pa_operation_unref(operation)

    def alive(self) -> bool:
        """Whether the server is still there."""
        return bool(self.call("pa_context_get_state", self.context) == CONTEXT_READY)

    def problem(self) -> str:
        """The last error in words."""
        text: bytes = self.lib.pa_strerror(self.call("pa_context_errno", self.context))
        return text.decode(errors="replace")

    def close(self) -> None:
        """Disconnect and end the C thread. May be called twice."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        if self._running:
            self.lib.pa_threaded_mainloop_lock(loop)
            self.lib.pa_context_disconnect(self.context)
            self.lib.pa_threaded_mainloop_unlock(loop)
            self.lib.pa_threaded_mainloop_stop(loop)
        self.lib.pa_context_unref(self.context)
        self.lib.pa_threaded_mainloop_free(loop)


class PulseDevice(NamedTuple):
    """An output device of the server's: its own sample rate in Hz and format."""

    device: Device
    rate: int
    sample_format: str


def sinks(connection: Connection) -> list[PulseDevice]:
    """Return the output devices, in the server's order.

    Raises:
        NotAnsweringError: the server does not answer in time.
    """
    found: list[PulseDevice] = []

    def take(_context: int, info: Any, end: int, _data: int) -> None:
        if end == 0 and info:
            sink = info.contents
            label = (sink.description or sink.name).decode(errors="replace")
            device = Device(sink.name.decode(errors="replace"), label)
            kind: bytes = connection.lib.pa_sample_format_to_string(sink.sample_spec.format) or b""
            found.append(PulseDevice(device, int(sink.sample_spec.rate), kind.decode(errors="replace")))

    _ask(connection, "pa_context_get_sink_info_list", "pa_sink_info_cb_t", take)
    return found


def default_sink(connection: Connection) -> str:
    """Return the name of the server's default output, empty if it has none.

    Raises:
        NotAnsweringError: the server does not answer in time.
    """
    found: list[str] = []

    def take(_context: int, info: Any, _data: int) -> None:
        if info and info.contents.default_sink_name:
            found.append(info.contents.default_sink_name.decode(errors="replace"))

    _ask(connection, "pa_context_get_server_info", "pa_server_info_cb_t", take)
    return found[0] if found else ""


def _ask(connection: Connection, question: str, kind: str, take: Callable[..., None]) -> None:
    callback = connection.lib.callback(kind, take)  # lives until the operation is done or cancelled
    if not connection.run(question, connection.context, callback, None, timeout_s=ANSWER_S):
        raise NotAnsweringError
