"""Whose fault it is that a track did not play."""

import os
import sys
from pathlib import Path

import pytest

from player.domain import Ms, Track, TrackId
from player.library import _playable
from player.library._probe import Probe
from tests.audio_files import make
from tests.library.conftest import Tagged


def track(path: Path, **facts: object) -> Track:
    return Track(TrackId(1), os.fspath(path), "x", **facts)


def why_unplayable(track: Track) -> str | None:
    return _playable.why_unplayable(track, Probe())


def test_a_sound_file_is_not_to_blame(tagged: Tagged) -> None:
    assert why_unplayable(track(tagged("a.flac"))) is None


def test_damage_has_a_reason(music: Path) -> None:
    noise = music / "noise.flac"
    noise.write_bytes(b"fLaC" + bytes(range(256)) * 40)
    empty = music / "empty.mp3"
    empty.touch()
    assert why_unplayable(track(noise))
    assert why_unplayable(track(empty))


def test_a_part_behind_the_end_of_its_file_is_damaged(music: Path) -> None:
    path = make(music / "short.flac", seconds=1.0)
    assert why_unplayable(track(path, start_ms=Ms(500), end_ms=Ms(900))) is None
    assert why_unplayable(track(path, start_ms=Ms(60_000), end_ms=Ms(90_000)))


def test_what_has_gone_or_cannot_be_read_is_not_damaged(music: Path) -> None:
    assert why_unplayable(track(music / "gone.flac")) is None
    (music / "folder.flac").mkdir()
    assert why_unplayable(track(music / "folder.flac")) is None


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that gives an I/O error")
def test_an_error_of_the_disk_is_not_damage(music: Path) -> None:
    link = music / "bad sector.flac"
    link.symlink_to("/proc/self/mem")
    with pytest.raises(OSError, match="Input/output"), link.open("rb") as file:
        file.read(1)
    assert why_unplayable(track(link)) is None


def test_a_question_that_is_stopped_has_no_answer(tagged: Tagged) -> None:
    probe = Probe()
    probe.stop()
    with pytest.raises(InterruptedError):
        probe.peaks(str(tagged("a.flac")), 10)
    assert _playable.why_unplayable(track(tagged("a.flac")), probe) is None
