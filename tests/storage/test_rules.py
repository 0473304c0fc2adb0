"""Conditions on tracks: the field syntax and smart playlists."""

from __future__ import annotations

import operator
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.domain import (
    AllOf,
    AnyOf,
    Condition,
    Field,
    Gain,
    Not,
    Op,
    Rule,
    ThumbGiven,
    TrackQuery,
    UsageError,
)
from player.storage import Database, Prior
from tests.storage.songs import DAY, NOW, song, store, titles

ONE = song(
    "/music/jazz/one.flac",
    title="One",
    artists=("Miles Davis", "John Coltrane"),
    album="Kind of Blue",
    album_artists=("Miles Davis",),
    composers=("Bill Evans",),
    genres=("Jazz", "Modal"),
    moods=("Calm", "Blue"),
    date="1959",
    rating=0.8,
    bpm=136.0,
    initial_key="Dm",
    comment="first pressing",
    lyrics="none at all",
    label="Columbia",
    lossless=True,
    bitrate=900_000,
    sample_rate=44_100,
    disc_no=1,
    track_no=1,
    compilation=False,
)
TWO = song("/music/rock/two.mp3", title="Two", artists=("Can",), date="1971", format="mp3", playable=False, gain=Gain())
THREE = song("/music/three_.ogg", title="Three", format="vorbis", compilation=True)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three tracks that no test changes; the second was played twice and liked, the third is a day younger."""
    database = Database.open(tmp_path_factory.mktemp("rules") / "segue.db")
    _, two = store(database, ONE, TWO)
    store(database, THREE, at=NOW + DAY)
    database.plays.set_priors("other", [Prior(two, 2, 1, None, NOW)])
    database.thumbs.give(ThumbGiven(two, 1, NOW))
    yield database
    database.close()


def found(database: Database, rule: Rule) -> set[str]:
    return set(titles(database, database.tracks.find(TrackQuery(where=rule))))


@pytest.mark.parametrize(
    ("field", "op", "value", "expected"),
    [
        (Field.ANY, Op.HAS, "miles", "One"),
        (Field.ANY, Op.HAS, "evans kind", "One"),
        (Field.TITLE, Op.HAS, "t", "Two Three"),
        (Field.TITLE, Op.IS, "two", "Two"),
        (Field.ARTIST, Op.HAS, "coltr", "One"),
        (Field.ARTIST, Op.IS, "john coltrane", "One"),
        (Field.ARTIST, Op.IS, "john", ""),
        (Field.ARTIST, Op.EMPTY, "", "Three"),
        (Field.ALBUM_ARTIST, Op.IS, "miles davis", "One"),
        (Field.ALBUM_ARTIST, Op.EMPTY, "", "Two Three"),
        (Field.COMPOSER, Op.HAS, "bill", "One"),
        (Field.COMPOSER, Op.IS, "bill evans", "One"),
        (Field.COMPOSER, Op.EMPTY, "", "Two Three"),
        (Field.ALBUM, Op.HAS, "blue", "One"),
        (Field.ALBUM, Op.IS, "kind of blue", "One"),
        (Field.ALBUM, Op.EMPTY, "", "Two Three"),
        (Field.GENRE, Op.IS, "modal", "One"),
        (Field.GENRE, Op.EMPTY, "", "Two Three"),
        (Field.MOOD, Op.IS, "blue", "One"),
        (Field.MOOD, Op.IS, "blu", ""),
        (Field.MOOD, Op.HAS, "cal", "One"),
        (Field.MOOD, Op.EMPTY, "", "Two Three"),
        (Field.KEY, Op.IS, "dm", "One"),
        (Field.COMMENT, Op.HAS, "press first", "One"),
        (Field.COMMENT, Op.EMPTY, "", "Two Three"),
        (Field.LYRICS, Op.HAS, "none", "One"),
        (Field.LABEL, Op.IS, "COLUMBIA", "One"),
        (Field.PATH, Op.HAS, "ROCK", "Two"),
        (Field.PATH, Op.HAS, "three_", "Three"),
        (Field.PATH, Op.HAS, "%", ""),
        (Field.FORMAT, Op.IS, "mp3", "Two"),
        (Field.YEAR, Op.LT, 1970, "One"),
        (Field.YEAR, Op.LE, 1959, "One"),
        (Field.YEAR, Op.GT, 1959, "Two"),
        (Field.YEAR, Op.GE, 1959, "One Two"),
        (Field.YEAR, Op.IS, 1971, "Two"),
        (Field.YEAR, Op.EMPTY, 0, "Three"),
        (Field.RATING, Op.GE, 4, "One"),
        (Field.RATING, Op.EMPTY, 0, "Two Three"),
        (Field.PLAYS, Op.IS, 0, "One Three"),
        (Field.PLAYS, Op.GE, 2, "Two"),
        (Field.SKIPS, Op.IS, 1, "Two"),
        (Field.THUMB, Op.IS, 1, "Two"),
        (Field.THUMB, Op.IS, 0, "One Three"),
        (Field.ADDED, Op.GT, NOW, "Three"),
        (Field.LAST_PLAYED, Op.LE, NOW, "Two"),
        (Field.LAST_PLAYED, Op.EMPTY, 0, "One Three"),
        (Field.DURATION, Op.GE, 200_000, "One Two Three"),
        (Field.BPM, Op.GT, 130, "One"),
        (Field.BITRATE, Op.GT, 500_000, "One"),
        (Field.SAMPLE_RATE, Op.IS, 44_100, "One"),
        (Field.DISC, Op.IS, 1, "One"),
        (Field.TRACK, Op.IS, 1, "One"),
        (Field.MISSING, Op.IS, 0, "One Two Three"),
        (Field.LOSSLESS, Op.IS, 1, "One"),
        (Field.PLAYABLE, Op.IS, 0, "Two"),
        (Field.COMPILATION, Op.IS, 1, "Three"),
    ],
)
def test_each_field(three: Database, field: Field, op: Op, value: str | float, expected: str) -> None:
    assert found(three, Condition(field, op, value)) == set(expected.split())


def test_between(three: Database) -> None:
    assert found(three, Condition(Field.YEAR, Op.BETWEEN, 1959, 1970)) == {"One"}


def test_a_word_that_is_not_ascii(database: Database) -> None:
    store(database, song(title="x", comment="Größe"))
    assert found(database, Condition(Field.COMMENT, Op.HAS, "GRÖSSE")) == {"x"}


def test_no_words_are_in_everything(three: Database) -> None:
    assert found(three, Condition(Field.ANY, Op.HAS, "  ")) == {"One", "Two", "Three"}
    assert found(three, Condition(Field.ANY, Op.EMPTY)) == set()


def test_an_absent_value_fulfils_nothing_but_a_negation(three: Database) -> None:
    rule = Condition(Field.YEAR, Op.LT, 3000)
    assert found(three, rule) == {"One", "Two"}
    assert found(three, Not(rule)) == {"Three"}


def test_nothing_is_true_and_none_is_false(three: Database) -> None:
    assert found(three, AllOf(())) == {"One", "Two", "Three"}
    assert found(three, AnyOf(())) == set()


def test_together_with_words_and_folders(three: Database) -> None:
    query = TrackQuery(text="t", folder="/music", where=Condition(Field.PLAYS, Op.IS, 0))
    assert titles(three, three.tracks.find(query)) == ["Three"]


@pytest.mark.parametrize(
    "condition",
    [Condition(Field.YEAR, Op.IS, "soon"), Condition(Field.TITLE, Op.LT, "x"), Condition(Field.PATH, Op.BETWEEN, "x")],
)
def test_senseless_comparisons_are_said_so(three: Database, condition: Condition) -> None:
    with pytest.raises(UsageError, match=condition.field.value):
        three.tracks.find(TrackQuery(where=condition))


_YEARS = (1959, 1971, None, 1980)
_COMPARED = {Op.LT: operator.lt, Op.GE: operator.ge, Op.IS: operator.eq}
_conditions = st.builds(Condition, st.just(Field.YEAR), st.sampled_from(list(_COMPARED)), st.sampled_from((1959, 1975)))
_rules = st.recursive(
    _conditions,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def holds(rule: Rule, year: int | None) -> bool:
    """What a rule means, said plainly."""
    match rule:
        case AllOf(rules):
            return all(holds(each, year) for each in rules)
        case AnyOf(rules):
            return any(holds(each, year) for each in rules)
        case Not(inner):
            return not holds(inner, year)
        case Condition(_, op, value):
            return year is not None and _COMPARED[op](year, value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rules)
def test_any_tree_means_what_it_says(database: Database, rule: Rule) -> None:
    if not database.tracks.count():
        store(database, *(song(f"/{at}", title=f"{year}", date=f"{year or ''}") for at, year in enumerate(_YEARS)))
    assert found(database, rule) == {f"{year}" for year in _YEARS if holds(rule, year)}
