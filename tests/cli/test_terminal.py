"""Names from files and tags never command the terminal, whatever prints them."""

import io
import logging
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from player.cli._logs import log_kept
from player.cli._session import Progress, complain, say
from player.cli._terminal import StatusLine
from player.domain import printable
from player.paths import Profile
from tests.bed.logs import ExpectLog
from tests.cli.command import Segue, song

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\r\x08\u2028\x7f"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


@pytest.mark.parametrize("text", ["Björk", "夜に聴く", "أنت عمري", "می‌خواهم", "👩‍🎤 café", "a\tb\nc"])
def test_letters_of_all_scripts_stay(text: str) -> None:
    assert printable(text) == text


def test_what_commands_a_terminal_is_escaped() -> None:
    assert printable("a\x1b[31mb\u202ec") == "a\\x1b[31mb\\u202ec"
    assert printable("a\nb\tc", one_line=True) == "a\\nb\\tc"
    for code in range(sys.maxunicode):
        letter = chr(code)
        if unicodedata.category(letter) == "Cc" and letter not in "\t\n":
            assert printable(letter).isascii(), hex(code)
        if unicodedata.bidirectional(letter) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}:
            assert printable(letter).isascii(), hex(code)


def test_every_command_prints_hostile_names_tamely(segue: Segue, tmp_path: Path) -> None:
    music = tmp_path / "music"
    name = EVIL.replace("/", "").replace("\x00", "")
    good = song(music / f"{name}.wav", title=f"Song {EVIL}", artist=EVIL, album=EVIL)
    bad = music / f"bad{name}.mp3"
    bad.write_bytes(b"nothing")
    said = [
        segue("scan", music),
        segue("play", good, "--output", "null", "--speed", "max"),
        segue("play", bad, "--output", "null"),
        segue("search", "song"),
        segue("log"),
        segue("next"),
        segue("import", bad),
        segue("import", tmp_path / f"none{name}"),
        segue("scan", f"--{name}"),
        segue(tmp_path / f"none{name}"),
        segue("search", "n", "-n", name),
    ]
    assert any("Song" in answer.out for answer in said)
    for answer in said:
        assert not FORBIDDEN.search(answer.out + answer.err), answer


def test_lines_and_progress_are_tame(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    say(EVIL)
    complain(EVIL)
    out, err = capsys.readouterr()
    assert not FORBIDDEN.search(out + err)
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    Progress().show(EVIL)
    StatusLine().show(EVIL)
    assert not FORBIDDEN.search(screen.getvalue().replace("\r\x1b[K", "").replace("\r", ""))


def test_the_log_file_is_tame(tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("owned")
    profile = Profile.at(tmp_path)
    profile.make()
    with log_kept(profile):
        logging.getLogger("player.test").warning("no sound in %s", EVIL)
    log = (profile.logs / "segue.log").read_text("utf-8")
    assert "no sound in \\x1b]0;owned" in log
    assert not FORBIDDEN.search(log)
