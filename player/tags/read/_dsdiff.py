"""The text chunks of DSDIFF (DFF) itself: artist, title and comments, where no ID3 chunk says them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from player.tags._bag import Bag

_TEXTS = {b"DIAR": "artist", b"DITI": "title"}
_MAX_CHUNKS = 256
_MAX_BYTES = 1 << 20
_HEAD = 12
_GENERAL_COMMENT = 0


def collect(file: BinaryIO) -> Bag:
    """The words of the `DIIN` and `COMT` chunks; empty without them."""
    bag = Bag()
    file.seek(0, 2)
    for name, position, size in _chunks(file, 16, file.tell()):  # behind "FRM8", a size and "DSD "
        if name == b"DIIN":
            for inner, at, length in _chunks(file, position, position + size):
                if inner in _TEXTS:
                    file.seek(at)
                    body = file.read(min(length, _MAX_BYTES))
                    bag.add(_TEXTS[inner], _text(body[4 : 4 + int.from_bytes(body[:4], "big")]), legacy=True)
        elif name == b"COMT":
            file.seek(position)
            _add_comments(bag, file.read(min(size, _MAX_BYTES)))
    return bag


def _chunks(file: BinaryIO, position: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, position and size of each chunk from `position` on."""
    for _ in range(_MAX_CHUNKS):
        if position + _HEAD > end:
            return
        file.seek(position)
        head = file.read(_HEAD)
        size = int.from_bytes(head[4:12], "big")
        yield head[:4], position + _HEAD, min(size, end - position - _HEAD)
        position += _HEAD + size + (size & 1)


def _add_comments(bag: Bag, data: bytes) -> None:
    """Comments on the whole file: a time, a type, what it refers to, a length, the text."""
    position = 2
    for _ in range(int.from_bytes(data[:2], "big")):
        head = data[position : position + 14]
        if len(head) < 14:
            return
        length = int.from_bytes(head[10:14], "big")
        if int.from_bytes(head[6:8], "big") == _GENERAL_COMMENT:
            bag.add("comment", _text(data[position + 14 : position + 14 + length]), legacy=True)
        position += 14 + length + (length & 1)


def _text(data: bytes) -> str:
    return data.decode("latin-1").rstrip("\0")
