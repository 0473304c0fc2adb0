"""Reading untrusted exports within bounds: their sizes, text, archives."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from player.bounded import read_ordinary
from player.domain import FileError

MAX_FILE = 256 * 1024 * 1024
"""Bytes of one export, and of everything unpacked from one archive."""
MOST_CONTROLS = 8
"""A title may hold a control character by mistake; a text with more of them than this is damaged."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
MAX_RATIO = 200
"""An archive member that grows more than this is a bomb."""


def read_bytes(path: Path) -> bytes:
    """The whole file.

    Raises:
        FileError: it cannot be read, is no ordinary file, or is larger than `MAX_FILE`.
    """
    try:
        return read_ordinary(path, limit=MAX_FILE)
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


def read_members(archive: zipfile.ZipFile, names: Sequence[str]) -> dict[str, str]:
    """Several members of an archive as texts.

    Raises:
        FileError: one is damaged or encrypted, or all of them unpack to more than is sane.
    """
    if sum(archive.getinfo(name).file_size for name in names) > MAX_FILE:
        raise FileError(str(archive.filename), "unpacks to far more than a listening history; not read")
    return {name: read_member(archive, name) for name in names}
