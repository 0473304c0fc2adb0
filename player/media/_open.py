"""Opening a media file without letting it open anything else."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from player.domain import FileError

if TYPE_CHECKING:
    from av.container import InputContainer

DEMUXERS = (
    "aac,ac3,aiff,amr,ape,asf,au,caf,dsf,dts,dtshd,eac3,flac,flv,iff,loas,matroska,mlp,mov,mp3,mpc,mpc8,mpeg,mpegts,"
    "ogg,oma,shn,tak,truehd,tta,w64,wav,wv,xwma"
)
"""FFmpeg's demuxers of single files that hold sound. Not among them: whatever names other files, addresses or devices
(hls, dash, concat, sdp, rtsp, image sequences, lavfi, avisynth, playlists), and what no music comes in."""

PROBE_BYTES = 5_000_000
"""Maximum of the file read to recognise its format and streams."""

ANALYSE_US = 10_000_000
"""Maximum length of the sound decoded to recognise its streams, in microseconds."""

OPEN_TIMEOUT_S = 8.0
"""Maximum time of each of the two steps of opening: recognising the format, recognising the streams."""

MAX_READ_BYTES = 256_000_000
"""Maximum of a file read in search of its streams, or of the next packet; larger than any picture in a tag."""

_OPTIONS = {
    "format_whitelist": DEMUXERS,
    "protocol_whitelist": "file,pipe",
    "probesize": str(PROBE_BYTES),
    "analyzeduration": str(ANALYSE_US),
}
_FIRST_READ_BYTES = 16


def open_file(path: str) -> BinaryIO:
    """Open an ordinary file for reading; a pipe or a device would block or never end.

    Raises:
        FileError: it is not an ordinary file.
        OSError: it cannot be opened.
    """
    file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115 - the caller's
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise FileError(path, "it is not an ordinary file")
    return file


class ReadLimitError(OSError):
    """FFmpeg read `MAX_READ_BYTES` of a file without finding anything in it."""


class Media:
    """A file that FFmpeg has opened as a container of sound.

    FFmpeg reads from `file` only. Its content decides the format, its name is a hint. Only the demuxers of `DEMUXERS`
    are used, and a demuxer that asks for another file or an address gets an error: FFmpeg's own list of allowed
    protocols does not hold where the caller reads for it.

    Not safe for use from several threads at once.

    Args:
        file: An open, seekable file; the caller closes it, after this.

    Attributes:
        container: PyAV's container.

    Raises:
        av.error.FFmpegError: it is no such file, is damaged, or took longer than `OPEN_TIMEOUT_S`.
        PermissionError: it asks for another file or an address.
        ReadLimitError: nothing is found in it.
    """

    def __init__(self, file: BinaryIO) -> None:
        import av  # noqa: PLC0415 - large, and not needed for most files

        file.seek(0)
        file.read(_FIRST_READ_BYTES)  # a disk that has to spin up does so before time is taken
        file.seek(0)
        self._reader = _LimitedReader(file)
        self.container: InputContainer = av.open(
            self._reader,
            "r",
            metadata_errors="replace",
            container_options=_OPTIONS,
            timeout=(OPEN_TIMEOUT_S, None),
            io_open=_refuse,
        )

    def __enter__(self) -> Media:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def renew_limit(self) -> None:
        """Something was found: `MAX_READ_BYTES` are counted from here."""
        self._reader.left = MAX_READ_BYTES

    def close(self) -> None:
        """Free the container, not the file. May be called twice."""
        self.container.close()


class _LimitedReader:
    """What PyAV asks of a file, with a count of the bytes read.

    FFmpeg's bounds for recognising a file count what it finds, not what it reads: it looks for the first frame of an
    MP3 file in gigabytes of zeros, without asking whether it should stop.

    Attributes:
        left: Bytes that may still be read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.name = file.name
        self.left = MAX_READ_BYTES
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._read = file.read

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes."""
        data = self._read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ReadLimitError(f"nothing is found in {MAX_READ_BYTES // 1_000_000} MB of it")
        return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Do not wait for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse(url: str, _flags: int, _options: dict[str, str]) -> NoReturn:
    raise PermissionError(f"it refers to something else ({url[:100]!r}), which is not opened")
