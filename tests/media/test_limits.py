"""How much of a file is read, and how much memory a frame may take."""

from pathlib import Path

import pytest

from player.audio._decoder import Decoder
from player.domain import FileError
from player.media import Media, ReadLimitError, open_file
from player.tags import read_track
from tests.audio.sounds import RATE, encode, music
from tests.audio.test_decoder import decode

HUGE = 2_000_000_000


def zeros(path: Path, size: int = HUGE, start: bytes = b"") -> Path:
    """A file that is mostly a hole."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


def test_gigabytes_without_sound_are_given_up(tmp_path):
    path = zeros(tmp_path / "a.mp3")
    with open_file(str(path)) as file:
        with pytest.raises(ReadLimitError, match="nothing is found in 256 MB"):
            Media(file)
        assert file.tell() < HUGE / 4
    with pytest.raises(FileError, match="No sound was found in it"):
        read_track(str(path))


def test_sound_before_gigabytes_of_nothing_is_played(tmp_path):
    sound = Path(encode(tmp_path / "a.mp3", music(2.0))).read_bytes()
    decoder = Decoder(str(zeros(tmp_path / "b.mp3", start=sound)), None)
    frames = 0
    while (block := decoder.read()) is not None:
        frames += len(block)
    assert frames == pytest.approx(2 * RATE, abs=3_000)
    assert decoder.errors == 1
    decoder.close()


def test_a_frame_longer_than_any_real_one_is_not_decoded(tmp_path, monkeypatch):
    monkeypatch.setattr("player.audio._file.MAX_FRAME_SAMPLES", 1_000)
    with pytest.raises(FileError, match="nothing in it can be decoded"):
        decode(encode(tmp_path / "a.alac.m4a", music(0.5)))
