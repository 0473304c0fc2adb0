"""The search field's language: words, `field:value`, `-not`, `NOT`, `AND`, `OR`, "phrases", ranges, brackets.

    bach "goldberg variations" -live artist:gould year:1955..1981 rating:>=4 plays:0 added:<30d duration:>5:00
    genre:jazz OR genre:blues      (beatles OR stones) year:196*      -genre:christmas      comment:none

What cannot be understood yet (a field name being typed, an open quote or bracket) is taken as words. Nothing typed is
an error; what is of no effect is named in `Search.problems`.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from player.domain import AllOf, AnyOf, Condition, Field, Not, Op, Rule, TrackQuery, UtcMs, now_ms
from player.library._search_values import condition, phrase

if TYPE_CHECKING:
    from player.storage import Database

FIELDS: dict[str, Field] = {field.value: field for field in Field} | {
    "albumartist": Field.ALBUM_ARTIST,
    "name": Field.TITLE,
    "song": Field.TITLE,
    "by": Field.ARTIST,
    "folder": Field.PATH,
    "file": Field.PATH,
    "length": Field.DURATION,
    "time": Field.DURATION,
    "date": Field.YEAR,
    "played": Field.LAST_PLAYED,
    "played_at": Field.LAST_PLAYED,
    "playcount": Field.PLAYS,
    "skipcount": Field.SKIPS,
    "tempo": Field.BPM,
    "trackno": Field.TRACK,
    "discno": Field.DISC,
    "catalognumber": Field.CATALOG_NUMBER,
    "medium": Field.MEDIA,
    "movements": Field.MOVEMENT,
}
"""Names that may stand before a colon."""

_OPERATORS = ("AND", "OR", "NOT", "|")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>-?\() | (?P<close>\)) | -?(?P<empty>[A-Za-z_]+)(?:[:=](?=[\s)]|\Z)|[:=<>]+(?=\s*(?:\)|\Z))) |
        (?P<minus>-)?(?:(?P<field>[A-Za-z_]+)(?P<sign>[:=]|(?=[<>])))?(?:(?P<op>[<>]=?|=)[ ]*)?
            (?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s()"]+))
    )""",
    re.VERBOSE,
)


class ProblemKind(StrEnum):
    """What is wrong with a part of a search."""

    UNKNOWN_FIELD = "unknown field"
    """It is taken as words."""
    BAD_VALUE = "bad value"
    """It is left out."""


