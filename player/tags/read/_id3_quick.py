"""The quick way through an ID3v2 tag: ordinary frames straight to words.

mutagen makes an object of every frame and copies the rest of the tag at each; with a large cover and the forty fields
of a well-tagged file that is most of what a first scan costs. Here the ordinary frames are taken as they
stand. Whatever is unusual (unsynchronised, compressed or damaged frames, version 2.2, a frame twice) is left to
mutagen as a whole: the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from player.tags import _id3
from player.tags._bag import FREE, Bag, plain_name
from player.tags._bounds import Bounds
from player.tags._formats import mutagen_class
from player.tags._picture import Picture

_HEADER = 10
_UNUSUAL_TAG = 0xE0
"""Header flags: unsynchronised, extended header, experimental."""

_CODECS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_WIDE = frozenset({1, 2})
_TEXTS = {frame: word for frame, word in _id3.FRAMES.items() if frame[0] == "T"}
_ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")
"""Dates that mutagen's time stamp would not change."""

_DATES = frozenset({"TDRC", "TDRL", "TDOR"})
_LEFT_TO_MUTAGEN = frozenset({"TDAT", "TIME", "TORY", "RVA2", "TMCL", "MVNM"})
"""Rare frames, and those of version 2.3 that mutagen turns into others."""


class _UnusualError(Exception):
    """The tag is better read by mutagen."""


def collect(file: BinaryIO, bounds: Bounds) -> tuple[Bag, list[Picture]] | None:
    """Words and pictures of the ID3v2 tag at the beginning of an open file, and of an ID3v1 tag at its end.

    The same as mutagen's `ID3` and `_id3.collect` give, or None where this reader does not know.
    """
    file.seek(0)
    data = file.read(bounds.start)
    try:
        return _Reader(data).read(_version_1(file, bounds))
    except (_UnusualError, UnicodeDecodeError):
        return None


def _version_1(file: BinaryIO, bounds: Bounds) -> bytes:
    if not bounds.id3v1:
        return b""
    file.seek(-128, 2)
    return file.read(128)


