"""Damaged, mislabelled and missing files play as far as they can, and nothing stops the player."""

import random
import re
from pathlib import Path

import numpy as np
import pytest

from player.audio import EndCause, Source
from player.audio._decoder import Decoder
from player.audio._file import why
from player.domain import FileError, PlayerState
from tests.audio.sounds import encode, music
from tests.audio.test_decoder import decode


def noise(count, seed=3):
    return random.Random(seed).randbytes(count)


@pytest.fixture
def damaged(pair, tmp_path):
    """Makes a file with one kind of damage."""

    def make(how):
        kind = how.split(".")[1]
        data = bytearray(Path(pair(kind).first).read_bytes())
        half = len(data) // 2
        match how.split(".")[0]:
            case "truncated":
                del data[len(data) * 9 // 10 :]
            case "holed":
                data[half : half + 300] = noise(300)
            case "zeroed":
                data[half : half + 2000] = bytes(2000)
            case "page":
                at = data.find(b"OggS", half)
                data[at : at + 4] = b"XXXX"
            case "headless":
                data[:40] = noise(40)
            case "empty":
                data.clear()
            case "noise":
                data[:] = noise(50_000)
            case "index":
                at = data.find(b"moov")
                data[at : at + 4] = b"free"
        path = tmp_path / how
        path.write_bytes(bytes(data))
        return str(path)

    return make


PLAYABLE = ["truncated.mp3", "truncated.flac", "truncated.wav", "truncated.ogg", "truncated.opus", "holed.flac",
            "holed.mp3", "zeroed.mp3", "page.ogg", "headless.mp3", "index.m4a"]  # fmt: skip
DEAD = ["empty.flac", "empty.mp3", "noise.flac", "noise.ogg", "noise.m4a"]


@pytest.mark.parametrize("how", PLAYABLE)
def test_what_can_be_played_is_played(damaged, how):
    assert len(decode(damaged(how))) > 10_000


@pytest.mark.parametrize("how", DEAD)
def test_what_cannot_be_played_says_why(damaged, how):
    path = damaged(how)
    with pytest.raises(FileError, match=re.escape(path)):
        decode(path)


def test_a_hole_keeps_the_timeline(damaged, pair):
    """What comes after the damage comes when it should."""
    clean, sound = decode(pair("flac").first), decode(damaged("holed.flac"))
    assert abs(len(sound) - len(clean)) <= 4096
    assert np.abs(sound[-9_000:-2_000] - clean[-9_000:-2_000]).max() < 0.01


def test_missing_files_and_folders_are_refused(tmp_path):
    with pytest.raises(FileError, match="it is not there"):
        Decoder(str(tmp_path / "nothing.flac"), None)
    with pytest.raises(FileError, match="it is a folder"):
        Decoder(str(tmp_path), None)


def test_a_file_that_vanishes_in_play_plays_on(pair, deck, tmp_path):
    path = tmp_path / "x.flac"
    path.write_bytes(Path(pair("flac").first).read_bytes())
    engine, tape = deck()
    engine.play(Source(str(path)), 1)
    engine.advance(200)
    path.unlink()
    engine.advance(3000)
    assert tape.endings[1].cause is EndCause.FINISHED


@pytest.mark.parametrize("kind", ["flac", "mp3"])
def test_an_incomplete_file_says_how_much_is_missing(deck, tmp_path, kind, expect_log):
    if kind == "flac":
        expect_log("1 damaged part was passed over")
    path = Path(encode(tmp_path / f"x.{kind}", music(20.0)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    engine, tape = deck()
    engine.play(Source(str(path)), 1)
    engine.advance(12_000, step_ms=100)
    ending = tape.endings[1]
    assert ending.cause is EndCause.FINISHED
    assert re.search(r"it ended (8|9|10|11) s before the end that it states", ending.message)
    assert ("1 damaged part was passed over" in ending.message) is (kind == "flac")


def test_the_player_goes_on_after_each_of_them(damaged, pair, deck, expect_log):
    expect_log("cannot be opened|damaged part|no sound can be recognised")
    files = [damaged(how) for how in PLAYABLE + DEAD]
    engine, tape = deck()
    rest = list(enumerate(files, start=2))

    def follow(*_):
        if rest:
            token, path = rest.pop(0)
            engine.set_next(Source(path), token)

    engine.next_wanted.connect(follow)
    engine.play(Source(pair("flac").first), 1)
    for _ in range(60):
        engine.advance(500, step_ms=50)
    assert engine.state is PlayerState.STOPPED
    assert len(tape.endings) == 1 + len(files)
    causes = [tape.endings[t].cause for t in range(2, 2 + len(files))]
    assert causes == [EndCause.FINISHED] * len(PLAYABLE) + [EndCause.ERROR] * len(DEAD)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "access to it is denied"),
        (MemoryError(), "it asks for more memory than there is"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (ValueError("odd"), "odd"),
    ],
)
def test_reasons_are_words(error, words):
    assert why(error) == words
