"""The small parts of a scan on their own: progress, memory, what watching cares about, the order of covers."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from player.domain import Ms, ScannedTrack, ScanPhase, ScanProgress, TrackId, now_ms
from player.library import edit_tags, scan, undo_edit
from player.library._compare import Comparison, State
from player.library._covers import CoverStore
from player.library._memory import ScanMemory
from player.library._progress import Pace
from player.library._readers import BATCH, Ask, Readers, _batches
from player.library._scan import _Batch
from player.library._survey import music_folder, outermost
from player.library._walk import Found
from player.library._watch import _folder, _matters
from player.storage import Database
from tests.library.conftest import Tagged


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[ScanProgress]:
    return []


@pytest.fixture
def pace(clock: Clock, told: list[ScanProgress]) -> Pace:
    return Pace(told.append, clock)


def test_progress_is_told_ten_times_a_second_at_most(pace: Pace, clock: Clock, told: list[ScanProgress]) -> None:
    for done in range(100):
        clock.now = done / 100
        pace.at(ScanPhase.WALKING, done)
    assert 9 <= len(told) <= 11


def test_new_phase_and_end_are_always_told(pace: Pace, told: list[ScanProgress]) -> None:
    pace.at(ScanPhase.WALKING, 1)
    pace.at(ScanPhase.READING, 0, 10)
    pace.at(ScanPhase.READING, 5, 10)
    pace.at(ScanPhase.READING, 10, 10)
    pace.at(ScanPhase.FINISHING, 0)
    assert [(at.phase, at.done) for at in told] == [
        (ScanPhase.WALKING, 1),
        (ScanPhase.READING, 0),
        (ScanPhase.READING, 10),
        (ScanPhase.FINISHING, 0),
    ]


def test_remaining_time_is_estimated_once_it_can_be(pace: Pace, clock: Clock, told: list[ScanProgress]) -> None:
    pace.at(ScanPhase.READING, 0, 100)
    clock.now = 1
    pace.at(ScanPhase.READING, 10, 100)
    clock.now = 10
    pace.at(ScanPhase.READING, 50, 100)
    assert [at.remaining_s for at in told] == [None, None, 10]


FILE = Found("/music/a.mp3", 10, 20)


def test_memory_survives(database: Database) -> None:
    memory = ScanMemory.load(database)
    memory.remember(FILE, "broken")
    memory.remember(Found("/music/caf\udce9.flac", 1, 2, "/music/caf\udce9.cue", 3), None)
    memory.save(database)
    again = ScanMemory.load(database)
    assert again == memory
    assert again.why(FILE) == "broken"
    assert again.why(Found(FILE.path, 11, 20)) is None


def test_memory_forgets_what_was_repaired_or_has_gone(database: Database) -> None:
    memory = ScanMemory()
    memory.remember(FILE, "broken")
    memory.remember(FILE, None)
    assert memory.unreadable == {}
    memory.remember(FILE, "broken")
    memory.forget_gone("/other/", set())
    memory.forget_gone("/music/", {FILE.path})
    assert memory.unreadable
    memory.forget_gone("/music/", set())
    assert not memory.unreadable


def test_memory_is_only_written_when_it_changed(database: Database) -> None:
    ScanMemory().save(database)
    assert database.scan_memory.files() == database.scan_memory.pictures() == {}


def test_changed_cue_sheets_are_noticed() -> None:
    memory = ScanMemory()
    with_cue = Found("/a.flac", 1, 1, "/a.cue", 5)
    assert not memory.beside_is_unchanged(with_cue)
    memory.remember(with_cue, None)
    assert memory.beside_is_unchanged(with_cue)
    assert not memory.beside_is_unchanged(Found("/a.flac", 1, 1, "/a.cue", 6))
    assert not memory.beside_is_unchanged(Found("/a.flac", 1, 1))
    memory.remember(Found("/a.flac", 1, 1), None)
    assert memory.beside_is_unchanged(Found("/a.flac", 1, 1))


def test_files_are_compared_with_the_library(database: Database) -> None:
    files = [ScannedTrack(f"/m/{name}", 10, 20, name, title=name) for name in ("same", "changed", "back", "gone")]
    parts = [ScannedTrack("/m/disc", 10, 20, "d", title=str(at), start_ms=Ms(at)) for at in (0, 5)]
    added = database.files.write_scan([*files, *parts], now_ms()).added
    by_path = {track.path: track.id for track in database.tracks.get(added)}
    database.files.mark_missing([by_path["/m/back"]], now_ms())
    comparison = Comparison(database.files.known_table("/m"))
    found = [Found(f"/m/{name}", 10, 20) for name in ("same", "back", "new", "disc")]
    states = comparison.states([*found, Found("/m/changed", 11, 20)])
    assert [state for state, _ in states] == [State.SAME, State.BACK, State.NEW, State.SAME, State.CHANGED]
    assert states[1][1] == (by_path["/m/back"],)
    assert comparison.unmet() == {by_path["/m/gone"]: False}
    assert len(comparison) == 6


def test_empty_library_knows_nothing(database: Database) -> None:
    comparison = Comparison(database.files.known_table("/m"))
    assert comparison.states([Found("/m/a", 1, 1)]) == [(State.NEW, ())]
    assert (comparison.states([]), comparison.unmet(), len(comparison)) == ([], {}, 0)


def track(name: str) -> ScannedTrack:
    return ScannedTrack(f"/{name}", 1, 1, title=name)


def test_known_files_are_written_before_new_ones() -> None:
    batch = _Batch(2)
    batch.add([track("new")], changed=False)
    assert batch.due(1) == []
    batch.add([track("known 1")], changed=True)
    assert batch.due(1) == [track("known 1")]
    batch.add([track("known 2")], changed=True)
    assert batch.due(400) == [track("known 2")]
    assert batch.due(400) == []
    assert batch.due(1) == [track("new")]


def test_batches_fit_into_a_pipe() -> None:
    assert [len(batch) for batch in _batches(Ask("a", "r") for _ in range(2 * BATCH + 1))] == [BATCH, BATCH, 1]
    assert [len(batch) for batch in _batches(Ask("a" * 4_000, "r") for _ in range(5))] == [1, 1, 1, 1, 1]
    assert list(_batches([])) == []


def test_nothing_to_read_starts_nothing() -> None:
    assert list(Readers(2, command=["/no/such/program"]).read([])) == []


def test_outermost_folders() -> None:
    assert outermost(["/a/b", "/a", "/ab", "/a/", "/c/../a/d"]) == ["/a", "/ab"]


def test_music_folder() -> None:
    assert music_folder("/a/b/c.mp3", ["/x", "/a"]) == "/a"
    assert music_folder("/a", ["/a"]) == "/a"
    assert music_folder("/ab", ["/a"]) is None


@pytest.mark.parametrize(
    ("change", "name", "matters"),
    [
        (Change.added, "a.mp3", True),
        (Change.modified, "a.MP3", True),
        (Change.modified, "a.cue", True),
        (Change.added, "Cover.JPG", True),
        (Change.added, "holiday.jpg", False),
        (Change.modified, "a.txt", False),
        (Change.added, "a.txt", False),
        (Change.deleted, "Some folder", True),
        (Change.modified, ".hidden.mp3", False),
        (Change.added, ".a.segue-1.mp3", False),
    ],
)
def test_what_watching_cares_about(change: Change, name: str, matters: bool) -> None:
    assert _matters(change, f"/music/{name}") is matters


def test_new_folders_are_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / "Vol. 2"
    folder.mkdir()
    assert _matters(Change.added, str(folder))
    assert _folder(Change.added, str(folder)) == str(folder)
    assert _folder(Change.deleted, str(tmp_path / "gone")) == str(tmp_path)
    assert _folder(Change.added, str(folder / "a.mp3")) == str(folder)


JPEG = b"\xff\xd8\xff\xe0" + bytes(200)


@pytest.fixture
def covers(qapp, database: Database) -> Iterator[CoverStore]:
    store = CoverStore(database)
    yield store
    store.close()


@pytest.fixture
def cover_keys(database: Database, music: Path, tagged: Tagged) -> list[str]:
    """Keys of four folders' covers, by folder name."""
    for name in "abcd":
        tagged(f"{name}/{name}.flac", f"{name}.flac", title=name)
        (music / name / "cover.jpg").write_bytes(JPEG + name.encode())
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)
    tracks = database.tracks.get([TrackId(number) for number in range(1, 5)])
    return [track.cover_key for track in sorted(tracks, key=lambda track: track.title)]


