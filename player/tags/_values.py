"""Numbers, dates, gains and ratings out of the texts that taggers write."""

from __future__ import annotations

import math
import re

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|2[01]\d{2})(?!\d)")
_NUMBER = re.compile(r"[-+\u2212]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_PAIR = re.compile(r"\s*(?:[A-Za-z]{0,2}\s*)?(\d+)(?:\s*(?:/|\\|-|of)\s*(\d+))?", re.IGNORECASE)
_SIDE = re.compile(r"\s*([A-Ha-h])\s*(\d{1,2})\s*(?:/|\Z)")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MAX_NUMBER = 99_999
_MAX_GAIN_DB = 60.0
_MAX_PEAK = 100.0
_R128_TO_REPLAYGAIN_DB = 5.0
"""R128 tags aim at -23 LUFS (RFC 7845, 5.2.1), ReplayGain 2.0 at -18."""


def date(text: str) -> str:
    """A date as "YYYY", "YYYY-MM" or "YYYY-MM-DD"; "" where there is none."""
    text = text.strip()
    if match := _DATE.match(text) or _COMPACT.match(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.match(text):
        day, month, year = match.groups()
    elif match := _YEAR.search(text):
        year, month, day = match[1], None, None
    else:
        return ""
    if int(year) == 0:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day and 1 <= int(day) <= 31 else "")


def pair(text: str) -> tuple[int | None, int | None]:
    """Number and total of "3/12", "03", "A1" or "1 of 12"; None for each that is absent or 0."""
    match = _PAIR.match(text)
    if match is None:
        return None, None
    return whole(match[1]), whole(match[2] or "")


def vinyl_side(text: str) -> tuple[str, int] | None:
    """Side and number of a track on vinyl or tape ("B2"); None for other texts."""
    match = _SIDE.match(text)
    return (match[1].upper(), int(match[2])) if match is not None and int(match[2]) else None


def whole(text: str) -> int | None:
    """A whole number from 1 to 99,999."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    value = int(text)
    return value if 1 <= value <= _MAX_NUMBER else None


def number(text: str) -> float | None:
    """The first decimal number in a text ("-6,54 dB")."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    try:
        value = float(match[0].replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def gain_db(text: str) -> float | None:
    """A ReplayGain value in dB."""
    value = number(text)
    return value if value is not None and abs(value) <= _MAX_GAIN_DB else None


def r128_gain_db(text: str) -> float | None:
    """An R128 gain, Q7.8 fixed point relative to -23 LUFS, as ReplayGain in dB relative to -18 LUFS."""
    try:
        value = int(text.strip())
    except ValueError:
        return None
    return value / 256 + _R128_TO_REPLAYGAIN_DB if -32_768 <= value <= 32_767 else None


def sound_check_db(text: str) -> float | None:
    """Sound Check of iTunes: hexadecimal numbers, the first two the power left and right, 1000 = 0 dB."""
    try:
        levels = [int(part, 16) for part in text.split()[:2]]
    except ValueError:
        return None
    loudest = max(levels, default=0)
    return gain_db(str(-10 * math.log10(loudest / 1_000))) if loudest > 0 else None


def peak(text: str) -> float | None:
    """A ReplayGain peak, 1.0 = full scale."""
    value = number(text)
    return value if value is not None and 0 < value < _MAX_PEAK else None


def flag(text: str) -> bool:
    """Whether a text means yes."""
    return text.strip().lower() in ("1", "true", "yes")


def uuids(texts: list[str]) -> tuple[str, ...]:
    """All UUIDs in the texts, lower case, each once, however they are joined."""
    return tuple(dict.fromkeys(match.lower() for text in texts for match in _UUID.findall(text)))


def fraction(text: str) -> float | None:
    """A rating that is already 0 to 1."""
    value = number(text)
    return value if value is not None and 0 < value <= 1 else None


def percent(text: str) -> float | None:
    """A rating of 0 to 100, as 0 to 1; 0 means not rated."""
    value = number(text)
    return value / 100 if value is not None and 0 < value <= 100 else None


def stars_or_percent(text: str) -> float | None:
    """A rating whose scale its size tells: a decimal below 1 is a fraction, up to 5 stars, beyond that percent."""
    value = number(text)
    if value is None or not 0 < value <= 100:
        return None
    return value if value < 1 else value / 5 if value <= 5 else value / 100


def windows_rating(text: str) -> float | None:
    """`WM/SharedUserRating`: 1, 25, 50, 75, 99 are one to five stars."""
    value = number(text)
    if value is None or not 0 < value <= 100:
        return None
    return (1 + round(value / 25)) / 5 if value < 99 else 1.0
