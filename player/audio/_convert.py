"""Decoded frames of any format to float32 stereo at one rate."""

from __future__ import annotations

import av
import numpy as np
import soxr

from player.audio._downmix import downmix_matrix
from player.audio._frames import frame_samples
from player.audio._samples import CHANNELS, Samples, silence

QUALITY = "VHQ"
"""soxr's 28 bit: flat to 20 kHz within .01 dB, aliases and images below -155 dB; some 700 times as fast as it plays."""

_FULL_SCALE = {"int16": 2.0**15, "int32": 2.0**31, "int64": 2.0**63}


class StereoConverter:
    """Converts frames in order; the format may change in mid-stream.

    Mono is copied to both sides at full level (FFmpeg's own up-mix costs 3 dB); more than two channels are mixed
    down by `downmix_matrix`.

    Args:
        rate: Output rate in Hz. Where it equals the file's, samples of mono and stereo pass unchanged.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._resampler: soxr.ResampleStream | None = None
        self._resampled_rate = 0

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
                self._resampler = soxr.ResampleStream(frame.sample_rate, self._rate, CHANNELS, "float32", QUALITY)
                self._resampled_rate = frame.sample_rate
            stereo = self._resampler.resample_chunk(np.ascontiguousarray(stereo))
        return [*blocks, stereo] if len(stereo) else blocks

    def drain(self) -> list[Samples]:
        """What the resampler still holds; after this it starts afresh."""
        if self._resampler is None:
            return []
        rest: Samples = self._resampler.resample_chunk(silence(0), last=True)
        self._resampler = None
        return [rest] if len(rest) else []


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
