"""Sample-exact decoding of one audio file to float32 stereo at a given rate."""

from __future__ import annotations

import logging
from dataclasses import replace

from player.audio._convert import Edge
from player.audio._file import AV_ERRORS, StreamInfo
from player.audio._samples import Samples
from player.audio._stream import StreamDecoder
from player.domain import FileError
from player.media import Link, ogg_links, open_file

logger = logging.getLogger(__name__)


class Decoder:
    """Gives a file's sound block by block; the links of a chained Ogg file follow each other without a gap.

    Not safe for use from several threads at once.

    Args:
        path: The file.
        rate: Output rate in Hz; None is the file's own, of its first link.

    Raises:
        FileError: the file cannot be opened, has no audio, or claims absurd rates or channel counts.
    """

    def __init__(self, path: str, rate: int | None) -> None:
        self._path = path
        self._links = _links(path)
        self._at = 0  # link being decoded
        self._errors = 0  # of the links before
        self._stream = StreamDecoder(path, rate, self._links[0] if self._links else None)
        self._rate = self._stream.rate
        self._info = self._stream.info
        if self._links:
            self._info = replace(self._info, duration_s=sum(link.seconds for link in self._links))

    @property
    def info(self) -> StreamInfo:
        """What the file says about itself."""
        return self._info

    @property
    def rate(self) -> int:
        """Output rate in Hz."""
        return self._rate

    @property
    def errors(self) -> int:
        """Damaged packets skipped so far."""
        return self._errors + self._stream.errors

    def close(self) -> None:
        """Free the file. May be called twice."""
        self._stream.close()

    @property
    def edge(self) -> Edge | None:
        """The end of the sound as its resampler left it; None before the end, and without one."""
        return self._stream.edge if self._at + 1 >= len(self._links) else None

    @property
    def patch(self) -> Samples | None:
        """Last frames of the sound before, as they are with this one behind it; see `go_on_from`."""
        return self._stream.patch

    def go_on_from(self, before: Edge) -> None:
        """Join the sound before without a gap; nothing may have been read yet."""
        self._stream.go_on_from(before)

    def seek(self, seconds: float) -> None:
        """Let the next `read` start at `seconds`, exact to one sample of the file's rate.

        Raises:
            FileError: the file cannot be read any more.
        """
        wanted = 0
        for link in self._links[:-1]:
            if seconds < link.seconds:
                break
            seconds -= link.seconds
            wanted += 1
        if wanted != self._at:
            self._open(wanted)
        self._stream.seek(seconds)

    def read(self) -> Samples | None:
        """The next block of at least one frame; None at the end.

        Raises:
            FileError: nothing at all could be decoded.
        """
        while (block := self._stream.read()) is None and self._at + 1 < len(self._links):
            try:
                self._open(self._at + 1)
            except FileError as error:  # one bad link does not cost those behind it
                logger.info("a link of %s is passed over: %s", self._path, error.why)
                self._errors += 1
        return block

    def _open(self, at: int) -> None:
        self._at = at
        stream = StreamDecoder(self._path, self._rate, self._links[at])
        self._errors += self._stream.errors
        self._stream.close()
        self._stream = stream


def _links(path: str) -> list[Link]:
    try:
        with open_file(path) as file:
            return ogg_links(file)
    except (*AV_ERRORS, FileError):
        return []  # opening it for good says why
