"""The search language: what texts mean, that nothing typed is an error, and that storage answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain import (
    READY_MADE,
    AllOf,
    AnyOf,
    Condition,
    EndReason,
    Field,
    Ms,
    Not,
    Op,
    PlayFinished,
    ReadyMade,
    Rule,
    StartReason,
    TrackQuery,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.library import parse_search, scan, searched
from player.storage import Database
from tests.library.conftest import Tagged
from tests.storage.songs import song, store

NOW = UtcMs(1_700_000_000_000)
DAY = 86_400_000


def where(text: str) -> Rule | None:
    return parse_search(text, NOW).where


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bach goldberg", "bach goldberg"),
        ('bach "goldberg variations"', "bach goldberg-variations"),
        ('"unfinished phrase', "unfinished-phrase"),
        ("AC/DC", "AC/DC"),
        ("mission:impossible", "mission:impossible"),
        ("Mission: Impossible", "Mission Impossible"),
        ("artist:", ""),
        ("artist:x bach", "bach"),
        ("a -", "a"),
        ("((", ""),
        ("周杰伦", "周杰伦"),
        ("1:00", "1:00"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert parse_search(text, NOW).words == words


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("artist:gould", Condition(Field.ARTIST, Op.HAS, "gould")),
        ('artist:"glenn gould"', Condition(Field.ARTIST, Op.HAS, "glenn-gould")),
        ("artist=Queen", Condition(Field.ARTIST, Op.IS, "Queen")),
        ("ALBUM:x", Condition(Field.ALBUM, Op.HAS, "x")),
        ("year:1970..1979", Condition(Field.YEAR, Op.BETWEEN, 1970, 1979)),
        ("year:1970-1979", Condition(Field.YEAR, Op.BETWEEN, 1970, 1979)),
        ("year:1970..", Condition(Field.YEAR, Op.GE, 1970)),
        ("year:..1979", Condition(Field.YEAR, Op.LE, 1979)),
        ("year:197", Condition(Field.YEAR, Op.BETWEEN, 1970, 1979)),
        ("year:1970s", Condition(Field.YEAR, Op.BETWEEN, 1970, 1979)),
        ("year:1975", Condition(Field.YEAR, Op.IS, 1975)),
        ("year>=1990", Condition(Field.YEAR, Op.GE, 1990)),
        ("rating:>=4", Condition(Field.RATING, Op.GE, 4)),
        ("rating:> 3,5", Condition(Field.RATING, Op.GT, 3.5)),
        ("rating:none", Condition(Field.RATING, Op.EMPTY)),
        ("stars:5", Condition(Field.STARS, Op.IS, 5)),
        ("plays:0", Condition(Field.PLAYS, Op.IS, 0)),
        ("added:<30d", Condition(Field.ADDED, Op.GT, NOW - 30 * DAY)),
        ("added:30d", Condition(Field.ADDED, Op.GE, NOW - 30 * DAY)),
        ("lastplayed:>2w", Condition(Field.LAST_PLAYED, Op.LT, NOW - 14 * DAY)),
        ("lastplayed:never", Condition(Field.LAST_PLAYED, Op.EMPTY)),
        ("duration:>5:00", Condition(Field.DURATION, Op.GT, 300_000)),
        ("duration:2m..1:02:00", Condition(Field.DURATION, Op.BETWEEN, 120_000, 3_720_000)),
        ("length:<90s", Condition(Field.DURATION, Op.LT, 90_000)),
        ("bitrate:>=320", Condition(Field.BITRATE, Op.GE, 320_000)),
        ("samplerate:44.1k", Condition(Field.SAMPLE_RATE, Op.IS, 44_100)),
        ("lossless:yes", Condition(Field.LOSSLESS, Op.IS, 1)),
        ("thumb:down", Condition(Field.THUMB, Op.IS, -1)),
        ("comment:none", Condition(Field.COMMENT, Op.EMPTY)),
        ("-live", Not(Condition(Field.ANY, Op.HAS, "live"))),
        ('-"christmas songs"', Not(Condition(Field.ANY, Op.HAS, "christmas-songs"))),
        ("-genre:christmas", Not(Condition(Field.GENRE, Op.HAS, "christmas"))),
        ("year:x", None),
        ("duration:", None),
    ],
)
def test_one_condition(text: str, rule: Rule | None) -> None:
    assert where(text) == rule


def test_alternatives_and_brackets() -> None:
    a, b, c = (Condition(Field.ANY, Op.HAS, word) for word in "abc")
    assert where("a OR b") == AnyOf((a, b))
    assert where("a b OR c") == AnyOf((AllOf((a, b)), c))
    assert where("(a OR b) year:1999") == AllOf((AnyOf((a, b)), Condition(Field.YEAR, Op.IS, 1999)))
    assert where("-(a OR b)") == Not(AnyOf((a, b)))
    assert where("a OR") is None


def test_a_day_of_the_calendar() -> None:
    rule = where("added:2023-02")
    assert isinstance(rule, Condition)
    assert rule.op is Op.BETWEEN
    assert (rule.high + 1 - float(rule.value)) / DAY == 28


def test_december_ends_with_the_year() -> None:
    rule = where("added:2023-12")
    assert isinstance(rule, Condition)
    assert (rule.high + 1 - float(rule.value)) / DAY == 31


def test_plain_words_stay_a_plain_query() -> None:
    query = TrackQuery(text="plain words")
    assert searched(query) is query


def test_language_adds_to_the_query() -> None:
    query = searched(TrackQuery(text="blue year:1959", where=Condition(Field.PLAYS, Op.IS, 0)))
    assert query.text == "blue"
    assert query.where == AllOf((Condition(Field.PLAYS, Op.IS, 0), Condition(Field.YEAR, Op.IS, 1959)))


@given(st.text(alphabet=st.sampled_from('ab:="<>.()-| ORyear1970artistduration日\u0301\0\ud800'), max_size=40))
def test_typing_is_never_an_error(text: str) -> None:
    for end in range(len(text) + 1):
        parse_search(text[:end], NOW)


@pytest.mark.parametrize("text", ["(" * 3_000, "a OR " * 3_000, '"' * 3_000, "-" * 3_000, "year:" * 1_000])
def test_long_nonsense_is_quick_enough_to_end(text: str) -> None:
    parse_search(text, NOW)


def test_storage_answers(database: Database, music, tagged: Tagged) -> None:
    tagged("a.flac", "a.flac", title="So What", artist="Miles Davis", genre="Jazz", date="1959")
    tagged("b.flac", "b.flac", title="Blue Train", artist="John Coltrane", genre="Jazz", date="1958")
    tagged("c.flac", "c.flac", title="Blue Monday", artist="New Order", genre="Electronic", date="1983")
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)

    def found(text: str) -> set[str]:
        ids = database.tracks.find(searched(TrackQuery(text=text)))
        return {track.title for track in database.tracks.get(ids)}

    assert found("blue") == {"Blue Train", "Blue Monday"}
    assert found("blue genre:jazz") == {"Blue Train"}
    assert found("blue -jazz") == {"Blue Monday"}
    assert found("year:195") == {"So What", "Blue Train"}
    assert found('"blue mon"') == {"Blue Monday"}
    assert found("artist:davis OR artist:order") == {"So What", "Blue Monday"}
    assert found("plays:0 added:<1d format:flac lossless:yes rating:none") == {"So What", "Blue Train", "Blue Monday"}
    assert found("year:1983..1990 duration:>10:00") == set()


@pytest.mark.parametrize("which", ReadyMade)
def test_ready_made_playlists_hold_what_they_say(database: Database, which: ReadyMade) -> None:
    names = ["forgotten", "loved lately", "never", "skipped"]
    ids = dict(zip(names, store(database, *(song(f"/m/{name}.flac") for name in names), at=NOW), strict=True))
    for name, ended, count, days in (
        ("forgotten", EndReason.FINISHED, 6, 400),
        ("loved lately", EndReason.FINISHED, 6, 3),
        ("skipped", EndReason.SKIPPED, 4, 300),
    ):
        for at in range(count):
            start = UtcMs(now_ms() - days * DAY + at * 1_000_000)
            listened = Ms(200_000 if ended is EndReason.FINISHED else 1_000)
            play = PlayFinished(TrackStarted(ids[name], start, Ms(200_000), StartReason.PICKED), start, listened, ended)
            database.plays.append([play])
    new = store(database, song("/m/new.flac"), at=now_ms())[0]
    rules = READY_MADE[which]
    assert not parse_search(rules.text).problems
    expected = {
        ReadyMade.FORGOTTEN_FAVOURITES: [ids["forgotten"]],
        ReadyMade.NEVER_PLAYED: sorted([ids["never"], new]),
        ReadyMade.ADDED_THIS_MONTH: [new],
        ReadyMade.MOST_SKIPPED: [ids["skipped"]],
    }
    assert sorted(database.tracks.find(searched(rules.query()))) == expected[which]
