"""Searches as people type them: what is meant is found."""

from __future__ import annotations

import pytest

from player.domain import TrackOrder, TrackQuery, UtcMs
from player.library import ProblemKind, advise, parse_search, searched
from player.storage import Database
from tests.storage.songs import song

SONGS = {
    "rem": ("Losing My Religion", "R.E.M.", "Out of Time", "1991"),
    "acdc": ("T.N.T.", "AC/DC", "High Voltage", "1976"),
    "fleetwood": ("Don't Stop", "Fleetwood Mac", "Rumours", "1977"),
    "mumford": ("Little Lion Man", "Mumford & Sons", "Sigh No More", "2009"),
    "guns": ("Sweet Child o' Mine", "Guns N’ Roses", "Appetite for Destruction", "1987"),
    "trentemoller": ("Moan", "Trentemøller", "The Last Resort", "2006"),
    "lona": ("Nie pytaj nas", "Łona i Webber", "Nawiasem mówiąc", "2011"),
    "aether": ("Æther", "Bjørn Ærlig", "Ørken", "2015"),
    "sigur": ("Svefn-g-englar", "Sigur Rós", "Ágætis byrjun", "1999"),
    "jay": ("晴天", "周杰倫", "葉惠美", "2003"),
    "utada": ("ﾌﾗｲﾄﾞ", "宇多田ヒカル", "First Love", "1999"),
    "pink": ("So What", "P!nk", "Funhouse", "2008"),
    "kesha": ("TiK ToK", "Ke$ha", "Animal", "2010"),
    "jayz": ("99 Problems", "Jay-Z", "The Black Album", "2003"),
    "blink": ("All the Small Things", "blink-182", "Enema of the State", "1999"),
    "beatles": ("Here Comes the Sun", "The Beatles", "Abbey Road", "1969"),
    "pepper": ("Within You Without You", "The Beatles", "Sgt. Pepper's Lonely Hearts Club Band", "1967"),
    "metallica": ("Blackened", "Metallica", "…And Justice for All", "1988"),
    "amour": ("L'amour toujours", "Gigi D'Agostino", "Hits", "1999"),
    "strasse": ("Straßenbahn", "Die Ärzte", "Größte Hits", "2001"),
    "dorde": ("Lepe žene", "Đorđe Balašević", "Naposletku", "1996"),
    "tarkan": ("Şımarık", "Tarkan", "Ölürüm Sana", "1997"),
    "queen": ("Bohemian Rhapsody", "Queen", "A Night at the Opera", "1975"),
    "atb": ("9 PM (Till I Come)", "ATB", "Movin' Melodies", "1999"),
    "mia": ("Paper Planes", "M.I.A.", "Kala", "2007"),
    "prodigy": ("Smack My B**** Up", "The Prodigy", "The Fat of the Land", "1997"),
    "rock": ("Rock 'n' Roll", "Led Zeppelin", "Led Zeppelin IV", "1971"),
    "florence": ("Dog Days Are Over", "Florence + the Machine", "Lungs", "2009"),
    "kino": ("Группа крови", "Кино", "Группа крови", "1988"),
    "number": ("1979", "The Smashing Pumpkins", "Mellon Collie and the Infinite Sadness", "1995"),
}

MEANT = {
    "rem": "rem",
    "r.e.m.": "rem",
    "REM religion": "rem",
    "acdc": "acdc",
    "ac/dc": "acdc",
    "ac dc": "acdc",
    "tnt": "acdc",
    "dont stop": "fleetwood",
    "don't stop": "fleetwood",
    "don’t stop": "fleetwood",
    "mumford and sons": "mumford",
    "mumford & sons": "mumford",
    '"mumford and sons"': "mumford",
    "guns and roses": "guns",
    "guns n roses": "guns",
    "sweet child o mine": "guns",
    "trentemoller": "trentemoller",
    "trentemøller": "trentemoller",
    "lona": "lona",
    "lona webber": "lona",
    "aether": "aether",
    "bjorn aerlig": "aether",
    "orken": "aether",
    "sigur ros agaetis": "sigur",
    "svefn g englar": "sigur",
    "svefngenglar": "sigur",
    "周杰伦": "jay",
    "周杰倫": "jay",
    "叶惠美": "jay",
    "フライド": "utada",
    "pink": "pink",
    "kesha": "kesha",
    "jay z": "jayz",
    "jayz": "jayz",
    "blink 182": "blink",
    "blink182": "blink",
    "beatles 1969": "beatles",
    "sgt peppers": "pepper",
    "and justice for all": "metallica",
    "lamour": "amour",
    "amour": "amour",
    "strassenbahn": "strasse",
    "grosste hits": "strasse",
    "djordje OR dorde": "dorde",
    "simarik": "tarkan",
    "mia": "mia",
    "rock and roll": "rock",
    "florence and the machine": "florence",
    "beatles AND sun": "beatles",
    "beatles NOT sun": "pepper",
    "beatles -sun": "pepper",
    "(queen OR metallica) opera": "queen",
    "группа": "kino",
    "1979 pumpkins": "number",
    "artist:acdc": "acdc",
    "album:rumours year:1977": "fleetwood",
}
"""What is typed, and the song that is meant: nothing else is found."""

