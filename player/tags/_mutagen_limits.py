"""A limit on what mutagen unpacks: a compressed ID3 frame of one megabyte may hold a gigabyte.

mutagen 1.48 has none of its own.
"""

from __future__ import annotations

import zlib
from types import SimpleNamespace

from mutagen.id3 import _frames

MAX_FRAME_BYTES = 64 << 20
"""Of one frame, unpacked: twice what the largest picture may have."""
MAX_RATIO = 20
"""Text shrinks to a third, pictures not at all; what grows more than this is a bomb."""


def limit_frames() -> None:
    """Put the limits into mutagen's reader of ID3 frames, for this process."""
    vars(_frames)["zlib"] = SimpleNamespace(decompress=decompress, error=zlib.error)


def decompress(data: bytes) -> bytes:
    """Return what a compressed frame holds.

    Raises:
        zlib.error: it is damaged, cut off, or larger than a frame may be; mutagen leaves the frame out then.
    """
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(data, min(MAX_FRAME_BYTES, MAX_RATIO * len(data)))
    if not unpacker.eof:
        raise zlib.error("it does not end within the size of a frame")
    return unpacked
