"""Sort keys, identities and search texts: how Unicode is compared, independent of the locale."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"\d+")
_EDGE = re.compile(r"^[\W_]+")
_ARTICLE = re.compile(r"^(?:the|a|an) (?=\w)")
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_CJK_CHARACTER = re.compile(f"([{_CJK}])")


def clean(text: str) -> str:
    """`text` without what SQLite cannot hold: NULs go, lone surrogates become U+FFFD."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def fold(text: str) -> str:
    """Compatibility-normalised, without case and marks: "Ｂjörk" and "bjork" are equal."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
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


def searchable(text: str) -> str:
    """`text` for the full-text index: compatibility-normalised, every CJK character a word of its own."""
    if text.isascii():
        return text
    return _CJK_CHARACTER.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def match_expression(text: str, columns: tuple[str, ...] = (), *, prefix_all: bool = True) -> str | None:
    """An FTS5 expression that finds rows with all words of `text`; None where it has no words.

    Each word must start a word of the row; a run of CJK characters may stand anywhere. A typed word with signs
    inside ("AC/DC") is a phrase of its parts.

    Args:
        text: As typed; nothing in it has a special meaning.
        columns: Only look in these columns.
        prefix_all: False: only the last word may be unfinished.
    """
    words = [word for word in searchable_words(text) if any(char.isalnum() for char in word)]
    if not words:
        return None
    terms = [_term(word, prefix_all or at == len(words) - 1) for at, word in enumerate(words)]
    inside = f"{{{' '.join(columns)}}} : " if columns else ""
    return f"{inside}({' AND '.join(terms)})"


def searchable_words(text: str) -> list[str]:
    """The typed words, each spread as `searchable` spreads the index."""
    return [searchable(word) for word in clean(text).split()]


def _term(word: str, prefix: bool) -> str:
    quoted = '"' + word.replace('"', '""') + '"'
    return quoted + " *" if prefix else quoted
