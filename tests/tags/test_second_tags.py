"""What a file says beside its usual tag: APEv2 on MP3, ID3 before FLAC, text chunks of DSDIFF, FLAC's CUESHEET."""

import struct
from pathlib import Path

import pytest
from mutagen import id3
from mutagen.apev2 import APEv2
from mutagen.dsdiff import DSDIFF
from mutagen.flac import FLAC, CueSheet, CueSheetTrack, CueSheetTrackIndex

from player.domain import FileError
from player.tags import expand_cue, read_track, write_tags
from tests.audio_files import make
from tests.tags._files import ape_file, id3_file, text


def two_tags(path: Path) -> str:
    id3_file(path, text("TIT2", "From ID3"), text("TPE1", "Artist"))
    items = APEv2()
    items.update({"Title": "From APE", "Album": "Album of APE", "Genre": ["Jazz", "Soul"], "Rating": "80"})
    items.save(path)
    return str(path)


def test_ape_fills_what_id3_leaves_open(tmp_path: Path) -> None:
    track = read_track(two_tags(tmp_path / "a.mp3"))
    assert (track.title, track.artists, track.album) == ("From ID3", ("Artist",), "Album of APE")
    assert (track.genres, track.rating) == (("Jazz", "Soul"), 0.8)


def test_an_edit_reaches_both_tags_and_is_undone_in_both(tmp_path: Path) -> None:
    path = two_tags(tmp_path / "a.mp3")
    sound = read_track(path).audio_key
    undo = write_tags(path, {"title": ["New"], "album": [], "rating": ["5"]})
    assert (id3.ID3(path)["TIT2"].text, str(APEv2(path)["Title"])) == (["New"], "New")
    track = read_track(path)
    assert (track.title, track.album, track.rating, track.genres) == ("New", "", 1.0, ("Jazz", "Soul"))
    write_tags(path, undo)
    track = read_track(path)
    assert (track.title, track.album, track.rating) == ("From ID3", "Album of APE", 0.8)
    assert track.audio_key == sound


def test_an_mp3_with_ape_only_gets_no_second_tag(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    ape_file(path, {"Title": "One", "Artist": "A"})
    id3.delete(path)
    write_tags(str(path), {"title": ["Two"]})
    with pytest.raises(id3.ID3NoHeaderError):
        id3.ID3(path)
    assert (read_track(str(path)).title, read_track(str(path)).artists) == ("Two", ("A",))


def test_an_edit_reaches_the_id3_before_a_flac(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac")
    tags = id3.ID3()
    tags.add(text("TIT2", "Old"))
    tags.add(text("TALB", "Album"))
    tags.save(path)
    assert read_track(str(path)).album == "Album"
    write_tags(str(path), {"album": []})
    assert (read_track(str(path)).album, read_track(str(path)).title) == ("", "Old")


def test_what_list_info_says_cannot_be_removed(tmp_path: Path) -> None:
    path = make(tmp_path / "a.wav")
    data = path.read_bytes()
    info = b"INFO" + b"INAM" + struct.pack("<I", 4) + b"Name" + b"IART" + struct.pack("<I", 2) + b"Me"
    data += b"LIST" + struct.pack("<I", len(info)) + info
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    assert (read_track(str(path)).title, read_track(str(path)).artists) == ("Name", ("Me",))
    before = path.read_bytes()
    with pytest.raises(FileError, match="LIST INFO"):
        write_tags(str(path), {"title": []})
    assert path.read_bytes() == before
    write_tags(str(path), {"title": ["Other"]})
    assert read_track(str(path)).title == "Other"


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack(">Q", len(body)) + body + b"\0" * (len(body) % 2)


def test_text_chunks_of_dsdiff(tmp_path: Path) -> None:
    path = make(tmp_path / "a.dff")
    inside = _chunk(b"DIAR", struct.pack(">I", 6) + b"Artist") + _chunk(
        b"DITI", struct.pack(">I", 5) + "Tïtle".encode("latin-1")
    )
    comments = struct.pack(">H", 2)
    for kind, words in ((3, b"made by"), (0, b"Live")):
        comments += struct.pack(">HBBBBHHI", 2020, 1, 2, 3, 4, kind, 0, len(words)) + words + b"\0" * (len(words) % 2)
    body = path.read_bytes()[12:] + _chunk(b"DIIN", inside) + _chunk(b"COMT", comments)
    path.write_bytes(b"FRM8" + struct.pack(">Q", len(body)) + body)
    track = read_track(str(path))
    assert (track.title, track.artists, track.comment) == ("Tïtle", ("Artist",), "Live")
    tagged = DSDIFF(path)
    tagged.add_tags()
    tagged.tags.add(text("TIT2", "From ID3"))
    tagged.save()
    track = read_track(str(path))
    assert (track.title, track.artists) == ("From ID3", ("Artist",))


@pytest.mark.parametrize("length", [3, 11, 12, 20, 200])
def test_damaged_text_chunks_of_dsdiff(tmp_path: Path, length: int) -> None:
    path = make(tmp_path / "a.dff")
    broken = (b"COMT" + b"\xff" * 300 + b"DIIN" + b"\xff" * 300)[:length]
    path.write_bytes(path.read_bytes() + broken)
    assert read_track(str(path)).title == "a"


def test_the_cuesheet_block_of_a_flac(tmp_path: Path) -> None:
    path = make(tmp_path / "album.flac", seconds=6.0)
    media = FLAC(path)
    rate = media.info.sample_rate
    sheet = CueSheet(None)
    for number, start, gap in ((1, 0, 0), (2, 2 * rate, rate // 5), (170, 6 * rate, 0)):
        track = CueSheetTrack(number, start, isrc=b"GBAYE0000001" if number == 2 else b"")
        if number != 170:
            track.indexes += [CueSheetTrackIndex(0, 0)] * bool(gap) + [CueSheetTrackIndex(1, gap)]
        sheet.tracks.append(track)
    media.cuesheet = sheet
    media.metadata_blocks.append(sheet)
    media.update(album="Album", artist="Band", title="Whole")
    media.save()
    tracks, problem = expand_cue(read_track(str(path)))
    assert problem == ""
    assert [(t.title, t.track_no, int(t.start_ms), t.end_ms) for t in tracks] == [
        ("Track 1", 1, 0, 2_200),
        ("Track 2", 2, 2_200, None),
    ]
    assert {(t.album, t.artists) for t in tracks} == {("Album", ("Band",))}
    assert tracks[1].isrc == "GBAYE0000001"
    media.cuesheet.tracks.pop(1)
    media.save()
    assert len(expand_cue(read_track(str(path)))[0]) == 1
