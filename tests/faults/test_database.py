"""What becomes of a database that is damaged, lost, locked or put on a full disk; copies of it and their return."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.application import DailyBackup
from player.domain import FileError, ProfileError, UtcMs
from player.storage import DamagedError, Database, restore_database
from player.storage import _engine as engine
from player.storage._backup import DAY_S, back_up_daily, newest_good
from player.storage._engine import explain
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT, Segue, library
from tests.storage.songs import song


@pytest.fixture
def segue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Segue:
    """The command with an empty profile."""
    return Segue(tmp_path / "profile", capsys)


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A folder with a small library."""
    library(tmp_path / "music")
    return tmp_path / "music"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The closed database of a profile with forty tracks."""
    path = tmp_path / "profile" / "segue.db"
    with closing(Database.open(path)) as database:
        database.files.write_scan([song(f"/{number}") for number in range(40)], UtcMs(1))
    return path


def tracks(path: Path) -> int:
    with closing(Database.open(path)) as database:
        return database.tracks.count()


def overwrite(path: Path) -> None:
    """Damage one page of the tracks, as a failing disk does: the database is opened without complaint."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tracks'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)


def copies(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.glob("segue-*.db"))


def test_a_copy_a_day_and_three_of_them(filled: Path) -> None:
    made = []
    for days in (5, 4, 3, 2, 0):
        copy = back_up_daily(filled)
        assert copy is not None
        assert back_up_daily(filled) is None
        copy = copy.rename(copy.with_name(f"segue-daily-2026010{9 - days}-000000.db"))
        at = time.time() - days * DAY_S
        os.utime(copy, (at, at))
        made.append(copy.name)
    assert copies(filled) == made[-3:]


def test_a_clock_set_back_stops_no_copies(filled: Path) -> None:
    first = back_up_daily(filled)
    assert first is not None
    later = time.time() + 400 * DAY_S
    os.utime(first, (later, later))
    first.rename(first.with_name("segue-daily-20270101-000000.db"))
    second = back_up_daily(filled)
    assert second is not None
    assert second.exists()


def test_a_damaged_database_takes_no_good_copy_away(filled: Path) -> None:
    good = back_up_daily(filled)
    overwrite(filled)
    for copy in filled.parent.glob("segue-daily-*"):
        old = time.time() - 2 * DAY_S
        os.utime(copy, (old, old))
    with closing(Database.open(filled)) as database, pytest.raises(DamagedError, match="segue restore"):
        database.back_up_beside(daily=True)
    assert newest_good(filled) == good
    assert not list(filled.parent.glob("*partial*"))


def test_damage_in_the_middle_is_found_and_the_newest_good_copy_named(filled: Path) -> None:
    good = back_up_daily(filled)
    bad = filled.with_name("segue-daily-20990101-000000.db")
    shutil.copy(filled, bad)
    overwrite(bad)
    overwrite(filled)
    with closing(Database.open(filled)) as database, pytest.raises(DamagedError) as caught:
        database.require_whole()
    assert caught.value.backup == good


