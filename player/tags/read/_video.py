"""Whether a container that may hold either is a video."""

from __future__ import annotations

import re
from typing import BinaryIO

from player.tags._formats import ASF, MP4, Kind

_MAX_HEADER = 8 << 20
_MAX_ATOMS = 256
_VIDEO_HANDLER = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_ASF_VIDEO = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")


def holds_video(file: BinaryIO, kind: Kind) -> bool:
    """Whether an MP4 or ASF file has a video stream. Reads its header only."""
    if kind is MP4:
        return _VIDEO_HANDLER.search(_moov(file)) is not None
    if kind is ASF:
        file.seek(16)
        size = int.from_bytes(file.read(8), "little")
        return _ASF_VIDEO in file.read(min(size, _MAX_HEADER))
    return False


def _moov(file: BinaryIO) -> bytes:
    position = 0
    for _ in range(_MAX_ATOMS):
        file.seek(position)
        head = file.read(16)
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if size < 8 or len(head) < 8:
            break
        if head[4:8] == b"moov":
            file.seek(position)
            return file.read(min(size, _MAX_HEADER))
        position += size
    return b""
