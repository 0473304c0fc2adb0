"""Words that nothing in the library begins with, and the library's word that is one typing error away."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, column, select, table

from player.storage.schema import SEARCH_TERMS_TABLE, YEAR_MARK, fold, match_expression
from player.storage.search._filters import search_hits

MIN_LETTERS = 5
"""Shorter words have too many neighbours."""
MAX_WORDS = 12
_terms = table(SEARCH_TERMS_TABLE, column("term"), column("doc"))


def corrections(connection: Connection, words: str) -> dict[str, str] | None:
    """The library's word for each typed one that no text begins with; None where one cannot be corrected.

    One typing error is forgiven: a letter wrong, missing, too many, or two swapped (optimal string alignment
    distance 1). Of several words the one that more tracks hold is taken.

    Args:
        connection: A reading connection.
        words: As typed, without any search language.
    """
    found: dict[str, str] = {}
    typed = words.split()[:MAX_WORDS]
    for at, word in enumerate(typed):
        expression = match_expression(word)
        if expression is None or connection.execute(search_hits(expression).limit(1)).first() is not None:
            continue
        right = _nearest(connection, fold(word), unfinished=at == len(typed) - 1)
        if right is None:
            return None
        found[word] = right
    return found


def _nearest(connection: Connection, word: str, *, unfinished: bool) -> str | None:
    if len(word) < MIN_LETTERS or not word.isalpha():
        return None
    for terms in _vocabularies(connection, word):
        near = _within_one(word, list(terms))
        if not near and unfinished:
            begun = {term[: len(word)]: term for term in sorted(terms, key=terms.__getitem__)}
            near = [begun[start] for start in _within_one(word, list(begun))]
        if near:
            return max(near, key=lambda term: (terms[term], term))
    return None


def _within_one(word: str, terms: list[str]) -> list[str]:
    from rapidfuzz import process  # noqa: PLC0415 - most searches find something
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

    return [hit[0] for hit in process.extract(word, terms, scorer=OSA.distance, score_cutoff=1, limit=None)]


def _vocabularies(connection: Connection, word: str) -> Iterator[dict[str, int]]:
    """Words of the library and how many tracks hold them: those with the same first letter, then all."""
    first = word[0]
    statement = select(_terms.c.term, _terms.c.doc)
    same = statement.where(_terms.c.term >= first, _terms.c.term < chr(ord(first) + 1))
    for chosen in (same, statement):
        yield {term: count for term, count in connection.execute(chosen) if not term.startswith(YEAR_MARK)}
