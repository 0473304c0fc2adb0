"""Every form of the database that a profile may have comes to the newest one with all that it holds.

`unreleased_0005.sql` is a profile of the last revision before the first release, as the program of that time wrote it.
Each revision after 0001 brings a test here that upgrades a database with data in what it changes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from player.domain import EntryId, Ms, SmartRules, StartReason, TrackOrder, TrackQuery, UtcMs
from player.storage import Database, ScrobbleAccount
from player.storage._backup import KEPT as BACKUPS
from tests.storage.songs import song

UNRELEASED = (Path(__file__).with_name("unreleased_0005.sql")).read_text("utf-8")
NEWER = (
    "DROP TABLE foreign_plays;",
    "DROP TABLE foreign_counts;",
    "DROP TABLE fresh_starts;",
    "DROP INDEX ix_tracks_removed;",
)
LACKING = {f"000{at + 1}": "".join(NEWER[at:]) for at in range(5)}
"""What the older revisions did not have yet."""


@pytest.fixture(params=sorted(LACKING))
def unreleased(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A profile of each revision before the first release."""
    path = tmp_path / "segue.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(UNRELEASED + LACKING[request.param])
        connection.execute("UPDATE alembic_version SET version_num = ?", [request.param])
        connection.commit()
    return path


def columns(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Name, type, NOT NULL, default and place in the key of every column, by table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1:] for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}


def indexes(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))


def test_an_unreleased_profile_gets_the_form_of_a_new_one(unreleased: Path, database: Database) -> None:
    Database.open(unreleased).close()
    assert columns(unreleased) == columns(database.path)
    assert indexes(unreleased) == indexes(database.path)


def test_an_unreleased_profile_keeps_all_it_holds(unreleased: Path) -> None:
    database = Database.open(unreleased)
    one, two, three = database.tracks.find(TrackQuery())
    assert [track.title for track in database.tracks.get([one, two, three])] == ["One", "Two", "Three"]
    assert (database.plays.count(), database.tracks.get([one])[0].play_count) == (1, 1)
    assert list(database.thumbs.current()) == [two]
    (evening,) = database.playlists.all()
    assert database.playlists.tracks(evening.id) == [one, three]
    assert database.tracks.search("thr") == [three]
    assert database.files.roots() == ["/music"]
    assert database.check() == []
    database.close()


def test_states_among_the_settings_get_their_tables(unreleased: Path) -> None:
    database = Database.open(unreleased)
    one, two, three = database.tracks.find(TrackQuery())
    queue = database.queue.load()
    assert queue is not None
    assert [(entry.id, entry.track_id, entry.start_reason) for entry in queue.played] == [
        (1, one, StartReason.PICKED),
        (2, two, StartReason.QUEUED),
    ]
    assert queue.unshuffled == (EntryId(3), EntryId(2))
    assert database.queue.positions() == {three: Ms(3_000_000)}
    assert database.scrobbles.account("lastfm") == ScrobbleAccount(cursor=1, user="ada", sent=3)
    assert database.models.last_training() == (77, 30)
    assert database.settings.get("ui.window") == {"size": [1, 2]}
    database.close()
    with closing(sqlite3.connect(unreleased)) as connection:
        keys = {key for (key,) in connection.execute("SELECT key FROM settings")}
    assert {key for key in keys if not key.startswith("settings.")} == {"ui.window"}


def test_what_files_said_of_their_albums_is_known_of_each_track(unreleased: Path) -> None:
    Database.open(unreleased).close()
    with closing(sqlite3.connect(unreleased)) as connection:
        told = connection.execute(
            "SELECT album, album_artists, album_artist FROM track_details ORDER BY track_id"
        ).fetchall()
    assert told == [("First", '["Ada","Bob"]', "Ada, Bob")] * 2 + [("Alone", "[]", "")]


