"""The store of what other programs counted and thought of tracks that the library does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import UtcMs
from player.storage._engine import Connections
from player.storage._vectors import LongArray, columns
from player.storage.listening._foreign import count_rows, known_artists
from player.storage.schema import ForeignCountRow, clean, ident

Row = ForeignCountRow
MOST_PLAYS = 20
"""Of one track no more plays count for its artist: one song played to death is not yet a favourite artist."""


@dataclass(frozen=True, slots=True)
class ForeignCount:
    """What another program knew about a track that is not in the library.

    Attributes:
        source: Short name of the program or service.
        title: Track title.
        artist: Artist as shown, empty where unknown.
        album: Album title, empty where unknown.
        duration_ms: Length of the track, 0 where unknown.
        recording_mbid: MusicBrainz recording id, empty where unknown.
        path: Local file, empty where unknown.
        play_count: Plays without times.
        skip_count: Skips likewise.
        rating: 0 to 1, None where not rated.
        last_played_at: Last play, None where unknown.
        thumb: +1 loved, -1 hated, 0 neither.
        thumb_at: When, 0 without.
        added_at: When that program first saw it, None where unknown.
    """

    source: str
    title: str
    artist: str = ""
    album: str = ""
    duration_ms: int = 0
    recording_mbid: str = ""
    path: str = ""
    play_count: int = 0
    skip_count: int = 0
    rating: float | None = None
    last_played_at: UtcMs | None = None
    thumb: int = 0
    thumb_at: UtcMs = UtcMs(0)
    added_at: UtcMs | None = None


class ForeignCountStore:
    """Counts, ratings and loves of tracks not owned, until a track comes that they belong to."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put(self, counts: Sequence[ForeignCount]) -> int:
        """Keep counts, in one transaction; the same track of the same source is replaced. Returns how many were new."""
        if not counts:
            return 0
        statement = upsert(Row)
        replaced = {name: statement.excluded[name] for name in _VALUES}
        with self._connections.writing() as connection:
            before = count_rows(connection, Row)
            rows = [_row(count) for count in counts]
            connection.execute(statement.on_conflict_do_update(index_elements=list(_KEYS), set_=replaced), rows)
            return count_rows(connection, Row) - before

    def all(self) -> list[ForeignCount]:
        """Everything kept."""
        names = list(ForeignCount.__dataclass_fields__)
        statement = select(*(getattr(Row, name) for name in names)).order_by(Row.artist_key, Row.title_key)
        with self._connections.reading() as connection:
            return [ForeignCount(*row) for row in connection.execute(statement)]

    def count(self) -> int:
        """How many are kept."""
        with self._connections.reading() as connection:
            return count_rows(connection, Row)

    def of_artists(self) -> tuple[LongArray, LongArray]:
        """Plays counted of artists that the library knows: artist ids and when, int64[F] both, in time order.

        Every play counts at the time of the last one; of one track at most `MOST_PLAYS`.
        """
        known = known_artists()
        statement = (
            select(known.c.id, Row.last_played_at, Row.play_count)
            .join(known, known.c.ident == Row.artist_key)
            .where(Row.last_played_at.is_not(None), Row.play_count > 0)
            .order_by(Row.last_played_at)
        )
        with self._connections.reading() as connection:
            artists, at, plays = columns(connection, statement, ("i8", "i8", "i8"))
        times = np.minimum(plays, MOST_PLAYS)
        return np.repeat(artists, times), np.repeat(at, times)

    def remove(self, counts: Sequence[ForeignCount]) -> None:
        """Let go of counts: their tracks have come."""
        if not counts:
            return
        one = [getattr(Row, name) == bindparam(f"the_{name}") for name in _KEYS]
        keys = [{f"the_{name}": value for name, value in _row(count).items() if name in _KEYS} for count in counts]
        with self._connections.writing() as connection:
            connection.execute(delete(Row).where(*one), keys, execution_options={"synchronize_session": False})


_KEYS = ("artist_key", "title_key", "album_key", "source")
_VALUES = (
    "duration_ms",
    "recording_mbid",
    "path",
    "play_count",
    "skip_count",
    "rating",
    "last_played_at",
    "thumb",
    "thumb_at",
    "added_at",
)


def _row(count: ForeignCount) -> dict[str, Any]:
    artist, title, album = clean(count.artist), clean(count.title), clean(count.album)
    return {
        "artist_key": ident(artist),
        "title_key": ident(title),
        "album_key": ident(album),
        "source": count.source,
        "artist": artist,
        "title": title,
        "album": album,
        "recording_mbid": clean(count.recording_mbid),
        **{name: getattr(count, name) for name in _VALUES if name != "recording_mbid"},
    }
