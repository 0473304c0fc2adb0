"""Values of the search language in the units of their fields: "1960s", ">=4", "5:30", "<30d", "none"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from player.domain import Condition, Field, Op, UtcMs

_TEXTS = frozenset(
    {
        Field.ANY,
        Field.TITLE,
        Field.ARTIST,
        Field.ALBUM,
        Field.ALBUM_ARTIST,
        Field.GENRE,
        Field.COMPOSER,
        Field.LYRICIST,
        Field.CONDUCTOR,
        Field.PERFORMER,
        Field.WORK,
        Field.MOVEMENT,
        Field.GROUPING,
        Field.CATALOG_NUMBER,
        Field.BARCODE,
        Field.MEDIA,
        Field.COUNTRY,
        Field.MOOD,
        Field.COMMENT,
        Field.LYRICS,
        Field.LABEL,
        Field.PATH,
        Field.FORMAT,
        Field.KEY,
    }
)
_SEARCHED = frozenset(
    {Field.ANY, Field.TITLE, Field.ARTIST, Field.ALBUM, Field.ALBUM_ARTIST, Field.GENRE, Field.COMPOSER}
)
_NOTHING = frozenset({"none", "empty", "-", "never"})
_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"no", "false", "0", "n"})
_THUMBS = {"up": 1.0, "liked": 1.0, "+1": 1.0, "1": 1.0, "down": -1.0, "-1": -1.0, "none": 0.0, "0": 0.0}
_OPS = {"<": Op.LT, "<=": Op.LE, ">": Op.GT, ">=": Op.GE, "=": Op.IS, "": Op.IS}
_OPPOSITE = {Op.LT: Op.GT, Op.LE: Op.GE, Op.GT: Op.LT, Op.GE: Op.LE}
_RANGE = re.compile(r"(.*?)\s*\.\.\s*(.*)\Z")
_DASHED_YEARS = re.compile(r"(\d{4})\s*[-\u2013]\s*(\d{4})\Z")
_PARTIAL_YEAR = re.compile(r"(\d{1,4})(?:s|\*|x|xx)?\Z", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2})\Z")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(min|mo|[smhdwy])\Z")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS
_AGES_MS = {
    "min": 60_000,
    "h": _HOUR_MS,
    "d": _DAY_MS,
    "w": 7 * _DAY_MS,
    "m": 30 * _DAY_MS,
    "mo": 30 * _DAY_MS,
    "y": 365 * _DAY_MS,
    "s": 1_000,
}
_DURATIONS_MS = {"s": 1_000, "m": 60_000, "min": 60_000, "h": _HOUR_MS}
_NAMED_DAYS = {"today": 0, "yesterday": 1, "week": 7, "month": 30, "year": 365}


def condition(field: Field, op: str, value: str, now: UtcMs) -> Condition | None:
    """The condition that `field:op value` states; None while the value cannot be understood.

    Args:
        field: What is compared.
        op: "", "=", "<", "<=", ">" or ">=".
        value: As typed.
        now: The instant that ages count back from.
    """
    value = value.strip()
    if not value:
        return None
    if field in _TEXTS:
        return _text(field, op, value)
    if value.lower() in _NOTHING and field is not Field.THUMB:
        return Condition(field, Op.EMPTY)
    if field in (Field.ADDED, Field.LAST_PLAYED):
        return _instant(field, op, value.lower(), now)
    if field is Field.YEAR and not op and (years := _years(value)) is not None:
        return years
    return _number(field, op, value.lower())


def _text(field: Field, op: str, value: str) -> Condition | None:
    if value.lower() in _NOTHING and field is not Field.TITLE:
        return Condition(field, Op.EMPTY)
    if op == "=":
        return Condition(field, Op.IS, value)
    if " " in value and field in _SEARCHED:
        value = phrase(value)
    return Condition(field, Op.HAS, value) if any(map(str.isalnum, value)) else None


def phrase(text: str) -> str:
    """Words that must follow each other, as one word with signs inside, which is how storage knows a phrase."""
    return "-".join(text.split())


def _years(value: str) -> Condition | None:
    """Spans such as "1970-1979", and years being typed or cut: "197", "1970s", "19*"."""
    if match := _DASHED_YEARS.match(value):
        return Condition(Field.YEAR, Op.BETWEEN, float(match[1]), float(match[2]))
    match = _PARTIAL_YEAR.match(value)
    if match is None:
        return None
    digits = match[1]
    if len(digits) == 4 and value[4:]:
        digits = digits[:3] if digits[3] == "0" else digits
    if len(digits) == 4:
        return Condition(Field.YEAR, Op.IS, float(digits))
    width = 10 ** (4 - len(digits))
    return Condition(Field.YEAR, Op.BETWEEN, float(int(digits) * width), float(int(digits) * width + width - 1))


def _number(field: Field, op: str, value: str) -> Condition | None:
    read = _READERS.get(field, _plain)
    if match := _RANGE.match(value):
        low, high = (read(end) if end else None for end in match.groups())
        bad = any(end and value is None for end, value in zip(match.groups(), (low, high), strict=True))
        if bad or (low is None and high is None):
            return None
        if high is None or low is None:
            return Condition(field, Op.LE, high) if high is not None else Condition(field, Op.GE, low or 0.0)
        return Condition(field, Op.BETWEEN, min(low, high), max(low, high))
    number = read(value)
    if number is None:
        return None
    if field is Field.DURATION and not op:  # "5:00" means that minute, not that millisecond
        return Condition(field, Op.BETWEEN, number, number + 999)
    return Condition(field, _OPS[op], number)


def _instant(field: Field, op: str, value: str, now: UtcMs) -> Condition | None:
    """Ages ("<30d": less than 30 days ago), days ("2024-05"), and ranges of days."""
    if match := _SPAN.match(value):
        age = float(match[1]) * _AGES_MS[match[2]]
        return Condition(field, _OPPOSITE.get(_OPS[op], Op.GE), now - age)
    if match := _RANGE.match(value):
        low, high = _day(match[1], now), _day(match[2], now)
        start = low[0] if low else -math.inf
        end = high[1] if high else math.inf
        return Condition(field, Op.BETWEEN, start, end - 1) if low or high else None
    day = _day(value, now)
    if day is None:
        return None
    compare = _OPS[op]
    if compare is Op.IS:
        return Condition(field, Op.BETWEEN, day[0], day[1] - 1)
    return Condition(field, compare, day[0] if compare in (Op.LT, Op.GE) else day[1] - 1)


def _day(text: str, now: UtcMs) -> tuple[float, float] | None:
    """First millisecond of a local day, month or year, and the first after it."""
    if text in _NAMED_DAYS:
        midnight = datetime.fromtimestamp(now / 1_000).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight - timedelta(days=_NAMED_DAYS[text])
        end = midnight if text == "yesterday" else midnight + timedelta(days=1)
        return start.timestamp() * 1_000, end.timestamp() * 1_000
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        start = datetime(year, month, day).astimezone()
        if match[3]:
            end = start + timedelta(days=1)
        elif match[2]:
            end = start.replace(year=year + month // 12, month=month % 12 + 1)
        else:
            end = start.replace(year=year + 1)
        return start.timestamp() * 1_000, end.timestamp() * 1_000
    except (ValueError, OverflowError, OSError):
        return None


def _plain(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _yes_or_no(text: str) -> float | None:
    return 1.0 if text in _YES else 0.0 if text in _NO else None


def _thumb(text: str) -> float | None:
    return _THUMBS.get(text)


def _duration(text: str) -> float | None:
    """Milliseconds of "5:30", "1:02:00", "90s", "4m"; a bare number is minutes."""
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return float((hours * 3_600 + minutes * 60 + seconds) * 1_000)
    if (match := _SPAN.match(text)) and match[2] in _DURATIONS_MS:
        return float(match[1]) * _DURATIONS_MS[match[2]]
    minutes_only = _plain(text)
    return None if minutes_only is None else minutes_only * 60_000


def _thousands(least: float) -> Callable[[str], float | None]:
    """Numbers that are thousands when smaller than `least` or marked "k": "320", "44.1k"."""

    def read(text: str) -> float | None:
        value = _plain(text.rstrip("k"))
        return value if value is None or (value >= least and not text.endswith("k")) else value * 1_000

    return read


_READERS: dict[Field, Callable[[str], float | None]] = {
    Field.THUMB: _thumb,
    Field.DURATION: _duration,
    Field.BITRATE: _thousands(6_000),
    Field.SAMPLE_RATE: _thousands(1_000),
    Field.MISSING: _yes_or_no,
    Field.LOSSLESS: _yes_or_no,
    Field.PLAYABLE: _yes_or_no,
    Field.COMPILATION: _yes_or_no,
}
