"""Spotify's exports: account data (a year, to the minute) and the extended history (everything).

Both give the END of a play; its start is that minus the milliseconds played.
"""

from __future__ import annotations

from typing import Any

from player.domain import LISTEN_MS
from player.importing import _values as v
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, Names

LISTENER_ENDS = frozenset({"fwdbtn", "backbtn", "clickrow", "click-row", "nextbtn", "remote"})
MAX_PLAY_MS = 86_400_000


def looks_like(document: Any) -> str | None:
    """Tell which of the two exports a document is: `extended` or `account`; None for another document."""
    if not isinstance(document, list):
        return None
    for row in document[:20]:
        if isinstance(row, dict):
            if "master_metadata_track_name" in row:
                return "extended"
            if "msPlayed" in row and "endTime" in row:
                return "account"
    return None


def read_extended(rows: list[Any]) -> ImportedHistory:
    """`Streaming_History_Audio_*.json` or `endsong_*.json`; rows without a track name are no music."""
    out = HistoryBuilder("Spotify extended history")
    for number, row in enumerate(rows, 1):
        try:
            _extended_row(row, out)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            out.bad(f"row {number}", error)
    return out.build()


def _extended_row(row: dict[str, Any], out: HistoryBuilder) -> None:
    title = v.text(row["master_metadata_track_name"])
    if not title:
        out.ignore()
        return
    names = Names(
        title,
        v.required(row["master_metadata_album_artist_name"], "artist"),
        v.text(row.get("master_metadata_album_album_name")),
    )
    listened = v.whole(row["ms_played"], high=MAX_PLAY_MS)
    by_listener = bool(row.get("skipped")) or row.get("reason_end") in LISTENER_ENDS
    skipped = listened < LISTEN_MS and by_listener
    out.play(ImportedPlay(names, v.iso_ms(row["ts"]) - listened, listened, skipped))


def read_account(rows: list[Any]) -> ImportedHistory:
    """`StreamingHistory*.json`; podcasts have no `trackName`."""
    out = HistoryBuilder("Spotify account data")
    for number, row in enumerate(rows, 1):
        try:
            if "trackName" not in row:
                out.ignore()
                continue
            names = Names(v.required(row["trackName"], "track"), v.required(row["artistName"], "artist"))
            listened = v.whole(row["msPlayed"], high=MAX_PLAY_MS)
            ended = v.format_ms(row["endTime"], "%Y-%m-%d %H:%M")
            out.play(ImportedPlay(names, ended - listened, listened, listened < LISTEN_MS))
        except (ValueError, KeyError, TypeError) as error:
            out.bad(f"row {number}", error)
    return out.build()
