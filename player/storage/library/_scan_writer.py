"""Storing a batch of scanned files in one transaction."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, false, func, not_, or_, select, text, update

from player.domain import ScannedTrack, TrackId, UtcMs, WriteResult
from player.storage._aggregates import Touched, add_to_genres, touched_by
from player.storage._bulk import Bulk
from player.storage._revisions import STATS, TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._arranging import note_unarranged
from player.storage.library._credits import Credit, Credits, album_credits, album_ident, credits, next_key
from player.storage.library._identity import Holder, Plan, identify, shown_artist
from player.storage.library._scan_rows import detail_row, search_row, track_row
from player.storage.schema import (
    SEARCH_COLUMNS,
    SEARCH_TABLE,
    AlbumRow,
    Role,
    TrackArtistRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
    clean,
    ident,
)
from player.storage.search import path_below

_ROLES: dict[Role, Callable[[ScannedTrack], tuple[str, ...]]] = {
    Role.CONDUCTOR: lambda file: file.conductors,
    Role.REMIXER: lambda file: file.remixers,
}


class ScanWriter:
    """Stores one batch of scanned files inside a transaction.

    Args:
        connection: A writing connection.
        now: When the batch was read.
        lost: Whether the file of a track stored as present has gone or changed (`_identity.identify`).
        walked: Folders of which all that vanished is known: a track that is stored as present there is.
    """

    def __init__(
        self, connection: Connection, now: UtcMs, lost: Callable[[Holder], bool], walked: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._now = now
        self._lost = lost
        unknown = not_(or_(false(), *(path_below(TrackRow.path, folder) for folder in walked)))
        self._may_be_lost = or_(TrackRow.superseded != 0, TrackRow.state != TrackState.PRESENT, unknown)

    def write(self, batch: Sequence[ScannedTrack]) -> WriteResult:
        """Store `batch`; of several with one place the last counts."""
        files = list({(file.path, int(file.start_ms)): file for file in batch}.values())
        if not files:
            return WriteResult()
        plan = identify(files, self._holders(files), self._lost)
        ids = self._ids(files, plan)
        old = [holder.id for holder in plan.holders.values()]
        touched = touched_by(self._connection, old)
        self._supersede(plan.superseded)
        self._park([holder.id for at, holder in plan.holders.items() if holder.place != _place(files[at])])
        _merge(touched, self._store(files, ids, frozenset(old)))
        touched.recount(self._connection, drop=bool(old))
        advance(self._connection, TRACKS, STATS)
        note_unarranged(self._connection, len(files))
        return _result(files, plan, ids)

    def _holders(self, files: Sequence[ScannedTrack]) -> list[Holder]:
        found: dict[int, Holder] = {}
        for paths in chunks(list(dict.fromkeys(file.path for file in files))):
            self._collect(found, _HOLDERS.where(TrackRow.path.in_(paths)))
        for keys in chunks([file.audio_key for file in files if file.audio_key is not None]):
            self._collect(found, _HOLDERS.where(TrackRow.audio_key.in_(keys), self._may_be_lost))
        known = {holder.place for holder in found.values()}
        new = [file.path for file in files if _place(file) not in known]
        if new and self._connection.execute(_ANY_ABSENT).first() is not None:
            for path in new:
                stem = os.path.splitext(path)[0]
                absent = TrackRow.state != TrackState.PRESENT
                self._collect(found, _HOLDERS.where(TrackRow.path > stem, TrackRow.path < stem + "/", absent))
        return list(found.values())

    def _collect(self, found: dict[int, Holder], statement: Executable) -> None:
        for row in self._connection.execute(statement):
            found[row.id] = Holder(*row)

    def _ids(self, files: Sequence[ScannedTrack], plan: Plan) -> list[int]:
        next_id = next_key(self._connection, "tracks")
        ids = []
        for at in range(len(files)):
            holder = plan.holders.get(at)
            ids.append(next_id if holder is None else holder.id)
            next_id += holder is None
        return ids

    def _supersede(self, holders: Sequence[Holder]) -> None:
        rows = [{"of": holder.id} for holder in holders]
        if rows:
            values = {"superseded": TrackRow.id, "state": TrackState.MISSING, "missing_since": self._now}
            self._connection.execute(update(TrackRow).where(TrackRow.id == bindparam("of")).values(values), rows)

    def _park(self, ids: Sequence[int]) -> None:
        """Take tracks that change places off their old ones first: two may swap."""
        if ids:
            statement = update(TrackRow).where(TrackRow.id == bindparam("of")).values(superseded=TrackRow.id)
            self._connection.execute(statement, [{"of": key} for key in ids])

    def _store(self, files: Sequence[ScannedTrack], ids: Sequence[int], old: frozenset[int]) -> Touched:
        names = Credits(self._connection)
        own = [_own_credits(file) for file in files]
        named = [credit for roles in own for _, credited in roles for credit in credited]
        artist_ids = names.artists([*named, *(credit for file in files for credit in album_credits(file))])
        genre_ids = names.genres(clean(genre) for file in files for genre in file.genres)
        settled = self._settled_albums(files, ids, old)
        album_ids = names.albums([file for file, key in zip(files, ids, strict=True) if key not in settled], artist_ids)
        tracks = [
            track_row(file, key, settled[key] if key in settled else album_ids.get(album_ident(file) or ""))
            for file, key in zip(files, ids, strict=True)
        ]
        details = [detail_row(file, key, self._now) for file, key in zip(files, ids, strict=True)]
        self._forget_links(sorted(old))
        _TRACKS.insert(self._connection, [{**row, "added_at": self._now} for row in tracks if row["id"] not in old])
        changed = [{"of": row.pop("id"), **row} for row in tracks if row["id"] in old]
        if changed:
            self._connection.execute(update(TrackRow).where(TrackRow.id == bindparam("of")), changed)
        _DETAILS.insert(self._connection, details)
        _ARTISTS.insert(self._connection, list(_artist_links(own, ids, artist_ids)))
        genres = list(_genre_links(files, ids, genre_ids))
        _GENRES.insert(self._connection, genres)
        texts = [_search_values(search_row(file, key)) for file, key in zip(files, ids, strict=True)]
        self._connection.exec_driver_sql(_INDEX, texts)
        if old:
            return Touched(set(album_ids.values()), set(artist_ids.values()), set(genre_ids.values()))
        add_to_genres(self._connection, Counter(link["genre_id"] for link in genres))
        return Touched(set(album_ids.values()), set(artist_ids.values()), set())

    def _settled_albums(
        self, files: Sequence[ScannedTrack], ids: Sequence[int], old: frozenset[int]
    ) -> dict[int, int | None]:
        """Albums of known tracks whose files say the same of it as before, by track id."""
        told: dict[int, tuple[int | None, tuple[Any, ...]]] = {}
        for part in chunks(sorted(old)):
            for key, album_id, path, *tags in self._connection.execute(_ALBUM_TAGS.where(TrackRow.id.in_(part))):
                told[key] = (album_id, (os.path.dirname(path), *tags))
        return {
            key: told[key][0]
            for file, key in zip(files, ids, strict=True)
            if key in told and told[key][1] == _album_tags(file)
        }

    def _forget_links(self, ids: Sequence[int]) -> None:
        for part in chunks(ids):
            for table in (TrackDetailRow, TrackArtistRow, TrackGenreRow):
                self._connection.execute(delete(table).where(table.track_id.in_(part)))
        if ids:
            self._connection.execute(_UNINDEX, [{"id": key} for key in ids])


_TRACKS = Bulk(TrackRow)
_DETAILS = Bulk(TrackDetailRow)
_ARTISTS = Bulk(TrackArtistRow)
_GENRES = Bulk(TrackGenreRow)
_HOLDERS = select(
    TrackRow.id,
    TrackRow.path,
    TrackRow.start_ms,
    TrackRow.superseded != 0,
    TrackRow.state,
    TrackRow.audio_key,
    TrackRow.size,
    TrackRow.mtime_ns,
    TrackRow.title,
    TrackRow.artist,
    func.coalesce(AlbumRow.title, ""),
    TrackRow.duration_ms,
).outerjoin(AlbumRow, AlbumRow.id == TrackRow.album_id)
_ALBUM_TAGS = select(
    TrackRow.id,
    TrackRow.album_id,
    TrackRow.path,
    TrackRow.artist,
    TrackDetailRow.album,
    TrackDetailRow.album_artists,
    TrackDetailRow.album_artist,
    TrackDetailRow.mb_album_id,
    TrackDetailRow.compilation,
).join(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)
_ANY_ABSENT = select(TrackRow.id).where(text("state <> 'present'")).limit(1)
_INDEX = (
    f"INSERT INTO {SEARCH_TABLE} (rowid, {', '.join(SEARCH_COLUMNS)}) "  # noqa: S608 - our own constant names
    f"VALUES (?{', ?' * len(SEARCH_COLUMNS)})"
)
_search_values = itemgetter("id", *SEARCH_COLUMNS)
_UNINDEX = text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :id")  # noqa: S608


def _place(file: ScannedTrack) -> tuple[str, int]:
    return file.path, int(file.start_ms)


def _album_tags(file: ScannedTrack) -> tuple[Any, ...]:
    """What a file says of its album, as `_ALBUM_TAGS` reads it."""
    return (
        os.path.dirname(file.path),
        clean(shown_artist(file)),
        clean(file.album),
        [clean(name) for name in file.album_artists],
        clean(file.album_artist_display),
        clean(file.mb_album_id),
        file.compilation,
    )


def _merge(into: Touched, other: Touched) -> None:
    into.albums |= other.albums
    into.artists |= other.artists
    into.genres |= other.genres


def _result(files: Sequence[ScannedTrack], plan: Plan, ids: Sequence[int]) -> WriteResult:
    moved = [at for at, holder in plan.holders.items() if holder.path != files[at].path]
    stayed = plan.holders.keys() - set(moved)
    added = [at for at in range(len(files)) if at not in plan.holders]

    def named(places: Iterable[int]) -> tuple[TrackId, ...]:
        return tuple(TrackId(ids[at]) for at in sorted(places))

    return WriteResult(added=named(added), updated=named(stayed), moved=named(moved))


def _own_credits(file: ScannedTrack) -> list[tuple[Role, tuple[Credit, ...]]]:
    named = [(Role.ARTIST, credits(file.artists, file.artist_sorts, file.mb_artist_ids))]
    if file.composers:
        named.append((Role.COMPOSER, credits(file.composers, file.composer_sorts)))
    return named + [(role, credits(names(file))) for role, names in _ROLES.items() if names(file)]


def _artist_links(
    own: Sequence[list[tuple[Role, tuple[Credit, ...]]]], ids: Sequence[int], artist_ids: dict[Credit, int]
) -> Iterable[dict[str, Any]]:
    for roles, key in zip(own, ids, strict=True):
        for role, named in roles:
            for position, credit in enumerate(named):
                yield {"track_id": key, "role": role, "position": position, "artist_id": artist_ids[credit]}


def _genre_links(
    files: Sequence[ScannedTrack], ids: Sequence[int], genre_ids: dict[str, int]
) -> Iterable[dict[str, Any]]:
    for file, key in zip(files, ids, strict=True):
        for position, name in enumerate(dict.fromkeys(ident(clean(genre)) for genre in file.genres)):
            yield {"track_id": key, "position": position, "genre_id": genre_ids[name]}
