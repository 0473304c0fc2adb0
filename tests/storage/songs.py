"""Scanned files for the tests, without files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.domain import Ms, ScannedTrack, TrackId, UtcMs
from player.storage import Database, plain_engine
from player.storage.listening import refresh_counters

NOW = UtcMs(1_760_000_000_000)
DAY = 86_400_000


def song(path: str = "/music/a.flac", **tags: Any) -> ScannedTrack:
    """A scanned file: by default its title is its name and its sound is its own."""
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    facts: dict[str, Any] = {
        "size": 1_000,
        "mtime_ns": 1,
        "audio_key": f"sound of {path}",
        "title": name,
        "duration_ms": Ms(200_000),
        "format": "flac",
    }
    return ScannedTrack(path=path, **{**facts, **tags})


def store(database: Database, *songs: ScannedTrack, at: int = NOW) -> tuple[TrackId, ...]:
    """Store songs that are new; their ids."""
    return database.files.write_scan(songs, UtcMs(at)).added


def titles(database: Database, ids: Sequence[int]) -> list[str]:
    """Titles of tracks in order."""
    return [track.title for track in database.tracks.get([TrackId(key) for key in ids])]


def rebuild_counters(path: Path) -> None:
    """Make the cached counters of all tracks again from the log, the thumbs and the priors."""
    engine = plain_engine(path)
    with engine.begin() as connection:
        refresh_counters(connection, None)
    engine.dispose()
