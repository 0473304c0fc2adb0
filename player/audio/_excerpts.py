"""Short mono stretches of a file for content analysis. Qt-free."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from player.audio._decoder import Decoder
from player.audio._samples import Samples
from player.domain import FileError

LONGEST_UNKNOWN_S = 600.0
"""Of a file that does not tell its length so much is decoded."""


def decode_excerpts(
    path: str,
    *,
    rate: int = 16_000,
    patches: int = 8,
    seconds: float = 3.0,
    start_ms: int = 0,
    end_ms: int | None = None,
) -> NDArray[np.float32]:
    """Mono stretches spread evenly over a file, or over a part of it.

    Args:
        path: The file.
        rate: Sample rate of the result in Hz.
        patches: How many stretches at most; a file too short for that many without overlap gives fewer.
        seconds: Length of each.
        start_ms: Where the part begins.
        end_ms: Where it ends; None is the file's end.

    Returns:
        float32 (patches, samples), at least one row; a row is filled up with silence where the file ends.

    Raises:
        FileError: nothing in it can be decoded.
    """
    length = round(seconds * rate)
    decoder = Decoder(path, rate)
    try:
        total_s = end_ms / 1000 if end_ms is not None else decoder.info.duration_s
        begin_s = start_ms / 1000
        if total_s is None:
            rows = _from_whole(decoder, length, patches, rate)
        else:
            starts = _starts(total_s - begin_s, seconds, patches)
            rows = [_stretch(decoder, begin_s + s, length) for s in starts]
    finally:
        decoder.close()
    rows = [r for r in rows if r.any()] or rows[:1]
    if not rows or not any(len(r) for r in rows):
        raise FileError(path, "there is no sound in it")
    return np.stack([np.pad(r, (0, length - len(r))) for r in rows])


def _starts(total_s: float, seconds: float, patches: int) -> list[float]:
    """Beginnings of the stretches: the centres of equal parts."""
    count = max(1, min(patches, int(total_s / seconds)))
    part = total_s / count
    return [max(0.0, (i + 0.5) * part - seconds / 2) for i in range(count)]


def _stretch(decoder: Decoder, start_s: float, length: int) -> NDArray[np.float32]:
    decoder.seek(start_s)
    return _mono(_read(decoder, length))


def _from_whole(decoder: Decoder, length: int, patches: int, rate: int) -> list[NDArray[np.float32]]:
    whole = _mono(_read(decoder, round(LONGEST_UNKNOWN_S * rate)))
    starts = _starts(len(whole) / rate, length / rate, patches)
    return [whole[round(s * rate) :][:length] for s in starts]


def _read(decoder: Decoder, frames: int) -> list[Samples]:
    blocks: list[Samples] = []
    while frames > 0 and (block := decoder.read()) is not None:
        blocks.append(block[:frames])
        frames -= len(block)
    return blocks


def _mono(blocks: list[Samples]) -> NDArray[np.float32]:
    if not blocks:
        return np.zeros(0, np.float32)
    mono: NDArray[np.float32] = np.concatenate(blocks).mean(axis=1, dtype=np.float32)
    return mono
