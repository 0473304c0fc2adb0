"""Cue sheets as programs write them, and damaged ones."""

from pathlib import Path

import pytest

from player.domain import Gain, Ms, ScannedTrack
from player.tags import expand_cue
from player.tags.read._cue import parse

WHOLE = ScannedTrack("/music/whole.flac", 1_000, 1, "key", title="whole", duration_ms=Ms(600_000), genres=("Live",))

SHEET = """\
REM GENRE "Progressive Rock"
REM DATE 1973
REM DISCNUMBER 2
REM REPLAYGAIN_ALBUM_GAIN -7.10 dB
PERFORMER "Band"
TITLE "Concert"
FILE "whole.flac" WAVE
  TRACK 01 AUDIO
    TITLE "First"
    PERFORMER "Band feat. Guest"
    ISRC GBAYE0000001
    REM REPLAYGAIN_TRACK_GAIN -6.00 dB
    INDEX 00 00:00:00
    INDEX 01 00:02:00
  TRACK 02 AUDIO
    TITLE Second
    PREGAP 00:02:00
    INDEX 01 05:00:37
"""


@pytest.fixture
def sheet(tmp_path: Path):
    def write(text: str | bytes) -> tuple[list[ScannedTrack], str]:
        path = tmp_path / "whole.cue"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return expand_cue(WHOLE, str(path))

    return write


def test_tracks_of_a_sheet(sheet) -> None:
    (first, second), problem = sheet(SHEET)
    assert problem == ""
    assert (first.title, first.artists, first.artist_display) == ("First", ("Band", "Guest"), "Band feat. Guest")
    assert (second.title, second.artists, second.artist_display) == ("Second", ("Band",), "")
    assert (first.album, first.album_artists, first.date, first.disc_no) == ("Concert", ("Band",), "1973", 2)
    assert (first.track_no, first.track_total, first.isrc) == (1, 2, "GBAYE0000001")
    assert first.genres == ("Progressive Rock",)
    assert (first.start_ms, first.end_ms, first.duration_ms) == (2_000, 300_493, 298_493)
    assert (second.start_ms, second.end_ms, second.duration_ms) == (300_493, None, 299_507)
    assert first.gain == Gain(-6.0, None, -7.1, None)
    assert {first.audio_key, second.audio_key} == {"key"}


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1251"),
        lambda text: text.encode().replace(b"\n", b"\r\n"),
    ],
)
def test_encodings(sheet, encode) -> None:
    text = SHEET.replace("Concert", "Звезда по имени Солнце").replace("Band", "Группа Кино")
    (first, _), _ = sheet(encode(text))
    assert first.album == "Звезда по имени Солнце"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no audio tracks"),
        ("not a cue sheet at all", "no audio tracks"),
        (SHEET.replace("05:00:37", "05:99:00"), "no start time"),
        (SHEET.replace("INDEX 01 05:00:37", ""), "no start time"),
        (SHEET.replace("05:00:37", "00:01:00"), "do not ascend"),
        (SHEET.replace("05:00:37", "15:00:00"), "longer file"),
    ],
)
def test_damaged_sheets_leave_the_file_whole(sheet, text: str, words: str) -> None:
    tracks, problem = sheet(text)
    assert tracks == [WHOLE]
    assert words in problem


def test_a_sheet_with_one_file_a_track_says_nothing_new(sheet) -> None:
    text = SHEET.replace("  TRACK 02", 'FILE "second.flac" WAVE\n  TRACK 02')
    assert sheet(text) == ([WHOLE], "")


def test_a_sheet_with_one_track_says_nothing_new(sheet) -> None:
    assert sheet(SHEET.partition("    INDEX 01")[0] + "    INDEX 01 00:00:00\n") == ([WHOLE], "")


def test_missing_sheet(tmp_path: Path) -> None:
    tracks, problem = expand_cue(WHOLE, str(tmp_path / "gone.cue"))
    assert (tracks, "cannot be read" in problem) == ([WHOLE], True)


def test_data_tracks_are_left_out() -> None:
    sheet = parse(SHEET.replace("TRACK 02 AUDIO", "TRACK 02 MODE1/2352").encode())
    assert len(sheet.tracks) == 1


def test_texts_of_the_disc_after_the_tracks() -> None:
    sheet = parse(b'FILE "a.flac" WAVE\n  TRACK 01 AUDIO\n    TITLE "One"\n    INDEX 01 00:00:00\nTITLE "Album"\n')
    assert sheet.texts == {"TITLE": "Album"}
    assert sheet.tracks[0].texts == {"TITLE": "One"}
    flat = parse(b'FILE "a.flac" WAVE\nTRACK 01 AUDIO\nTITLE "One"\nINDEX 01 00:00:00\n')
    assert flat.tracks[0].texts == {"TITLE": "One"}
