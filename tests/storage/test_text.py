"""Sort keys, identities, and what is searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.storage.schema._search_text import YEAR_MARK, match_expression, searchable, year_words
from player.storage.schema._text import clean, ident, sort_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The Beatles", "beatles"),
        ("Björk", "bjork"),
        ("Ångström", "angstrom"),
        ("...And Justice", "and justice"),
        ("Track 2", "track 000000002"),
        ("The The", "the"),
        ("The", "the"),
        ("!!!", "!!!"),
        ("ＡＢＣ", "abc"),
        ("春天", "春天"),
        ("", ""),
    ],
)
def test_sort_keys(text: str, key: str) -> None:
    assert sort_key(text) == key


def test_numbers_sort_by_value() -> None:
    assert sorted(["Op. 10", "Op. 9", "Op. 100"], key=sort_key) == ["Op. 9", "Op. 10", "Op. 100"]


def test_names_are_the_same_but_for_case_width_and_blanks() -> None:
    assert ident("  Sigur   RÓS ") == ident("sigur rós")
    assert ident("ＡＢＢＡ") == ident("abba")


def test_marks_tell_names_apart() -> None:
    assert ident("Bô") != ident("Bo")


@given(st.text())
def test_cleaned_text_can_be_stored(text: str) -> None:
    assert "\0" not in clean(text)
    clean(text).encode()


def test_cleaning_replaces_what_is_no_character() -> None:
    assert clean("a\udc80b\0") == "a\ufffdb"


def test_cjk_characters_become_words() -> None:
    assert searchable("AKB48の歌").split() == ["AKB48", "の", "歌"]


def test_latin_text_is_left_alone() -> None:
    assert searchable("Sigur Rós, 月").split() == ["Sigur", "Rós,", "月"]


def test_every_word_may_be_unfinished() -> None:
    assert match_expression("riv ag") == '("riv" * AND "ag" *)'


def test_only_the_last_word_may_be_unfinished() -> None:
    assert match_expression("riv ag", prefix_all=False) == '("riv" AND "ag" *)'


def test_columns() -> None:
    assert match_expression("x", ("title", "album")) == '{title album} : ("x" *)'


@pytest.mark.parametrize("text", ["", "   ", "-", "* ( )", '"'])
def test_no_words_no_expression(text: str) -> None:
    assert match_expression(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("R.E.M.", ["R.E.M.", YEAR_MARK, "rem"]),
        ("AC/DC", ["AC/DC", YEAR_MARK, "acdc"]),
        ("Don’t Stop", ["Don’t", "Stop", YEAR_MARK, "dont"]),
        ("P!nk", ["P!nk", YEAR_MARK, "pnk", YEAR_MARK, "pink"]),
        ("Mumford & Sons", ["Mumford", "and", "Sons"]),
        ("AT&T", ["AT&T", YEAR_MARK, "att"]),
        ("Trentemøller", ["Trentemoller"]),
        ("Łona, Ærø, Þór, Straße, Đorđe", ["lona,", "aero,", "thór,", "Strasse,", "dorde"]),
        ("周杰倫", ["周", "杰", "伦"]),
        ("ｶﾀｶﾅ", ["カ", "タ", "カ", "ナ"]),
    ],
)
def test_texts_as_they_are_indexed(text: str, words: list[str]) -> None:
    assert searchable(text).split() == words


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("acdc", '("acdc" *)'),
        ("ac/dc", '(("ac/dc" * OR "acdc"))'),
        ("mumford and sons", '("mumford" * AND "sons" *)'),
        ("and", '("and" *)'),
        ("1969", '(("1969" * OR "segueyear1969"))'),
        ("80s", '(("80s" * OR "segueyear1980s"))'),
        ("2010's", '(("2010\'s" * OR "2010s" OR "segueyear2010s"))'),
        ("10s", '("10s" *)'),
    ],
)
def test_what_is_typed(typed: str, expression: str) -> None:
    assert match_expression(typed) == expression


def test_years_as_they_are_indexed() -> None:
    assert year_words(2011, None, 1985, 1985).split() == [
        f"segueyear{year}" for year in ("1985", "1980s", "2011", "2010s")
    ]