@dataclass(frozen=True, slots=True)
class SearchProblem:
    """A part of a search that does not mean what it seems to.

    Attributes:
        kind: What is wrong.
        field: The field's name as typed.
        value: The value as typed.
        near: The field that may be meant; "" where none is like it.
    """

    kind: ProblemKind
    field: str
    value: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What a text means.

    Attributes:
        words: Plain words, all wanted; for the full-text index.
        where: Everything beyond plain words; None where there is nothing.
        problems: Parts that do not mean what they seem to.
    """

    words: str
    where: Rule | None
    problems: tuple[SearchProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchAdvice:
    """What to tell of a search that found nothing.

    Attributes:
        corrected: The text with its typing errors mended, so that it finds something; "" where it cannot be.
        problems: Parts that do not mean what they seem to.
    """

    corrected: str = ""
    problems: tuple[SearchProblem, ...] = ()


def parse_search(text: str, now: UtcMs | None = None) -> Search:
    """What a text typed into the search field means.

    Args:
        text: The text.
        now: The instant that "30d" counts back from; now by default.
    """
    parser = _Parser(text, now_ms() if now is None else now)
    alternatives, problems = parser.alternatives(), tuple(parser.problems)
    if len(alternatives) != 1:
        return Search("", AnyOf(tuple(map(_all_of, alternatives))) if alternatives else None, problems)
    words = [word for rule in alternatives[0] if (word := _plain_word(rule))]
    others = [rule for rule in alternatives[0] if not _plain_word(rule)]
    return Search(" ".join(words), _all_of(others) if others else None, problems)


def searched(query: TrackQuery) -> TrackQuery:
    """A query whose text may use the search language, as one whose text is words only."""
    if not _speaks(query.text):
        return query
    search = parse_search(query.text)
    if not search.words and search.where is None and not any(map(str.isalnum, query.text)):
        return query  # signs alone: storage looks for them as they stand
    rules = [rule for rule in (query.where, search.where) if rule is not None]
    return replace(query, text=search.words, where=_all_of(rules) if rules else None)


def advise(db: Database, text: str) -> SearchAdvice:
    """What to tell of a text that found no track. Reads the database.

    Raises:
        ProfileError: the database cannot be read.
    """
    search = parse_search(text)
    corrections = db.tracks.corrections(search.words)
    if not corrections:
        return SearchAdvice("", search.problems)
    corrected = text
    for wrong, right in corrections.items():
        corrected = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, corrected)
    finds = len(db.tracks.find(replace(searched(TrackQuery(text=corrected)), limit=1))) > 0
    return SearchAdvice(corrected if finds else "", search.problems)


def asks_for_more(text: str) -> bool:
    """Whether a text says more than words: fields, "not", alternatives."""
    return _speaks(text) and parse_search(text).where is not None


def _speaks(text: str) -> bool:
    """Whether a text may hold more than words."""
    return re.search(r'[:=()"<>]|(?:^|\s)-|\b(?:OR|AND|NOT)\b|\|', text) is not None


def _plain_word(rule: Rule) -> str:
    """The word that a rule asks for, "" if it asks for more."""
    return str(rule.value) if isinstance(rule, Condition) and (rule.field, rule.op) == (Field.ANY, Op.HAS) else ""


def _all_of(rules: list[Rule]) -> Rule:
    return rules[0] if len(rules) == 1 else AllOf(tuple(rules))


class _Parser:
    """Reads a text from left to right; brackets by recursion, at most twenty deep."""

    _MAX_DEPTH = 20

    def __init__(self, text: str, now: UtcMs) -> None:
        self._tokens = list(_TOKEN.finditer(text[:2_000]))
        self._at = 0
        self._now = now
        self._depth = 0
        self.problems: list[SearchProblem] = []

    def alternatives(self) -> list[list[Rule]]:
        """The alternatives between "OR", each a list of rules that hold together; empty ones left out."""
        found: list[list[Rule]] = [[]]
        negated = False
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token["close"]:
                if self._depth:
                    break
                continue
            if not token["field"] and not token["minus"] and token["word"] in _OPERATORS:
                negated = token["word"] == "NOT"
                if token["word"] in ("OR", "|"):
                    found.append([])
                continue
            if token["open"]:
                self._bracket(found[-1], negated=negated != token["open"].startswith("-"))
            elif (rule := self._rule(token)) is not None:
                found[-1].append(Not(rule) if negated else rule)
            negated = False
        return [rules for rules in found if rules]

    def _bracket(self, rules: list[Rule], *, negated: bool) -> None:
        if self._depth >= self._MAX_DEPTH:
            return
        self._depth += 1
        inner = self.alternatives()
        self._depth -= 1
        if inner:
            rule = AnyOf(tuple(map(_all_of, inner))) if len(inner) > 1 else _all_of(inner[0])
            rules.append(Not(rule) if negated else rule)

    def _rule(self, token: re.Match[str]) -> Rule | None:
        """The rule of one token; None while it says nothing yet ("artist:")."""
        if token["empty"]:
            return None if token["empty"].lower() in FIELDS else _words(token["empty"], is_phrase=False)
        value = token["quoted"] if token["quoted"] is not None else token["word"]
        name, op = (token["field"] or "").lower(), token["op"] or ("=" if token["sign"] == "=" else "")
        rule: Rule | None
        if name in FIELDS:
            rule = condition(FIELDS[name], op, value, self._now)
            if rule is None and value.strip():
                self.problems.append(SearchProblem(ProblemKind.BAD_VALUE, name, value))
        else:
            if name:
                near = next(iter(difflib.get_close_matches(name, FIELDS, 1)), "")
                self.problems.append(SearchProblem(ProblemKind.UNKNOWN_FIELD, name, value, near))
            rule = _words(token[0].strip().lstrip("-").replace('"', ""), is_phrase=token["quoted"] is not None)
        return Not(rule) if rule is not None and token["minus"] else rule


def _words(text: str, *, is_phrase: bool) -> Rule | None:
    if not any(map(str.isalnum, text)):
        return None
    return Condition(Field.ANY, Op.HAS, phrase(text) if is_phrase else text)
