"""Last.fm histories: the JSON list of pages, and `.scrobbler.log` of portable players (AUDIOSCROBBLER/1.1)."""

from __future__ import annotations

from typing import Any

from player.importing import _values as v
from player.importing._bounded import refuse_cut
from player.importing._csv import NO_END
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, Names

LOG_CELLS = 7


def _see_to_end(content: str, out: HistoryBuilder, line: int) -> None:
    """Name a last line that could be read but has no end: nobody can know whether others followed.

    Raises:
        ValueError: the file ends in the middle of a line.
    """
    if refuse_cut(content, ends_badly=out.ends_badly):
        out.bad(f"line {line}", NO_END)


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
