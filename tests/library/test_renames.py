"""Names that file systems and programs change under one's feet: what is known of a track stays with its sound."""

import os
import unicodedata
from pathlib import Path

import pytest

from player.domain import EndReason, Ms, PlayFinished, StartReason, ThumbGiven, Track, TrackQuery, TrackStarted, UtcMs
from player.library import edit_tags, scan
from player.storage import Database
from tests.library.conftest import Tagged

NFC = unicodedata.normalize("NFC", "Björk/Jóga é.flac")
NFD = unicodedata.normalize("NFD", NFC)
LONGEST = 4_000
"""Bytes of a path; Linux takes 4,095."""


def deep(name: str, root: Path) -> str:
    """`name` in as many folders as give a path of `LONGEST` bytes."""
    parts, left = [], LONGEST - len(os.fsencode(root)) - len(os.fsencode(name)) - 2
    while left > 0:
        parts.append("d" * min(250, left))
        left -= 251
    return os.path.join(*parts, name)


def listen(database: Database, track: Track) -> None:
    start = TrackStarted(track.id, UtcMs(1_000), Ms(200), StartReason.PICKED)
    key = database.plays.open(start)
    database.plays.close(key, PlayFinished(start, UtcMs(1_200), Ms(200), EndReason.FINISHED))
    database.thumbs.give(ThumbGiven(track.id, 1, UtcMs(1_300)))


def tracks(database: Database) -> list[Track]:
    return database.tracks.get(database.tracks.find(TrackQuery()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Song.flac", "song.flac"),
        ("ABBA/Song.flac", "Abba/Song.flac"),
        ("a/song.FLAC", "a/Song.flac"),
        (NFC, NFD),
        (NFD, NFC),
        ("caf\udce9.flac", "café.flac"),
        ("café.flac", "caf\udce9.flac"),
        ("\udcff\udcfe/a.flac", "\udcfe\udcff/b.flac"),
        ("春" * 80 + ".flac", "秋" * 80 + ".flac"),
        ("deep/a.flac", "deep/b.flac"),
    ],
    ids=["case", "case of folder", "case of suffix", "nfd", "nfc", "decodable", "undecodable", "bytes", "long", "deep"],
)
def test_a_renamed_file_keeps_what_is_known(
    database: Database, music: Path, tagged: Tagged, old: str, new: str
) -> None:
    if old.startswith("deep/"):
        old, new = (deep(name[5:], music) for name in (old, new))
        assert len(os.fsencode(music / new)) == LONGEST
    database.files.add_root(str(music))
    path = tagged("a.flac", title="One")
    tagged("other.flac", "b.flac", title="Other")
    os.makedirs(music / os.path.dirname(old), exist_ok=True)
    path.rename(music / old)
    assert scan(database, [str(music)], processes=1).added == 2
    before = next(track for track in tracks(database) if track.title == "One")
    assert before.path == str(music / old)
    listen(database, before)
    os.makedirs(music / os.path.dirname(new), exist_ok=True)
    (music / old).rename(music / new)
    report = scan(database, [str(music)], processes=1)
    assert (report.added, report.moved, report.missing) == (0, 1, 0)
    after = next(track for track in tracks(database) if track.title == "One")
    assert after.path == str(music / new)
    assert (after.id, after.play_count, after.thumb, after.added_at) == (before.id, 1, 1, before.added_at)
    assert scan(database, [str(music)], processes=1).moved == 0
    edit = edit_tags(database, [after.id], {"title": ["New title"]})
    assert not edit.failed
    assert [track.title for track in tracks(database)] == ["New title", "Other"]


def test_a_path_that_is_too_long_is_named(database: Database, music: Path, tagged: Tagged) -> None:
    database.files.add_root(str(music))
    tagged("a.flac", title="One")
    here = os.getcwd()
    try:
        os.chdir(music)
        for _ in range(20):  # step by step: the whole path is longer than the system takes at once
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
    finally:
        os.chdir(here)
    report = scan(database, [str(music)], processes=1)
    assert report.added == 1
    assert [problem.why for problem in report.problems] == ["The folder cannot be opened: File name too long."]
