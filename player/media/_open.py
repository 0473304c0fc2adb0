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


def open_media(file: BinaryIO) -> InputContainer:
    """Let FFmpeg open a file as a container of sound.

    FFmpeg reads from `file` only. Its content decides the format, its name is a hint. Only demuxers of `DEMUXERS` are
    used, and a demuxer that asks for another file or an address gets an error: FFmpeg's own list of allowed protocols
    does not hold where the caller reads for it.

    Args:
        file: An open, seekable file; the caller closes it, after the container.

    Raises:
        av.error.FFmpegError: it is no such file, is damaged, or took longer than `OPEN_TIMEOUT_S`.
        PermissionError: it asks for another file or an address.
    """
    import av  # noqa: PLC0415 - large, and not needed for most files

    file.seek(0)
    file.read(_FIRST_READ_BYTES)  # a disk that has to spin up does so before time is taken
    file.seek(0)
    return av.open(
        file,
        "r",
        metadata_errors="replace",
        container_options=_OPTIONS,
        timeout=(OPEN_TIMEOUT_S, None),
        io_open=_refuse,
    )


def _open_without_waiting(path: str, flags: int) -> int:
    """Do not wait for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse(url: str, _flags: int, _options: dict[str, str]) -> NoReturn:
    raise PermissionError(f"it refers to something else ({url[:100]!r}), which is not opened")
