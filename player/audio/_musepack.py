"""The exact length of Musepack files, which FFmpeg gives out in whole frames, with the codec's delay before."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

FRAME = 1152
SYNTHESIS_DELAY = 481
"""Samples that the synthesis filter gives out before the first one of the sound."""

_MOST_PACKETS = 16
_LARGEST_PACKET = 1 << 20
_ID3_HEAD = 10


@dataclass(frozen=True, slots=True)
class Extent:
    """Which of the decoded samples are the sound.

    Attributes:
        lead: Samples before it.
        length: Samples of it.
    """

    lead: int
    length: int


def musepack_extent(path: str) -> Extent | None:
    """What the header says; None where there is no header that can be understood."""
    try:
        with open(path, "rb") as file:
            _skip_id3(file)
            magic = file.read(4)
            if magic == b"MPCK":
                return _version_8(file)
            return _version_7(file.read(24)) if magic[:3] == b"MP+" and magic[3] & 15 == 7 else None
    except (OSError, IndexError, ValueError, struct.error):
        return None


def _skip_id3(file: BinaryIO) -> None:
    head = file.read(_ID3_HEAD)
    size = 0
    if head[:3] == b"ID3":
        size = _ID3_HEAD + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
    file.seek(size)


def _version_8(file: BinaryIO) -> Extent | None:
    """Packets: two letters, their size with the head, content. The stream's header is "SH"."""
    for _ in range(_MOST_PACKETS):
        start, key = file.tell(), file.read(2)
        size = _number(file)
        if key == b"SH":
            file.seek(5, os.SEEK_CUR)  # checksum, version
            samples = _number(file)
            return _extent(samples, _number(file))
        if key == b"AP" or not 0 < size < _LARGEST_PACKET:
            return None
        file.seek(start + size)
    return None


def _number(file: BinaryIO) -> int:
    """Seven bits a byte, highest first; the top bit says that more follow."""
    value = 0
    for _ in range(9):
        byte = file.read(1)[0]
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value
    raise ValueError("no number")


def _version_7(head: bytes) -> Extent | None:
    """Words of 32 bits: frames, …, the fifth after them says how much of the last frame counts."""
    words = struct.unpack("<6I", head)
    samples, last = words[0] * FRAME, words[4] >> 20 & 0x7FF
    if words[4] >> 31:  # "true gapless"
        return _extent(samples - (FRAME - last if last else 0), 0)
    return _extent(samples - SYNTHESIS_DELAY, 0)


def _extent(samples: int, silence: int) -> Extent | None:
    return Extent(SYNTHESIS_DELAY + silence, samples - silence) if 0 <= silence < samples else None
