"""The store of playlists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from player.domain import (
    Ms,
    Playlist,
    PlaylistEntry,
    PlaylistId,
    SmartRules,
    TrackId,
    TrackOrder,
    UsageError,
    UtcMs,
    now_ms,
)
from player.storage._engine import Connections
from player.storage.schema import PlaylistEntryRow, PlaylistRow, TrackRow, clean, sort_key


class PlaylistStore:
    """Manual playlists (ordered, duplicates allowed, unresolved entries kept) and smart ones (rules as text)."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[Playlist]:
        """All playlists by name."""
        with self._connections.reading() as connection:
            rows = connection.execute(_PLAYLISTS.order_by(PlaylistRow.name_key, PlaylistRow.id))
            return [_playlist(row) for row in rows]

    def get(self, playlist_id: PlaylistId) -> Playlist | None:
        """One playlist."""
        with self._connections.reading() as connection:
            row = connection.execute(_PLAYLISTS.where(PlaylistRow.id == playlist_id)).first()
            return None if row is None else _playlist(row)

    def create(self, name: str, now: UtcMs | None = None, *, rules: SmartRules | None = None) -> PlaylistId:
        """Make an empty playlist, or a smart one.

        Raises:
            UsageError: the name is empty.
        """
        with self._connections.writing() as connection:
            values = {**_named(name), "created_at": now or now_ms(), "changed_at": now or now_ms(), **_ruled(rules)}
            key = connection.execute(insert(PlaylistRow).values(values)).inserted_primary_key
            assert key is not None
            return PlaylistId(key[0])

    def put_back(self, playlist: Playlist, entries: Sequence[PlaylistEntry], now: UtcMs | None = None) -> None:
        """Make a playlist what it was, under the id it had, whether it is still there or not."""
        values = {**_named(playlist.name), **_ruled(playlist.rules), "changed_at": now or now_ms()}
        with self._connections.writing() as connection:
            there = connection.execute(select(PlaylistRow.id).where(PlaylistRow.id == playlist.id)).first()
            if there is None:
                made = {"id": playlist.id, "created_at": playlist.created_at}
                connection.execute(insert(PlaylistRow).values(values | made))
            else:
                _change(connection, playlist.id, values)
            _replace_entries(connection, playlist.id, entries)

    def rename(self, playlist_id: PlaylistId, name: str, now: UtcMs | None = None) -> None:
        """Give a playlist another name.

        Raises:
            UsageError: the name is empty.
        """
        with self._connections.writing() as connection:
            _change(connection, playlist_id, {**_named(name), "changed_at": now or now_ms()})

    def set_rules(self, playlist_id: PlaylistId, rules: SmartRules, now: UtcMs | None = None) -> None:
        """Change what a smart playlist holds."""
        with self._connections.writing() as connection:
            _change(connection, playlist_id, {**_ruled(rules), "changed_at": now or now_ms()})

    def delete(self, playlist_id: PlaylistId) -> None:
        """Delete a playlist; its tracks stay in the library."""
        with self._connections.writing() as connection:
            connection.execute(delete(PlaylistRow).where(PlaylistRow.id == playlist_id))

    def tracks(self, playlist_id: PlaylistId) -> list[TrackId]:
        """Ids of a manual playlist's tracks in order, unresolved entries left out."""
        entry = PlaylistEntryRow
        statement = (
            select(entry.track_id)
            .where(entry.playlist_id == playlist_id, entry.track_id.is_not(None))
            .order_by(entry.position)
        )
        with self._connections.reading() as connection:
            return [TrackId(key) for key in connection.execute(statement).scalars() if key is not None]

    def set_tracks(self, playlist_id: PlaylistId, track_ids: Sequence[TrackId], now: UtcMs | None = None) -> None:
        """Put these tracks into a manual playlist, in this order, instead of what it held."""
        self.set_entries(playlist_id, [PlaylistEntry(key) for key in track_ids], now)

    def entries(self, playlist_id: PlaylistId) -> list[PlaylistEntry]:
        """All entries of a manual playlist in order, unresolved ones too."""
        entry = PlaylistEntryRow
        statement = (
            select(entry.track_id, entry.path, entry.title, entry.artist, entry.duration_ms)
            .where(entry.playlist_id == playlist_id)
            .order_by(entry.position)
        )
        with self._connections.reading() as connection:
            return [_entry(row) for row in connection.execute(statement)]

    def set_entries(self, playlist_id: PlaylistId, entries: Sequence[PlaylistEntry], now: UtcMs | None = None) -> None:
        """Put these entries into a manual playlist, in this order, instead of what it held."""
        with self._connections.writing() as connection:
            _change(connection, playlist_id, {"changed_at": now or now_ms()})
            _replace_entries(connection, playlist_id, entries)


