"""Colour arithmetic: OKLCH, contrast, and the accent that a cover gives.

A colour is a tuple of three bytes (red, green, blue) in sRGB. OKLCH after Björn Ottosson, "A perceptual color
space for image processing" (2020); contrast after WCAG 2.2, 1.4.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias

Rgb: TypeAlias = tuple[int, int, int]
Oklch: TypeAlias = tuple[float, float, float]
"""Lightness 0 to 1, chroma, hue in radians."""

MIN_CONTRAST = 4.6
"""A little over AA's 4.5, so that rounding to bytes cannot fall below it."""
MAX_CHROMA = 0.16
HUE_BINS = 24
GREY_CHROMA = 0.015
WARM: Rgb = (232, 168, 88)
"""The accent without a cover, before its lightness is fitted."""


def parse(text: str) -> Rgb:
    """`#rrggbb` as a colour.

    Raises:
        ValueError: not of this form.
    """
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def hex_of(colour: Rgb) -> str:
    """A colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(below: Rgb, above: Rgb, share: float) -> Rgb:
    """`above` laid over `below` with opacity `share`."""
    red, green, blue = (round(b + (a - b) * share) for b, a in zip(below, above, strict=True))
    return red, green, blue


def _linear(byte: float) -> float:
    value = byte / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _byte(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG)."""
    red, green, blue = (_linear(c) for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21 (WCAG)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def to_oklch(colour: Rgb) -> Oklch:
    """From sRGB to OKLCH."""
    red, green, blue = (_linear(c) for c in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _oklch_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """From OKLCH to sRGB; chroma is lowered until the colour can be shown."""
    channels = _oklch_linear(lightness, chroma, hue)
    for _ in range(24):
        if all(-0.001 <= channel <= 1.001 for channel in channels):
            break
        chroma *= 0.9
        channels = _oklch_linear(lightness, chroma, hue)
    red, green, blue = (_byte(channel) for channel in channels)
    return red, green, blue


def fit(chroma: float, hue: float, base: Rgb) -> Rgb:
    """A colour of this hue that reads on `base`: lightness is moved until the contrast is `MIN_CONTRAST`."""
    dark = luminance(base) < 0.2
    lightness, step = (0.78, 0.012) if dark else (0.52, -0.012)
    colour = from_oklch(lightness, chroma, hue)
    while contrast(colour, base) < MIN_CONTRAST and 0.02 < lightness < 0.98:
        lightness += step
        colour = from_oklch(lightness, chroma, hue)
    return colour


def accent(pixels: Iterable[Rgb], base: Rgb) -> Rgb:
    """The accent of a cover: the hue with the most colourful mass, readable on `base`.

    Args:
        pixels: The cover scaled down, 24 x 24 or so; none gives the warm accent.
        base: The colour it will stand on.
    """
    bins = [[0.0, 0.0, 0.0, 0.0] for _ in range(HUE_BINS)]  # weight, chroma, cosine, sine
    for pixel in pixels:
        lightness, chroma, hue = to_oklch(pixel)
        weight = chroma * chroma * (1 - abs(lightness - 0.6))
        into = bins[int(hue % math.tau / math.tau * HUE_BINS) % HUE_BINS]
        for place, part in enumerate((1.0, chroma, math.cos(hue), math.sin(hue))):
            into[place] += weight * part
    weight, chroma, cosine, sine = max(bins, key=lambda b: b[0])
    if weight <= 1e-6:
        _, chroma, hue = to_oklch(WARM)
        return fit(chroma, hue, base)
    # A cover in greys keeps a grey accent: hardly any colourful mass must not become a loud colour.
    least = 0.05 if weight > 0.4 else GREY_CHROMA
    return fit(min(MAX_CHROMA, max(least, chroma / weight)), math.atan2(sine, cosine), base)
