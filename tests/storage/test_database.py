"""Opening the database, whatever is found there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from player.domain import EndReason, Ms, PlayFinished, ProfileError, StartReason, TrackQuery, TrackStarted
from player.storage import Database
from player.storage import _database as opening
from player.storage._backup import KEPT as BACKUPS
from player.storage._engine import explain
from player.storage._upgrade import back_up
from tests.storage.songs import NOW, song, store


def test_a_new_profile(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "deep" / "what? #1 50%41" / "segue.db")
    assert database.check() == []
    assert database.path.is_file()
    database.close()


def test_what_was_stored_is_there_after_a_restart(database: Database) -> None:
    store(database, song())
    database.close()
    again = Database.open(database.path)
    assert again.tracks.count() == 1
    again.close()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "segue.db").touch()
    Database.open(tmp_path / "segue.db").close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    path.write_text("a shopping list, long enough to be looked at as a database header would be")
    before = path.read_bytes()
    with pytest.raises(ProfileError, match="not a Segue database"):
        Database.open(path)
    assert path.read_bytes() == before


def test_a_torn_database_says_what_to_do(database: Database) -> None:
    store(database, *(song(f"/{at}") for at in range(200)))
    database.close()
    content = bytearray(database.path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    database.path.write_bytes(content)
    with pytest.raises(ProfileError, match=r"damaged.*no copy"):
        Database.open(database.path).tracks.find(TrackQuery())


def test_the_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "segue.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(ProfileError, match="another program"):
        Database.open(tmp_path / "segue.db")


def test_a_newer_database_is_left_alone(database: Database) -> None:
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(ProfileError, match="newer version of Segue"):
        Database.open(database.path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProfileError, match="cannot be used"):
        Database.open(tmp_path / "file" / "segue.db")


def test_a_folder_where_the_database_should_be(tmp_path: Path) -> None:
    (tmp_path / "segue.db").mkdir()
    with pytest.raises(ProfileError, match=r"segue\.db"):
        Database.open(tmp_path / "segue.db")


def test_a_full_disk_says_so_and_loses_nothing(database: Database) -> None:
    store(database, song())
    with database._connections.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProfileError, match="disk is full"):
        store(database, *(song(f"/{at}", lyrics="la" * 5_000) for at in range(50)))
    assert database.tracks.count() == 1
    assert database.check() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("attempt to write a readonly database", "cannot be written"),
        ("unable to open database file", "cannot be opened"),
        ("database disk image is malformed", "damaged"),
        ("database is locked", "in use by another program"),
        ("disk I/O error", "reports errors"),
        ("something new", "segue doctor"),
    ],
)
def test_what_sqlite_says_in_words(said: str, sentence: str) -> None:
    error = explain(sqlite3.OperationalError(said), Path("/profile/segue.db"))
    assert isinstance(error, ProfileError)
    assert sentence in str(error)


def test_a_backup_before_an_upgrade(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store(database, song())
    database.close()
    now = opening.HEAD
    monkeypatch.setattr(opening, "HEAD", "9999")  # as if a newer version looked at it; the upgrade itself is a no-op
    Database.open(database.path).close()
    copy = database.path.with_name(f"segue-backup-{now}.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM tracks").fetchone() == (1,)


def test_the_newest_backups_are_kept(database: Database) -> None:
    for number in range(BACKUPS + 2):
        back_up(database.path, f"{number:04}")
    names = sorted(file.name for file in database.path.parent.glob("*backup*"))
    assert names == [f"segue-backup-{number:04}.db" for number in range(2, BACKUPS + 2)]


def test_a_copy_while_in_use(database: Database, tmp_path: Path) -> None:
    store(database, song())
    database.back_up(tmp_path / "copy.db")
    copy = Database.open(tmp_path / "copy.db")
    assert copy.tracks.count() == 1
    copy.close()
    with pytest.raises(ProfileError):
        database.back_up(tmp_path / "no" / "folder" / "copy.db")


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    store(database, song("/1"))
    counted: list[int] = []
    with database._connections.writing() as connection:
        connection.exec_driver_sql("DELETE FROM track_details")
        reader = threading.Thread(target=lambda: counted.append(database.tracks.count()))
        reader.start()
        reader.join(timeout=5)
    assert counted == [1]


KILLED = """
import os, sys
from pathlib import Path
from player.domain import Ms, StartReason, TrackId, TrackStarted, UtcMs
from player.storage import Database
database = Database.open(Path(sys.argv[1]))
play = database.plays.open(TrackStarted(TrackId(1), UtcMs(1), Ms(200_000), StartReason.PICKED))
database.plays.progress(play, Ms(42_000))
os.kill(os.getpid(), 9)
"""


def test_a_killed_program_loses_no_play(database: Database) -> None:
    store(database, song())
    database.close()
    subprocess.run([sys.executable, "-c", KILLED, str(database.path)], check=False)
    again = Database.open(database.path)
    assert again.plays.close_crashed() == 1
    (logged,) = again.plays.recent(1)
    assert (logged.listened_ms, logged.end_reason) == (42_000, EndReason.CRASHED)
    again.close()


def test_programs_that_start_at_once_share_one_new_database(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from player.storage import Database; Database.open(Path(sys.argv[1]))"
    )
    starts = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "segue.db")]) for _ in range(3)]
    assert [start.wait(timeout=60) for start in starts] == [0, 0, 0]


def test_counting_statements_of_a_page(database: Database) -> None:
    keys = store(database, *(song(f"/{at}", artists=("A", "B"), genres=("G",)) for at in range(100)))
    seen: list[str] = []
    with database._connections.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_: seen.append(statement))
    assert len(database.tracks.get(keys)) == 100
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 3


def test_a_play_is_two_durable_commits(database: Database) -> None:
    (key,) = store(database, song())
    with database._connections.writing(durable=True) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    event = TrackStarted(key, NOW, Ms(1), StartReason.PICKED)
    database.plays.close(database.plays.open(event), PlayFinished(event, NOW, Ms(1), EndReason.FINISHED))
    assert database.plays.count() == 1


def test_a_library_is_empty_until_a_track_comes(database: Database) -> None:
    assert database.tracks.empty()
    store(database, song())
    assert not database.tracks.empty()
    assert database.tracks.count() == 1
