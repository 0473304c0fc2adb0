"""The search field's language: words, `field:value`, `-not`, `OR`, "phrases", ranges. Never an error while typing.

    bach "goldberg variations" -live artist:gould year:1955..1981 rating:>=4 plays:0 added:<30d duration:>5:00
    genre:jazz OR genre:blues      (beatles OR stones) year:196*      -genre:christmas      comment:none

What cannot be understood yet (a field name being typed, an open quote or bracket) is taken as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from player.domain import AllOf, AnyOf, Condition, Field, Not, Op, Rule, TrackQuery, UtcMs, now_ms
from player.library._search_values import condition, phrase

FIELDS: dict[str, Field] = {field.value: field for field in Field} | {
    "albumartist": Field.ALBUM_ARTIST,
    "name": Field.TITLE,
    "song": Field.TITLE,
    "by": Field.ARTIST,
    "folder": Field.PATH,
    "file": Field.PATH,
    "stars": Field.RATING,
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
}
"""Names that may stand before a colon."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>-?\() | (?P<close>\)) | -?(?P<empty>[A-Za-z_]+)(?:[:=](?=[\s)]|\Z)|[:=<>]+(?=\s*(?:\)|\Z))) |
        (?P<minus>-)?(?:(?P<field>[A-Za-z_]+)(?P<sign>[:=]|(?=[<>])))?(?:(?P<op>[<>]=?|=)[ ]*)?
            (?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s()"]+))
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Search:
    """What a text means.

    Attributes:
        words: Plain words, all wanted; for the full-text index.
        where: Everything beyond plain words; None where there is nothing.
    """

    words: str
    where: Rule | None


def parse_search(text: str, now: UtcMs | None = None) -> Search:
    """What a text typed into the search field means.

    Args:
        text: The text.
        now: The instant that "30d" counts back from; now by default.
    """
    alternatives = _Parser(text, now_ms() if now is None else now).alternatives()
    if len(alternatives) != 1:
        return Search("", AnyOf(tuple(map(_all_of, alternatives))) if alternatives else None)
    words = [word for rule in alternatives[0] if (word := _plain_word(rule))]
    others = [rule for rule in alternatives[0] if not _plain_word(rule)]
    return Search(" ".join(words), _all_of(others) if others else None)


def searched(query: TrackQuery) -> TrackQuery:
    """A query whose text may use the search language, as one whose text is words only."""
    if not _speaks(query.text):
        return query
    search = parse_search(query.text)
    if not search.words and search.where is None and not any(map(str.isalnum, query.text)):
        return query  # signs alone: storage looks for them as they stand
    rules = [rule for rule in (query.where, search.where) if rule is not None]
    return replace(query, text=search.words, where=_all_of(rules) if rules else None)


def asks_for_more(text: str) -> bool:
    """Whether a text says more than words: fields, "not", alternatives."""
    return _speaks(text) and parse_search(text).where is not None


def _speaks(text: str) -> bool:
    """Whether a text may hold more than words."""
    return re.search(r'[:=()"<>]|(?:^|\s)-|\bOR\b|\|', text) is not None


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

    def alternatives(self) -> list[list[Rule]]:
        """The alternatives between "OR", each a list of rules that hold together; empty ones left out."""
        found: list[list[Rule]] = [[]]
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token["close"]:
                if self._depth:
                    break
            elif token["open"]:
                self._bracket(found[-1], negated=token["open"].startswith("-"))
            elif token["word"] in ("OR", "|") and not token["field"]:
                found.append([])
            elif (rule := self._rule(token)) is not None:
                found[-1].append(rule)
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
        else:
            rule = _words(token[0].strip().lstrip("-").replace('"', ""), is_phrase=token["quoted"] is not None)
        return Not(rule) if rule is not None and token["minus"] else rule


def _words(text: str, *, is_phrase: bool) -> Rule | None:
    if not any(map(str.isalnum, text)):
        return None
    return Condition(Field.ANY, Op.HAS, phrase(text) if is_phrase else text)
