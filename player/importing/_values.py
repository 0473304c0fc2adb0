"""Turning the values of untrusted exports into our types; every function raises ValueError on nonsense."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

EARLIEST_MS = 946_684_800_000
"""2000-01-01: nothing of the formats read here logged plays with times before."""
LATEST_MS = 4_102_444_800_000
"""2100-01-01."""
MAX_TEXT = 2_000


def text(value: object) -> str:
    """A string without NULs and surrounding space; "" for None; ValueError for what is no text or too long."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"expected text, found {type(value).__name__}")
    if len(value) > MAX_TEXT:
        raise ValueError(f"text of {len(value)} characters is too long")
    return value.replace("\x00", "").strip()


def required(value: object, name: str) -> str:
    """Text that must not be empty."""
    result = text(value)
    if not result:
        raise ValueError(f"no {name}")
    return result


def number(value: object) -> float:
    """A finite number from a number or its text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"expected a number, found {type(value).__name__}")  # its text could fill the memory
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    except ValueError as error:
        raise ValueError(f"{value!r:.40} is no number") from error
    if not math.isfinite(result):
        raise ValueError(f"{value!r:.40} is no usable number")
    return result


def whole(value: object, *, low: int = 0, high: int = 2**53) -> int:
    """An integer within bounds; None counts as `low`."""
    if value is None or value == "":
        return low
    result = int(number(value))
    if not low <= result <= high:
        raise ValueError(f"{result} is out of range")
    return result


def epoch_ms(value: object, *, scale: int = 1000) -> int:
    """UTC ms from a number of seconds (`scale` 1000) or milliseconds (`scale` 1) since 1970."""
    return plausible(int(number(value) * scale))


def plausible(at: int) -> int:
    """The same instant; ValueError outside 2000-2100."""
    if not EARLIEST_MS <= at < LATEST_MS:
        raise ValueError(f"time {at} lies outside the years 2000 to 2100")
    return at


def iso_ms(value: object) -> int:
    """UTC ms from an ISO 8601 text; without a zone it is taken as UTC."""
    written = required(value, "time")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError(f"{written!r:.40} is no time") from error
    return datetime_ms(moment)


def format_ms(value: object, pattern: str) -> int:
    """UTC ms from a text in the given strptime pattern, taken as UTC."""
    written = required(value, "time")
    try:
        moment = datetime.strptime(written, pattern).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{written!r:.40} is no time") from error
    return datetime_ms(moment)


def datetime_ms(moment: datetime) -> int:
    """UTC ms of a datetime; a naive one is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return plausible(int(moment.timestamp() * 1000))


def in_stars(rating: float) -> float:
    """A rating of 0 to 1 in stars, 0 to 5 in halves."""
    return round(min(max(rating, 0.0), 1.0) * 10) / 2


def file_path(url: object) -> str | None:
    """Local path of a `file:` URI or plain path; None for anything else (streams, devices)."""
    address = text(url.decode("utf-8", "surrogateescape") if isinstance(url, bytes) else url)
    if not address:
        return None
    if not address.startswith("file:"):
        return None if "://" in address else address
    path = unquote(urlsplit(address.replace("#", "%23").replace("?", "%3F")).path, errors="surrogateescape")
    is_drive = len(path) > 2 and path[0] == "/" and path[2] == ":"
    return path[1:] if is_drive else path.replace("//", "/")
