"""Output through SDL2's queued audio: for Windows and macOS, and on Linux where no sound server runs.

The device's thread is C and reads from a queue in C, so it never waits for the interpreter. The library comes with
the package pysdl2-dll; the few functions needed are declared here, as PySDL2's wrapper module would load another
8,000 lines for eleven calls.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections import deque
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from player.audio._samples import CHANNELS, FRAME_BYTES, Samples
from player.audio._values import Device
from player.audio.engine._sink import Place
from player.domain import AudioError

INIT_AUDIO = 0x10
FLOAT32 = 0x8120 if sys.byteorder == "little" else 0x9120
ALLOW_RATE_CHANGE = 0x01
DEVICE_SAMPLES = 4_096
STATUS_STOPPED = 0
GUARD_S = 0.02
"""Sound that is not taken back, so that the queue does not run dry before new sound has come."""

MOST_RECENT = 512
"""Blocks remembered: more than the engine's queue holds."""

_LIBRARIES = {
    "win32": ("SDL2.dll",),
    "darwin": ("SDL2.framework/Versions/A/SDL2", "SDL2.framework/SDL2"),
}
_LINUX_LIBRARIES = ("libSDL2-2.0.so", "libSDL2-2.0.so.0")


class _Spec(ctypes.Structure):
    """SDL_AudioSpec."""

    _fields_ = (
        ("freq", ctypes.c_int),
        ("format", ctypes.c_uint16),
        ("channels", ctypes.c_uint8),
        ("silence", ctypes.c_uint8),
        ("samples", ctypes.c_uint16),
        ("padding", ctypes.c_uint16),
        ("size", ctypes.c_uint32),
        ("callback", ctypes.c_void_p),
        ("userdata", ctypes.c_void_p),
    )


_U32, _INT, _STR = ctypes.c_uint32, ctypes.c_int, ctypes.c_char_p
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "SDL_GetError": (_STR, ()),
    "SDL_SetHint": (_INT, (_STR, _STR)),
    "SDL_InitSubSystem": (_INT, (_U32,)),
    "SDL_QuitSubSystem": (None, (_U32,)),
    "SDL_GetNumAudioDevices": (_INT, (_INT,)),
    "SDL_GetAudioDeviceName": (_STR, (_INT, _INT)),
    "SDL_GetDefaultAudioInfo": (_INT, (ctypes.POINTER(_STR), ctypes.POINTER(_Spec), _INT)),
    "SDL_OpenAudioDevice": (_U32, (_STR, _INT, ctypes.POINTER(_Spec), ctypes.POINTER(_Spec), _INT)),
    "SDL_CloseAudioDevice": (None, (_U32,)),
    "SDL_QueueAudio": (_INT, (_U32, ctypes.c_void_p, _U32)),
    "SDL_GetQueuedAudioSize": (_U32, (_U32,)),
    "SDL_ClearQueuedAudio": (None, (_U32,)),
    "SDL_LockAudioDevice": (None, (_U32,)),
    "SDL_UnlockAudioDevice": (None, (_U32,)),
    "SDL_PauseAudioDevice": (None, (_U32, _INT)),
    "SDL_GetAudioDeviceStatus": (_INT, (_U32,)),
}
_HINTS = {
    b"SDL_NO_SIGNAL_HANDLERS": b"1",
    b"SDL_APP_NAME": b"Segue",
    b"SDL_AUDIO_DEVICE_APP_NAME": b"Segue",
    b"SDL_AUDIO_DEVICE_STREAM_NAME": b"Music",
    b"SDL_AUDIO_DEVICE_STREAM_ROLE": b"music",
}
ON_LINUX = platform.system() == "Linux"
if ON_LINUX:
    _HINTS[b"SDL_AUDIODRIVER"] = b"pipewire,alsa"  # PulseAudio has been tried by then, through its own library


@lru_cache(maxsize=1)
def load() -> Any:
    """The SDL2 library, loaded once.

    Raises:
        AudioError: it is missing.
    """
    try:
        import sdl2dll  # noqa: PLC0415 - not needed where a sound server runs
    except ImportError as error:
        raise AudioError("The package pysdl2-dll is missing.") from error
    folder = Path(sdl2dll.__file__).parent / "dll"
    path = next((folder / n for n in _LIBRARIES.get(sys.platform, _LINUX_LIBRARIES) if (folder / n).exists()), None)
    if path is None:
        raise AudioError(f"There is no SDL2 library in {folder}.")
    library = ctypes.CDLL(str(path))
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, list(arguments)
    for hint, value in _HINTS.items():
        library.SDL_SetHint(hint, value)
    return library


