"""One opened audio file: checked before memory is taken, read frame by frame, damage skipped and counted."""

from __future__ import annotations

import contextlib
import errno
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, cast

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from player.domain import FileError
from player.media import FileWindow, Link, Media, ReadLimitError, open_file

MIN_RATE, MAX_RATE = 500, 3_000_000
"""Hz. The upper end is DSD512 as FFmpeg hands it out; forged headers ask for 500 MHz and gigabytes."""

MAX_CHANNELS = 32
MAX_FRAME_SAMPLES = 4_194_304
"""Longest frame that is decoded; real ones hold up to a second or two. Forged headers ask for gigabytes."""

LONGEST_S = 30 * 24 * 3600.0
"""A file that claims to be longer lies."""

MAX_ERRORS_IN_A_ROW = 100
"""Undecodable packets in a row before a file is given up."""

AV_ERRORS = (av.error.FFmpegError, OSError, ValueError, IndexError, MemoryError)
"""What PyAV raises for broken files; its own errors are OSError and ValueError subclasses as well."""


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What the file says about itself.

    Attributes:
        codec: FFmpeg's canonical name.
        rate: Samples a second.
        channels: Number of channels.
        duration_s: Length as the container claims; None where unknown. The true length is known at the end only.
        sample_format: FFmpeg's name of the format of decoded samples.
    """

    codec: str
    rate: int
    channels: int
    duration_s: float | None
    sample_format: str = ""


_IN_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "it is not there"),
    (IsADirectoryError, "it is a folder"),
    (av.error.ArgumentError, "it is not a kind of sound file that can be played"),
    (av.error.ExitError, "it takes too long to recognise"),
    (av.error.InvalidDataError, "it is damaged, or no sound file"),
    (av.error.EOFError, "it ends too early"),
    (MemoryError, "it asks for more memory than there is"),
)


def why(error: Exception) -> str:
    """A short reason for the user from an error of FFmpeg or the system."""
    if getattr(error, "errno", None) == errno.EACCES:
        return "access to it is denied"
    if getattr(error, "errno", None) == errno.EINVAL and not isinstance(error, av.error.FFmpegError):
        return "it is damaged, or no sound file"  # FFmpeg looked for its end before its start, as in an empty file
    words = next((text for kind, text in _IN_WORDS if isinstance(error, kind)), None)
    return words or str(getattr(error, "strerror", None) or error or type(error).__name__)


class AudioFile:
    """The best audio stream of one file.

    Not safe for use from several threads at once.

    Args:
        path: The file.
        link: The part of it that is read, None for all.

    Attributes:
        path: The file.
        info: What it says about itself.
        errors: Damaged packets skipped so far.
        start: First timestamp of the stream in seconds.

    Raises:
        FileError: the file cannot be opened, has no audio, or claims absurd rates or channel counts.
    """

    def __init__(self, path: str, link: Link | None = None) -> None:
        self.path = path
        self._link = link
        self.errors = 0
        self._errors_in_a_row = 0
        self._packets: Iterator[Packet[AudioStream]] | None = None
        self._frames: deque[av.AudioFrame] = deque()
        self._handle, self._media, self._stream = _open(path, link)
        try:
            self.info = _describe(path, self._media.container, self._stream)
        except (*AV_ERRORS, FileError):
            self.close()
            raise
        self.start = Fraction(0)
        if self._stream.start_time and self._stream.time_base:
            self.start = self._stream.start_time * self._stream.time_base

    @property
    def container(self) -> str:
        """FFmpeg's name of the container format."""
        return self._media.container.format.name

    @property
    def extradata(self) -> bytes:
        """The codec's header."""
        return bytes(self._stream.codec_context.extradata or b"")

    @property
    def starts_late(self) -> bool:
        """Whether the first timestamp is not zero."""
        return bool(self._stream.start_time)

    def tag(self, name: str) -> str:
        """A metadata entry of the container or the stream, empty where there is none."""
        return self._media.container.metadata.get(name) or self._stream.metadata.get(name) or ""

    def next_frame(self) -> av.AudioFrame | None:
        """The next decoded frame; None at the end or when nothing more can be decoded."""
        while not self._frames:
            packet = self._next_packet()
            if packet is None:
                return None
            try:
                frames = packet.decode()
            except av.error.EOFError:
                continue
            except AV_ERRORS:
                if not self.count_error():
                    return None
                continue
            if frames:
                self._errors_in_a_row = 0
                self._frames.extend(frames)
        return self._frames.popleft()

    def put_back(self, frames: list[av.AudioFrame]) -> None:
        """Let `next_frame` give these again, in this order."""
        self._frames.extendleft(reversed(frames))

    def position(self, frame: av.AudioFrame) -> int | None:
        """Where the frame stands by its timestamp, in samples of the stream's rate from the stream's start."""
        if frame.pts is None or frame.time_base is None:
            return None
        return round((frame.pts * frame.time_base - self.start) * self.info.rate)

    def seek(self, at: Fraction) -> bool:
        """Go to the last key frame at or before `at` seconds; False where the file cannot."""
        self._forget()
        base = self._stream.time_base
        target = int((at + self.start) / base) if base else int(at * av.time_base)
        self._media.renew_limit()
        try:
            self._media.container.seek(target, stream=self._stream, backward=True, any_frame=False)
        except AV_ERRORS:
            return False
        return True

    def rewind(self) -> bool:
        """Open the file anew, for formats that cannot seek; False if it is gone by now."""
        self._forget()
        self.close()
        try:
            self._handle, self._media, self._stream = _open(self.path, self._link)
        except FileError:
            return False
        return True

    def count_error(self) -> bool:
        """Note one more piece of damage; False when it is time to give up."""
        self.errors += 1
        self._errors_in_a_row += 1
        return self._errors_in_a_row <= MAX_ERRORS_IN_A_ROW

    def close(self) -> None:
        """Free the file. May be called twice."""
        with contextlib.suppress(*AV_ERRORS):
            self._media.close()
        self._handle.close()

    def _forget(self) -> None:
        self._packets = None
        self._frames.clear()
        self._errors_in_a_row = 0

    def _next_packet(self) -> Packet[AudioStream] | None:
        while True:
            self._media.renew_limit()
            if self._packets is None:
                self._packets = self._media.container.demux(self._stream)
            try:
                return next(self._packets)
            except (StopIteration, av.error.EOFError):
                return None
            except ReadLimitError:
                self.count_error()
                return None
            except AV_ERRORS:
                self._packets = None  # an error ends the generator; a new one goes on behind the damage
                if not self.count_error():
                    return None


