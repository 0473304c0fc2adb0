"""The key of a file's sound: the same under any tags, another for other sound, and cheap."""

from pathlib import Path

import mutagen
import pytest
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC, Picture
from mutagen.id3 import COMM, ID3, TIT2

from player.tags import read_track
from tests.audio_files import BUILT, FORMATS, make

LONG = "A title that is longer than any padding " * 400
RETAGGED = [suffix for suffix in FORMATS if suffix not in ("aac", "ac3", "mka", "eac3")]


def key(path: Path) -> str | None:
    return read_track(str(path)).audio_key


def retag(path: Path, title: str) -> None:
    media = mutagen.File(path)
    assert media is not None
    if media.tags is None:
        media.add_tags()
    if "ID3" in type(media.tags).__mro__[0].__name__ or isinstance(media.tags, ID3):
        media.tags.add(TIT2(encoding=3, text=title))
    elif type(media).__name__ == "MP4":
        media["\xa9nam"] = title
    else:
        media["Title"] = title
    media.save()


@pytest.mark.parametrize("suffix", FORMATS)
def test_equal_sound_equal_key(suffix: str, tmp_path: Path) -> None:
    first, second = make(tmp_path / f"a.{suffix}", seed=1), make(tmp_path / f"b.{suffix}", seed=1)
    assert key(first)
    assert key(first) == key(second)


@pytest.mark.parametrize("suffix", FORMATS)
def test_other_sound_other_key(suffix: str, tmp_path: Path) -> None:
    first, second = make(tmp_path / f"a.{suffix}", seed=1), make(tmp_path / f"b.{suffix}", seed=2)
    assert key(first) != key(second)


@pytest.mark.parametrize("suffix", RETAGGED)
def test_key_survives_tags(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path / f"a.{suffix}")
    before = key(path)
    for title in ("Short", LONG, "Short again"):
        retag(path, title)
        assert read_track(str(path)).title == title.strip()[:2_000]
        assert key(path) == before
    media = mutagen.File(path)
    media.delete()
    assert key(path) == before


@pytest.mark.parametrize("suffix", ["mp3", "aac", "mpc", "ape", "ac3"])
def test_key_survives_tags_around_the_frames(suffix: str, tmp_path: Path) -> None:
    path = make(tmp_path / f"a.{suffix}")
    before = key(path)
    tags = APEv2()
    tags["Title"] = LONG
    tags.save(path)
    assert key(path) == before
    if suffix != "mpc":
        id3 = ID3()
        id3.add(COMM(encoding=3, lang="eng", desc="", text=[LONG]))
        id3.save(path, v1=2)
        assert key(path) == before


def test_key_of_mp3_without_lyrics3(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    before = key(path)
    lyrics = b"LYRICSBEGININD0000200LYR00005Hello"
    path.write_bytes(path.read_bytes() + lyrics + b"%06dLYRICS200" % len(lyrics) + b"TAG" + b"\0" * 125)
    assert key(path) == before


def test_flac_pictures_and_padding_do_not_matter(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac")
    before = key(path)
    media = FLAC(path)
    picture = Picture()
    picture.data = b"\xff\xd8\xff" + bytes(100_000)
    media.add_picture(picture)
    media.save(padding=lambda _: 5_000)
    assert key(path) == before


def test_flac_recompressed_keeps_its_key(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac", seed=3)
    again = make(tmp_path / "b.flac", seed=3)
    data = bytearray(again.read_bytes())
    data[-1_000:] = data[-1_000:] + bytes(50)  # other frames, the same MD5 of the samples
    again.write_bytes(data)
    assert key(path) == key(again)


def test_flac_without_md5_uses_the_frames(tmp_path: Path) -> None:
    keys = set()
    for seed in (1, 2):
        path = make(tmp_path / f"{seed}.flac", seed=seed)
        data = bytearray(path.read_bytes())
        data[26:42] = bytes(16)
        path.write_bytes(data)
        keys.add(key(path))
    assert len(keys - {None}) == 2


def test_a_picture_of_many_ogg_pages(tmp_path: Path) -> None:
    path = make(tmp_path / "a.ogg")
    before = key(path)
    media = mutagen.File(path)
    media["coverart"] = "A" * 300_000
    media.save()
    assert key(path) == before


def test_the_end_of_a_long_file_counts(tmp_path: Path) -> None:
    path = make(tmp_path / "a.wav", seconds=2)
    before = key(path)
    data = bytearray(path.read_bytes())
    data[-3] ^= 0xFF
    path.write_bytes(data)
    assert key(path) != before


def test_apple_id3_at_the_front_of_a_leading_tag(tmp_path: Path) -> None:
    """Two ID3v2 tags in a row, as careless taggers leave them."""
    path = make(tmp_path / "a.mp3")
    before = key(path)
    path.write_bytes(b"ID3\x04\0\0\0\0\0\x14" + bytes(20) + path.read_bytes())
    assert key(path) == before


def test_built_formats_are_read_by_mutagen(tmp_path: Path) -> None:
    for suffix in BUILT:
        assert mutagen.File(make(tmp_path / f"a.{suffix}")) is not None
