"""What is forgotten can be read nowhere any more."""

import sqlite3
from contextlib import closing

import pytest

from player.domain import (
    EndReason,
    EntryId,
    ModelVersion,
    Ms,
    Origin,
    PlayFinished,
    ProfileError,
    QueueEntry,
    SavedQueue,
    StartReason,
    ThumbGiven,
    TrackQuery,
    TrackStarted,
    UtcMs,
)
from player.storage import Database, ForeignPlay, ImportedPlay, Prior, ScrobbleAccount
from tests.storage.songs import song

SECRET = "listened-to-in-secret"


@pytest.fixture
def listened(database: Database) -> Database:
    """A database with something in every table about the listener; the word `SECRET` among it."""
    (track,) = database.files.write_scan([song("/music/a.flac", title="A", artists=("Ada",))], UtcMs(1)).added
    start = TrackStarted(track, UtcMs(1_700_000_000_000), Ms(200_000), StartReason.UP_NEXT, 0, SECRET, 0.5)
    for n in range(20):
        play = database.plays.open(start)
        finished = PlayFinished(start, UtcMs(1_700_000_100_000 + n), Ms(100_000), EndReason.ERROR, SECRET)
        database.plays.close(play, finished)
    database.plays.import_plays(SECRET, [ImportedPlay(track, UtcMs(1_600_000_000_000), Ms(1), Ms(1))])
    database.plays.set_priors(SECRET, [Prior(track, 5, 1, 0.8)])
    database.foreign_plays.add([ForeignPlay("lastfm", UtcMs(5), SECRET, "Somebody")])
    database.thumbs.give(ThumbGiven(track, 1, UtcMs(5)))
    database.thumbs.dismiss(track, UtcMs(5), UtcMs(6))
    database.fresh_starts.begin(database.tracks.get([track])[0].artist_ids[0], UtcMs(7))
    entry = QueueEntry(EntryId(1), track, Origin.USER, StartReason.PICKED)
    database.queue.save(SavedQueue(entries=(entry,), played=(entry,), unshuffled=(EntryId(1),)), {track: Ms(5)})
    database.queue.remember(SavedQueue(entries=(entry,)))
    database.scrobbles.save_account("lastfm", ScrobbleAccount(cursor=20, user=SECRET))
    database.models.note_training(UtcMs(1), 20)
    database.models.add(ModelVersion(SECRET, UtcMs(1), 20, {}, {}, active=True))
    database.playlists.create("Evening", UtcMs(1))
    return database


def bytes_of(database: Database) -> bytes:
    """The database file and its write-ahead log."""
    files = (database.path, database.path.with_name(database.path.name + "-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


def rows(database: Database) -> dict[str, int]:
    """Rows of every table."""
    with closing(sqlite3.connect(database.path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_listening_leaves_no_row_no_byte_and_no_count(listened: Database) -> None:
    assert SECRET.encode() in bytes_of(listened)
    listened.forget_listening()
    left = rows(listened)
    gone = (
        "plays",
        "foreign_plays",
        "thumbs",
        "dismissals",
        "fresh_starts",
        "priors",
        "queues",
        "queue_entries",
        "models",
        "last_training",
        "positions",
        "queue_played",
        "queue_unshuffled",
        "scrobble_accounts",
        "track_stats",
    )
    assert {name: left[name] for name in gone} == dict.fromkeys(gone, 0)
    assert (left["tracks"], left["playlists"]) == (1, 1)
    (track,) = listened.tracks.get(listened.tracks.find(TrackQuery()))
    assert (track.play_count, track.thumb, track.last_played_at) == (0, 0, None)
    assert (listened.plays.priors(), listened.thumbs.current(), listened.models.all()) == ([], {}, [])
    assert SECRET.encode() not in bytes_of(listened)
    with closing(sqlite3.connect(listened.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_sequence WHERE name = 'plays'").fetchone() == (0,)
    assert listened.check() == []


def test_what_was_learned_goes_and_the_log_stays(listened: Database) -> None:
    plays = listened.plays.count()
    listened.forget_learned()
    assert listened.models.all() == []
    assert listened.models.last_training() == (0, 0)
    assert listened.plays.count() == plays
    assert list(listened.queue.positions().values()) == [5]


def test_backups_made_before_upgrades_go_too(listened: Database) -> None:
    backup = listened.path.with_name("segue-backup-0001.db")
    listened.back_up(backup)
    listened.forget_listening()
    assert not backup.exists()


def test_a_database_that_another_program_holds_is_not_called_forgotten(
    listened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.storage._engine.BUSY_MS", 10)
    with closing(sqlite3.connect(listened.path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM plays").fetchone()
        with pytest.raises(ProfileError, match="in use by another program"):
            listened.forget_listening()
    listened.forget_listening()
    assert SECRET.encode() not in bytes_of(listened)
