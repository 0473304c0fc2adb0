"""Small files that would take gigabytes, and files that would never end: refused at once, in little memory."""

import json
import os
import pickle
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest

from player.domain import FileError
from player.importing import _records, read_history

resource = pytest.importorskip("resource")

LIMIT = 2 << 30
"""Address space of the reader, bytes; what the interpreter and its libraries map is in it."""


def read_within_limit(path):
    """Read a history in a process of its own with little memory; what it says."""
    script = (
        "import sys; from pathlib import Path; from player.domain import FileError\n"
        "from player.importing import read_history\n"
        "try: read_history(Path(sys.argv[1]))\n"
        "except FileError as error: print('refused', error.why)\n"
        "else: print('read')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def doubled(opcodes, depth):
    """A pickle whose value holds the one before it twice, `depth` times over."""
    out = b"\x80\x02]q\x00"
    for level in range(depth):
        out += opcodes[0] + b"h" + bytes([level]) + b"h" + bytes([level]) + opcodes[1] + b"q" + bytes([level + 1])
    return out + b"."


PICKLES = {
    "a memo index of 402 million": b"\x80\x02Nr\x00\x00\x00\x18]q\x01.",
    "a memo index of 4 thousand million": b"\x80\x02Nr\xff\xff\xff\xff.",
    "lists in lists": doubled((b"](", b"e"), 200),
    "tuples in tuples": doubled((b"", b"\x86"), 200),
    "a byte array of 4 GB": b"\x80\x05\x96" + (4 << 30).to_bytes(8, "little") + b".",
    "a text of 4 GB": b"\x80\x04\x8d" + (4 << 30).to_bytes(8, "little") + b"a.",
    "a number of 2 GB": b"\x80\x02\x8b\xff\xff\xff\x7f1.",
    "copies of a large dict": b"\x80\x02}q\x00("
    + b"".join(b"X\x06\x00\x00\x00%06dN" % number for number in range(20_000))
    + b"u"
    + b"c__builtin__\ndict\nh\x00\x85R" * 2_000
    + b".",
    "copies of a large text": b"\x80\x02X\x00\x00\x10\x00"
    + b"a" * (1 << 20)
    + b"q\x00"
    + b"c_codecs\nencode\nh\x00X\x06\x00\x00\x00latin1\x86R" * 5_000
    + b".",
    "attributes of a large dict": b"\x80\x02cformats\nMP3File\n)\x81(" + b"K\x01" * 10 + b"db.",
}


@pytest.mark.parametrize("content", PICKLES.values(), ids=PICKLES)
def test_a_pickle_takes_no_more_memory_than_its_size_warrants(content, tmp_path):
    path = tmp_path / "songs"
    path.write_bytes(content)
    assert read_within_limit(path).startswith("refused")


def test_a_song_named_a_million_times_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(_records, "MAX_RECORDS", 1_000)
    path = tmp_path / "songs"
    path.write_bytes(pickle.dumps([{"title": "a", "~filename": b"/a"}] * 1_001, protocol=2))
    with pytest.raises(FileError, match="more than 1,000 plays"):
        read_history(path)


def test_json_of_nothing_but_brackets_is_refused(tmp_path):
    path = tmp_path / "endsong.json"
    path.write_text("[" + "[]," * 11_000_000 + "1]")
    assert "values" in read_within_limit(path)


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("listens/2023/11.jsonl", b"\n" * 50_000_000)
    data = path.read_bytes()
    path.write_bytes(data.replace((50_000_000).to_bytes(4, "little"), (5_000).to_bytes(4, "little")))
    assert "archive" in read_within_limit(path)


def test_a_database_that_computes_its_rows_stays_small(tmp_path):
    path = tmp_path / "clementine.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "CREATE TABLE songs (title, artist, album AS (printf('%900000000d', length)), length, filename,"
            " playcount, skipcount, lastplayed, rating, ctime)"
        )
        db.execute("INSERT INTO songs (title, artist, length, filename, playcount) VALUES ('a', 'b', 1, '/a', 2)")
        db.commit()
    assert read_within_limit(path) in {"read", "refused"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_at_once(tmp_path):
    path = tmp_path / "songs"
    os.mkfifo(path)
    with pytest.raises(FileError, match="not an ordinary file"):
        read_history(path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device here")
def test_a_device_is_refused(tmp_path):
    path = tmp_path / "history.json"
    path.symlink_to("/dev/zero")
    with pytest.raises(FileError, match="not an ordinary file"):
        read_history(path)


def test_a_number_beyond_all_bounds_spoils_its_own_row_alone(tmp_path):
    path = tmp_path / "endsong_0.json"
    row = {
        "master_metadata_track_name": "A",
        "master_metadata_album_artist_name": "B",
        "ms_played": 10**400,
        "ts": "2023-11-14T22:13:00Z",
    }
    path.write_text(json.dumps([row, row | {"ms_played": 200_000}]))
    history = read_history(path)
    assert (len(history.plays), history.bad_rows) == (1, 1)
