"""Text from tags made fit for a database: no NULs, no control characters, no surrogates, bounded."""

from __future__ import annotations

import re
from html import unescape

MAX_TEXT = 2_000
MAX_LONG_TEXT = 200_000
"""Bounds in characters of an ordinary text and of lyrics or comments; longer ones are cut."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:amp|quot|apos|#0?39);")


def clean(text: str) -> str:
    """One line of text: control characters gone, runs of blanks made one, HTML entities resolved, cut to `MAX_TEXT`."""
    if text.isascii() and text.isprintable() and "&" not in text and "  " not in text:
        return text.strip()[:MAX_TEXT]
    text = _BLANKS.sub(" ", _CONTROL.sub("", _SURROGATE.sub("\ufffd", text[: 2 * MAX_TEXT])))
    return _ENTITY.sub(lambda match: unescape(match[0]), text).strip()[:MAX_TEXT]


def clean_long(text: str) -> str:
    """Text of several lines (lyrics, comments): control characters gone, line ends made one kind, bounded."""
    text = _CONTROL.sub("", _SURROGATE.sub("\ufffd", text[:MAX_LONG_TEXT]))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def unique(texts: list[str]) -> tuple[str, ...]:
    """The texts without empty ones and without repetitions that differ only in case."""
    seen: dict[str, str] = {}
    for text in texts:
        if text:
            seen.setdefault(text.casefold(), text)
    return tuple(seen.values())
