"""Quod Libet: `songs`, a pickle of dictionaries."""

from __future__ import annotations

import os
from typing import Any

from player.importing import _values as v
from player.importing._pickled import read_plain
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedStats, Names


def read(data: bytes) -> ImportedHistory:
    """Counts, ratings and times of all songs. Without `~#rating` a song is unrated.

    Raises:
        ValueError: the file is damaged, or names anything but songs.
    """
    try:
        songs = read_plain(data)
    except ValueError as error:
        raise ValueError(f"is no Quod Libet song list ({error})") from error
    if not isinstance(songs, list):
        raise ValueError("is no Quod Libet song list")
    out = HistoryBuilder("Quod Libet library")
    for number, song in enumerate(songs, 1):
        try:
            out.stat(_song(song))
        except (ValueError, TypeError, AttributeError) as error:
            out.bad(f"song {number}", error)
    return out.build()


def _song(song: dict[str, Any]) -> ImportedStats:
    path = song.get("~filename")
    names = Names(
        _line(song.get("title")) or _stem(path),
        _line(song.get("artist")),
        _line(song.get("album")),
        int(v.number(song.get("~#length", 0)) * 1000),
        _line(song.get("musicbrainz_trackid")),
        os.fsdecode(path) if path else None,
    )
    rating = song.get("~#rating")
    played, added = v.whole(song.get("~#lastplayed")), v.whole(song.get("~#added"))
    return ImportedStats(
        names,
        v.whole(song.get("~#playcount")),
        v.whole(song.get("~#skipcount")),
        v.epoch_ms(played) if played else None,
        min(max(v.number(rating), 0.0), 1.0) if rating is not None else None,
        v.epoch_ms(added) if added else None,
    )


def _line(value: Any) -> str:
    return v.text(value).replace("\n", ", ")


def _stem(path: Any) -> str:
    return os.path.splitext(os.path.basename(os.fsdecode(path)))[0] if path else ""
