"""Histories as lines of cells: which columns each service writes, and one reader for all.

A file is told by its first row, whatever separates its cells. Forms without a header: Last.fm's (artist, album,
track, "dd Mon YYYY HH:MM") and lastexport's (seconds, track, artist, album, recording id, …; separated by tabs).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from player.domain import LISTEN_MS
from player.importing import _values as v
from player.importing._bounded import refuse_cut
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, ImportedStats, ImportedThumb, Names

Row = Mapping[str, str]
SEPARATORS = (",", ";", "\t")
NO_END = "has no end. If the file was cut off there, copy or download it again"
MAX_MS = 86_400_000
_MINUTE = re.compile(r"\d{1,2} \w{3} \d{4},? \d{2}:\d{2}")
_SKIPPED = ("TRACK_SKIPPED_FORWARDS", "TRACK_SKIPPED_BACKWARDS", "MANUALLY_SELECTED_PLAYBACK_OF_A_DIFF_ITEM")


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of such a file.

    Attributes:
        format: For the user.
        columns: Columns of its header that tell it, in lower case.
        add: Adds what a row says.
    """

    format: str
    columns: frozenset[str]
    add: Callable[[Row, HistoryBuilder], None]


def read(content: str, artists: Mapping[str, str] | None = None) -> ImportedHistory | None:
    """The history in such a text; None for text of another kind.

    Args:
        content: The text.
        artists: Artists by title, for a file that names none (`artists_by_title`).

    Raises:
        ValueError: it was cut off, or is damaged.
    """
    first_line = content.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first_line.count)
    if separator not in first_line:
        return None
    tabs = separator == "\t"
    if not tabs and content.count('"') % 2:
        raise ValueError("ends within quotation marks. Copy or download it again")
    rows = csv.reader(io.StringIO(content), delimiter=separator, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL)
    try:
        first = next(rows, None) or []
        form, header = _form(first)
        if form is None:
            return None
        out = HistoryBuilder(form.format)
        if header:
            _each(rows, out, form, header, artists or {}, start=2)
        else:
            names = _LASTEXPORT if form is _TSV else _LASTFM
            _each([first, *rows], out, form, names, {}, start=1)
    except csv.Error as error:
        raise ValueError(f"is no complete CSV, line {rows.line_num}: {error}") from error
    if refuse_cut(content, ends_badly=out.ends_badly):
        out.bad(f"line {rows.line_num}", NO_END)
    history = out.build()
    return history if header or history.plays else None


def artists_by_title(content: str) -> dict[str, str]:
    """Artists by title that "Apple Music - Play History Daily Tracks.csv" names; titles of several artists left out."""
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(content)):
        artist, dash, title = (row.get("Track Description") or "").partition(" - ")
        if dash:
            found.setdefault(title.strip().casefold(), set()).add(artist.strip())
    return {title: next(iter(names)) for title, names in found.items() if len(names) == 1}


def _form(first: Sequence[str]) -> tuple[_Form | None, list[str]]:
    header = [cell.strip().lower().partition("#")[0] for cell in first]  # lastfmstats: "Date#user"
    for form in _FORMS:
        if form.columns <= set(header):
            return form, header
    if len(first) >= len(_LASTFM) and _MINUTE.fullmatch(first[len(_LASTFM) - 1].strip()):
        return _WITHOUT_HEADER, []
    if len(first) >= len(_LASTEXPORT) - 1 and first[0].isdigit():
        return _TSV, []
    return None, []


def _each(
    rows: Iterable[Sequence[str]],
    out: HistoryBuilder,
    form: _Form,
    names: Sequence[str],
    artists: Mapping[str, str],
    start: int,
) -> None:
    needed = max(index for index, name in enumerate(names) if name in form.columns) + 1
    for line, row in enumerate(rows, start):
        if not row:
            continue
        try:
            if len(row) < needed:
                raise ValueError(f"expected {len(names)} columns, found {len(row)}")
            cells = dict(zip(names, row, strict=False))
            if artists and "artist name" not in cells:
                cells["artist name"] = artists.get(cells.get("song name", "").strip().casefold(), "")
            form.add(cells, out)
        except ValueError as error:
            out.bad(f"line {line}", error)


