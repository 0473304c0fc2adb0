"""Where the sound begins and ends in a file of frames: between ID3v2, ID3v1, APEv2 and Lyrics3 tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

_ID3V1 = 128
_APE_FOOTER = 32
_APE_HAS_HEADER = 1 << 31
_LYRICS_END = b"LYRICS200"
_MAX_TAGS = 8


@dataclass(frozen=True, slots=True)
class Bounds:
    """The stretch of a file that is sound.

    Attributes:
        start: First byte after the leading tags.
        end: First byte of the trailing tags.
        id3: Whether an ID3v2 tag stands before the sound.
        id3v1: Whether an ID3v1 tag stands after it.
        ape: Whether an APEv2 tag stands after it.
    """

    start: int
    end: int
    id3: bool = False
    id3v1: bool = False
    ape: bool = False

    @property
    def size(self) -> int:
        """Bytes of sound."""
        return max(0, self.end - self.start)


def id3_size(header: bytes) -> int:
    """Size of the ID3v2 tag that begins with `header` (10 bytes), 0 if none does."""
    if len(header) < 10 or header[:3] != b"ID3" or header[3] > 4 or any(byte & 0x80 for byte in header[6:10]):
        return 0
    size = 10
    for shift, byte in zip((21, 14, 7, 0), header[6:10], strict=True):
        size += byte << shift
    return size + (10 if header[5] & 0x10 else 0)


def sound_bounds(file: BinaryIO, size: int) -> Bounds:
    """The stretch of sound in a file of `size` bytes. Reads its first and last few hundred bytes only."""
    start = _after_leading(file, size)
    end, id3v1, ape = size, False, False
    for _ in range(_MAX_TAGS):
        begin = max(start, end - _ID3V1 - _APE_FOOTER)
        file.seek(begin)
        tail = file.read(end - begin)
        sizes = (_id3v1(tail), _ape(tail), _lyrics(tail))
        taken = max(sizes)
        if taken == 0 or end - taken < start:
            break
        end -= taken
        id3v1, ape = id3v1 or sizes[0] > 0, ape or sizes[1] > 0
    return Bounds(start, max(start, end), start > 0, id3v1, ape)


def _after_leading(file: BinaryIO, size: int) -> int:
    start = 0
    for _ in range(_MAX_TAGS):
        file.seek(start)
        taken = id3_size(file.read(10))
        if taken == 0:
            break
        start = min(start + taken, size)
    return start


def _id3v1(tail: bytes) -> int:
    return _ID3V1 if len(tail) >= _ID3V1 and tail[-_ID3V1:].startswith(b"TAG") else 0


def _ape(tail: bytes) -> int:
    footer = tail[-_APE_FOOTER:]
    if len(footer) < _APE_FOOTER or not footer.startswith(b"APETAGEX"):
        return 0
    size = int.from_bytes(footer[12:16], "little")
    flags = int.from_bytes(footer[20:24], "little")
    return size + (_APE_FOOTER if flags & _APE_HAS_HEADER else 0)


def _lyrics(tail: bytes) -> int:
    if not tail.endswith(_LYRICS_END):
        return 0
    digits = tail[-15:-9]
    return int(digits) + 15 if digits.isdigit() else 0
