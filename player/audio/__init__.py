"""Sound: the `AudioOutput` interface, the real engine, a complete silent one; loudness, excerpts and peaks of files.

What needs Qt (the interface and the engines) is loaded at first use, so that a child process that only analyses
files never loads it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from player.audio._equaliser import EQUALISER_BANDS_HZ, MAX_GAIN_DB
from player.audio._excerpts import decode_excerpts
from player.audio._gain import replaygain_db
from player.audio._loudness import Loudness, album_lufs, measure
from player.audio._peaks import peaks
from player.audio._presets import EQUALISER_PRESETS

if TYPE_CHECKING:
    from player.audio._api import AudioOutput, Device, EndCause, PlayEnded, PlayerState, Source
    from player.audio._engine import Engine, SilentEngine
    from player.audio._open import open_engine
    from player.audio._silent import Clock

_WITH_QT = {
    "AudioOutput": "_api",
    "Clock": "_silent",
    "Device": "_api",
    "EndCause": "_api",
    "Engine": "_engine",
    "PlayEnded": "_api",
    "PlayerState": "_api",
    "SilentEngine": "_engine",
    "Source": "_api",
    "open_engine": "_open",
}

__all__ = [
    "EQUALISER_BANDS_HZ",
    "EQUALISER_PRESETS",
    "MAX_GAIN_DB",
    "AudioOutput",
    "Clock",
    "Device",
    "EndCause",
    "Engine",
    "Loudness",
    "PlayEnded",
    "PlayerState",
    "SilentEngine",
    "Source",
    "album_lufs",
    "decode_excerpts",
    "measure",
    "open_engine",
    "peaks",
    "replaygain_db",
]


def __getattr__(name: str) -> object:
    if name in _WITH_QT:
        return getattr(import_module(f"player.audio.{_WITH_QT[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
