"""Lyrics: plain, timed, damaged."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.library import Lyrics, parse_lyrics
from player.library._lyrics import lyrics_beside


def test_plain_lines() -> None:
    assert parse_lyrics("One\n\nTwo\n") == Lyrics(("One", "", "Two"))


def test_timed_lines_in_order() -> None:
    found = parse_lyrics("[ti:Song]\n[00:10.50]Two\n[00:01]One\n[01:00:123]Three")
    assert found.lines == ("One", "Two", "Three")
    assert found.times == (1_000, 10_500, 60_123)


def test_one_text_at_several_times() -> None:
    assert parse_lyrics("[00:01.00][00:09.00]Again\n[00:05.00]Between").lines == ("Again", "Between", "Again")


@pytest.mark.parametrize(("offset", "at"), [("+500", 1_500), ("-500", 2_500), ("9000", 0)])
def test_offset(offset: str, at: int) -> None:
    assert parse_lyrics(f"[offset:{offset}]\n[00:02.00]One").times == (at,)


def test_times_within_words_are_left_out() -> None:
    assert parse_lyrics("[00:01.00]<00:01.00>Hel<00:01.50>lo").lines == ("Hello",)


@pytest.mark.parametrize(("position", "line"), [(0, -1), (1_000, 0), (9_999, 0), (10_500, 1), (999_999, 1)])
def test_the_line_being_sung(position: int, line: int) -> None:
    assert parse_lyrics("[00:01.00]One\n[00:10.50]Two").line_at(position) == line


def test_nothing() -> None:
    assert parse_lyrics("") == parse_lyrics("\n\n") == parse_lyrics("[ar:Ada]\n") == Lyrics()
    assert Lyrics(("a",)).line_at(500) == -1


@given(st.text(alphabet="[]0123456789:.<>ab\n\r夜", max_size=80))
def test_whatever_it_says(text: str) -> None:
    found = parse_lyrics(text)
    assert not found.times or len(found.times) == len(found.lines)
    assert list(found.times) == sorted(found.times)


def test_a_file_beside_the_music(tmp_path: Path) -> None:
    music = tmp_path / "a.flac"
    assert lyrics_beside(str(music)) == ""
    music.with_suffix(".lrc").write_bytes(b"\xef\xbb\xbf[00:01.00]\xe5\xa4\x9c")
    assert parse_lyrics(lyrics_beside(str(music))).lines == ("夜",)


def test_an_offset_of_thousands_of_digits_is_a_line_like_others() -> None:
    assert parse_lyrics(f"[offset:{'9' * 5_000}]\n[00:02.00]One").times == (2_000,)


def test_a_pipe_and_a_file_without_end_beside_the_music_are_passed_over(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "a.lrc")
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(1 << 31)
    assert lyrics_beside(str(tmp_path / "a.mp3")) == ""
    (tmp_path / "a.txt").write_text("words")
    assert lyrics_beside(str(tmp_path / "a.mp3")) == "words"