@pytest.mark.parametrize("how", ["emptied", "halved", "no database", "overwritten"])
def test_a_damaged_database_is_brought_back_and_nothing_is_deleted(filled: Path, how: str) -> None:
    good = back_up_daily(filled)
    if how == "emptied":
        filled.write_bytes(b"")
    elif how == "halved":
        os.truncate(filled, filled.stat().st_size // 2)
    elif how == "no database":
        filled.write_bytes(b"a shopping list " * 1_000)
    else:
        overwrite(filled)
    before = filled.read_bytes()
    if how != "overwritten":
        with pytest.raises(DamagedError, match=rf"segue restore.*{good.name if good else ''}"):
            Database.open(filled)
    done = restore_database(filled)
    assert tracks(filled) == 40
    assert done.aside is not None
    assert done.aside.read_bytes()[100:] == before[100:]  # the header says how the log was kept


def test_an_empty_file_without_copies_begins_a_library(tmp_path: Path) -> None:
    (tmp_path / "segue.db").touch()
    assert tracks(tmp_path / "segue.db") == 0


def test_a_restore_is_refused_while_the_database_is_in_use(filled: Path) -> None:
    back_up_daily(filled)
    with closing(Database.open(filled)) as database:
        database.files.write_scan([song("/new")], UtcMs(2))
        with pytest.raises(ProfileError, match="Quit Segue first"):
            restore_database(filled)
    assert tracks(filled) == 41
    assert not list(filled.parent.glob("*restored*"))


@pytest.mark.parametrize("what", ["text", "damaged", "foreign", "itself", "newer", "missing"])
def test_what_is_no_whole_copy_is_refused(filled: Path, tmp_path: Path, what: str) -> None:
    copy = tmp_path / "copy.db"
    if what == "text":
        copy.write_text("a shopping list")
    elif what == "damaged":
        shutil.copy(filled, copy)
        overwrite(copy)
    elif what in {"foreign", "newer"}:
        if what == "newer":
            shutil.copy(filled, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("CREATE TABLE bookmarks (url)")
            if what == "newer":
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    elif what == "itself":
        copy = filled
    with pytest.raises((FileError, ProfileError)):
        restore_database(filled, copy)
    assert tracks(filled) == 40
    assert copies(filled) == []


def test_a_copy_is_made_while_another_process_writes(filled: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from player.storage import Database\n"
        "from player.domain import UtcMs; from tests.storage.songs import song\n"
        "database = Database.open(Path(sys.argv[1])); print('ready', flush=True)\n"
        "for number in range(300): database.files.write_scan([song(f'/b{number}')], UtcMs(2))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(filled)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        counts = []
        with closing(Database.open(filled)) as database:
            for number in range(3):
                copy = tmp_path / f"{number}.db"
                database.back_up(copy)
                counts.append(tracks(copy))
        assert writer.wait(60) == 0
    assert counts == sorted(counts)
    assert tracks(filled) == 340


def test_without_its_log_the_last_plays_are_missing_and_nothing_else(filled: Path, tmp_path: Path) -> None:
    with closing(Database.open(filled)) as database:
        database.files.write_scan([song("/late")], UtcMs(2))
        shutil.copy(filled, tmp_path / "segue.db")  # as a program that copies files does, or a log deleted by hand
    with closing(Database.open(tmp_path / "segue.db")) as database:
        assert database.check() == []
        assert database.tracks.count() in {40, 41}


def test_an_io_error_on_a_full_disk_is_called_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    monkeypatch.setattr(engine.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10, 10, 0))
    assert "The disk is full" in str(explain(error, Path("/profile/segue.db")))
    monkeypatch.setattr(engine.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 1, 10**9))
    assert "reports errors" in str(explain(error, Path("/profile/segue.db")))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes."""
    where = tmp_path / "disk"
    where.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(where)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("file systems can only be mounted by root on Linux")
    yield where
    subprocess.run(["umount", "-l", str(where)], check=True)


def said(*words: object) -> tuple[int, str]:
    """Exit code and standard error of the command, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "player", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            assert error.errno == errno.ENOSPC


def write_without_end(database: Database) -> None:
    for number in range(10_000):
        database.files.write_scan([song(f"/{number}.{other}") for other in range(50)], UtcMs(2))


def test_a_new_profile_on_a_full_disk(small_disk: Path) -> None:
    fill(small_disk)
    for words in (("search", "x"), ("log",), ("backup",)):
        code, err = said("--profile", small_disk / "new", *words)
        assert code == 3
        assert "Traceback" not in err
        assert "full" in err or "No space left" in err


def test_a_disk_that_fills_up_under_a_library(small_disk: Path) -> None:
    profile = small_disk / "p"
    with closing(Database.open(profile / "segue.db")) as database:
        database.files.write_scan([song(f"/{number}") for number in range(40)], UtcMs(1))
        fill(small_disk)
        with pytest.raises(ProfileError, match="disk is full"):
            write_without_end(database)
    code, err = said("--profile", profile, "backup")
    assert (code, "Traceback" in err) == (3, False)
    assert "full" in err
    (small_disk / "ballast").unlink()
    assert tracks(profile / "segue.db") >= 40


def test_a_profile_on_a_read_only_disk(small_disk: Path) -> None:
    profile = small_disk / "p"
    with closing(Database.open(profile / "segue.db")) as database:
        database.files.write_scan([song("/1")], UtcMs(1))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, err = said("--profile", profile, "search", "x")
    assert (code, "Traceback" in err) == (3, False)
    assert "cannot be" in err


def test_the_window_looks_after_the_database(filled: Path, qtbot: QtBot, expect_log: ExpectLog) -> None:
    with closing(Database.open(filled)) as database:
        backup = DailyBackup(database, first_ms=1)
        backup.start()
        qtbot.waitUntil(lambda: len(copies(filled)) == 1)
        backup.close()
        for copy in filled.parent.glob("segue-daily-*"):
            os.utime(copy, (1, 1))
    overwrite(filled)
    expect_log("no copy of the database")
    with closing(Database.open(filled)) as database:
        backup = DailyBackup(database, first_ms=1)
        with qtbot.waitSignal(backup.problem) as told:
            backup.start()
        backup.close()
    assert "segue restore" in told.args[0]


def test_the_commands(segue: Segue, tmp_path: Path, music: Path) -> None:
    assert segue("scan", music).code == 0
    made = segue("backup", "--json").document
    assert Path(made["file"]).stat().st_size == made["bytes"]
    assert segue("backup", tmp_path / "mine.db").code == 0
    assert segue("backup", tmp_path).out.startswith(f"The database was copied to {tmp_path / 'segue-backup.db'}")
    assert segue("backup", tmp_path / "no" / "folder" / "x.db").code == 3
    (segue.profile / "segue.db").unlink()
    done = segue("restore", tmp_path / "mine.db", "--json").document
    assert (done["tracks"], done["kept"]) == (16, None)
    again = segue("restore")
    assert again.code == 0
    assert "16 tracks" in again.out
    assert segue("restore", tmp_path / "none.db").code == 3