CORRECTED = {
    "fleetwod mac": "fleetwood mac",
    "metalica": "metallica",
    "bohemian rapsody": "bohemian rhapsody",
    "beatels sun": "beatles sun",
    "trentemoler": "trentemoller",
    "ggueen": "",
    "qeen": "",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, dict[int, str]]:
    """The songs, and which is which."""
    database = Database.open(tmp_path_factory.mktemp("shelf") / "segue.db")
    songs = [
        song(f"/m/{name}.flac", title=title, artists=(artist,), album=album, date=date)
        for name, (title, artist, album, date) in SONGS.items()
    ]
    added = database.files.write_scan(songs, UtcMs(1)).added
    return database, dict(zip(map(int, added), SONGS, strict=True))


def found(shelf: tuple[Database, dict[int, str]], text: str) -> list[str]:
    database, names = shelf
    ids = database.tracks.find(searched(TrackQuery(text=text, order=TrackOrder.RELEVANCE)))
    return [names[key] for key in ids]


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_what_is_meant_is_found(shelf: tuple[Database, dict[int, str]], typed: str, meant: str) -> None:
    assert found(shelf, typed) == [meant]


def test_decades_are_found(shelf: tuple[Database, dict[int, str]]) -> None:
    assert set(found(shelf, "70s")) == {"acdc", "fleetwood", "queen", "rock"}
    assert set(found(shelf, "1970s")) == {"acdc", "fleetwood", "queen", "rock"}


def test_a_number_being_typed_finds_no_years(shelf: tuple[Database, dict[int, str]]) -> None:
    assert found(shelf, "19") == ["number"]


@pytest.mark.parametrize(("typed", "corrected"), CORRECTED.items())
def test_one_typing_error_is_forgiven(shelf: tuple[Database, dict[int, str]], typed: str, corrected: str) -> None:
    assert found(shelf, typed) == []
    assert advise(shelf[0], typed).corrected == corrected


def test_a_correction_keeps_what_is_asked_for_beside(shelf: tuple[Database, dict[int, str]]) -> None:
    assert advise(shelf[0], "metalica year:1988").corrected == "metallica year:1988"
    assert advise(shelf[0], "metalica year:1999").corrected == ""


@pytest.mark.parametrize(
    ("text", "kind", "field", "near"),
    [
        ("foo:bar", ProblemKind.UNKNOWN_FIELD, "foo", ""),
        ("artst:queen", ProblemKind.UNKNOWN_FIELD, "artst", "artist"),
        ("year:soon", ProblemKind.BAD_VALUE, "year", ""),
        ("year:19..x", ProblemKind.BAD_VALUE, "year", ""),
        ("rating:>=many", ProblemKind.BAD_VALUE, "rating", ""),
    ],
)
def test_what_is_of_no_effect_is_named(text: str, kind: ProblemKind, field: str, near: str) -> None:
    (problem,) = parse_search(text).problems
    assert (problem.kind, problem.field, problem.near) == (kind, field, near)


@pytest.mark.parametrize("text", ["artist:", "year:", "bach -live", "10:15", "queen OR"])
def test_what_is_being_typed_is_no_problem(text: str) -> None:
    assert not [problem for problem in parse_search(text).problems if problem.kind is ProblemKind.BAD_VALUE]
