"""The quick reader of ID3 tags says what mutagen says, or nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen import id3

from player.tags import _id3, read_track
from player.tags._bounds import sound_bounds
from player.tags.read import _file, _id3_quick
from tests.audio_files import make

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
TEXTS = st.lists(TEXT, min_size=1, max_size=3)
ENCODING = st.sampled_from([0, 1, 2, 3])
PLAIN = ("TIT2", "TPE1", "TPE2", "TALB", "TCOM", "TRCK", "TPOS", "TCON", "TDRC", "TSOP", "TBPM", "TCMP", "TYER", "TDAT")


@st.composite
def frames(draw: st.DrawFn) -> list[id3.Frame]:
    made: list[id3.Frame] = []
    for name in draw(st.lists(st.sampled_from(PLAIN), max_size=8)):
        wanted = st.sampled_from(["1999", "1999-05", "1999-05-03", "0305", "17", "(17)Rock", "Rock/Pop"]) | TEXT
        made.append(_frame(draw, name, text=draw(st.lists(wanted, min_size=1, max_size=2))))
    for name in draw(st.lists(st.sampled_from(["rating", "ARTISTS", "replaygain_track_gain", "x"]), max_size=3)):
        made.append(_frame(draw, "TXXX", desc=name, text=draw(TEXTS)))
    if draw(st.booleans()):
        description = draw(st.sampled_from(["", "ID3v1 Comment", "iTunNORM", "other"]))
        made.append(_frame(draw, "COMM", lang="eng", desc=description, text=draw(TEXTS)))
        made.append(_frame(draw, "USLT", lang="eng", desc="", text=draw(TEXT)))
        made.append(id3.POPM(email="a@b", rating=draw(st.integers(0, 255)), count=draw(st.integers(0, 9))))
        made.append(id3.UFID(owner="http://musicbrainz.org", data=b"2b0a"))
        made.append(_frame(draw, "APIC", mime="image/png", type=3, desc=draw(TEXT), data=b"\x89PNG\r\n\x1a\n" * 40))
    return made


def _frame(draw: st.DrawFn, name: str, **values: object) -> id3.Frame:
    return getattr(id3, name)(encoding=draw(ENCODING), **values)


def saved(made: list[id3.Frame], version: int, *, older: bool) -> io.BytesIO | None:
    """A file of these frames and some bytes of sound; None where mutagen cannot write them."""
    tag, file = id3.ID3(), io.BytesIO(bytes(512))
    for frame in made:
        tag.add(frame)
    try:
        if version == 3:
            tag.update_to_v23()
        tag.save(file, v2_version=version, v1=2 if older else 0)
    except (UnicodeEncodeError, ValueError, id3.error):
        return None
    return file


@settings(max_examples=300, deadline=None)
@given(frames(), st.sampled_from([3, 4]), st.booleans())
def test_it_agrees_with_mutagen(made: list[id3.Frame], version: int, older: bool) -> None:
    file = saved(made, version, older=older)
    if file is None:
        return
    found = _id3_quick.collect(file, sound_bounds(file, len(file.getvalue())))
    if found is None:
        return
    file.seek(0)
    tag = id3.ID3(file)
    wanted = _id3.collect(tag)
    wanted.settle()
    bag, pictures = found
    bag.settle()
    assert (bag.words(), bag.joined) == (wanted.words(), wanted.joined)
    assert pictures == _id3.pictures(tag)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_is_no_crash_and_no_other_answer(data: st.DataObject) -> None:
    """Whatever a broken byte does: mutagen's answer, or none."""
    file = saved(data.draw(frames()), data.draw(st.sampled_from([3, 4])), older=False)
    if file is None:
        return
    raw = bytearray(file.getvalue())
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file = io.BytesIO(raw)
    _id3_quick.collect(file, sound_bounds(file, len(raw)))


def test_an_ordinary_tag_is_read_without_mutagen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "a.mp3", seconds=0.3)
    tag = id3.ID3()
    tag.add(id3.TIT2(encoding=1, text="Čas"))
    tag.add(id3.TYER(encoding=0, text="1984"))
    tag.add(id3.TXXX(encoding=1, desc="ARTISTS", text="A; B"))
    tag.update_to_v23()
    tag.save(path, v2_version=3)

    def refuse(*_: object) -> None:
        raise AssertionError("mutagen was asked for the whole tag")

    monkeypatch.setattr(_file, "_load", refuse)
    track = read_track(str(path))
    assert (track.title, track.date, track.artists, track.format) == ("Čas", "1984", ("A", "B"), "mp3")
    assert track.duration_ms > 0