class SdlSink:
    """A device of SDL2's."""

    name = "SDL2"
    silent = False
    real_time = True

    def __init__(self) -> None:
        self.rate = 44_100
        self._library: Any = None
        self._device = 0
        self.latency_s = 0.0
        self.place = Place()
        self._recent: deque[Samples] = deque()  # the last blocks written, at least those still queued

    def open(self, device: str) -> None:
        """See `Sink.open`."""
        library = self._up()
        if library.SDL_GetNumAudioDevices(0) == 0:  # opening would fail too, after a page of ALSA's complaints
            raise AudioError("there is no device")
        rate = _preferred_rate(library)
        wanted, given = _Spec(freq=rate, format=FLOAT32, channels=CHANNELS, samples=DEVICE_SAMPLES), _Spec()
        name = device.encode() if device else None
        for attempt in range(2):
            self._device = library.SDL_OpenAudioDevice(
                name, 0, ctypes.byref(wanted), ctypes.byref(given), ALLOW_RATE_CHANGE
            )
            if self._device or attempt:
                break
            self.close()  # a restarted sound server needs a new subsystem
            library = self._up()
        if not self._device:
            raise AudioError(_problem(library))
        self.rate = int(given.freq)
        self.place = Place(device)
        self.latency_s = int(given.samples) / self.rate  # the period that the device plays while the next is taken

    def close(self) -> None:
        """See `Sink.close`."""
        device, self._device = self._device, 0
        if device:
            self._library.SDL_CloseAudioDevice(device)
        library, self._library = self._library, None
        if library is not None:
            library.SDL_QuitSubSystem(INIT_AUDIO)

    def write(self, block: Samples) -> None:
        """See `Sink.write`."""
        data = np.ascontiguousarray(block, np.float32)
        if not self._device or self._library.SDL_QueueAudio(self._device, data.ctypes.data, data.nbytes) != 0:
            raise AudioError("The sound output went away.")
        self._recent.append(data.copy())
        while len(self._recent) > MOST_RECENT:
            self._recent.popleft()

    def queued(self) -> int:
        """See `Sink.queued`."""
        return self._library.SDL_GetQueuedAudioSize(self._device) // FRAME_BYTES if self._device else 0

    def take_back(self, most: int) -> int:
        """See `Sink.take_back`. The device's thread is held meanwhile: what is kept goes back into the queue."""
        if not self._device:
            return 0
        library = self._library
        library.SDL_LockAudioDevice(self._device)
        queued = self.queued()
        frames = max(0, min(most, queued - round(GUARD_S * self.rate)))
        if frames:
            last = np.concatenate(self._recent)[-queued:]
            library.SDL_ClearQueuedAudio(self._device)
            self._recent.clear()
            self.write(last[: queued - frames])
        library.SDL_UnlockAudioDevice(self._device)
        return frames

    def settle(self) -> None:
        """Nothing to do: what was taken back is gone."""

    def start(self) -> None:
        """See `Sink.start`."""
        if self._device:
            self._library.SDL_PauseAudioDevice(self._device, 0)

    def hold(self) -> bool:
        """See `Sink.hold`."""
        if self._device:
            self._library.SDL_PauseAudioDevice(self._device, 1)
        return True

    def finish(self) -> None:
        """Nothing to do: SDL fills the last period with silence."""

    def alive(self) -> bool:
        """See `Sink.alive`."""
        return bool(self._device) and self._library.SDL_GetAudioDeviceStatus(self._device) != STATUS_STOPPED

    def misplaced(self) -> bool:
        """See `Sink.misplaced`: SDL2 ends what cannot go on."""
        return False

    def devices(self) -> list[Device]:
        """See `Sink.devices`."""
        library = self._up()
        names = [library.SDL_GetAudioDeviceName(i, 0) for i in range(max(0, library.SDL_GetNumAudioDevices(0)))]
        return [Device(n, n) for n in (raw.decode(errors="replace") for raw in names if raw)]

    def _up(self) -> Any:
        """The library with its audio subsystem running."""
        if self._library is None:
            library = load()
            if library.SDL_InitSubSystem(INIT_AUDIO) != 0:
                raise AudioError(_problem(library))
            self._library = library
        return self._library


def _preferred_rate(library: Any) -> int:
    """The default device's own sample rate, so that sound is resampled once.

    Not asked on Linux: there the question crashes SDL 2.32 when the sound server has just died.
    """
    spec = _Spec()
    known = not ON_LINUX and library.SDL_GetDefaultAudioInfo(None, ctypes.byref(spec), 0) == 0
    return int(spec.freq) if known and 8_000 <= spec.freq <= 384_000 else 48_000


def _problem(library: Any) -> str:
    text: bytes = library.SDL_GetError() or b""
    return text.decode(errors="replace") or "SDL2 cannot play"
