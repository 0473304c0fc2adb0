"""Reading whole files: facts, what is unreadable and why, damage, and the child process."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import av
import mutagen
import pytest

from player.domain import FileError, ScannedTrack
from player.tags import AUDIO_SUFFIXES, from_plain, read_track, to_plain
from player.tags.read._stream import duration_ms
from tests.audio_files import ENCODED, FORMATS, encode, make, samples
from tests.tags._files import id3_file, text

FACTS = {
    "mp3": ("mp3", False),
    "mp2": ("mp2", False),
    "flac": ("flac", True),
    "ogg": ("vorbis", False),
    "oga": ("flac", True),
    "opus": ("opus", False),
    "m4a": ("aac", False),
    "alac.m4a": ("alac", True),
    "wav": ("wav", True),
    "aiff": ("aiff", True),
    "wv": ("wavpack", True),
    "tta": ("tta", True),
    "wma": ("wma", False),
    "aac": ("aac", False),
    "ac3": ("ac3", False),
    "mka": ("flac", True),
    "ape": ("ape", True),
    "mpc": ("musepack", False),
    "dsf": ("dsf", True),
    "dff": ("dff", True),
    "ofr": ("optimfrog", True),
    "tak": ("tak", True),
    "spx": ("speex", False),
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_facts(tmp_path: Path, suffix: str) -> None:
    track = read_track(str(make(tmp_path / f"a.{suffix}")))
    assert (track.format, track.lossless) == FACTS[suffix]
    assert 450 <= track.duration_ms <= 600
    assert track.title == Path(f"a.{suffix}").stem
    assert track.size == (tmp_path / f"a.{suffix}").stat().st_size
    assert track.sample_rate in (16_000, 44_100, 48_000, 2_822_400)
    assert track.bitrate


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_found_by_a_scan(suffix: str) -> None:
    assert "." + suffix.rpartition(".")[2] in AUDIO_SUFFIXES


def test_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    for suffix in ("flac", "ogg", "m4a", "wav", "wv"):
        path = make(tmp_path / f"{suffix}.mp3", suffix=suffix)
        assert read_track(str(path)).format == FACTS[suffix][0]


def test_id3_before_a_format_that_has_none(tmp_path: Path) -> None:
    for suffix in ("ape", "wv", "m4a", "ac3", "flac"):
        path = make(tmp_path / f"a.{suffix}")
        plain = read_track(str(path))
        tagged = id3_file(tmp_path / "tag.mp3", text("TIT2", "From ID3"))
        data = (tmp_path / "tag.mp3").read_bytes()
        size = tagged.size - len(make(tmp_path / "bare.mp3").read_bytes()) + 45  # at least the tag
        end = data.index(b"\xff\xfb") if b"\xff\xfb" in data else size
        path.write_bytes(data[:end] + path.read_bytes())
        track = read_track(str(path))
        assert (track.format, track.duration_ms) == (plain.format, plain.duration_ms)
        assert track.title == "From ID3"


def unreadable(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_track(str(path))
    assert caught.value.path == str(path)
    return caught.value.why


def test_unreadable_files_say_why(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "noise.flac").write_bytes(b"noise" * 1_000)
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "loop.mp3").symlink_to(tmp_path / "loop.mp3")
    assert unreadable(tmp_path / "empty.mp3") == "The file is empty."
    assert "No sound" in unreadable(tmp_path / "noise.flac")
    assert "not an ordinary file" in unreadable(tmp_path / "folder.mp3")
    assert "not there" in unreadable(tmp_path / "gone.mp3")
    assert "link" in unreadable(tmp_path / "loop.mp3")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    assert "not an ordinary file" in unreadable(tmp_path / "pipe.mp3")


def test_video_is_no_music(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as output:
        picture = output.add_stream("mpeg4", rate=10)
        picture.width, picture.height = 32, 32
        output.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
        output.mux(picture.encode(None))
    assert unreadable(path) == "It is a video."
    encode(tmp_path / "song.mp4", samples(0.3, 44_100, 1), "aac", "mp4", 44_100)
    assert read_track(str(tmp_path / "song.mp4")).format == "aac"


def test_damaged_tag_does_not_cost_the_file(tmp_path: Path) -> None:
    """FFmpeg reads what mutagen stumbles over."""
    path = make(tmp_path / "01 - Song.flac")
    media = mutagen.File(path)
    media["title"] = "Lost"
    media.save()
    data = bytearray(path.read_bytes())
    at = data.index(b"title=Lost")
    data[at - 4 : at] = b"\xff\xff\xff\x7f"  # a length that cannot be
    path.write_bytes(data)
    with pytest.raises(mutagen.MutagenError):
        mutagen.File(path)
    track = read_track(str(path))
    assert (track.title, track.format) == ("Song", "flac")


@pytest.mark.parametrize("suffix", ENCODED)
def test_truncated_and_damaged_files_never_crash(tmp_path: Path, suffix: str) -> None:
    data = make(tmp_path / f"whole.{suffix}").read_bytes()
    choose = random.Random(suffix)
    path = tmp_path / f"a.{suffix}"
    for _ in range(12):
        damaged = bytearray(data[: choose.randrange(1, len(data))])
        for _ in range(choose.randrange(0, 8)):
            damaged[choose.randrange(min(len(damaged), 400))] = choose.randrange(256)
        path.write_bytes(damaged)
        try:
            track = read_track(str(path))
        except FileError as error:
            assert error.why
        else:
            assert isinstance(track, ScannedTrack)
            assert 0 <= track.duration_ms < 8 * 86_400_000
            json.dumps(to_plain(track))


def test_absurd_lengths_are_unknown() -> None:
    assert duration_ms(3.5, 1_000) == 3_500
    for seconds in (0, -1, float("nan"), float("inf"), 1e9, None, "3"):
        assert duration_ms(seconds, 10**9) == 0
    assert duration_ms(86_400, 1_000) == 0


def test_wire_keeps_everything(tmp_path: Path) -> None:
    track = id3_file(
        tmp_path / "a.mp3", text("TIT2", "Tïtle"), text("TPE1", "A", "B"), text("TXXX:replaygain_track_gain", "-3")
    )
    assert from_plain(json.loads(json.dumps(to_plain(track)))) == track


def child(lines: list[object]) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "player.tags"]
    asked = "".join(json.dumps(line) + "\n" for line in lines)
    answer = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=60)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_child_answers_in_order(tmp_path: Path) -> None:
    good = make(tmp_path / "Band" / "a.mp3")
    raw = os.fsdecode(os.fsencode(str(tmp_path)) + b"/caf\xe9.flac")
    Path(raw).write_bytes(make(tmp_path / "b.flac").read_bytes())
    answers = child([str(good), {"path": str(tmp_path / "gone.mp3")}, {"path": raw, "root": str(tmp_path)}])
    assert from_plain(answers[0]["track"]) == read_track(str(good))
    assert answers[1] == {"path": str(tmp_path / "gone.mp3"), "why": "The file is not there any more.", "passing": True}
    assert answers[2]["path"] == raw
    assert from_plain(answers[2]["track"]).path == raw


def test_reading_does_not_load_qt_or_ffmpeg() -> None:
    code = "import player.tags.__main__, sys; print([name for name in sys.modules if name.split('.')[0] in %r])"
    heavy = ("PySide6", "av", "numpy", "sqlalchemy")
    answer = subprocess.run(
        [sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "[]"


def test_riff_info(tmp_path: Path) -> None:
    path = make(tmp_path / "a.wav")
    items = b"".join(
        name + len(value).to_bytes(4, "little") + value + b"\0" * (len(value) % 2)
        for name, value in ((b"INAM", b"Caf\xe9\0"), (b"IART", b"Someone"), (b"ITRK", b"4"), (b"XXXX", b"no"))
    )
    chunk = b"LIST" + (len(items) + 4).to_bytes(4, "little") + b"INFO" + items
    data = path.read_bytes()
    path.write_bytes(b"RIFF" + (len(data) - 8 + len(chunk)).to_bytes(4, "little") + data[8:] + chunk)
    track = read_track(str(path))
    assert (track.title, track.artists, track.track_no) == ("Café", ("Someone",), 4)
