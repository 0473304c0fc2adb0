"""Small files with tags and covers that would take gigabytes; pipes and devices beside the music."""

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from mutagen import id3

from player.tags import cover, expand_cue, picture_beside, read_track, without_extras
from player.tags._picture import MAX_PICTURE_BYTES
from tests.audio_files import make
from tests.tags.test_cue import WHOLE

resource = pytest.importorskip("resource")

LIMIT = 2 << 30
"""Address space of the reader, bytes."""
ONE_PIXEL = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)


def run_small(script: str, *words: object) -> str:
    """Run Python in a process of its own with little memory; what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*extras: bytes) -> bytes:
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", ONE_PIXEL),
            *extras,
            chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")),
            chunk(b"IEND", b""),
        ]
    )


def unsynchsafe(number: int) -> bytes:
    return bytes((number >> shift) & 127 for shift in (21, 14, 7, 0))


def test_a_compressed_frame_that_unpacks_to_a_gigabyte_is_left_out(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    unpacker = zlib.compressobj(9)
    packed = b"".join([unpacker.compress(b"\x03" + b"a" * (1 << 20)) for _ in range(1 << 10)]) + unpacker.flush()
    body = unsynchsafe(1 << 27) + packed
    frame = b"TIT2" + unsynchsafe(len(body)) + b"\x00\x09" + body
    path.write_bytes(b"ID3\x04\x00\x00" + unsynchsafe(len(frame)) + frame + path.read_bytes())
    script = "import sys; from player.tags import cover, read_track; print(len(read_track(sys.argv[1]).title)); {}"
    assert int(run_small(script.format("print(cover(sys.argv[1]))"), path).split()[0]) < 100


def test_an_ordinary_compressed_frame_is_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    text = b"\x03" + " ".join(f"word {number}" for number in range(300)).encode()
    body = unsynchsafe(len(text)) + zlib.compress(text)
    frame = b"TIT2" + unsynchsafe(len(body)) + b"\x00\x09" + body
    id3.delete(path)
    path.write_bytes(b"ID3\x04\x00\x00" + unsynchsafe(len(frame)) + frame + path.read_bytes())
    assert read_track(str(path)).title.startswith("word 0 word 1")


def test_a_picture_with_nine_hundred_packed_texts_is_shown_without_them(tmp_path: Path) -> None:
    packed = zlib.compress(b"a" * 7_900_000, 9)
    data = png(*(chunk(b"zTXt", b"key %d\0\0" % number + packed) for number in range(900)))
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    script = (
        "import sys; from player.tags import without_extras; from player.ui.covers import decode\n"
        "print(decode(without_extras(open(sys.argv[1], 'rb').read()), 64).isNull())"
    )
    assert run_small(script, path) == "False"


@pytest.mark.parametrize("cut", [9, 15, 30, -1, -20])
def test_a_damaged_picture_loses_what_is_damaged_alone(cut: int) -> None:
    data = png(chunk(b"tEXt", b"a\0b"))
    assert without_extras(without_extras(data)) == without_extras(data) == png()
    assert png().startswith(without_extras(data[:cut]))


def test_a_picture_of_64_million_pixels_is_not_decoded(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = png().replace(chunk(b"IHDR", ONE_PIXEL), chunk(b"IHDR", header))
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    script = (
        "import sys; from player.ui.covers import decode; print(decode(open(sys.argv[1], 'rb').read(), 64).isNull())"
    )
    assert run_small(script, path) == "True"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipes_beside_the_music_are_passed_over(tmp_path: Path) -> None:
    song, sheet = make(tmp_path / "a.mp3"), tmp_path / "a.cue"
    for name in ("cover.jpg", "a.cue", "folder.png"):
        os.mkfifo(tmp_path / name)
    assert picture_beside(str(song)) == ("", "")
    assert cover(str(song)) is None
    (_, problem) = expand_cue(WHOLE, str(sheet))
    assert "not an ordinary file" in problem


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device here")
def test_devices_beside_the_music_are_passed_over(tmp_path: Path) -> None:
    song, sheet = make(tmp_path / "a.mp3"), tmp_path / "a.cue"
    for name in ("cover.jpg", "a.cue"):
        (tmp_path / name).symlink_to("/dev/zero")
    assert picture_beside(str(song)) == ("", "")
    assert "not an ordinary file" in expand_cue(WHOLE, str(sheet))[1]


def test_a_cue_sheet_and_a_cover_without_end_are_refused(tmp_path: Path) -> None:
    song = make(tmp_path / "a.mp3")
    for name, size in (("a.cue", 1 << 31), ("cover.jpg", MAX_PICTURE_BYTES + 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    assert "larger than" in expand_cue(WHOLE, str(tmp_path / "a.cue"))[1]
    assert picture_beside(str(song)) == ("", "")