def _names(row: Row, title: str, artist: str, album: str, mbid: str = "", length: str = "") -> Names:
    duration = row.get(length, "")
    return Names(
        v.required(row.get(title), "track"),
        v.required(row.get(artist), "artist"),
        v.text(row.get(album)),
        v.whole(duration, high=MAX_MS) if duration.strip().isdigit() else 0,
        v.text(row.get(mbid)),
    )


def _lastfm(row: Row, out: HistoryBuilder) -> None:
    out.play(ImportedPlay(_names(row, "track", "artist", "album", "track_mbid"), v.epoch_ms(row["uts"])))


def _lastfmstats(row: Row, out: HistoryBuilder) -> None:
    out.play(ImportedPlay(_names(row, "track", "artist", "album"), v.epoch_ms(row["date"], scale=1)))


def _without_header(row: Row, out: HistoryBuilder) -> None:
    when = row["when"].strip()
    if not _MINUTE.fullmatch(when):
        raise ValueError(f"{when!r:.40} is no time")  # strptime would take "12:3" for three past twelve
    names = _names(row, "track", "artist", "album")
    out.play(ImportedPlay(names, v.format_ms(when.replace(",", ""), "%d %b %Y %H:%M")))


def _lastexport(row: Row, out: HistoryBuilder) -> None:
    out.play(ImportedPlay(_names(row, "track", "artist", "album", "mbid"), v.epoch_ms(row["uts"])))


def _pano(row: Row, out: HistoryBuilder) -> None:
    names, at = _names(row, "track", "artist", "album", "", "durationms"), v.epoch_ms(row["timems"], scale=1)
    add_event(row.get("event") or "scrobble", names, at, out)


def add_event(event: str, names: Names, at: int, out: HistoryBuilder) -> None:
    """Add what Pano Scrobbler logged of a track: that it was played, or loved. UTC ms `at`."""
    if event == "scrobble":
        out.play(ImportedPlay(names, at))
    elif event == "love":
        out.thumb(ImportedThumb(names, 1, at))
    else:
        out.ignore()


def _apple_activity(row: Row, out: HistoryBuilder) -> None:
    """A row is a stretch of sound that ended: by itself, by a skip, by a pause."""
    listened = v.whole(row.get("play duration milliseconds"), low=-MAX_MS, high=MAX_MS)
    skipped = row.get("end reason type", "") in _SKIPPED
    if row.get("event type", "PLAY_END") != "PLAY_END" or not row["song name"].strip() or listened <= 0:
        out.ignore()
        return
    if listened < LISTEN_MS and not skipped:
        out.ignore()
        return
    if not row.get("artist name", "").strip():
        raise ValueError(
            "names no artist. Put “Apple Music - Play History Daily Tracks.csv” of the same export beside the file"
        )
    names = _names(row, "song name", "artist name", "album name", "", "media duration in milliseconds")
    end, begin = row.get("event end timestamp", ""), row.get("event start timestamp", "")
    at = v.iso_ms(begin) if begin.strip() else v.iso_ms(end) - listened
    out.play(ImportedPlay(names, at, listened, skipped and listened < LISTEN_MS))


def _apple_days(row: Row, out: HistoryBuilder) -> None:
    artist, dash, title = row["track description"].partition(" - ")
    if not dash:
        out.ignore()
        return
    names = Names(v.required(title, "track"), v.required(artist, "artist"))
    out.stat(
        ImportedStats(
            names,
            v.whole(row["play count"]),
            v.whole(row.get("skip count")),
            v.format_ms(row["date played"], "%Y%m%d"),
        )
    )


_LASTFM = ("artist", "album", "track", "when")
_LASTEXPORT = ("uts", "track", "artist", "album", "mbid")
_WITHOUT_HEADER = _Form("Last.fm CSV without header", frozenset(_LASTFM), _without_header)
"""A name of its own: what both forms tell is one play, though this one knows it to the minute alone."""
_TSV = _Form("lastexport", frozenset(_LASTEXPORT[:4]), _lastexport)
_FORMS = (
    _Form("Last.fm CSV", frozenset({"uts", "artist", "track"}), _lastfm),
    _Form("lastfmstats CSV", frozenset({"artist", "album", "track", "date"}), _lastfmstats),
    _Form("Pano Scrobbler CSV", frozenset({"timems", "artist", "track"}), _pano),
    _Form("Apple Music play activity", frozenset({"song name", "play duration milliseconds"}), _apple_activity),
    _Form("Apple Music daily tracks", frozenset({"track description", "date played", "play count"}), _apple_days),
)
