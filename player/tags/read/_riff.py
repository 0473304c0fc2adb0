"""The `LIST INFO` chunk of a WAV file, which mutagen does not read."""

from __future__ import annotations

from typing import BinaryIO

from player.tags._bag import Bag

CHUNKS = {
    b"INAM": "title",
    b"IART": "artist",
    b"IPRD": "album",
    b"IGNR": "genre",
    b"ICRD": "date",
    b"ITRK": "track",
    b"IPRT": "track",
    b"ICMT": "comment",
    b"IMUS": "composer",
}
_MAX_CHUNKS = 64
_MAX_INFO = 1 << 20


def collect(file: BinaryIO) -> Bag:
    """The words of the first `LIST INFO` chunk; empty without one."""
    bag, position = Bag(), 12
    for _ in range(_MAX_CHUNKS):
        file.seek(position)
        head = file.read(12)
        if len(head) < 12:
            break
        size = int.from_bytes(head[4:8], "little")
        if head[:4] == b"LIST" and head[8:] == b"INFO":
            _add_info(bag, file.read(min(size - 4, _MAX_INFO) if size > 4 else 0))
            break
        position += 8 + size + (size & 1)
    return bag


def _add_info(bag: Bag, data: bytes) -> None:
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        word = CHUNKS.get(data[position : position + 4])
        if word is not None:
            bag.add(word, data[position + 8 : position + 8 + size].decode("latin-1").rstrip("\0"), legacy=True)
        position += 8 + size + (size & 1)
