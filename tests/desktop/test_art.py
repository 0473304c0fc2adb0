"""Covers as files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.desktop import ArtFiles
from player.desktop import _art as art_module
from player.domain import Track, TrackId
from player.workers import Lane
from tests.bed.logs import ExpectLog

COVERS = {"red": b"a red picture", "blue": b"a blue picture"}


def fetch(key: str, done: Callable[[bytes | None], None]) -> None:
    done(COVERS.get(key))


def track(cover_key: str | None) -> Track:
    return Track(TrackId(1), "/a.flac", "a", cover_key=cover_key)


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test files")
    yield lane
    lane.close()


def test_a_cover_becomes_a_file_once(tmp_path: Path, lane: Lane, qtbot: QtBot) -> None:
    art = ArtFiles(tmp_path / "art", fetch, lane)
    with qtbot.waitSignal(art.ready) as ready:
        assert art.file(track("red")) == ""
        art.file(track("red"))
    assert ready.args == ["red"]
    assert Path(art.file(track("red"))).read_bytes() == b"a red picture"


def test_no_cover_is_no_file(tmp_path: Path, lane: Lane) -> None:
    art = ArtFiles(tmp_path / "art", fetch, lane)
    assert art.file(track(None)) == art.file(track("nowhere")) == ""


def test_old_covers_go(tmp_path: Path, lane: Lane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(art_module, "MOST_FILES", 1)
    art = ArtFiles(tmp_path / "art", fetch, lane)
    for key in ("red", "blue"):
        with qtbot.waitSignal(art.ready):
            art.file(track(key))
    assert len(list((tmp_path / "art").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_only_logged(
    tmp_path: Path, lane: Lane, qtbot: QtBot, expect_log: ExpectLog
) -> None:
    expect_log("a cover cannot be kept")
    (tmp_path / "art").write_text("a file")
    art = ArtFiles(tmp_path / "art", fetch, lane)
    with qtbot.assertNotEmitted(art.ready, wait=100):
        assert art.file(track("red")) == ""
