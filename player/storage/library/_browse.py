"""Lists of albums, artists and genres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, SQLColumnExpression, func, or_, select

from player.domain import Album, AlbumOrder, AlbumQuery, Artist, Genre
from player.storage._cancellation import while_wanted
from player.storage._vectors import LongArray, chunks, columns, id_set
from player.storage.library._pages import ALBUMS, ARTISTS, album_of, artist_of
from player.storage.schema import (
    AlbumArtistRow,
    AlbumRow,
    ArtistRow,
    GenreRow,
    Role,
    TrackArtistRow,
    TrackGenreRow,
    TrackRow,
    TrackStatRow,
    ident,
    match_expression,
    sort_key,
)
from player.storage.search import ALBUM, Values, album_artist_key, search_hits

_ALBUM_WORDS = ("album", "album_artists", "artists")


def read_albums(
    connection: Connection, values: Values, query: AlbumQuery, tracks: Sequence[int] | None = None
) -> list[Album]:
    """The albums of a query, in order; with `tracks` those that hold one of these, whatever the query's text."""
    chosen = _chosen(connection, values, ALBUMS, query, tracks)
    with while_wanted(connection):
        return [album_of(row) for row in connection.execute(chosen)]


def read_album_ids(connection: Connection, values: Values, query: AlbumQuery) -> LongArray:
    """Ids of the albums of a query, in order, int64[n]."""
    chosen = _chosen(connection, values, ALBUMS.with_only_columns(AlbumRow.id), query, None)
    (ids,) = columns(connection, chosen, ("i8",))
    return ids


def read_albums_of(connection: Connection, ids: Sequence[int]) -> list[Album]:
    """Albums in the order of `ids`; ids that do not exist are left out."""
    found: dict[int, Album] = {}
    for part in chunks(list(ids)):
        found |= {row.id: album_of(row) for row in connection.execute(ALBUMS.where(AlbumRow.id.in_(part)))}
    return [found[key] for key in ids if key in found]


def _chosen(
    connection: Connection, values: Values, statement: Select[Any], query: AlbumQuery, tracks: Sequence[int] | None
) -> Select[Any]:
    if tracks is not None:
        albums = _albums_with(connection, values, np.asarray(tracks, np.int64))
        statement = statement.where(AlbumRow.id.in_(_listed(albums)))
    elif query.text.strip():
        statement = statement.where(_album_found(connection, values, query.text))
    if query.artist_id is not None:
        own = select(AlbumArtistRow.album_id).where(AlbumArtistRow.artist_id == query.artist_id)
        on = select(TrackArtistRow.track_id).where(TrackArtistRow.artist_id == query.artist_id)
        with_track = select(TrackRow.album_id).where(TrackRow.id.in_(on), TrackRow.album_id.is_not(None))
        statement = statement.where(or_(AlbumRow.id.in_(own), AlbumRow.id.in_(with_track)))
    if query.genre is not None:
        tagged = select(TrackGenreRow.track_id).join(GenreRow, GenreRow.id == TrackGenreRow.genre_id)
        tagged = tagged.where(GenreRow.ident == ident(query.genre))
        statement = statement.where(AlbumRow.id.in_(select(TrackRow.album_id).where(TrackRow.id.in_(tagged))))
    return _in_order(statement, query).limit(query.limit).offset(query.offset or None)


def _listed(ids: Sequence[int]) -> Select[Any]:
    """Any number of ids as rows, in one parameter."""
    return select(func.json_each(f"[{','.join(map(str, ids))}]").table_valued("value").c.value)


def _albums_with(connection: Connection, values: Values, tracks: LongArray) -> list[int]:
    """Ids of the albums of tracks: by a vector, since a letter finds a million tracks, whose rows lie far apart."""
    albums = values.vector(connection, ALBUM)
    found = albums[tracks[tracks < len(albums)]]
    ids: list[int] = np.unique(found[~np.isnan(found)]).astype(np.int64).tolist()
    return ids


def _album_found(connection: Connection, values: Values, text: str) -> SQLColumnExpression[bool]:
    expression = match_expression(text, _ALBUM_WORDS)
    year = text.strip()
    by_year = AlbumRow.year == int(year) if year.isdecimal() and len(year) == 4 else None
    if expression is None:
        return AlbumRow.id.is_(None) if by_year is None else by_year
    hits = id_set(connection, search_hits(expression))
    found = AlbumRow.id.in_(_listed(_albums_with(connection, values, hits)))
    return found if by_year is None else or_(found, by_year)


_artist = album_artist_key()
_among_artists = (AlbumRow.year, AlbumRow.title_key, AlbumRow.id)
_COLUMNS: dict[AlbumOrder, SQLColumnExpression[Any]] = {
    AlbumOrder.TITLE: AlbumRow.title_key,
    AlbumOrder.YEAR: AlbumRow.year,
    AlbumOrder.ADDED: AlbumRow.added_at,
    AlbumOrder.DURATION: AlbumRow.duration_ms,
}


def _in_order(statement: Select[Any], query: AlbumQuery) -> Select[Any]:
    if query.order is AlbumOrder.ARTIST:
        # Looked up once for each album: all of them stand in this order.
        by_artist = _artist.desc() if query.descending else _artist.asc()
        return statement.order_by(by_artist.nulls_last(), *_among_artists)
    first: SQLColumnExpression[Any]
    if query.order in _COLUMNS:
        first = _COLUMNS[query.order]
    else:
        heard = _heard(query.order)
        statement = statement.outerjoin(heard, heard.c.album_id == AlbumRow.id)
        first = heard.c.value
    by_value = first.desc().nulls_last() if query.descending else first.asc().nulls_last()
    # What the tags say is near enough where only ties are broken, and costs no look at the artist.
    return statement.order_by(by_value, AlbumRow.artist_key, *_among_artists)


def _heard(order: AlbumOrder) -> Any:
    value = func.sum(TrackStatRow.play_count) if order is AlbumOrder.PLAYS else func.max(TrackStatRow.last_played_at)
    statement = select(TrackRow.album_id.label("album_id"), value.label("value"))
    return statement.join(TrackStatRow, TrackStatRow.track_id == TrackRow.id).group_by(TrackRow.album_id).subquery()


def read_artists(connection: Connection, text: str, tracks: Sequence[int] | None = None) -> list[Artist]:
    """Artists whose names contain `text`, by name; all where it is empty; with `tracks` those who perform on these."""
    statement = ARTISTS
    key = sort_key(text)
    if tracks is not None:
        performing = TrackArtistRow.track_id.in_(_listed(tracks)) & (TrackArtistRow.role == Role.ARTIST)
        statement = statement.where(ArtistRow.id.in_(select(TrackArtistRow.artist_id).where(performing)))
    elif key:
        statement = statement.where(func.instr(ArtistRow.name_key, key) > 0)
    return [artist_of(row) for row in connection.execute(statement.order_by(ArtistRow.name_key, ArtistRow.id))]


def read_genres(connection: Connection) -> list[Genre]:
    """All genres by name, with how many tracks carry them."""
    statement = select(GenreRow.name, GenreRow.track_count).where(GenreRow.track_count > 0).order_by(GenreRow.ident)
    return [Genre(name, count) for name, count in connection.execute(statement)]