def test_a_rescan_of_an_unreleased_profile_finds_the_same_tracks(unreleased: Path) -> None:
    database = Database.open(unreleased)
    before = list(database.tracks.find(TrackQuery()))
    again = song("/music/a/1.flac", title="One", artists=("Ada",), album="First", album_artists=("Ada", "Bob"))
    result = database.files.write_scan([again], UtcMs(9))
    assert (list(result.updated), list(result.added)) == (before[:1], [])
    assert database.files.is_unarranged()  # the scan's end will look at all albums
    database.close()


def test_an_unreleased_profile_is_copied_before_and_a_damaged_state_is_no_hindrance(unreleased: Path) -> None:
    with closing(sqlite3.connect(unreleased)) as connection:
        connection.execute("UPDATE settings SET value = '{\"played\": [' WHERE key = 'queue.round'")
        connection.execute("UPDATE settings SET value = '[5]' WHERE key = 'playback.positions'")
        connection.commit()
    database = Database.open(unreleased)
    queue = database.queue.load()
    assert queue is not None
    assert (queue.played, queue.unshuffled, database.queue.positions()) == ((), (), {})
    database.close()
    copies = list(unreleased.parent.glob("*-backup-unreleased-*.db"))
    assert 1 == len(copies) <= BACKUPS
    with closing(sqlite3.connect(copies[0])) as connection:
        assert connection.execute("SELECT count(*) FROM plays").fetchone() == (1,)


def test_0002_finds_words_however_they_are_spelt_and_reads_files_again(unreleased: Path) -> None:
    with closing(sqlite3.connect(unreleased)) as connection:
        (one,) = connection.execute("SELECT id FROM tracks WHERE title = 'One'").fetchone()
        connection.execute("UPDATE tracks SET title = 'Łona R.E.M.', title_key = 'łona r.e.m.' WHERE id = ?", [one])
        connection.execute("UPDATE track_search SET title = 'Łona R.E.M.', album = '周 杰 倫' WHERE rowid = ?", [one])
        connection.execute("UPDATE track_details SET date = '1985-05-03' WHERE track_id = ?", [one])
        connection.commit()
    database = Database.open(unreleased)
    for words in ("lona", "rem", "1985", "80s", "周杰伦"):
        assert database.tracks.search(words) == [one], words
    assert database.tracks.corrections("lonna rem") == {"lonna": "lona"}
    assert database.stars.give({one: 4.5}) == {one: None}
    assert database.tracks.get([one])[0].stars == 4.5
    database.close()
    with closing(sqlite3.connect(unreleased)) as connection:
        assert connection.execute("SELECT title_key FROM tracks WHERE id = ?", [one]).fetchone() == ("lona r.e.m.",)
        times = connection.execute("SELECT DISTINCT mtime_ns FROM tracks WHERE state = 'present'").fetchall()
        assert times == [(0,)]  # read again by the next scan, for what files say in the new fields


def test_0003_smart_playlists_have_more_limits(unreleased: Path) -> None:
    with closing(sqlite3.connect(unreleased)) as connection:
        columns_and_values = (
            "(name, name_key, rules, rules_order, rules_descending, rules_limit, created_at, changed_at)"
        )
        connection.execute(f"INSERT INTO playlists {columns_and_values} VALUES ('S', 's', 'x', 'title', 0, 5, 1, 1)")
        connection.commit()
    database = Database.open(unreleased)
    (smart,) = [playlist for playlist in database.playlists.all() if playlist.rules is not None]
    assert smart.rules == SmartRules("x", TrackOrder.TITLE, limit=5)
    database.playlists.set_rules(smart.id, SmartRules("x", TrackOrder.RANDOM, limit_ms=Ms(60_000), limit_bytes=9))
    changed = database.playlists.get(smart.id)
    assert changed is not None
    assert changed.rules == SmartRules("x", TrackOrder.RANDOM, limit_ms=Ms(60_000), limit_bytes=9)
    database.close()
