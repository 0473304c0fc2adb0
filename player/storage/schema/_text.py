"""Sort keys and identities: how Unicode is compared, independent of the locale."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"\d+")
_EDGE = re.compile(r"^[\W_]+")
_ARTICLE = re.compile(r"^(?:the|a|an) (?=\w)")
LETTERS = str.maketrans(
    {
        **dict.fromkeys("øØ", "o"),
        **dict.fromkeys("łŁ", "l"),
        **dict.fromkeys("æÆ", "ae"),
        **dict.fromkeys("œŒ", "oe"),
        **dict.fromkeys("þÞ", "th"),
        **dict.fromkeys("ßẞ", "ss"),
        **dict.fromkeys("đĐðÐ", "d"),
        **dict.fromkeys("ıİ", "i"),
        **dict.fromkeys("ħĦ", "h"),
        **dict.fromkeys("ŋŊ", "n"),
        **dict.fromkeys("ŧŦ", "t"),
        **dict.fromkeys("əƏ", "e"),
    }
)
"""Letters that decompose into none of the alphabet, and what people type for them."""


def clean(text: str) -> str:
    """`text` without what SQLite cannot hold: NULs go, lone surrogates become U+FFFD."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def fold(text: str) -> str:
    """Compatibility-normalised, without case and marks: "Ｂjörk" and "bjork" are equal."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS).casefold())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


@lru_cache(maxsize=8_192)
def sort_key(text: str) -> str:
    """What `text` is sorted by: folded, numbers by value, without leading signs and English articles."""
    folded = fold(text).strip()
    plain = _ARTICLE.sub("", _EDGE.sub("", folded) or folded)
    return _DIGITS.sub(lambda match: match[0].lstrip("0").rjust(9, "0"), plain)


@lru_cache(maxsize=8_192)
def ident(text: str) -> str:
    """What makes two names the same: NFKC, without case, blanks collapsed. Marks count: "Bô" is not "Bo"."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
