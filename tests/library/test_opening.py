"""Files named by the user become tracks."""

from pathlib import Path

from player.library import open_files
from player.storage import Database
from tests.library.conftest import Tagged


def test_files_and_folders_in_order(database: Database, music: Path, tagged: Tagged) -> None:
    single = tagged("z.flac", "a.flac", title="Z")
    tagged("Album/02.flac", "b.flac", title="Two")
    tagged("Album/01.flac", "c.flac", title="One")
    (music / "Album" / "broken.mp3").write_bytes(b"noise")
    ids, problems = open_files(database, [str(single), str(music / "Album"), str(single), str(music / "gone.mp3")])
    assert [track.title for track in database.tracks.get(ids)] == ["Z", "One", "Two", "Z"]
    assert [Path(problem.path).name for problem in problems] == ["broken.mp3", "gone.mp3"]
    again, _ = open_files(database, [str(single)])
    assert again == ids[:1]
    assert database.tracks.count() == 3


def test_nothing_asked_nothing_started(database: Database) -> None:
    assert open_files(database, []) == ([], [])
