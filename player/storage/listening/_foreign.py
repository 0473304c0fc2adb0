"""The store of plays of tracks that the library does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Subquery, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import UtcMs
from player.storage._engine import Connections
from player.storage._vectors import LongArray, chunks, columns
from player.storage.listening._imported import near
from player.storage.schema import ArtistRow, Base, ForeignPlayRow, clean, ident

Row = ForeignPlayRow


@dataclass(frozen=True, slots=True)
class ForeignPlay:
    """A play that another program logged of a track that is not in the library.

    Attributes:
        source: Short name of the program or service.
        started_at: When it began.
        title: Track title.
        artist: Artist as shown; never empty.
        album: Album title, empty where unknown.
        duration_ms: Length of the track, 0 where unknown.
        recording_mbid: MusicBrainz recording id, empty where unknown.
        listened_ms: Sound heard; None where unknown.
        skipped: Whether the listener cut it short; None where unknown.
    """

    source: str
    started_at: UtcMs
    title: str
    artist: str
    album: str = ""
    duration_ms: int = 0
    recording_mbid: str = ""
    listened_ms: int | None = None
    skipped: bool | None = None


class ForeignPlayStore:
    """Plays of tracks not owned, by artist and title, until a track comes that they belong to."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, plays: Sequence[ForeignPlay]) -> int:
        """Keep plays, in one transaction; returns how many were new.

        The same again adds nothing, nor does a play that another source told of within a minute.
        """
        if not plays:
            return 0
        with self._connections.writing() as connection:
            before = count_rows(connection, Row)
            fresh = _not_told_elsewhere(connection, plays)
            if fresh:
                connection.execute(upsert(Row).on_conflict_do_nothing(), [_row(play) for play in fresh])
            return count_rows(connection, Row) - before

    def all(self) -> list[ForeignPlay]:
        """Every play kept, oldest first."""
        with self._connections.reading() as connection:
            return [_kept(row) for row in connection.execute(_PLAYS)]

    def of_artists(self) -> tuple[LongArray, LongArray]:
        """Plays of artists that the library knows: artist ids and when each began, int64[F] both, in time order.

        Skips are left out.
        """
        known = known_artists()
        statement = (
            select(known.c.id, Row.started_at)
            .join(known, known.c.ident == Row.artist_key)
            .where(Row.skipped.is_not(True))
            .order_by(Row.started_at)
        )
        with self._connections.reading() as connection:
            artists, started_at = columns(connection, statement, ("i8", "i8"))
        return artists, started_at

    def count(self) -> int:
        """How many are kept."""
        with self._connections.reading() as connection:
            return count_rows(connection, Row)

    def remove(self, plays: Sequence[ForeignPlay]) -> None:
        """Let go of plays: their tracks have come, and they are in the log now."""
        if not plays:
            return
        one = [column == bindparam(name) for column, name in zip(_KEY, _KEY_NAMES, strict=True)]
        keys = [dict(zip(_KEY_NAMES, _key(play), strict=True)) for play in plays]
        with self._connections.writing() as connection:
            connection.execute(delete(Row).where(*one), keys, execution_options={"synchronize_session": False})


_KEY = (Row.artist_key, Row.title_key, Row.started_at, Row.source)
_KEY_NAMES = ("by_artist", "by_title", "at", "of")
_PLAYS = select(
    Row.source,
    Row.started_at,
    Row.title,
    Row.artist,
    Row.album,
    Row.duration_ms,
    Row.recording_mbid,
    Row.listened_ms,
    Row.skipped,
).order_by(Row.started_at)


def _kept(row: Any) -> ForeignPlay:
    return ForeignPlay(*row)


def count_rows(connection: Connection, table: type[Base]) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def known_artists() -> Subquery:
    """Artists that the library knows, one row for each identity: `ident`, and the lowest `id` that bears it."""
    return select(ArtistRow.ident, func.min(ArtistRow.id).label("id")).group_by(ArtistRow.ident).subquery()


def _key(play: ForeignPlay) -> tuple[str, str, int, str]:
    return ident(clean(play.artist)), ident(clean(play.title)), play.started_at, play.source


def _row(play: ForeignPlay) -> dict[str, Any]:
    artist_key, title_key, started_at, source = _key(play)
    return {
        "artist_key": artist_key,
        "title_key": title_key,
        "started_at": started_at,
        "source": source,
        "artist": clean(play.artist),
        "title": clean(play.title),
        "album": clean(play.album),
        "duration_ms": play.duration_ms,
        "recording_mbid": clean(play.recording_mbid),
        "listened_ms": play.listened_ms,
        "skipped": play.skipped,
    }


def _not_told_elsewhere(connection: Connection, plays: Sequence[ForeignPlay]) -> list[ForeignPlay]:
    """`plays` without those that another source told of at about the same time."""
    known: dict[tuple[str, str, str], list[int]] = {}
    for part in chunks(sorted({_key(play)[0] for play in plays})):
        told = select(Row.artist_key, Row.title_key, Row.source, Row.started_at).where(Row.artist_key.in_(part))
        for artist_key, title_key, source, started_at in connection.execute(told):
            known.setdefault((artist_key, title_key, source), []).append(started_at)
    times: dict[tuple[str, str], dict[str, Any]] = {}
    for (artist_key, title_key, source), found in known.items():
        times.setdefault((artist_key, title_key), {})[source] = np.sort(np.array(found))

    def elsewhere(play: ForeignPlay) -> bool:
        told = times.get(_key(play)[:2], {})
        return any(near(found, play.started_at) for source, found in told.items() if source != play.source)

    return [play for play in plays if not elsewhere(play)]
