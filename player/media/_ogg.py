"""Chained Ogg files: several complete streams one after the other, as internet-radio recorders write them.

Format: RFC 3533 (pages), Vorbis I §A, RFC 7845 (Opus), "Ogg FLAC mapping 1.0".
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_LINKS = 1_000
"""Links told apart; the last one takes all that follows."""

MAX_PAGES = 1_000_000
"""Pages looked at, days of sound in seconds of work; the last link takes all that follows."""

_HEADER = 27
_TAIL_BYTES = 65_536 + 512
"""More than the longest page."""

_HEADER_BYTES = 64
"""Of the first packet of a stream."""

_OPUS_RATE = 48_000


@dataclass(frozen=True, slots=True)
class Link:
    """One stream of a chain.

    Attributes:
        start: First byte.
        end: Byte behind the last one.
        seconds: Length of its sound.
    """

    start: int
    end: int
    seconds: float


@dataclass(slots=True)
class _Page:
    at: int
    size: int
    first: bool
    granule: int
    serial: int


@dataclass(slots=True)
class _OpenLink:
    """A link being read: its sound stream's clock."""

    start: int
    serial: int = -1
    rate: int = 0
    skip: int = 0
    begin: int | None = None
    granule: int = 0


def ogg_links(file: BinaryIO) -> list[Link]:
    """The links of a chained Ogg file with sound; empty for a file that is no chain, which costs two reads.

    Args:
        file: An open file; its position changes.

    Raises:
        OSError: it cannot be read.
    """
    size = file.seek(0, os.SEEK_END)
    first = _page_at(file, 0)
    if first is None:
        return []
    serials = {page.serial for page in _beginning(file, first)}
    last = _last_page(file, size)
    if last is None or last.serial in serials:
        return []
    links = [link for link in _links(file, size) if link.seconds > 0]
    return links if len(links) > 1 else []


def _beginning(file: BinaryIO, page: _Page | None) -> Iterator[_Page]:
    """The first pages of the streams that begin the file together."""
    while page is not None and page.first:
        yield page
        page = _page_at(file, page.at + page.size)


def _last_page(file: BinaryIO, size: int) -> _Page | None:
    start = max(0, size - _TAIL_BYTES)
    file.seek(start)
    tail = file.read(_TAIL_BYTES)
    at = len(tail)
    while (at := tail.rfind(b"OggS", 0, at)) >= 0:
        page = _page_at(file, start + at)
        if page is not None and page.at + page.size <= size:
            return page
    return None


def _links(file: BinaryIO, size: int) -> Iterator[Link]:
    open_link = _OpenLink(0)
    at, beginning, count = 0, True, 1
    for _ in range(MAX_PAGES):
        if (page := _page_at(file, at)) is None:
            break
        if page.first and not beginning and count < MAX_LINKS:
            yield _closed(open_link, page.at)
            open_link, count = _OpenLink(page.at), count + 1
        beginning = page.first
        if page.first and open_link.serial < 0 and (clock := _clock(file)) is not None:
            open_link.serial, (open_link.rate, open_link.skip) = page.serial, clock
        elif page.serial == open_link.serial and page.granule > 0:
            if open_link.begin is None:  # a stream that was cut out of a longer one begins late
                open_link.begin = page.granule if page.granule > 10 * open_link.rate else 0
            open_link.granule = page.granule
        at = page.at + page.size
    yield _closed(open_link, size)


def _closed(link: _OpenLink, end: int) -> Link:
    samples = link.granule - (link.begin or 0) - link.skip
    return Link(link.start, end, max(0.0, samples / link.rate) if link.rate else 0.0)


def _page_at(file: BinaryIO, at: int) -> _Page | None:
    """The page at a place; None where there is none: chains are followed as far as they are whole."""
    file.seek(at)
    head = file.read(_HEADER)
    if len(head) < _HEADER or head[:4] != b"OggS":
        return None
    lacing = file.read(head[26])
    granule = int.from_bytes(head[6:14], "little", signed=True)
    return _Page(
        at, _HEADER + head[26] + sum(lacing), bool(head[5] & 2), granule, int.from_bytes(head[14:18], "little")
    )


def _clock(file: BinaryIO) -> tuple[int, int] | None:
    """Samples a second, and samples to skip at the beginning, by the first packet of a stream; None for no sound."""
    packet = file.read(_HEADER_BYTES)  # behind the page's head
    if packet.startswith(b"\x01vorbis"):
        return int.from_bytes(packet[12:16], "little"), 0
    if packet.startswith(b"OpusHead"):
        return _OPUS_RATE, int.from_bytes(packet[10:12], "little")
    if packet.startswith(b"\x7fFLAC"):
        return int.from_bytes(packet[27:30], "big") >> 4, 0
    if packet.startswith(b"Speex   "):
        return int.from_bytes(packet[36:40], "little"), 0
    return None
