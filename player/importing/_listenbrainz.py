"""ListenBrainz exports: the zip of today, the one JSON list of before, and payloads of its API."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from player.bounded import parse_json
from player.importing import _values as v
from player.importing._bounded import read_member
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, ImportedThumb, Names

LISTENS = re.compile(r"(^|/)listens/\d{4}/\d{1,2}\.jsonl$")
FORMAT = "ListenBrainz export"


def read_zip(path: Path) -> ImportedHistory:
    """The zip: `listens/YYYY/M.jsonl` and `feedback.jsonl`.

    Raises:
        FileError: the archive is damaged or too large.
    """
    out = HistoryBuilder(FORMAT)
    by_msid: dict[str, Names] = {}
    with zipfile.ZipFile(path) as archive:
        members = sorted(archive.namelist())
        for member in members:
            if LISTENS.search(member):
                for where, listen in _lines(archive, member, out):
                    _listen(listen, where, out, by_msid)
        for member in members:
            if Path(member).name == "feedback.jsonl":
                for where, row in _lines(archive, member, out):
                    _feedback(row, where, out, by_msid)
    return out.build()


def _lines(archive: zipfile.ZipFile, member: str, out: HistoryBuilder) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(read_member(archive, member).splitlines(), 1):
        where = f"{member}, line {number}"
        if not line.strip():
            continue
        try:
            yield where, parse_json(line)
        except (ValueError, RecursionError) as error:
            out.bad(where, error)


def read_json(document: Any) -> ImportedHistory:
    """A list of listens, or an API payload `{"payload": [...]}`."""
    out = HistoryBuilder(FORMAT)
    listens = document.get("payload") if isinstance(document, dict) else document
    if not isinstance(listens, list):
        raise ValueError("holds no list of listens")
    playing_now = isinstance(document, dict) and document.get("listen_type") == "playing_now"
    for number, listen in enumerate(listens, 1):
        if playing_now:
            out.ignore()
        else:
            _listen(listen, f"listen {number}", out, {})
    return out.build()


def _listen(listen: Any, where: str, out: HistoryBuilder, by_msid: dict[str, Names]) -> None:
    try:
        meta = listen["track_metadata"]
        info = meta.get("additional_info") or {}
        mapping = meta.get("mbid_mapping") or {}
        duration = info.get("duration_ms") or (v.number(info["duration"]) * 1000 if info.get("duration") else 0)
        names = Names(
            v.required(meta["track_name"], "track_name"),
            v.required(meta["artist_name"], "artist_name"),
            v.text(meta.get("release_name")),
            v.whole(duration, high=86_400_000),
            v.text(mapping.get("recording_mbid") or info.get("recording_mbid")),
        )
        for msid in (meta.get("recording_msid"), listen.get("recording_msid")):
            if isinstance(msid, str):
                by_msid[msid] = names
        out.play(ImportedPlay(names, v.epoch_ms(listen["listened_at"])))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        out.bad(where, error)


def _feedback(row: Any, where: str, out: HistoryBuilder, by_msid: dict[str, Names]) -> None:
    try:
        value = int(v.number(row["score"]))
        if value not in (-1, 1):
            raise ValueError(f"score {value} is neither 1 nor -1")
        mbid = v.text(row.get("recording_mbid"))
        names = by_msid.get(row.get("recording_msid") or "")
        if names is None and not mbid:
            raise ValueError("names a recording that is not among the listens")
        out.thumb(ImportedThumb(names or Names("", "", recording_mbid=mbid), value, v.epoch_ms(row["created"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        out.bad(where, error)


def looks_like(document: Any) -> bool:
    """Whether a JSON document is a ListenBrainz list or payload."""
    rows = document.get("payload") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not rows:
        return False
    return any(isinstance(row, dict) and "track_metadata" in row for row in rows[:20])
