"""Decoded frames as arrays."""

from __future__ import annotations

from typing import cast

import av
import numpy as np
from av.audio.plane import AudioPlane
from numpy.typing import NDArray

_DTYPES: dict[str, np.dtype[np.generic]] = {
    "u8": np.dtype(np.uint8),
    "s16": np.dtype(np.int16),
    "s32": np.dtype(np.int32),
    "s64": np.dtype(np.int64),
    "flt": np.dtype(np.float32),
    "dbl": np.dtype(np.float64),
}
_MAX_SAFE_PLANES = 7
"""PyAV counts a frame's planes up to the first null pointer, but FFmpeg's table of eight has none at its end: from
eight planes on, what stands behind the table is taken for a plane. Not even their number may be asked for."""


def frame_samples(frame: av.AudioFrame, start: int = 0, stop: int | None = None) -> NDArray[np.generic]:
    """Samples `start` to `stop` of a decoded frame, shape (samples, channels), in the frame's own sample format.

    May be a view of the frame's memory, which it keeps alive.

    Raises:
        ValueError: the sample format is not known.
    """
    channels = frame.layout.nb_channels
    if frame.format.is_planar and channels > _MAX_SAFE_PLANES:
        frame = _packed(frame)
    name = frame.format.name
    dtype = _DTYPES.get(name.removesuffix("p"))
    if dtype is None:
        raise ValueError(f"samples of the format {name} are not known")
    if frame.format.is_planar:
        planes = [_values(plane, dtype, frame.samples) for plane in frame.planes[:channels]]
        return np.stack([plane[start:stop] for plane in planes], axis=1)
    return _values(frame.planes[0], dtype, frame.samples * channels).reshape(-1, channels)[start:stop]


def _values(plane: AudioPlane, dtype: np.dtype[np.generic], count: int) -> NDArray[np.generic]:
    return np.frombuffer(cast("memoryview", plane), dtype, count)  # the stubs do not know it for a buffer


def _packed(frame: av.AudioFrame) -> av.AudioFrame:
    """The same samples, interleaved by FFmpeg."""
    converter = av.AudioResampler(format=frame.format.name.removesuffix("p"), layout=frame.layout, rate=frame.rate)
    (packed,) = converter.resample(frame)
    return packed
