"""Scanning: what is found, kept, moved, missing, and reported."""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from player.domain import KnownError, ScanPhase, ScanProgress, ScanReport, TrackQuery, now_ms
from player.library import scan
from player.library._readers import Ask, Failed, Readers
from player.storage import Database
from player.workers import ChildProcess, child_command
from tests.library.conftest import Tagged, retag, touch


@pytest.fixture
def rescan(database: Database, music: Path):
    """Scan the music folder."""
    database.files.add_root(str(music), now_ms())

    def run(*, processes: int = 1) -> ScanReport:
        return scan(database, [str(music)], processes=processes)

    return run


def titles(database: Database) -> list[str]:
    return sorted(track.title for track in database.tracks.get(database.tracks.find(TrackQuery())))


def only_track(database: Database):
    (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
    return track


def test_first_scan_adds_and_second_reads_nothing(database: Database, tagged: Tagged, rescan) -> None:
    tagged("A/one.flac", "a.flac", title="One", artist="X", album="Y")
    tagged("A/two.flac", "b.flac", title="Two", artist="X", album="Y")
    report = rescan()
    assert (report.seen, report.added, report.tracks, report.unreadable) == (2, 2, 2, ())
    assert titles(database) == ["One", "Two"]
    again = rescan()
    assert (again.seen, again.added, again.updated, again.moved, again.missing) == (2, 0, 0, 0, 0)


def test_two_processes_find_the_same(database: Database, tagged: Tagged, rescan, monkeypatch) -> None:
    monkeypatch.setattr("player.library._scan._FEW_FILES", 1)
    for number in range(60):
        tagged(f"{number}.flac", "abcdef"[number % 6] + ".flac", title=f"T{number}")
    assert rescan(processes=2).added == 60


def test_unreadable_files_are_named_and_not_read_again(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("good.flac", title="Good")
    (music / "empty.mp3").touch()
    (music / "noise.ogg").write_bytes(b"noise" * 100)
    (music / "notes.txt").write_text("not music")
    report = rescan()
    assert (report.seen, report.added) == (3, 1)
    assert {os.path.basename(file.path): file.why for file in report.unreadable} == {
        "empty.mp3": "The file is empty.",
        "noise.ogg": "No sound was found in it: the file is damaged, incomplete or not what its name says.",
    }
    (music / "noise.ogg").chmod(0)
    assert rescan().unreadable == report.unreadable


def test_repaired_file_is_read(music: Path, tagged: Tagged, rescan) -> None:
    broken = music / "a.flac"
    broken.write_bytes(b"noise")
    assert len(rescan().unreadable) == 1
    tagged("a.flac", title="Repaired")
    report = rescan()
    assert (report.added, report.unreadable) == (1, ())


def test_retagged_file_is_updated(database: Database, tagged: Tagged, rescan) -> None:
    path = tagged("a.flac", title="Old")
    rescan()
    before = only_track(database)
    retag(path, title="New")
    report = rescan()
    assert (report.updated, report.added) == (1, 0)
    assert only_track(database).title == "New"
    assert only_track(database).id == before.id


def test_renamed_folder_keeps_its_tracks(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("Old name/a.flac", title="A")
    rescan()
    before = only_track(database)
    (music / "Old name").rename(music / "New name")
    report = rescan()
    assert (report.moved, report.added, report.missing, report.tracks) == (1, 0, 0, 1)
    assert only_track(database).id == before.id


def test_moved_and_retagged_at_once(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    path = tagged("a.flac", title="A")
    rescan()
    before = only_track(database)
    (music / "Sub").mkdir()
    retag(path.rename(music / "Sub" / "b.flac"), title="Other", artist="Someone")
    assert rescan().moved == 1
    assert only_track(database).id == before.id


def test_two_files_swapped(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    first, second = tagged("a.flac", "a.flac", title="A"), tagged("b.flac", "b.flac", title="Bee")
    rescan()
    before = {track.title: track.id for track in database.tracks.get(database.tracks.find(TrackQuery()))}
    first.rename(music / "c")
    second.rename(first)
    (music / "c").rename(second)
    touch(first)
    report = rescan()
    after = {track.title: track.id for track in database.tracks.get(database.tracks.find(TrackQuery()))}
    assert (report.added, report.missing) == (0, 0)
    assert after == before


def test_vanished_and_back(database: Database, tagged: Tagged, rescan) -> None:
    path = tagged("a.flac", title="A")
    tagged("b.flac", "b.flac", title="B")
    rescan()
    data = path.read_bytes()
    status = path.stat()
    path.unlink()
    report = rescan()
    assert (report.seen, report.missing, report.vanished, report.tracks) == (1, 1, 1, 2)
    report = rescan()
    assert (report.missing, report.vanished) == (1, 0)
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    report = rescan()
    assert (report.missing, report.updated, report.added) == (0, 1, 0)


def test_absent_root_keeps_its_tracks(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("a.flac", title="A")
    rescan()
    music.rename(music.with_name("away"))
    report = rescan()
    assert (report.seen, report.missing) == (0, 0)
    assert [problem.path for problem in report.problems] == [str(music)]
    assert "drive" in report.problems[0].why
    music.mkdir()  # an empty mount point
    assert rescan().missing == 0
    assert only_track(database).missing is False


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_closed_folder_keeps_its_tracks(music: Path, tagged: Tagged, rescan) -> None:
    tagged("Closed/a.flac", title="A")
    tagged("b.flac", "b.flac", title="B")
    rescan()
    (music / "Closed").chmod(0)
    report = rescan()
    (music / "Closed").chmod(0o755)
    assert report.missing == 0
    assert [problem.path for problem in report.problems] == [str(music / "Closed")]


def test_cancelled_scan_goes_on(database: Database, music: Path, tagged: Tagged, monkeypatch) -> None:
    monkeypatch.setattr("player.library._readers.BATCH", 5)
    monkeypatch.setattr("player.library._scan.WRITE_BATCH", 5)
    for number in range(30):
        tagged(f"{number:02}.flac", "abcdef"[number % 6] + ".flac", title=f"T{number}")
    database.files.add_root(str(music), now_ms())
    seen: list[ScanProgress] = []
    report = scan(
        database,
        [str(music)],
        processes=1,
        progress=seen.append,
        cancelled=lambda: database.tracks.count() > 0,
    )
    assert report.cancelled
    assert 0 < report.tracks < 30
    report = scan(database, [str(music)], processes=1)
    assert (report.tracks, report.cancelled) == (30, False)


def test_progress_tells_phases_and_totals(database: Database, music: Path, tagged: Tagged) -> None:
    for name in "abc":
        tagged(f"{name}.flac", f"{name}.flac")
    seen: list[ScanProgress] = []
    scan(database, [str(music)], progress=seen.append)
    assert [at.phase for at in seen][:2] == [ScanPhase.WALKING, ScanPhase.READING]
    assert (seen[-2].done, seen[-2].total) == (3, 3)
    assert seen[-1].phase is ScanPhase.FINISHING
    again: list[ScanProgress] = []
    scan(database, [str(music)], progress=again.append)
    assert (again[0].phase, again[0].done, again[0].total) == (ScanPhase.WALKING, 1, 3)


def test_one_file_under_two_roots(database: Database, music: Path, tagged: Tagged) -> None:
    tagged("Sub/a.flac")
    report = scan(database, [str(music / "Sub"), str(music), str(music)])
    assert (report.seen, report.added) == (1, 1)


def test_name_that_is_not_unicode(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    path = os.fsencode(str(tagged("a.flac", title="Raw")))
    os.rename(path, path.replace(b"a.flac", b"caf\xe9.flac"))
    assert rescan().added == 1
    assert only_track(database).path.endswith("caf\udce9.flac")
    assert rescan().seen == 1


def test_unreadable_name_that_is_not_unicode(music: Path, rescan) -> None:
    with open(os.fsencode(str(music)) + b"/caf\xe9.mp3", "wb"):
        pass
    assert len(rescan().unreadable) == 1
    assert len(rescan().unreadable) == 1


CUE = """PERFORMER "Band"
TITLE "Concert"
FILE "whole.flac" WAVE
  TRACK 01 AUDIO
    TITLE "First"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Second"
    INDEX 01 00:00:07
"""


def test_cue_sheet_makes_tracks(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("whole.flac")
    (music / "whole.cue").write_text(CUE)
    report = rescan()
    assert (report.seen, report.added, report.tracks) == (1, 2, 2)
    assert rescan().updated == 0
    (music / "whole.cue").write_text(CUE.replace("Second", "Encore"))
    touch(music / "whole.cue")
    assert rescan().updated == 2
    assert titles(database) == ["Encore", "First"]


def test_cue_sheet_in_the_tags_makes_tracks(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("whole.flac", title="Whole", cuesheet=CUE)
    report = rescan()
    assert (report.seen, report.added, report.tracks, report.problems) == (1, 2, 2, ())
    assert rescan().updated == 0
    assert titles(database) == ["First", "Second"]
    (music / "whole.cue").write_text(CUE.replace("Second", "Encore"))  # the one beside it is newer
    assert rescan().updated == 2
    assert titles(database) == ["Encore", "First"]


def test_damaged_cue_sheet_in_the_tags_is_reported(music: Path, tagged: Tagged, rescan) -> None:
    path = tagged("whole.flac", title="Whole", cuesheet='FILE "whole.flac" WAVE\n  TRACK 01 AUDIO')
    report = rescan()
    assert (report.tracks, [problem.path for problem in report.problems]) == (1, [str(path)])


def test_cover_beside_that_comes_later_is_seen(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("A/a.flac", title="A")
    tagged("B/b.flac", "b.flac", title="B")
    rescan()
    (music / "A" / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert rescan().updated == 1
    tracks = {track.title: track for track in database.tracks.get(database.tracks.find(TrackQuery()))}
    assert tracks["A"].cover_key is not None
    assert tracks["B"].cover_key is None
    assert rescan().updated == 0
    (music / "A" / "cover.jpg").unlink()
    assert rescan().updated == 1
    assert rescan().updated == 0


def test_damaged_cue_sheet_is_reported(database: Database, music: Path, tagged: Tagged, rescan) -> None:
    tagged("whole.flac", title="Whole")
    (music / "whole.cue").write_text(CUE.replace("00:00:07", "99:99:99"))
    report = rescan()
    assert (report.added, report.unreadable) == (1, ())
    assert [problem.path for problem in report.problems] == [str(music / "whole.cue")]
    assert titles(database) == ["Whole"]


FRAGILE = """
import json, os, sys, time
for line in sys.stdin:
    path = json.loads(line)["path"]
    if "crash" in path: os._exit(9)
    if "hang" in path: time.sleep(3600)
    print(json.dumps({"path": path, "why": "fine"}), flush=True)
"""


@pytest.mark.parametrize("processes", [1, 2])
def test_crash_and_hang_cost_one_file_each(processes: int) -> None:
    paths = ["a", "crash 1", "b", "hang", "c", "crash 2", "crash 3", "d"]
    readers = Readers(processes, command=[sys.executable, "-c", FRAGILE], watchdog_s=1)
    answers = [answer for group in readers.read(Ask(path, "") for path in paths) for answer in group]
    assert {answer.path for answer in answers} == set(paths)
    failed = {answer.path: answer.why for answer in answers if isinstance(answer, Failed) and answer.why != "fine"}
    assert failed.keys() == {"crash 1", "crash 2", "crash 3", "hang"}
    assert failed["hang"] != failed["crash 1"]


def test_a_reader_that_dies_by_accident_costs_nothing(tmp_path: Path) -> None:
    code = FRAGILE.replace(
        'if "crash" in path: os._exit(9)', "if not os.path.exists(path): open(path, 'w'); os._exit(9)"
    )
    paths = [str(tmp_path / name) for name in "abc"]
    readers = Readers(1, command=[sys.executable, "-c", code])
    answers = [answer for group in readers.read(Ask(path, "") for path in paths) for answer in group]
    assert [answer.why for answer in answers if isinstance(answer, Failed)] == ["fine"] * 3


def test_ctrl_c_is_not_for_the_readers(music: Path, tagged: Tagged) -> None:
    path = tagged("a.flac", title="A")
    with ChildProcess(child_command("player.tags"), name="tags") as child:
        child.send(json.dumps(str(path)))
        first = child.receive(20)
        os.kill(child.pid, signal.SIGINT)
        child.send(json.dumps(str(path)))
        assert child.receive(20) == first


def test_child_that_cannot_start_is_said() -> None:
    with pytest.raises(KnownError, match="child process"):
        list(Readers(1, command=["/no/such/program"]).read([Ask("a", "")]))


def test_report_is_json(music: Path, rescan) -> None:
    (music / "empty.mp3").touch()
    document = json.loads(json.dumps(asdict(rescan())))
    assert document["unreadable"] == [{"path": str(music / "empty.mp3"), "why": "The file is empty."}]
