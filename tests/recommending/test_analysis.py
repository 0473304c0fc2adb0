"""Listening to tracks in a child process."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain import ModelError, ScannedTrack, Track, now_ms
from player.recommending import Analysis, BackgroundAnalysis, Gate, analyze
from player.recommending import _analysing as analysing
from player.recommending.analysis import main
from player.storage import Database
from player.workers import Lane
from tests.bed.logs import ExpectLog
from tests.playback.playing import tone


def take_in(database: Database, path: Path) -> Track:
    """A file in the library."""
    track = ScannedTrack(str(path), 1, 1, audio_key=f"key of {path.name}", title=path.stem, duration_ms=4_000)
    database.tracks.write_scan([track], now_ms())
    found = database.tracks.by_path(str(path))
    assert found is not None
    return found


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Database:
    """Two tracks that sound and one that does not."""
    for number in range(2):
        take_in(database, tone(tmp_path / f"{number}.wav", 4_000))
    (tmp_path / "broken.wav").write_bytes(b"no sound")
    take_in(database, tmp_path / "broken.wav")
    return database


def test_every_track_is_listened_to_once(library: Database) -> None:
    done: list[tuple[int, int]] = []
    report = analyze(library, progress=lambda *at: done.append(at))
    assert (report.analysed, report.remaining) == (2, 0)
    assert [Path(file.path).name for file in report.failed] == ["broken.wav"]
    assert done == [(1, 3), (2, 3), (3, 3)]
    content = library.features.get("key of 0.wav")
    loudness = library.features.loudness("key of 0.wav")
    assert content is not None
    assert content.vector is not None
    assert content.vector.shape == (200,)
    assert content.tags
    assert loudness is not None
    assert loudness.lufs == pytest.approx(-18.7, abs=0.5)  # a sine at -18.3 dBFS, the same on both sides
    again = analyze(library)
    assert (again.analysed, again.failed) == (0, ())


def test_it_goes_on_where_it_was_stopped(library: Database) -> None:
    heard: list[int] = []
    report = analyze(library, progress=lambda done, _total: heard.append(done), cancelled=lambda: bool(heard))
    assert report.cancelled
    assert report.analysed + len(report.failed) == 1
    assert report.remaining == 2
    assert analyze(library, limit=1).remaining == 1


def test_it_can_be_stopped_in_the_middle(library: Database) -> None:
    rounds: list[Analysis] = []
    rounds.append(Analysis(library, progress=lambda _done, _total: rounds[0].stop()))
    report = rounds[0].run()
    assert report.cancelled
    assert report.remaining == 2
    assert Analysis(library).run().remaining == 0


def test_a_model_that_is_not_there_is_said(library: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(analysing, "shipped", lambda *_parts: tmp_path / "nothing.onnx")
    with pytest.raises(ModelError, match="cannot be used"):
        analyze(library)


def test_a_file_that_kills_the_child_costs_only_itself(
    library: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("0.wav failed")
    child = tmp_path / "child.py"
    child.write_text(
        "import json, sys\n"
        "print('{}', flush=True)\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        "    if asked['path'].endswith('0.wav'): sys.exit('killed')\n"
        "    print(json.dumps({'key': asked['key'], 'content_problem': 'silence'}), flush=True)\n"
    )
    monkeypatch.setattr(analysing, "child_command", lambda _module: [sys.executable, str(child)])
    report = analyze(library)
    assert (len(report.failed), report.remaining) == (3, 0)


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test storage")
    yield lane
    lane.close()


def test_the_background_listens_until_all_is_heard(library: Database, lane: Lane, qtbot: QtBot) -> None:
    background = BackgroundAnalysis(library, lane, gate=Gate(mains=lambda: True))
    with qtbot.waitSignal(background.heard, timeout=30_000) as heard:
        background.look()
    background.close()
    assert heard.args[0].analysed == 2


def test_on_battery_nothing_is_listened_to(library: Database, lane: Lane, qtbot: QtBot) -> None:
    background = BackgroundAnalysis(library, lane, gate=Gate(mains=lambda: False))
    with qtbot.assertNotEmitted(background.heard, wait=50):
        background.look()
    background.close()


def test_the_child_wants_one_argument_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["one.onnx", "two.onnx"]) == 2
    assert "one argument" in capsys.readouterr().err


def test_requests_survive_any_file_name(library: Database) -> None:
    track = Track(library.tracks.get([1])[0].id, "/caf\udce9.wav", "x", audio_key="k")
    asked = analysing.Wanted(track, content=True, loudness=False).request()
    assert json.loads(asked)["path"] == "/caf\udce9.wav"