def test_the_newest_wish_comes_first(qtbot, covers: CoverStore, cover_keys: list[str]) -> None:
    order: list[int] = []
    for at, key in enumerate(cover_keys):
        covers.get(key, lambda _, at=at: order.append(at))
    qtbot.waitUntil(lambda: len(order) == 4, timeout=5_000)
    assert order == [0, 3, 2, 1]


def test_covers_are_kept_until_the_library_changes(
    qtbot, covers: CoverStore, cover_keys: list[str], music: Path
) -> None:
    answers: list[bytes | None] = []

    def ask() -> bytes | None:
        count = len(answers)
        covers.get(cover_keys[0], answers.append)
        qtbot.waitUntil(lambda: len(answers) > count, timeout=5_000)
        return answers[-1]

    assert ask() == JPEG + b"a"
    (music / "a" / "cover.jpg").unlink()
    assert ask() == JPEG + b"a"
    covers.forget()
    assert ask() is None


def test_memory_of_covers_is_bounded(qtbot, covers: CoverStore, cover_keys: list[str], monkeypatch) -> None:
    monkeypatch.setattr("player.library._covers._KEPT_BYTES", 2 * len(JPEG) + 2)
    answers: list[bytes | None] = []
    for key in cover_keys:
        covers.get(key, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 4, timeout=5_000)
    assert len(covers._kept) == 2
    assert covers._kept_bytes == 2 * len(JPEG) + 2


