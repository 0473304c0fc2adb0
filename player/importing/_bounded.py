"""Reading untrusted files within bounds: sizes, archives, JSON, pickles."""

from __future__ import annotations

import json
import pickle
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, NoReturn

from player.domain import FileError

MAX_FILE = 512 * 1024 * 1024
"""Bytes of one export, and of everything unpacked from one archive."""
MOST_CONTROLS = 8
"""A title may hold a control character by mistake; a text with more of them than this is damaged."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
MAX_RATIO = 200
"""An archive member that grows more than this is a bomb."""


def read_bytes(path: Path) -> bytes:
    """The whole file.

    Raises:
        FileError: it cannot be read or is larger than `MAX_FILE`.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise FileError(str(path), f"is larger than {MAX_FILE >> 20} MB; export a part of it")
        return path.read_bytes()
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error


def decode(data: bytes) -> str:
    """Text in UTF-8 (with or without BOM) or UTF-16 with BOM; single lines that are neither in Latin-1.

    Raises:
        ValueError: JSON that is neither, which it must be.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.lstrip()[:1] in {b"[", b"{"}:
            raise ValueError(
                f"is damaged: byte {error.start} belongs to no letter. Copy or download it again"
            ) from error
        return "".join(_line(line) for line in data.splitlines(keepends=True))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def refuse_damaged(content: str) -> None:
    """Refuse text that holds what no text holds: many control characters, or zeros.

    Raises:
        ValueError: it is damaged.
    """
    found = _CONTROLS.findall(content)
    if len(found) > MOST_CONTROLS or "\x00" in found:
        raise ValueError("is damaged: it holds bytes that no text holds. Copy or download it again")


def refuse_cut(content: str, *, ends_badly: bool) -> bool:
    """Refuse a file of lines that ends in the middle of one; whether its last line has no end, though it can be read.

    Raises:
        ValueError: it was cut off: its last line cannot be read and has no end, or half a line end.
    """
    ended = content.endswith(("\n", "\r"))
    half = content.endswith("\r") and "\r\n" in content
    if half or (ends_badly and not ended):
        raise ValueError("ends in the middle of a line. Copy or download it again")
    return not ended


def read_member(archive: zipfile.ZipFile, member: str) -> str:
    """One member of an archive as text.

    Raises:
        FileError: it is damaged, encrypted, or unpacks to more than is sane.
    """
    name = f"{archive.filename}/{member}"
    info = archive.getinfo(member)
    if info.file_size > MAX_FILE or info.file_size > MAX_RATIO * max(info.compress_size, 1024):
        raise FileError(name, "unpacks to far more than a listening history; not read")
    try:
        with archive.open(info) as stream:
            return decode(stream.read(MAX_FILE + 1))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, NotImplementedError) as error:
        raise FileError(name, f"the archive is damaged or locked ({error})") from error


def parse_json(content: str) -> Any:
    """A JSON document; NaN and infinities are refused.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested absurdly deep.
    """
    return json.loads(content, parse_constant=_no_constant)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


class SongsUnpickler(pickle.Unpickler):
    """Reads Quod Libet's `songs`: dicts, lists and scalars of three known classes, nothing else.

    A pickle can name any function to call. Here each class that Quod Libet writes becomes a plain
    dict, and every other name is refused, so that nothing of the file is ever run.
    """

    def find_class(self, module: str, name: str) -> Any:
        """A plain dict for Quod Libet's song classes.

        Raises:
            UnpicklingError: for any other name.
        """
        if module.split(".", maxsplit=1)[0] == "formats" or module.startswith("quodlibet.formats"):
            return _Song
        if (module, name) in {("builtins", "dict"), ("__builtin__", "dict")}:
            return dict
        if (module, name) == ("_codecs", "encode"):
            return _latin1  # how protocol 2 writes bytes
        raise pickle.UnpicklingError(f"it names {module}.{name}, which no song list holds")


def _latin1(content: str, encoding: str) -> bytes:
    """Bytes as pickle protocol 2 spells them; no other encoding occurs."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"it wants the encoding {encoding!r:.40}")
    return content.encode("latin-1")


class _Song(dict[str, Any]):
    """Stands for Quod Libet's AudioFile classes."""
