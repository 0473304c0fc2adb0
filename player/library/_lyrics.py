"""Lyrics: plain text, or lines with times as in LRC files.

LRC: `[mm:ss.xx]text`, several times before one text, `[offset:+ms]` shifts all of them (positive: earlier).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from player.bounded import read_ordinary

_TIME = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_OFFSET = re.compile(r"^\[offset:\s*([+-]?\d{1,9})\s*\]", re.IGNORECASE)
_TAG = re.compile(r"^\[[a-z#]+:.*\]$", re.IGNORECASE)
_WORD_TIME = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>")
MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Lyrics:
    """The lines of a song.

    Attributes:
        lines: The text.
        times: When each line begins, ms; empty where that is not known.
    """

    lines: tuple[str, ...] = ()
    times: tuple[int, ...] = ()

    def line_at(self, position_ms: int) -> int:
        """The line sung at a position; -1 before the first, or without times."""
        return bisect_right(self.times, position_ms) - 1


def parse_lyrics(text: str) -> Lyrics:
    """Lyrics from the text of a tag or of an LRC file."""
    offset = 0
    timed: list[tuple[int, str]] = []
    plain: list[str] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        if found := _OFFSET.match(line):
            offset = int(found.group(1))
            continue
        times = list(_TIME.finditer(line))
        words = _WORD_TIME.sub("", line[times[-1].end() :] if times else line).strip()
        if times and times[0].start() == 0:
            timed += [(_ms(time), words) for time in times]
        elif not _TAG.match(line):
            plain.append(words)
    if timed:
        timed.sort(key=lambda pair: pair[0])
        return Lyrics(tuple(words for _, words in timed), tuple(max(0, at - offset) for at, _ in timed))
    return Lyrics(tuple("\n".join(plain).strip("\n").split("\n"))) if any(plain) else Lyrics()


def _ms(time: re.Match[str]) -> int:
    fraction = (time.group(3) or "0").ljust(3, "0")
    return (int(time.group(1)) * 60 + int(time.group(2))) * 1000 + int(fraction)


def lyrics_beside(path: str) -> str:
    """The text of the LRC or TXT file beside a music file, empty where there is none that can be read."""
    for suffix in (".lrc", ".txt"):
        file = Path(path).with_suffix(suffix)
        try:
            return read_ordinary(file, limit=MAX_BYTES).decode("utf-8-sig", "replace")
        except OSError:
            continue  # Not there, too large, or not for us.
    return ""
