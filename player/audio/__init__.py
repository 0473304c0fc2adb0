"""Sound: the `AudioOutput` interface, its engines, a complete silent one; loudness, excerpts and peaks of files.

Everything is loaded at first use: a child process that only analyses files never loads Qt, and the player's own
process never loads FFmpeg.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.audio._api import AudioOutput
    from player.audio._engine import Engine, SilentEngine
    from player.audio._equaliser import EQUALISER_BANDS_HZ, MAX_GAIN_DB
    from player.audio._excerpts import decode_excerpts
    from player.audio._gain import replaygain_db
    from player.audio._loudness import Loudness, album_lufs, measure
    from player.audio._open import Program, open_engine
    from player.audio._peaks import peaks
    from player.audio._presets import EQUALISER_PRESETS
    from player.audio._values import (
        PROCESS_LOST_AGAIN,
        Clock,
        Device,
        EndCause,
        GainReason,
        Obstacle,
        PlayEnded,
        SignalPath,
        Source,
    )

_HOMES = {
    "EQUALISER_BANDS_HZ": "_equaliser",
    "EQUALISER_PRESETS": "_presets",
    "MAX_GAIN_DB": "_equaliser",
    "PROCESS_LOST_AGAIN": "_values",
    "AudioOutput": "_api",
    "Clock": "_values",
    "Device": "_values",
    "EndCause": "_values",
    "Engine": "_engine",
    "GainReason": "_values",
    "Loudness": "_loudness",
    "Obstacle": "_values",
    "PlayEnded": "_values",
    "Program": "_open",
    "SignalPath": "_values",
    "SilentEngine": "_engine",
    "Source": "_values",
    "album_lufs": "_loudness",
    "decode_excerpts": "_excerpts",
    "measure": "_loudness",
    "open_engine": "_open",
    "peaks": "_peaks",
    "replaygain_db": "_gain",
}

__all__ = [
    "EQUALISER_BANDS_HZ",
    "EQUALISER_PRESETS",
    "MAX_GAIN_DB",
    "PROCESS_LOST_AGAIN",
    "AudioOutput",
    "Clock",
    "Device",
    "EndCause",
    "Engine",
    "GainReason",
    "Loudness",
    "Obstacle",
    "PlayEnded",
    "Program",
    "SignalPath",
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
    if name in _HOMES:
        return getattr(import_module(f"player.audio.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
