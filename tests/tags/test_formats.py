"""Telling kinds of files apart, finding the sound in them, and FFmpeg as the second reader."""

import io
from pathlib import Path

import av
import pytest

from player.tags import read_track
from player.tags._bounds import Bounds, id3_size, sound_bounds
from player.tags._formats import _BY_SUFFIX, AUDIO_SUFFIXES, MIXED_SUFFIXES, kind_of
from player.tags.read._key import _ebml_size, audio_key
from player.tags.read._probe import probe
from player.tags.read._video import holds_video
from player.tags.read._view import TailView
from tests.audio_files import ENCODED, FORMATS, encode, make, samples

ID3 = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)
ID3V1 = b"TAG" + bytes(125)
APE = b"APETAGEX" + (2_000).to_bytes(4, "little") * 2 + bytes(16)
SOUND = b"\xff\xfb" * 400


@pytest.mark.parametrize("suffix", FORMATS)
def test_kind_is_told_by_the_beginning_or_the_suffix(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    header = path.read_bytes()[:128]
    kind = kind_of(str(path), header)
    if suffix == "mka":
        assert kind is None
        return
    assert kind is not None
    assert kind_of("/x/unknown.bin", header) in (kind, None)
    assert kind.reader(str(path)).info is not None


def test_suffixes() -> None:
    assert _BY_SUFFIX.keys() <= AUDIO_SUFFIXES
    assert MIXED_SUFFIXES <= AUDIO_SUFFIXES
    assert kind_of("/a/B.MP3", b"") is _BY_SUFFIX[".mp3"]
    assert kind_of("/a/b.txt", b"") is None
    assert kind_of("/a/b.ogg", b"OggS" + bytes(124)) is None  # a codec in Ogg that nobody knows


def bounds(data: bytes) -> Bounds:
    return sound_bounds(io.BytesIO(data), len(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SOUND, Bounds(0, 800)),
        (ID3 + SOUND, Bounds(20, 820, id3=True)),
        (ID3 + ID3 + SOUND, Bounds(40, 840, id3=True)),
        (SOUND + ID3V1, Bounds(0, 800, id3v1=True)),
        (SOUND + bytes(1_968) + APE, Bounds(0, 800, ape=True)),
        (SOUND + bytes(1_968) + APE + ID3V1, Bounds(0, 800, id3v1=True, ape=True)),
        (SOUND + ID3V1 + ID3V1, Bounds(0, 800, id3v1=True)),
        (SOUND + b"0" * 11 + b"000011LYRICS200" + ID3V1, Bounds(0, 800, id3v1=True)),
        (SOUND + APE, Bounds(0, 832)),  # a size that cannot be
        (b"ID3\x04\0\0\x7f\x7f\x7f\x7f", Bounds(10, 10, id3=True)),
        (b"", Bounds(0, 0)),
    ],
)
def test_bounds_of_the_sound(data: bytes, expected: Bounds) -> None:
    assert bounds(data) == expected


def test_size_of_an_id3_tag() -> None:
    assert id3_size(b"ID3\x04\0\0\0\0\x01\0") == 138
    assert id3_size(b"ID3\x04\0\x10\0\0\x01\0") == 148  # with a footer
    assert id3_size(b"ID3\x09\0\0\0\0\x01\0") == 0
    assert id3_size(b"ID3\x04\0\0\x80\0\x01\0") == 0
    assert id3_size(b"ID3") == 0


def test_no_sound_has_no_key() -> None:
    assert audio_key(io.BytesIO(b""), "frames", Bounds(0, 0)) is None
    for family in ("mp4", "ogg", "wav", "aiff", "dsf", "dff", "asf", "matroska"):
        assert audio_key(io.BytesIO(bytes(100)), family, Bounds(0, 100)) is None, family


@pytest.mark.parametrize("family", ["flac", "mp4", "ogg", "wav", "aiff", "dsf", "dff", "asf", "matroska", "frames"])
def test_keys_of_nonsense_end(family: str) -> None:
    for filler in (b"\0", b"\xff", b"OggS", b"fLaC", b"mdat\xff\xff\xff\xff", b"\x1a\x45\xdf\xa3"):
        data = filler * 2_000
        audio_key(io.BytesIO(data), family, Bounds(0, len(data)))


def test_element_sizes_of_matroska() -> None:
    assert _ebml_size(bytes.fromhex("1f43b675") + b"\x82" + bytes(7)) == (5, 2)
    assert _ebml_size(bytes.fromhex("ec") + b"\x40\x10" + bytes(9)) == (3, 16)


def test_view_behind_a_tag() -> None:
    view = TailView(io.BytesIO(b"tagsound"), 3)
    assert view.read() == b"sound"
    assert (view.seek(1), view.tell(), view.read(2)) == (1, 1, b"ou")
    assert view.seek(-2, 2) == 3
    assert view.read() == b"nd"
    assert (view.readable(), view.seekable()) == (True, True)
    with pytest.raises(OSError, match="before"):
        view.seek(-7, 2)


@pytest.mark.parametrize("suffix", sorted(ENCODED))
def test_ffmpeg_agrees_with_mutagen(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    with path.open("rb") as file:
        found = probe(file)
    assert found is not None
    track = read_track(str(path))
    assert found.sample_rate == track.sample_rate
    assert found.lossless == track.lossless
    assert not found.video


def test_ffmpeg_finds_nothing_in_noise() -> None:
    assert probe(io.BytesIO(b"noise" * 100)) is None


def test_tags_of_matroska(tmp_path: Path) -> None:
    path = tmp_path / "a.mka"
    encode(tmp_path / "plain.flac", samples(0.3, 44_100, 1), "flac", "flac", 44_100)
    with av.open(str(tmp_path / "plain.flac")) as source, av.open(str(path), "w", format="matroska") as output:
        stream = output.add_stream_from_template(source.streams.audio[0])
        output.metadata.update({"title": "Title", "artist": "One; Two", "date": "1999"})
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = stream
                output.mux(packet)
    track = read_track(str(path))
    assert (track.title, track.artists, track.date, track.format) == ("Title", ("One", "Two"), "1999", "flac")
    assert track.audio_key is not None


def test_mp4_without_video() -> None:
    kind = kind_of("a.mp4", b"\0\0\0\x20ftypM4A ")
    assert kind is not None
    assert not holds_video(io.BytesIO(bytes(64)), kind)
    moov = b"hdlr" + bytes(8) + b"vide" + bytes(8)
    data = b"\0\0\0\x10ftypisom" + bytes(4) + (len(moov) + 8).to_bytes(4, "big") + b"moov" + moov
    assert holds_video(io.BytesIO(data), kind)


def test_asf_with_video() -> None:
    kind = kind_of("a.asf", b"")
    assert kind is not None
    header = bytes(16) + (200).to_bytes(8, "little")
    video = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
    assert holds_video(io.BytesIO(header + bytes(50) + video + bytes(100)), kind)
    assert not holds_video(io.BytesIO(header + bytes(150)), kind)
