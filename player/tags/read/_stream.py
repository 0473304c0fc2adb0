"""File facts from mutagen's stream information: format, length, rates, with the absurd left out."""

from __future__ import annotations

import math
from typing import Any

from player.domain import Ms
from player.tags._formats import MP3, MP4, Kind
from player.tags.read._probe import Probe

_MAX_SECONDS = 7 * 24 * 3_600
_MAX_SAMPLE_RATE = 22_579_200
_MIN_SAMPLE_RATE = 1_000
_MIN_BITS_A_SECOND = 8
"""Sound lasts no longer than its bytes: even silence takes a few bits a second in every codec."""

_MP4_CODECS = {"alac": "alac", "flac": "flac", "ac-3": "ac3", "ec-3": "eac3", "opus": "opus", "drms": "aac"}
_MP4_OBJECT_TYPES = {"mp4a.6b": "mp3", "mp4a.69": "mp3", "mp4a.40.34": "mp3", "mp4a.40.36": "als"}
_MP4_LOSSLESS = frozenset({"alac", "flac", "als"})
_FFMPEG_NAMES = {"mp3float": "mp3", "aac_latm": "aac", "wmav1": "wma", "wmav2": "wma", "libopus": "opus"}
PROTECTED = "It is protected against copying; no other player can play it."


def duration_ms(seconds: Any, size: int) -> Ms:
    """Length in ms; 0 for one that cannot be: negative, endless, or longer than `size` bytes can hold."""
    if not isinstance(seconds, int | float) or not math.isfinite(seconds):
        return Ms(0)
    longest = min(_MAX_SECONDS, size * 8 / _MIN_BITS_A_SECOND)
    return Ms(round(seconds * 1_000)) if 0 < seconds <= longest else Ms(0)


def facts(kind: Kind, info: Any, size: int) -> dict[str, Any]:
    """Fields of `ScannedTrack` from mutagen's `info`."""
    name, lossless = _codec(kind, info)
    found = {
        "format": name,
        "lossless": lossless,
        "bitrate": _bounded(getattr(info, "bitrate", 0), 1 << 31) or _mean_bitrate(getattr(info, "length", 0), size),
        "sample_rate": _bounded(
            getattr(info, "sample_rate", 48_000 if name == "opus" else 0), _MAX_SAMPLE_RATE, _MIN_SAMPLE_RATE
        ),
        "channels": _bounded(getattr(info, "channels", 0), 255),
        "bits_per_sample": _bounded(getattr(info, "bits_per_sample", 0), 64) if lossless else None,
        "duration_ms": duration_ms(getattr(info, "length", 0), size),
    }
    if str(getattr(info, "codec", "")) == "drms":
        found |= {"playable": False, "problem": PROTECTED}
    return found


def probed_facts(probe: Probe, size: int) -> dict[str, Any]:
    """The same fields from FFmpeg's description."""
    codec = _FFMPEG_NAMES.get(probe.codec, probe.codec)
    return {
        "format": "wav" if codec.startswith("pcm_") else codec,
        "lossless": probe.lossless,
        "bitrate": _bounded(probe.bitrate, 1 << 31),
        "sample_rate": _bounded(probe.sample_rate, _MAX_SAMPLE_RATE, _MIN_SAMPLE_RATE),
        "channels": _bounded(probe.channels, 255),
        "duration_ms": duration_ms(probe.seconds, size),
    }


def _codec(kind: Kind, info: Any) -> tuple[str, bool]:
    if kind is MP4:
        codec = str(getattr(info, "codec", "")).lower()
        name = _MP4_CODECS.get(codec) or _MP4_OBJECT_TYPES.get(codec, "aac")
        return name, name in _MP4_LOSSLESS
    if kind is MP3:
        return f"mp{getattr(info, 'layer', 3)}", False
    if kind.name == "wma":
        return "wma", "lossless" in str(getattr(info, "codec_type", "")).lower()
    return kind.name, kind.lossless


def _mean_bitrate(seconds: Any, size: int) -> int | None:
    length_ms = duration_ms(seconds, size)
    return round(size * 8_000 / length_ms) if length_ms else None


def _bounded(value: Any, most: int, least: int = 1) -> int | None:
    return int(value) if isinstance(value, int | float) and least <= value <= most else None
