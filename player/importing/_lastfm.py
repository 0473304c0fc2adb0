"""Last.fm histories: two CSV forms, the JSON pages, and `.scrobbler.log` of portable players.

The forms: CSV without header (artist, album, track, "dd Mon YYYY HH:MM"), CSV with header
(uts, utc_time, artist, …), JSON list of pages, and AUDIOSCROBBLER/1.1 (tab separated).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from player.importing import _values as v
from player.importing._bounded import refuse_cut
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, Names

SHORT_ROW = 4
LOG_CELLS = 7
NO_END = "has no end. If the file was cut off there, copy or download it again"
_MINUTE = re.compile(r"\d{1,2} \w{3} \d{4} \d{2}:\d{2}")


def read_csv(content: str) -> ImportedHistory:
    """Either CSV form; told apart by its first row.

    Raises:
        ValueError: it is no CSV, or was cut off.
    """
    if content.count('"') % 2:
        raise ValueError("ends within quotation marks. Copy or download it again")
    rows = csv.reader(io.StringIO(content))
    try:
        first = next(rows, None)
        if first is not None and "uts" in first:
            out = HistoryBuilder("Last.fm CSV")
            columns = {name: index for index, name in enumerate(first)}
            _each(rows, out, lambda row: _with_header(row, columns), start=2)
        else:
            # A name of its own: what both forms tell is one play, though this one knows it to the minute alone.
            out = HistoryBuilder("Last.fm CSV without header")
            _each([first, *rows] if first else [], out, _without_header, start=1)
    except csv.Error as error:
        raise ValueError(f"is no complete CSV, line {rows.line_num}: {error}") from error
    _see_to_end(content, out, rows.line_num)
    return out.build()


def _see_to_end(content: str, out: HistoryBuilder, line: int) -> None:
    """Name a last line that could be read but has no end: nobody can know whether others followed.

    Raises:
        ValueError: the file ends in the middle of a line.
    """
    if refuse_cut(content, ends_badly=out.ends_badly):
        out.bad(f"line {line}", NO_END)


def _each(
    rows: Iterable[Sequence[str]], out: HistoryBuilder, convert: Callable[[Sequence[str]], ImportedPlay], start: int
) -> None:
    for line, row in enumerate(rows, start):
        if not row:
            continue
        try:
            out.play(convert(row))
        except ValueError as error:
            out.bad(f"line {line}", error)


def _with_header(row: Sequence[str], columns: dict[str, int]) -> ImportedPlay:
    if len(row) < len(columns):
        raise ValueError(f"expected {len(columns)} columns, found {len(row)}")

    def cell(name: str) -> str:
        return row[columns[name]] if name in columns else ""

    names = Names(
        v.required(cell("track"), "track"),
        v.required(cell("artist"), "artist"),
        v.text(cell("album")),
        recording_mbid=v.text(cell("track_mbid")),
    )
    return ImportedPlay(names, v.epoch_ms(cell("uts")))


def _without_header(row: Sequence[str]) -> ImportedPlay:
    if len(row) < SHORT_ROW:
        raise ValueError(f"expected artist, album, track and time, found {len(row)} columns")
    artist, album, title, when = row[:SHORT_ROW]
    if not _MINUTE.fullmatch(when.strip()):
        raise ValueError(f"{when!r:.40} is no time")  # strptime would take "12:3" for three past twelve
    names = Names(v.required(title, "track"), v.required(artist, "artist"), v.text(album))
    return ImportedPlay(names, v.format_ms(when, "%d %b %Y %H:%M"))


def read_json(document: Any) -> ImportedHistory:
    """The JSON form: a list of pages, or one page, of `track` lists."""
    out = HistoryBuilder("Last.fm JSON")
    pages = document if isinstance(document, list) else [document]
    for number, page in enumerate(pages, 1):
        tracks = page.get("track") if isinstance(page, dict) else None
        if not isinstance(tracks, list):
            out.bad(f"page {number}", "holds no tracks")
            continue
        for row, track in enumerate(tracks, 1):
            _json_track(track, f"page {number}, track {row}", out)
    return out.build()


def _json_track(track: Any, where: str, out: HistoryBuilder) -> None:
    try:
        if "date" not in track:
            out.ignore()  # the track playing while the export was made has no time yet
            return
        names = Names(
            v.required(track["name"], "track"),
            v.required(track["artist"]["#text"], "artist"),
            v.text(track.get("album", {}).get("#text")),
            recording_mbid=v.text(track.get("mbid")),
        )
        out.play(ImportedPlay(names, v.epoch_ms(track["date"]["uts"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        out.bad(where, error)


def read_scrobbler_log(content: str) -> ImportedHistory:
    """A portable player's `.scrobbler.log` (AUDIOSCROBBLER/1.1).

    Rating "S" marks a skip. `#TZ/UNKNOWN` means local time of the device: taken as UTC and said so.
    """
    out = HistoryBuilder(".scrobbler.log")
    lines = content.splitlines()
    widest = 0
    for line, row in enumerate(lines, 1):
        if row.startswith("#"):
            if row.strip() == "#TZ/UNKNOWN":
                out.bad(f"line {line}", "the device did not know its time zone; times are taken as UTC")
            continue
        if row.strip():
            cells = row.split("\t")
            _scrobble(cells, f"line {line}", out)
            widest = max(widest, len(cells))
    if lines and len(lines[-1].split("\t")) < widest:
        refuse_cut(content, ends_badly=True)
    _see_to_end(content, out, len(lines))
    return out.build()


def _scrobble(cells: list[str], where: str, out: HistoryBuilder) -> None:
    try:
        if len(cells) < LOG_CELLS:
            raise ValueError(f"expected {LOG_CELLS} columns, found {len(cells)}")
        artist, album, title, _number, length, rating, when = cells[:LOG_CELLS]
        duration = v.whole(length, high=86_400) * 1000
        skipped = rating == "S"
        names = Names(
            v.required(title, "track"),
            v.required(artist, "artist"),
            v.text(album),
            duration,
            v.text(cells[LOG_CELLS]) if len(cells) > LOG_CELLS else "",
        )
        out.play(ImportedPlay(names, v.epoch_ms(when), None if skipped else duration or None, skipped))
    except ValueError as error:
        out.bad(where, error)
