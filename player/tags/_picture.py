"""Pictures in tags and beside files: which one is the cover, and its key."""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Generic, TypeVar

from player.bounded import read_ordinary

In = TypeVar("In", bound=bytes | str)
Out = TypeVar("Out")

MAX_PICTURE_BYTES = 32 * 1024 * 1024
"""Larger pictures are not looked at."""

FRONT_COVER = 3
"""ID3's picture type of a front cover; FLAC, Vorbis and ASF use the same numbers."""

_SAMPLE = 65_536
_KEPT_BYTES = 2 << 20
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NAMES = ("cover", "folder", "front", "album", "albumart", "artwork")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a tag.

    Attributes:
        data: The encoded picture (JPEG, PNG …).
        kind: ID3's picture type.
    """

    data: bytes
    kind: int = FRONT_COVER


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin like a picture of a known format and are of a sane size."""
    if not 32 <= len(data) <= MAX_PICTURE_BYTES:
        return False
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp"


def front(pictures: list[Picture]) -> bytes | None:
    """The front cover, else the first picture that is one."""
    pictures = [picture for picture in pictures if is_picture(picture.data)]
    best = next((picture for picture in pictures if picture.kind == FRONT_COVER), pictures[0] if pictures else None)
    return None if best is None else bytes(best.data)


class _Latest(Generic[In, Out]):
    """A function that remembers its latest answer: the files of an album come together and hold the same picture.

    To compare two pictures costs a twentieth of digesting or decoding one. Safe from any thread.
    """

    def __init__(self, function: Callable[[In], Out]) -> None:
        self._function: Callable[[In], Out] = function
        self._latest: tuple[In, Out] | None = None

    def __call__(self, given: In) -> Out:
        latest = self._latest
        if latest is not None and latest[0] == given:
            return latest[1]
        answer = self._function(given)
        self._latest = (given, answer) if len(given) <= _KEPT_BYTES else None
        return answer


def picture_key(data: bytes) -> str:
    """Digest of a picture: of its size, beginning and end, which tell any two pictures apart."""
    return _latest_key(data)


def _digest(data: bytes) -> str:
    digest = blake2b(len(data).to_bytes(8, "big"), digest_size=16)
    digest.update(data[:_SAMPLE])
    if len(data) > _SAMPLE:
        digest.update(data[-min(_SAMPLE, len(data) - _SAMPLE) :])
    return digest.hexdigest()


_latest_key = _Latest[bytes, str](_digest)


def flac_picture(block: bytes) -> Picture | None:
    """The picture in the body of a FLAC picture block (RFC 9639, 8.8); None if it is damaged."""
    position, numbers = 4, []
    kind = int.from_bytes(block[:4], "big")
    for _ in range(2):  # media type, description
        position += 4 + int.from_bytes(block[position : position + 4], "big")
        numbers.append(position)
    position += 16  # width, height, depth, colours
    size = int.from_bytes(block[position : position + 4], "big")
    data = block[position + 4 : position + 4 + size]
    return Picture(data, kind) if data else None


def base64_picture(text: str) -> bytes:
    """Bytes of a base64 text, empty if it is damaged or absurdly long."""
    return _latest_decoded(text)


def _decoded(text: str) -> bytes:
    if len(text) > 2 * MAX_PICTURE_BYTES:
        return b""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


_latest_decoded = _Latest[str, bytes](_decoded)


def is_cover_name(name: str) -> bool:
    """Whether a file of this name in a music folder would be taken for a cover."""
    stem, suffix = os.path.splitext(name.lower())
    return suffix in _SUFFIXES and _rank(stem) is not None


@lru_cache(maxsize=8)
def _folder_picture(folder: str, mtime_ns: int) -> str:
    """Path of the folder's cover picture, "" without one."""
    ranks: list[tuple[int, int, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, suffix = os.path.splitext(entry.name.lower())
            if suffix not in _SUFFIXES:
                continue
            if (rank := _rank(stem)) is not None and _is_usable(entry.stat()):
                ranks.append((rank, _SUFFIXES.index(suffix), entry.path))
    return min(ranks)[2] if ranks else ""


def _is_usable(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and 32 <= status.st_size <= MAX_PICTURE_BYTES


def _rank(stem: str) -> int | None:
    if stem in _NAMES:
        return _NAMES.index(stem)
    return len(_NAMES) if stem.startswith(("cover", "folder", "front")) or stem.endswith(("cover", "front")) else None


@lru_cache(maxsize=8)
def _file_key(path: str, mtime_ns: int) -> str:
    data = read_ordinary(path, limit=MAX_PICTURE_BYTES)
    return picture_key(data) if is_picture(data) else ""


def picture_beside(path: str) -> tuple[str, str]:
    """Path and key of the cover picture in a file's folder, ("", "") without one.

    Nothing is cached beyond a change of the folder or the picture.
    """
    folder = os.path.dirname(path)
    try:
        picture = _folder_picture(folder, os.stat(folder).st_mtime_ns)
        key = _file_key(picture, os.stat(picture).st_mtime_ns) if picture else ""
    except OSError:
        return "", ""
    return (picture, key) if key else ("", "")