def _open(path: str, link: Link | None) -> tuple[BinaryIO, Media, AudioStream]:
    try:
        handle = open_file(path)
    except OSError as error:
        raise FileError(path, f"cannot be opened: {why(error)}") from error
    try:
        media = Media(handle if link is None else cast("BinaryIO", FileWindow(handle, link.start, link.end)))
    except AV_ERRORS as error:
        handle.close()
        raise FileError(path, f"cannot be opened: {why(error)}") from error
    try:
        return handle, media, _best_stream(path, media.container)
    except (*AV_ERRORS, FileError) as error:
        media.close()
        handle.close()
        raise error if isinstance(error, FileError) else FileError(path, why(error)) from error


def _best_stream(path: str, container: InputContainer) -> AudioStream:
    stream = container.streams.best("audio") or next(iter(container.streams.audio), None)
    if not isinstance(stream, AudioStream):
        raise FileError(path, "there is no sound in it")
    if stream.codec_context is None:  # PyAV's stubs do not say so
        raise FileError(path, "its sound is in a format that cannot be decoded")
    stream.codec_context.thread_count = 1  # audio decoders gain nothing from threads
    stream.codec_context.options = {"max_samples": str(MAX_FRAME_SAMPLES)}
    return stream


def _describe(path: str, container: InputContainer, stream: AudioStream) -> StreamInfo:
    context = stream.codec_context
    rate, channels = int(stream.rate or context.sample_rate or 0), int(context.channels or 0)
    check_format(path, rate, channels)
    codec = context.codec.canonical_name
    duration: float | None = None
    if stream.duration and stream.time_base:
        duration = float(stream.duration * stream.time_base)
    elif container.duration:
        duration = container.duration / av.time_base
    known = duration if duration and 0 < duration < LONGEST_S else None
    return StreamInfo(codec, rate, channels, known, context.format.name if context.format else "")


def check_format(path: str, rate: int, channels: int) -> None:
    """Refuse rates and channel counts that no music has.

    Raises:
        FileError: they are out of bounds.
    """
    if not rate or not channels:
        raise FileError(path, "no sound can be recognised in it")
    if not MIN_RATE <= rate <= MAX_RATE:
        raise FileError(path, f"it claims an absurd sample rate of {rate} Hz")
    if not 1 <= channels <= MAX_CHANNELS:
        raise FileError(path, f"it claims an absurd number of channels ({channels})")
