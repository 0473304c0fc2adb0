"""Cover pictures of the demo's albums, drawn with numpy and written as PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SIZE = 480
"""Width and height in pixels."""

Plane = NDArray[np.float64]


def _smooth(edge: Plane, width: float = 0.004) -> Plane:
    """1 where `edge` is positive, 0 where it is negative, with a soft step between."""
    return np.clip(edge / width + 0.5, 0, 1)


def _waves(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    layers = np.zeros_like(x)
    for number in range(6):
        phase, pace = rng.uniform(0, 6.28), rng.uniform(5, 11)
        crest = 0.38 + 0.11 * number + 0.03 * np.sin(pace * x + phase)
        wave = _smooth(y - crest)
        layers = layers * (1 - wave) + wave * (0.85 - 0.15 * number)
    return layers


def _stripes(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    slope = rng.uniform(0.3, 1.2)
    across = (x * slope + y) * rng.integers(5, 9)
    return _smooth(np.abs(across % 1 - 0.5) - rng.uniform(0.15, 0.3), 0.04) * (0.35 + 0.65 * x)


def _rays(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    angle = np.arctan2(y - rng.uniform(0.55, 0.9), x - rng.uniform(0.2, 0.8))
    return _smooth(np.sin(angle * rng.integers(9, 17)), 0.1) * (1.1 - np.hypot(x - 0.5, y - 0.8))


def _sun(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    disc = _smooth(0.27 - np.hypot(x - 0.5, y - rng.uniform(0.4, 0.5)))
    blinds = _smooth(np.sin(y * 90) + 1.6 - y * 2.2, 0.2)
    ground = _smooth(y - 0.78 - 0.02 * np.sin(9 * x + rng.uniform(0, 6)))
    return np.maximum(disc * blinds, 0.45 * ground)


def _grid(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    cells = int(rng.integers(6, 9))
    on = rng.random((cells, cells)) ** 2
    column, row = (np.minimum((axis * cells).astype(int), cells - 1) for axis in (x, y))
    inside = np.maximum(np.abs(x * cells % 1 - 0.5), np.abs(y * cells % 1 - 0.5))
    value: Plane = on[row, column] * _smooth(0.4 - inside, 0.03)
    return value


def _rings(x: Plane, y: Plane, rng: np.random.Generator) -> Plane:
    value = np.zeros_like(x)
    for _ in range(3):
        distance = np.hypot(x - rng.uniform(0.2, 0.8), y - rng.uniform(0.2, 0.8))
        value += _smooth(np.sin(distance * 70), 0.3) * np.exp(-3.2 * distance)
    return np.clip(value, 0, 1)


FIGURES: dict[str, Callable[[Plane, Plane, np.random.Generator], Plane]] = {
    "waves": _waves,
    "stripes": _stripes,
    "rays": _rays,
    "sun": _sun,
    "grid": _grid,
    "rings": _rings,
}


def draw(figure: str, colours: tuple[str, str, str], seed: int) -> bytes:
    """A square cover as PNG; the same seed draws the same picture.

    Args:
        figure: A key of FIGURES.
        colours: RGB hex colours "#rrggbb" from dark to light.
        seed: Seed of the figure's variation.
    """
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    dark, middle, light = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float) for colour in colours)
    ground = np.clip(y * 0.8 + 0.15 * np.sin(2 * x + rng.uniform(0, 6)), 0, 1)[..., None]
    value = np.clip(FIGURES[figure](x, y, rng), 0, 1)[..., None]
    picture = dark + (middle - dark) * ground
    picture += (light - picture) * value
    picture += rng.normal(0, 1.2, (SIZE, SIZE, 1))  # a little grain: no banding in the gradient
    return to_png(np.clip(picture, 0, 255).astype(np.uint8))


def to_png(picture: NDArray[np.uint8]) -> bytes:
    """Encode uint8 [height, width, 3] as PNG (ISO/IEC 15948), each row as its difference to the one above."""
    height, width, _ = picture.shape
    rows = np.diff(picture.reshape(height, -1), axis=0, prepend=np.zeros((1, width * 3), np.uint8))
    filtered = np.concatenate([np.full((height, 1), 2, np.uint8), rows.astype(np.uint8)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