class _Reader:
    """One tag being read."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or data[3] not in (3, 4) or data[5] & _UNUSUAL_TAG:
            raise _UnusualError
        if _synchsafe(data[6:10]) + _HEADER != len(data):  # several tags, or one with a footer
            raise _UnusualError
        self._data = data
        self._is_v4 = data[3] == 4
        self._bag = Bag(joined=not self._is_v4)
        self._pictures: list[Picture] = []
        self._met: set[str] = set()

    def read(self, version_1: bytes) -> tuple[Bag, list[Picture]]:
        year = ""
        for name, start, end in self._frames():
            if name == "TXXX":
                self._user_text(start, end)
            elif (word := _TEXTS.get(name)) is not None:
                self._text(name, word, start, end)
            elif name == "TCON":
                self._genres(start, end)
            elif name in ("COMM", "USLT"):
                self._comment(name, start, end)
            elif name == "APIC":
                self._picture(start, end)
            elif name == "UFID":
                self._identifier(start, end)
            elif name in ("POPM", "PCNT"):
                self._counter(name, start, end)
            elif name == "TYER":
                year = self._year(start, end)
            elif name in _LEFT_TO_MUTAGEN:
                raise _UnusualError
        if version_1:
            year = self._add_version_1(version_1, year)
        if year and "TDRC" not in self._met:
            self._bag.add("date", year)
        return self._bag, self._pictures

    def _frames(self) -> Iterator[tuple[str, int, int]]:
        """Name, beginning and end of each frame's body."""
        data, position, last = self._data, _HEADER, len(self._data)
        while position + _HEADER <= last:
            name = data[position : position + 4]
            if name == b"\0\0\0\0":
                break
            size = data[position + 4 : position + 8]
            length = _synchsafe(size) if self._is_v4 else int.from_bytes(size, "big")
            start, position = position + _HEADER, position + _HEADER + length
            if position > last or data[start - 2] or data[start - 1] or not name.isalnum():
                raise _UnusualError
            if length:
                yield name.decode("ascii"), start, position

    def _once(self, key: str) -> None:
        if key in self._met:
            raise _UnusualError
        self._met.add(key)

    def _texts(self, start: int, end: int, encoding: int) -> list[str]:
        """The texts of a list that ends with its frame."""
        body = self._data[start:end]
        if encoding not in _WIDE:
            if not self._is_v4:
                body = body.rstrip(b"\0")  # padding, not a list of empty texts
            elif body.endswith(b"\0"):
                body = body[:-1]
            if b"\0" not in body:
                return [body.decode(_CODECS[encoding])]
            return [part.decode(_CODECS[encoding]) for part in body.split(b"\0")]
        return [part.decode(_CODECS[encoding]) for part in _wide_parts(body) if part]

    def _encoding(self, start: int) -> int:
        encoding = self._data[start]
        if encoding >= len(_CODECS):
            raise _UnusualError
        return encoding

    def _text(self, name: str, word: str, start: int, end: int) -> None:
        self._once(name)
        encoding = self._encoding(start)
        for text in self._texts(start + 1, end, encoding):
            if name in _DATES and not _ISO_DATE.match(text):
                raise _UnusualError
            self._bag.add(word, text, legacy=encoding == 0)

    def _year(self, start: int, end: int) -> str:
        self._once("TYER")
        texts = self._texts(start + 1, end, self._encoding(start))
        if len(texts) != 1 or not _is_year(texts[0]):
            raise _UnusualError
        return texts[0]

    def _user_text(self, start: int, end: int) -> None:
        encoding = self._encoding(start)
        description, after = self._terminated(start + 1, end, encoding)
        self._once(f"TXXX:{description}")
        if (word := _free_word(description)) is not None:
            for text in self._texts(after, end, encoding):
                self._bag.add(word, text, legacy=encoding == 0)

    def _genres(self, start: int, end: int) -> None:
        self._once("TCON")
        encoding = self._encoding(start)
        for genre in _genre_names(tuple(self._texts(start + 1, end, encoding)), encoding):
            _id3.add_genre(self._bag, genre, legacy=encoding == 0)

    def _comment(self, name: str, start: int, end: int) -> None:
        encoding = self._encoding(start)
        description, after = self._terminated(start + 4, end, encoding)
        self._once(f"{name}:{description}:{self._data[start + 1 : start + 4]!r}")
        texts = self._texts(after, end, encoding)
        if name == "USLT":
            self._bag.add("lyrics", texts[0] if texts else "", legacy=encoding == 0)
        elif description == "iTunNORM":
            if len(texts) != 1 or encoding in _WIDE:
                raise _UnusualError
            self._bag.add("sound_check", texts[0])
        elif description in ("", "ID3v1 Comment"):
            for text in texts:
                self._bag.add("comment", text, legacy=encoding == 0)

    def _terminated(self, start: int, end: int, encoding: int) -> tuple[str, int]:
        """One text with its end mark, and where the next thing begins."""
        data = self._data
        if encoding not in _WIDE:
            at = data.find(b"\0", start, end)
            if at < 0:
                raise _UnusualError
            return data[start:at].decode(_CODECS[encoding]), at + 1
        at = data.find(b"\0\0", start, end)
        while at >= 0 and (at - start) % 2:
            at = data.find(b"\0\0", at + 1, end)
        if at < 0:
            raise _UnusualError
        return data[start:at].decode(_CODECS[encoding]), at + 2

    def _picture(self, start: int, end: int) -> None:
        encoding = self._encoding(start)
        mime, at = self._terminated(start + 1, end, encoding=0)
        _, after = self._terminated(at + 1, end, encoding)
        if mime != "-->":
            self._pictures.append(Picture(self._data[after:end], self._data[at]))

    def _identifier(self, start: int, end: int) -> None:
        owner, after = self._terminated(start, end, encoding=0)
        self._once(f"UFID:{owner}")
        _id3.add_identifier(self._bag, owner, self._data[after:end])

    def _counter(self, name: str, start: int, end: int) -> None:
        if name == "PCNT":
            self._once(name)
            self._bag.add("play_count", str(int.from_bytes(self._data[start:end], "big")))
            return
        email, after = self._terminated(start, end, encoding=0)
        self._once(f"POPM:{email}")
        if after >= end:
            raise _UnusualError
        _id3.add_popularity(self._bag, self._data[after], int.from_bytes(self._data[after + 1 : end], "big"))

    def _add_version_1(self, data: bytes, year: str) -> str:
        """Add what only the ID3v1 tag says; returns the year, its own where the other tag has none."""
        older = mutagen_class("id3", "ParseID3v1")(data, 4 if self._is_v4 else 3) or {}
        for name, frame in older.items():
            key = "COMM:ID3v1 Comment:b'eng'" if name == "COMM" else name
            if key in self._met:
                continue
            self._met.add(key)
            if name == "TYER":
                year = str(frame)
                if not _is_year(year):
                    raise _UnusualError
            elif name == "TCON":
                _id3.add_genres(self._bag, frame)
            else:
                _id3.add_text(self._bag, _id3.FRAMES[name], frame)
        return year


def _synchsafe(size: bytes) -> int:
    first, second, third, fourth = size
    if (first | second | third | fourth) & 0x80:
        raise _UnusualError
    return first << 21 | second << 14 | third << 7 | fourth


def _wide_parts(body: bytes) -> list[bytes]:
    """The parts of a list of texts in UTF-16, which a zero of two bytes at an even place divides."""
    parts, start, at = [], 0, body.find(b"\0\0")
    while at >= 0:
        if (at - start) % 2:
            at = body.find(b"\0\0", at + 1)
            continue
        parts.append(body[start:at])
        start, at = at + 2, body.find(b"\0\0", at + 2)
    if start < len(body):
        parts.append(body[start:])
    return parts


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


@lru_cache(maxsize=1_024)
def _free_word(description: str) -> str | None:
    return FREE.get(plain_name(description))


@lru_cache(maxsize=1_024)
def _genre_names(texts: tuple[str, ...], encoding: int) -> tuple[str, ...]:
    return tuple(mutagen_class("id3", "TCON")(encoding=encoding, text=list(texts)).genres)
