"""Decoded frames of any format to float32 stereo at one rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import av
import numpy as np
import soxr

from player.audio._downmix import downmix_matrix
from player.audio._frames import frame_samples
from player.audio._samples import CHANNELS, Samples, silence

QUALITY = "VHQ"
"""soxr's 28 bit: flat to 20 kHz within .01 dB, aliases and images below -155 dB; some 700 times as fast as it plays."""

EDGE_FRAMES = 4_096
"""Frames of the source that a resampler hands to its successor: several times the length of its filter."""

PATCH_FRAMES = 1_024
"""Frames at the end of a sound that depend on what follows it, at most."""

_FULL_SCALE = {"int16": 2.0**15, "int32": 2.0**31, "int64": 2.0**63}


@dataclass(frozen=True, slots=True)
class Edge:
    """The end of a resampled sound, from which another one can go on as if both were one.

    Attributes:
        rate: Sample rate of the source in Hz.
        tail: Last frames of the source, float32 (frames, 2).
        fed: Frames that the resampler was given in all.
        given: Frames that it gave out in all.
    """

    rate: int
    tail: Samples
    fed: int
    given: int


class StereoConverter:
    """Converts frames in order; the format may change in mid-stream.

    Mono is copied to both sides at full level (FFmpeg's own up-mix costs 3 dB); more than two channels are mixed
    down by `downmix_matrix`.

    Args:
        rate: Output rate in Hz. Where it equals the file's, samples of mono and stereo pass unchanged.
        before: The end of the sound that this one goes on from, without a gap. A filter that began with silence
            would click there, and the output's frames would lie up to half a frame beside those before.

    Attributes:
        edge: The end of this sound, once it was drained.
        patch: The last frames of the sound before as they are with this one behind it; None until they are known.
    """

    def __init__(self, rate: int, before: Edge | None = None) -> None:
        self.edge: Edge | None = None
        self.patch: Samples | None = None
        self._rate = rate
        self._before = before
        self._resampler: soxr.ResampleStream | None = None
        self._resampled_rate = 0
        self._tail = silence(0)
        self._fed = self._given = self._skip = 0
        self._skipped: list[Samples] = []

    def lead_in(self, frame: av.AudioFrame, start: int, stop: int, position: int) -> None:
        """Note samples `start` to `stop` of a frame that come right before what is wanted of a file.

        Resampled sound then begins as if the file had been played from its start.

        Args:
            frame: The frame.
            start: First sample.
            stop: Sample behind the last one.
            position: Place of `stop` in the file, in samples.
        """
        if frame.sample_rate != self._rate and self._resampler is None:
            tail = self._before.tail if self._before is not None else silence(0)
            tail = np.concatenate([tail, _stereo(frame, start, stop)])[-EDGE_FRAMES:]
            self._before = Edge(frame.sample_rate, tail, position, round(position * self._rate / frame.sample_rate))

    def convert(self, frame: av.AudioFrame, start: int, stop: int) -> list[Samples]:
        """Samples `start` to `stop` of `frame`.

        Raises:
            ValueError: the frame's format is not known.
        """
        stereo = _stereo(frame, start, stop)
        blocks: list[Samples] = []
        if self._resampler is not None and frame.sample_rate != self._resampled_rate:
            blocks = self.drain()
        if frame.sample_rate != self._rate:
            if self._resampler is None:
                self._begin(frame.sample_rate)
            stereo = self._feed(np.ascontiguousarray(stereo))
        return [*blocks, stereo] if len(stereo) else blocks

    def drain(self) -> list[Samples]:
        """What the resampler still holds; after this it starts afresh."""
        if self._resampler is None:
            return []
        rest = self._feed(silence(0), last=True)
        self.edge = Edge(self._resampled_rate, self._tail, self._fed, self._given)
        self._resampler = None
        return [rest] if len(rest) else []

    def _begin(self, rate: int) -> None:
        self._resampler = soxr.ResampleStream(rate, self._rate, CHANNELS, "float32", QUALITY)
        self._resampled_rate = rate
        self._tail, self._fed, self._given, self._skip = silence(0), 0, 0, 0
        before, self._before = self._before, None
        if before is None or before.rate != rate:
            return
        # Output frames lie at multiples of rate / output rate. So many frames of silence in front of the tail put
        # them where those of the sound before would go on.
        period = rate // math.gcd(rate, self._rate)
        lead = np.concatenate([silence((before.fed - len(before.tail)) % period), before.tail])
        self._skip = before.given - (before.fed - len(lead)) * self._rate // rate
        self._feed(lead)

    def _feed(self, samples: Samples, *, last: bool = False) -> Samples:
        assert self._resampler is not None
        out: Samples = self._resampler.resample_chunk(samples, last=last)
        self._tail = np.concatenate([self._tail, samples])[-EDGE_FRAMES:]
        self._fed += len(samples)
        self._given += len(out)
        if self._given - len(out) >= self._skip:
            return out
        self._skipped.append(out)
        if self._given < self._skip and not last:
            return silence(0)
        whole, self._skipped = np.concatenate(self._skipped), []
        self.patch = whole[max(self._skip // 2, self._skip - PATCH_FRAMES) : self._skip]
        return whole[self._skip :]


def finite(samples: Samples) -> Samples:
    """Damaged float files hold NaN and infinities: they become silence."""
    if not np.isfinite(samples).all():
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return samples


def _stereo(frame: av.AudioFrame, start: int, stop: int) -> Samples:
    data = frame_samples(frame, start, stop)
    channels = data.shape[1]
    out = np.empty((len(data), channels if channels > 2 else 2), np.float32)  # one channel is broadcast to both
    if data.dtype == np.uint8:
        np.multiply(data.astype(np.float32) - np.float32(128), np.float32(1 / 128), out=out)
    elif data.dtype.kind == "f":
        out[:] = data
    else:
        np.multiply(data, np.float32(1 / _FULL_SCALE[data.dtype.name]), out=out, casting="unsafe")
    if data.dtype.kind == "f":
        out = finite(out)
    return out if channels <= 2 else out @ downmix_matrix(frame.layout.name)