def test_editing_keeps_identity_and_the_next_scan_reads_nothing(
    database: Database, music: Path, tagged: Tagged
) -> None:
    tagged("Band/Record/a.flac", "a.flac")
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)
    edit = edit_tags(database, [TrackId(1)], {"title": ["New"]})
    (after,) = database.tracks.get([TrackId(1)])
    assert (after.title, edit.failed) == ("New", ())
    report = scan(database, [str(music)], processes=1)
    assert (report.added, report.updated) == (0, 0)
    undo_edit(database, edit)
    (before,) = database.tracks.get([TrackId(1)])
    assert (before.title, before.artist, before.album) == ("a", "Band", "Record")


def test_parts_of_a_cue_sheet_are_not_edited(database: Database, music: Path, tagged: Tagged) -> None:
    path = tagged("whole.flac", "a.flac")
    lines = ['FILE "whole.flac" WAVE']
    for number in (1, 2):
        lines += [f"  TRACK 0{number} AUDIO", f"    INDEX 01 00:00:0{number}"]
    (music / "whole.cue").write_text("\n".join(lines))
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)
    data = path.read_bytes()
    edit = edit_tags(database, [TrackId(1), TrackId(2)], {"title": ["New"]})
    assert (edit.before, len(edit.failed)) == ((), 2)
    assert path.read_bytes() == data
    assert sorted(os.listdir(music)) == ["whole.cue", "whole.flac"]


def test_own_stars_follow_an_edit_of_the_rating_and_its_undo(database: Database, music: Path, tagged: Tagged) -> None:
    tagged("a.flac", "a.flac")
    tagged("b.flac", "b.flac")
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)
    database.stars.give({TrackId(1): 2.5})
    edit = edit_tags(database, [TrackId(1), TrackId(2)], {"rating": ["4.5"]})
    assert [track.rating for track in database.tracks.get([TrackId(1), TrackId(2)])] == [0.9, 0.9]
    assert database.stars.all() == {TrackId(1): 4.5}
    again = undo_edit(database, edit)
    assert database.stars.all() == {TrackId(1): 2.5}
    undo_edit(database, again)
    assert database.stars.all() == {TrackId(1): 4.5}
