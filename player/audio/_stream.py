"""Sample-exact decoding of one stream to float32 stereo at a given rate.

Encoder delay and padding (LAME, iTunSMPB, edit lists), Opus pre-skip and the Vorbis end trim are honoured, most
of them by FFmpeg itself; what it leaves out is corrected here. A hole in the timestamps becomes silence, so
that the timeline holds.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import replace
from fractions import Fraction

import av

from player.audio._convert import Edge, StereoConverter
from player.audio._file import AV_ERRORS, AudioFile, StreamInfo, check_format, why
from player.audio._musepack import musepack_extent
from player.audio._samples import Samples, silence
from player.domain import FileError
from player.media import Link

PREROLLS_S: tuple[float | None, ...] = (0.5, 3.0, 15.0, None)
"""How far before a seek's target decoding starts, tried in turn (MP3 reservoir, Opus 80 ms …); None: from the start."""

MAX_GAP_S = 1.0
"""A hole in the timestamps is filled with silence up to this length; a longer one is a broken timestamp."""

_STAMPS_PER_SEEK = 12
_MOST_PADDING = 2 * 8_192
"""Samples that an encoder may have added at the end: two of Vorbis's longest blocks."""


class StreamDecoder:
    """Gives the sound of one stream block by block: of a file, or of one link of a chained one.

    Not safe for use from several threads at once.

    Args:
        path: The file.
        rate: Output rate in Hz; None is the file's own.
        link: The part of the file that is decoded; None for all.

    Raises:
        FileError: the file cannot be opened, has no audio, or claims absurd rates or channel counts.
    """

    def __init__(self, path: str, rate: int | None, link: Link | None = None) -> None:
        self._file = AudioFile(path, link)
        self._rate = rate or self._file.info.rate
        extent = musepack_extent(path) if self._file.info.codec.startswith("musepack") else None
        self._lead = extent.lead if extent else 0  # samples of the file before the sound begins
        self._info = self._file.info
        if extent:  # FFmpeg leaves the last packet out
            self._info = replace(self._info, duration_s=extent.length / self._info.rate)
        self._limit = extent.lead + extent.length if extent else _itunes_length(self._file)
        self._ogg_length = _ogg_length(self._file)
        self._shift = 0  # first timestamp where it is not 0 (WMA, some transport streams)
        self._sought = False
        self._reset(self._lead)

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
        return self._file.errors

    def close(self) -> None:
        """Free the file. May be called twice."""
        self._file.close()

    @property
    def edge(self) -> Edge | None:
        """The end of the sound as its resampler left it; None before the end, and without one."""
        return self._convert.edge if self._ended else None

    @property
    def patch(self) -> Samples | None:
        """See `StereoConverter.patch`."""
        return self._convert.patch

    def go_on_from(self, before: Edge) -> None:
        """Join the sound before without a gap; nothing may have been read yet."""
        self._convert = StereoConverter(self._rate, before)

    def seek(self, seconds: float) -> None:
        """Let the next `read` start at `seconds`, exact to one sample of the file's rate.

        Raises:
            FileError: the file cannot be read any more.
        """
        target = max(0, round(seconds * self.info.rate)) + self._lead
        if target == self._lead and self._fresh and not self._sought:
            return
        if self._fresh and not self._sought:
            self._learn_shift()
        self._sought = True
        for preroll in PREROLLS_S:
            if self._try_seek(target, preroll):
                return
        raise FileError(self._file.path, "the position cannot be reached")

    def read(self) -> Samples | None:
        """The next block of at least one frame; None at the end.

        Raises:
            FileError: nothing at all could be decoded.
        """
        while not self._ready:
            if self._ended:
                return None
            frame = self._file.next_frame()
            if frame is None:
                self._end()
            else:
                self._accept(frame)
        return self._ready.popleft()

    def _reset(self, target: int) -> None:
        self._ready: deque[Samples] = deque()
        self._ended = False
        self._fresh = True  # no frame seen since the last jump
        self._position = 0  # of the next frame, in samples of the file's rate
        self._wanted = target  # samples before this are dropped
        self._errors_seen = self._file.errors
        self._held: list[tuple[av.AudioFrame, int, int]] = []
        self._convert = StereoConverter(self._rate)

    def _end(self) -> None:
        self._ended = True
        if self._fresh and self._file.errors and not self._sought:
            raise FileError(self._file.path, "nothing in it can be decoded")
        for frame, position, usable in self._held:
            self._take(frame, position, min(usable, (self._ogg_length or 0) - position))
        self._ready.extend(self._convert.drain())

    def _learn_shift(self) -> None:
        """Note the first timestamp, as `_align` does where a file is read from its start."""
        frame = self._file.next_frame()
        if frame is not None:
            self._shift = self._file.position(frame) or 0
            self._file.put_back([frame])

    def _try_seek(self, target: int, preroll_s: float | None) -> bool:
        """Jump before `target` and read some frames to learn where that is; False if it is behind the target."""
        at = Fraction(0)
        if preroll_s is not None:
            at = max(at, Fraction(target, self.info.rate) - Fraction(preroll_s))
        if not self._file.seek(at) and (preroll_s is not None or not self._file.rewind()):
            return False
        self._reset(target)
        frames: list[av.AudioFrame] = []
        stamps, count = Counter[int](), 0
        while len(frames) < _STAMPS_PER_SEEK and (frame := self._file.next_frame()) is not None:
            frames.append(frame)
            if (stamp := self._file.position(frame)) is not None:
                stamps[stamp - self._shift - count] += 1
            count += frame.samples
        if frames and self.info.codec == "musepack8" and frames[0].pts == 1:
            return False  # FFmpeg gives the second place of the seek table this number, wherever that place is
        if not frames:
            return True  # beyond the end: `read` gives None
        if stamps:  # Vorbis timestamps are off at block switches: the majority is right
            position = stamps.most_common(1)[0][0]
        elif at == 0:
            position = 0
        else:  # no timestamps at all: exact only from the start
            return False
        if position > target and preroll_s is not None:
            return False
        self._file.put_back(frames)
        self._position, self._fresh = position, False
        return True

    def _accept(self, frame: av.AudioFrame) -> None:
        usable = self._at_file_rate(frame, self._usable(frame))
        self._align(frame)
        position = self._position
        if self._limit is not None:
            usable = min(usable, self._limit - position)
        self._position += self._at_file_rate(frame, frame.samples)
        if self._ogg_length is None or position + usable <= self._ogg_length:
            self._take(frame, position, usable)
        else:
            self._hold(frame, position, usable)

    def _hold(self, frame: av.AudioFrame, position: int, usable: int) -> None:
        """Keep what lies behind the stated end until it is clear whether the file ends here or goes on regardless."""
        self._held.append((frame, position, usable))
        if position + usable > (self._ogg_length or 0) + _MOST_PADDING:
            held, self._held, self._ogg_length = self._held, [], None
            for part in held:
                self._take(*part)

    def _take(self, frame: av.AudioFrame, position: int, usable: int) -> None:
        """Convert the wanted part of a frame."""
        skip = max(0, self._wanted - position)
        if skip >= usable and not self._sought:
            return
        try:
            check_format(self._file.path, frame.sample_rate, frame.layout.nb_channels)
            if skip and self._sought and frame.sample_rate == self.info.rate:
                before = min(skip, usable)
                self._convert.lead_in(frame, 0, before, position + before - self._lead)
            if skip >= usable:
                return
            if frame.sample_rate != self.info.rate:
                skip, usable = (round(n * frame.sample_rate / self.info.rate) for n in (skip, usable))
            self._ready.extend(self._convert.convert(frame, skip, usable))
        except (*AV_ERRORS, FileError) as error:
            if not self._file.count_error():
                self._ended = True
                raise FileError(self._file.path, why(error)) from error

    def _at_file_rate(self, frame: av.AudioFrame, samples: int) -> int:
        """Samples of a frame as samples of the file's rate, which may change in mid-file."""
        if frame.sample_rate == self.info.rate or not frame.sample_rate:
            return samples
        return round(samples * self.info.rate / frame.sample_rate)

    def _usable(self, frame: av.AudioFrame) -> int:
        """Samples of the frame that count: in MP4 the last packet's duration, not its 1024 samples, is true.

        Matroska and FLV round it to 1 ms: it says nothing where its unit is longer than a sample.
        """
        if self.info.codec == "aac" and frame.duration and frame.time_base and frame.time_base * frame.sample_rate <= 1:
            stated = round(frame.duration * frame.time_base * frame.sample_rate)
            if 0 < stated < frame.samples:
                return stated
        return frame.samples

    def _align(self, frame: av.AudioFrame) -> None:
        """Hold the timeline: lost packets become silence.

        Small steps are jitter in the timestamps (Vorbis: up to 46 ms), huge ones are broken timestamps.
        """
        stamp = self._file.position(frame)
        if self._fresh:  # whatever the first timestamp says, it is sample 0
            self._fresh, self._position, self._shift = False, 0, stamp or 0
        elif stamp is not None:
            rate = self.info.rate
            gap = stamp - self._shift - self._position
            least = rate // 500 if self._file.errors > self._errors_seen else rate // 10
            if least < gap <= MAX_GAP_S * rate:
                self._fill(gap)
        self._errors_seen = self._file.errors

    def _fill(self, gap: int) -> None:
        start = max(self._position, self._wanted)
        self._position += gap
        frames = round((self._position - start) * self._rate / self.info.rate)
        if frames > 0:
            self._ready.append(silence(frames))


def _itunes_length(file: AudioFile) -> int | None:
    """Exact length in samples as iTunes wrote it (fourth field of iTunSMPB), for AAC."""
    fields = file.tag("iTunSMPB").split()
    if file.info.codec != "aac" or len(fields) < 4:
        return None
    try:
        return int(fields[3], 16) or None
    except ValueError:
        return None


def _ogg_length(file: AudioFile) -> int | None:
    """Length in samples of Ogg Vorbis and Opus as the last page states it.

    FFmpeg forgets to trim the end where a file has one page of sound only, and after a seek into the last page.
    """
    if file.container != "ogg" or file.info.codec not in {"vorbis", "opus"} or file.starts_late:
        return None
    if not file.info.duration_s:
        return None
    skip, head = 0, file.extradata
    if head[:8] == b"OpusHead":
        skip = int.from_bytes(head[10:12], "little")
    return round(file.info.duration_s * file.info.rate) - skip