_TOTALS = (
    select(
        PlaylistEntryRow.playlist_id,
        func.count().label("entries"),
        func.sum(func.coalesce(TrackRow.duration_ms, PlaylistEntryRow.duration_ms)).label("duration_ms"),
    )
    .outerjoin(TrackRow, TrackRow.id == PlaylistEntryRow.track_id)
    .group_by(PlaylistEntryRow.playlist_id)
    .subquery()
)
_PLAYLISTS = select(
    PlaylistRow.id,
    PlaylistRow.name,
    PlaylistRow.rules,
    PlaylistRow.rules_order,
    PlaylistRow.rules_descending,
    PlaylistRow.rules_limit,
    PlaylistRow.rules_limit_ms,
    PlaylistRow.rules_limit_bytes,
    _TOTALS.c.entries,
    _TOTALS.c.duration_ms,
    PlaylistRow.created_at,
    PlaylistRow.changed_at,
).outerjoin(_TOTALS, _TOTALS.c.playlist_id == PlaylistRow.id)


def _playlist(row: Any) -> Playlist:
    rules = None
    if row.rules is not None:
        known = row.rules_order in set(TrackOrder)
        order = TrackOrder(row.rules_order) if known else TrackOrder.ARTIST
        limits = (row.rules_limit, row.rules_limit_ms, row.rules_limit_bytes)
        rules = SmartRules(row.rules, order, row.rules_descending, *limits)
    return Playlist(
        PlaylistId(row.id),
        row.name,
        rules,
        row.entries or 0,
        Ms(row.duration_ms or 0),
        UtcMs(row.created_at),
        UtcMs(row.changed_at),
    )


def _entry(row: Any) -> PlaylistEntry:
    return PlaylistEntry(*row)


def _named(name: str) -> dict[str, str]:
    shown = clean(name).strip()
    if not shown:
        raise UsageError("A playlist needs a name.")
    return {"name": shown, "name_key": sort_key(shown)}


def _ruled(rules: SmartRules | None) -> dict[str, Any]:
    if rules is None:
        return {}
    return {
        "rules": clean(rules.text),
        "rules_order": rules.order.value,
        "rules_descending": rules.descending,
        "rules_limit": rules.limit,
        "rules_limit_ms": rules.limit_ms,
        "rules_limit_bytes": rules.limit_bytes,
    }


def _replace_entries(connection: Connection, playlist_id: PlaylistId, entries: Sequence[PlaylistEntry]) -> None:
    rows = [
        {
            "playlist_id": playlist_id,
            "position": position,
            "track_id": entry.track_id,
            "path": entry.path,
            "title": clean(entry.title),
            "artist": clean(entry.artist),
            "duration_ms": entry.duration_ms,
        }
        for position, entry in enumerate(entries)
    ]
    connection.execute(delete(PlaylistEntryRow).where(PlaylistEntryRow.playlist_id == playlist_id))
    if rows:
        connection.execute(insert(PlaylistEntryRow), rows)


def _change(connection: Connection, playlist_id: PlaylistId, values: dict[str, Any]) -> None:
    if not connection.execute(update(PlaylistRow).where(PlaylistRow.id == playlist_id).values(values)).rowcount:
        raise UsageError("This playlist does not exist any more.")
