"""Covers: embedded in every family, else beside the file."""

import base64
from pathlib import Path

import mutagen
import pytest
from mutagen import id3
from mutagen.apev2 import BINARY, APEv2, APEValue
from mutagen.asf import ASFByteArrayAttribute
from mutagen.flac import Picture
from mutagen.mp4 import MP4Cover

from player.domain import FileError
from player.tags import cover, picture_key, read_track
from player.tags._picture import flac_picture
from tests.audio_files import make

FRONT = b"\xff\xd8\xff\xe0" + b"front" * 50
BACK = b"\x89PNG\r\n\x1a\n" + b"back" * 50


def block(data: bytes, kind: int) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.data = kind, "image/jpeg", data
    return picture


def embed(path: Path) -> None:
    """A back cover and a front cover, in this order."""
    media = mutagen.File(path)
    if media.tags is None and path.suffix != ".wv":
        media.add_tags()
    if path.suffix in (".mp3", ".aiff", ".wav"):
        for kind, data in ((4, BACK), (3, FRONT)):
            media.tags.add(id3.APIC(encoding=3, mime="image/x", type=kind, desc=str(kind), data=data))
    elif path.suffix == ".flac":
        media.add_picture(block(BACK, 4))
        media.add_picture(block(FRONT, 3))
    elif path.suffix in (".ogg", ".opus"):
        media["metadata_block_picture"] = [
            base64.b64encode(block(*each).write()).decode() for each in ((BACK, 4), (FRONT, 3))
        ]
    elif path.suffix == ".m4a":
        media["covr"] = [MP4Cover(FRONT, MP4Cover.FORMAT_JPEG), MP4Cover(BACK, MP4Cover.FORMAT_PNG)]
    elif path.suffix == ".wma":
        media["WM/Picture"] = [ASFByteArrayAttribute(wm_picture(*each)) for each in ((BACK, 4), (FRONT, 3))]
    else:
        tags = APEv2()
        tags["Cover Art (Back)"] = APEValue(b"b.png\0" + BACK, BINARY)
        tags["Cover Art (Front)"] = APEValue(b"f.jpg\0" + FRONT, BINARY)
        tags.save(path)
        return
    media.save()


def wm_picture(data: bytes, kind: int) -> bytes:
    return bytes([kind]) + len(data).to_bytes(4, "little") + "image/jpeg\0".encode("utf-16-le") + b"\0\0" + data


@pytest.mark.parametrize("suffix", ["mp3", "aiff", "wav", "flac", "ogg", "opus", "m4a", "wma", "wv", "ape", "mpc"])
def test_front_cover_of_every_family(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    embed(path)
    track = read_track(str(path))
    assert cover(str(path)) == FRONT
    assert (track.cover_key, track.cover_path) == (picture_key(FRONT), str(path))


def test_picture_beside(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    (tmp_path / "back.jpg").write_bytes(BACK)
    (tmp_path / "unrelated.png").write_bytes(BACK)
    assert cover(str(path)) is None
    assert read_track(str(path)).cover_key is None
    (tmp_path / "Front.PNG").write_bytes(BACK)
    assert cover(str(path)) == BACK
    (tmp_path / "Folder.jpg").write_bytes(FRONT)
    track = read_track(str(path))
    assert (track.cover_key, track.cover_path) == (picture_key(FRONT), str(tmp_path / "Folder.jpg"))
    assert cover(track.cover_path) == FRONT


def test_changed_picture_beside_is_seen(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    (tmp_path / "cover.jpg").write_bytes(FRONT)
    first = read_track(str(path)).cover_key
    (tmp_path / "cover.jpg").unlink()
    (tmp_path / "cover.png").write_bytes(BACK)
    assert read_track(str(path)).cover_key not in (None, first)


def test_broken_pictures_are_passed_over(tmp_path: Path) -> None:
    path = make(tmp_path / "a.ogg")
    media = mutagen.File(path)
    media["metadata_block_picture"] = ["not base64", base64.b64encode(b"\xff" * 40).decode(), ""]
    media["coverart"] = base64.b64encode(FRONT).decode()
    media.save()
    assert cover(str(path)) == FRONT
    assert flac_picture(b"") is None


def test_what_is_no_picture_is_none(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.APIC(encoding=3, mime="-->", type=3, desc="", data=b"http://example.org/a.jpg"))
    tags.save(path)
    (tmp_path / "cover.jpg").write_bytes(b"<html>" * 20)
    assert cover(str(path)) is None
    assert read_track(str(path)).cover_path == ""


def test_cover_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        cover(str(tmp_path / "gone.mp3"))


def test_equal_pictures_have_equal_keys_whatever_holds_them(tmp_path: Path) -> None:
    keys = set()
    for suffix in ("mp3", "flac", "ogg", "m4a"):
        path = make(tmp_path / f"a.{suffix}")
        embed(path)
        keys.add(read_track(str(path)).cover_key)
    assert len(keys) == 1


def test_keys_of_large_pictures_see_both_ends() -> None:
    large = FRONT + bytes(300_000)
    assert picture_key(large) != picture_key(large[:-1] + b"x")
    assert picture_key(large) != picture_key(large + b"\0")
