"""Plays of tracks that are not in the library."""

from dataclasses import replace

from player.domain import UtcMs
from player.storage import Database, ForeignPlay

AT = 1_700_000_000_000
PLAY = ForeignPlay("lastfm", UtcMs(AT), "Crying", "Björk", "Debut", 289_000, "mbid", 100_000, False)


def test_what_is_kept_comes_back_and_only_once(database: Database) -> None:
    unknown = ForeignPlay("lastfm", UtcMs(AT - 9), "Air", "Bach")
    assert database.foreign_plays.add([PLAY, unknown]) == 2
    assert database.foreign_plays.add([PLAY, replace(PLAY, artist="BJÖRK")]) == 0
    assert database.foreign_plays.all() == [unknown, PLAY]


def test_the_same_play_told_by_another_service_is_one(database: Database) -> None:
    database.foreign_plays.add([PLAY])
    near, later = replace(PLAY, source="spotify", started_at=UtcMs(AT + 59_000)), UtcMs(AT + 61_000)
    assert database.foreign_plays.add([near]) == 0
    assert database.foreign_plays.add([replace(near, started_at=later)]) == 1
    assert database.foreign_plays.add([replace(PLAY, started_at=UtcMs(AT - 1_000))]) == 1  # one service may say twice


def test_what_is_removed_is_gone(database: Database) -> None:
    many = [replace(PLAY, started_at=UtcMs(AT + n * 300_000)) for n in range(1_500)]
    assert database.foreign_plays.add(many) == 1_500
    database.foreign_plays.remove(many[1:])
    assert database.foreign_plays.all() == [PLAY]
    database.foreign_plays.remove([])


def test_names_that_sqlite_cannot_hold_are_kept_as_they_can_be(database: Database) -> None:
    odd = replace(PLAY, title="a\0b\ud800")
    assert database.foreign_plays.add([odd, odd]) == 1
    (kept,) = database.foreign_plays.all()
    assert kept.title == "ab\ufffd"
    database.foreign_plays.remove([odd])
    assert database.foreign_plays.count() == 0
