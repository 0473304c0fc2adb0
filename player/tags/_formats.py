"""Which kind of file it is, told by its first bytes and its suffix; and mutagen's class for it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

_SURE = (
    "mp3 mp2 mp1 mpga flac oga ogg opus spx m4a m4b m4p m4r aac adts wav wave bwf aif aiff aifc wv ape mpc mp+ mpp "
    "wma tta dsf dff ofr ofs tak ac3 eac3 dts mka caf w64 au snd shn"
)
_PERHAPS = "mp4 asf webm ogx 3gp"

AUDIO_SUFFIXES: frozenset[str] = frozenset("." + suffix for suffix in f"{_SURE} {_PERHAPS}".split())
"""Suffixes of audio files, lower case with dot; the only files that a scan looks at."""

MIXED_SUFFIXES: frozenset[str] = frozenset("." + suffix for suffix in _PERHAPS.split())
"""Suffixes of containers that as often hold video: a file with moving pictures is not music."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of audio file.

    Attributes:
        name: For `ScannedTrack.format`; a codec found later may be more exact.
        module: mutagen's module.
        type: Its class there.
        tags: Family of tags: "id3", "vorbis", "mp4", "ape", "asf".
        container: How to find the sound in it, for `audio_key`.
        lossless: Whether it is.
    """

    name: str
    module: str
    type: str
    tags: str
    container: str = "frames"
    lossless: bool = False

    @property
    def reader(self) -> Any:
        """The class in mutagen; imported when first asked for, since most libraries hold few formats."""
        return mutagen_class(self.module, self.type)


@cache
def mutagen_class(module: str, name: str) -> Any:
    """A class of mutagen by name."""
    return getattr(import_module(f"mutagen.{module}"), name)


MP3 = Kind("mp3", "mp3", "MP3", "id3")
FLAC = Kind("flac", "flac", "FLAC", "vorbis", "flac", lossless=True)
VORBIS = Kind("vorbis", "oggvorbis", "OggVorbis", "vorbis", "ogg")
OPUS = Kind("opus", "oggopus", "OggOpus", "vorbis", "ogg")
SPEEX = Kind("speex", "oggspeex", "OggSpeex", "vorbis", "ogg")
OGG_FLAC = Kind("flac", "oggflac", "OggFLAC", "vorbis", "ogg", lossless=True)
MP4 = Kind("aac", "mp4", "MP4", "mp4", "mp4")
WAV = Kind("wav", "wave", "WAVE", "id3", "wav", lossless=True)
AIFF = Kind("aiff", "aiff", "AIFF", "id3", "aiff", lossless=True)
WAVPACK = Kind("wavpack", "wavpack", "WavPack", "ape", lossless=True)
APE = Kind("ape", "monkeysaudio", "MonkeysAudio", "ape", lossless=True)
MUSEPACK = Kind("musepack", "musepack", "Musepack", "ape")
ASF = Kind("wma", "asf", "ASF", "asf", "asf")
TTA = Kind("tta", "trueaudio", "TrueAudio", "id3", lossless=True)
DSF = Kind("dsf", "dsf", "DSF", "id3", "dsf", lossless=True)
DFF = Kind("dff", "dsdiff", "DSDIFF", "id3", "dff", lossless=True)
OPTIMFROG = Kind("optimfrog", "optimfrog", "OptimFROG", "ape", lossless=True)
TAK = Kind("tak", "tak", "TAK", "ape", lossless=True)
AAC = Kind("aac", "aac", "AAC", "id3")
AC3 = Kind("ac3", "ac3", "AC3", "ape")

_BY_SUFFIX = {
    ".mp3": MP3,
    ".mp2": MP3,
    ".mp1": MP3,
    ".mpga": MP3,
    ".flac": FLAC,
    ".ogg": VORBIS,
    ".oga": VORBIS,
    ".opus": OPUS,
    ".spx": SPEEX,
    ".m4a": MP4,
    ".m4b": MP4,
    ".m4p": MP4,
    ".m4r": MP4,
    ".mp4": MP4,
    ".3gp": MP4,
    ".aac": AAC,
    ".adts": AAC,
    ".wav": WAV,
    ".wave": WAV,
    ".bwf": WAV,
    ".aif": AIFF,
    ".aiff": AIFF,
    ".aifc": AIFF,
    ".wv": WAVPACK,
    ".ape": APE,
    ".mpc": MUSEPACK,
    ".mp+": MUSEPACK,
    ".mpp": MUSEPACK,
    ".wma": ASF,
    ".asf": ASF,
    ".tta": TTA,
    ".dsf": DSF,
    ".dff": DFF,
    ".ofr": OPTIMFROG,
    ".ofs": OPTIMFROG,
    ".tak": TAK,
    ".ac3": AC3,
    ".eac3": AC3,
}

_MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"fLaC", FLAC),
    (8, b"WAVE", WAV),
    (8, b"AIFF", AIFF),
    (8, b"AIFC", AIFF),
    (4, b"ftyp", MP4),
    (0, b"MAC ", APE),
    (0, b"wvpk", WAVPACK),
    (0, b"TTA1", TTA),
    (0, b"TTA2", TTA),
    (0, b"MPCK", MUSEPACK),
    (0, b"MP+", MUSEPACK),
    (0, b"0&\xb2u\x8ef\xcf\x11", ASF),
    (0, b"DSD ", DSF),
    (0, b"FRM8", DFF),
    (0, b"tBaK", TAK),
    (0, b"OFR ", OPTIMFROG),
    (0, b"\x0bw", AC3),
)
_OGG_CODECS: tuple[tuple[bytes, Kind | None], ...] = (
    (b"\x01vorbis", VORBIS),
    (b"OpusHead", OPUS),
    (b"Speex   ", SPEEX),
    (b"\x7fFLAC", OGG_FLAC),
)

HEADER_BYTES = 128
"""So much of a file's beginning `kind_of` looks at."""


def kind_of(path: str, header: bytes) -> Kind | None:
    """The kind of a file; None if neither its beginning nor its suffix tells."""
    if header[:4] == b"OggS":
        return next((kind for mark, kind in _OGG_CODECS if mark in header), None)
    for offset, magic, kind in _MAGIC:
        if header.startswith(magic, offset):
            return kind
    return _BY_SUFFIX.get(suffix_of(path))


def suffix_of(path: str) -> str:
    """The suffix of a path, lower case with its dot."""
    return os.path.splitext(path)[1].lower()
