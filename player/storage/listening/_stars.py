"""The store of stars: the listener's own ratings of tracks, apart from what files say."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import TrackId, UsageError, UtcMs, now_ms
from player.storage._engine import Connections
from player.storage._revisions import TRACKS, advance
from player.storage.schema import StarRow

MAX_STARS = 5.0


class StarStore:
    """Own ratings, 0 to 5 in halves. They stay in the library; files get them only by an edit of their tags."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def give(self, stars: Mapping[TrackId, float | None], now: UtcMs | None = None) -> dict[TrackId, float | None]:
        """Rate tracks, or take their stars back (None); returns what they had, which undoes it.

        Raises:
            UsageError: a number that is none of 0, 0.5, 1 … 5; nothing was changed.
        """
        known = self.all()
        self._write(stars, now or now_ms())
        return {key: known.get(key) for key in stars}

    def take_over(self, stars: Mapping[TrackId, float], now: UtcMs | None = None) -> int:
        """Rate tracks that have no stars yet; returns how many.

        Raises:
            UsageError: as `give`.
        """
        known = self.all()
        new = {key: value for key, value in stars.items() if key not in known}
        self._write(new, now or now_ms())
        return len(new)

    def all(self) -> dict[TrackId, float]:
        """The stars of every track that has some."""
        with self._connections.reading() as connection:
            rows = connection.execute(select(StarRow.track_id, StarRow.value))
            return {TrackId(key): value for key, value in rows}

    def _write(self, stars: Mapping[TrackId, float | None], now: UtcMs) -> None:
        for value in stars.values():
            if value is not None and (not 0 <= value <= MAX_STARS or value * 2 != round(value * 2)):
                raise UsageError(f"{value:g} is no rating: it goes from 0 to 5 stars, in halves.")
        given = [{"track_id": key, "value": value, "at": now} for key, value in stars.items() if value is not None]
        taken = [{"of": key} for key, value in stars.items() if value is None]
        if not given and not taken:
            return
        statement = upsert(StarRow)
        replaced = {name: statement.excluded[name] for name in ("value", "at")}
        with self._connections.writing() as connection:
            if given:
                connection.execute(statement.on_conflict_do_update(index_elements=["track_id"], set_=replaced), given)
            if taken:
                connection.execute(delete(StarRow).where(StarRow.track_id == bindparam("of")), taken)
            advance(connection, TRACKS)
