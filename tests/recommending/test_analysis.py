"""Listening to tracks in a child process."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain import ModelError, ScannedTrack, Track, TrackId, TrackQuery, now_ms
from player.playback import PlayQueue
from player.recommending import Analysis, AnalysisReport, BackgroundAnalysis, Gate, analyze
from player.recommending import _analysing as analysing
from player.recommending import _background_analysis as background_analysis
from player.recommending.analysis import main
from player.storage import Database
from player.workers import Lane
from tests.bed.logs import ExpectLog
from tests.playback.playing import tone


def take_in(database: Database, path: Path) -> Track:
    """A file in the library."""
    track = ScannedTrack(str(path), 1, 1, audio_key=f"key of {path.name}", title=path.stem, duration_ms=4_000)
    database.files.write_scan([track], now_ms())
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


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A stand-in for the sound model that writes down what it was asked, and answers at once."""
    asked = tmp_path / "asked.txt"
    code = tmp_path / "child.py"
    code.write_text(
        "import base64, json, sys\n"
        "print('{}', flush=True)\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        f"    print(asked['path'], file=open({str(asked)!r}, 'a'))\n"
        "    vector = base64.b64encode(bytes(800)).decode()\n"
        "    print(json.dumps({'key': asked['key'], 'vector': vector, 'tags': [], 'tempo': None, 'musical_key': '',"
        " 'lufs': -18.0, 'peak': 0.5}), flush=True)\n"
    )
    asked.write_text("")
    monkeypatch.setattr(analysing, "child_command", lambda _module: [sys.executable, str(code)])
    return asked


def fill(database: Database, artists: int, of_each: int) -> None:
    """Tracks in the order of their artists."""
    database.files.write_scan(
        [
            ScannedTrack(
                f"/m/{artist:02d}/{number:02d}.flac",
                1,
                1,
                audio_key=f"{artist} {number}",
                title=f"Song {artist} {number}",
                artists=(f"Artist {artist}",),
                duration_ms=200_000,
            )
            for artist in range(artists)
            for number in range(of_each)
        ],
        now_ms(),
    )


def used(*, mains: bool = True) -> Gate:
    """Somebody uses the computer."""
    return Gate(lambda: 0, mains=lambda: mains)


def test_the_background_analyses_all_there_is(library: Database, lane: Lane, qtbot: QtBot) -> None:
    background = BackgroundAnalysis(library, lane, gate=used())
    with qtbot.waitSignal(background.analysed, timeout=60_000) as analysed:
        background.look()
    background.close()
    assert analysed.args[0].analysed == 2
    assert background.done_of == (3, 3)


def test_what_follows_comes_first_and_then_artist_after_artist(
    database: Database, lane: Lane, qtbot: QtBot, child: Path
) -> None:
    fill(database, 12, 4)
    queue = PlayQueue()
    last = database.tracks.find(TrackQuery())[-3:]
    queue.add([TrackId(key) for key in last])
    background = BackgroundAnalysis(database, lane, gate=used(), queue=queue)
    told: list[tuple[int, int]] = []
    background.progress.connect(lambda *at: told.append(at))
    batches: list[AnalysisReport] = []
    background.analysed.connect(batches.append)
    with qtbot.waitSignal(background.running_changed, check_params_cb=lambda running: not running, timeout=30_000):
        background.start()
    background.close()
    asked = child.read_text().split()
    assert asked[:3] == [track.path for track in database.tracks.get(last)]
    assert len({Path(path).parent.name for path in asked[3:13]}) == 10
    assert sorted(asked) == sorted({track.path for track in database.tracks.get(database.tracks.find(TrackQuery()))})
    assert [batch.analysed for batch in batches] == [10, 10, 10, 10, 8]
    assert (0, 48) in told
    assert told[-1] == background.done_of == (48, 48)


@pytest.mark.parametrize(("mains", "share"), [(True, 30), (False, 20)])
def test_while_somebody_uses_the_computer_a_share_is_analysed(
    database: Database, lane: Lane, qtbot: QtBot, child: Path, monkeypatch: pytest.MonkeyPatch, mains: bool, share: int
) -> None:
    monkeypatch.setattr(background_analysis, "FIRST_SHARE", 30)
    fill(database, 12, 4)
    background = BackgroundAnalysis(database, lane, gate=used(mains=mains))
    with qtbot.waitSignal(background.running_changed, check_params_cb=lambda running: not running, timeout=30_000):
        background.start()
    background.close()
    assert background.done_of == (share, 48)


def test_the_rest_waits_until_nobody_uses_the_computer(
    database: Database, lane: Lane, qtbot: QtBot, child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_analysis, "FIRST_SHARE", 10)
    fill(database, 6, 4)
    idle = [0]
    background = BackgroundAnalysis(database, lane, gate=Gate(lambda: idle[0], mains=lambda: True))
    rests = {"check_params_cb": lambda running: not running, "timeout": 30_000}
    with qtbot.waitSignal(background.running_changed, **rests):
        background.start()
    assert background.done_of == (10, 24)
    idle[0] = 3_600_000
    with qtbot.waitSignal(background.running_changed, **rests):
        background.look()
    background.close()
    assert background.done_of == (24, 24)
    assert database.features.lacking_loudness(100) == []


def test_of_ten_that_follow_each_sound_is_analysed_once(database: Database) -> None:
    fill(database, 2, 2)
    ids = [TrackId(key) for key in database.tracks.find(TrackQuery())]
    found = database.features.lacking_among([ids[2], ids[0], ids[2], TrackId(99)], "any")
    assert [track.id for track in found] == [ids[2], ids[0]]


def test_the_child_wants_one_argument_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["one.onnx", "two.onnx"]) == 2
    assert "one argument" in capsys.readouterr().err


def test_requests_survive_any_file_name(library: Database) -> None:
    track = Track(library.tracks.get([1])[0].id, "/caf\udce9.wav", "x", audio_key="k")
    asked = analysing.Wanted(track, content=True, loudness=False).request()
    assert json.loads(asked)["path"] == "/caf\udce9.wav"
