"""Cached counts of albums, artists and genres, kept in the transaction that changes their tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text, update

from player.storage._vectors import chunks
from player.storage.schema import AlbumArtistRow, GenreRow, TrackArtistRow, TrackGenreRow, TrackRow

_COUNT_ALBUMS = """
UPDATE albums SET (track_count, duration_ms, year, added_at) = (
    SELECT count(*), coalesce(sum(duration_ms), 0), min(year), coalesce(max(added_at), 0)
    FROM tracks WHERE album_id = albums.id AND state <> 'removed'
), cover_key = (
    SELECT cover_key FROM tracks WHERE album_id = albums.id AND cover_key IS NOT NULL AND state <> 'removed'
    ORDER BY disc_no, track_no, title_key LIMIT 1
) WHERE id = :id
"""
_COUNT_ARTISTS = """
WITH own AS (
    SELECT t.id, t.album_id FROM track_artists l JOIN tracks t ON t.id = l.track_id
    WHERE l.artist_id = :id AND l.role = 'artist' AND t.state <> 'removed'
), album AS (
    SELECT album_id AS id FROM own WHERE album_id IS NOT NULL
    UNION SELECT album_id FROM album_artists WHERE artist_id = :id
)
UPDATE artists SET track_count = (SELECT count(DISTINCT id) FROM own),
    album_count = (SELECT count(*) FROM albums WHERE id IN (SELECT id FROM album) AND track_count > 0),
    cover_key = (
        SELECT cover_key FROM albums WHERE id IN (SELECT id FROM album) AND cover_key IS NOT NULL
        ORDER BY EXISTS (SELECT 1 FROM album_artists WHERE album_id = albums.id AND artist_id = :id) DESC,
            year DESC, id LIMIT 1
    )
WHERE id = :id
"""
_COUNT_GENRES = """
UPDATE genres SET track_count = (
    SELECT count(*) FROM track_genres l JOIN tracks t ON t.id = l.track_id
    WHERE l.genre_id = :id AND t.state <> 'removed'
) WHERE id = :id
"""
_DROP_UNUSED = (
    "DELETE FROM albums WHERE id = :id AND NOT EXISTS (SELECT 1 FROM tracks WHERE album_id = :id)",
    "DELETE FROM artists WHERE id = :id AND NOT EXISTS (SELECT 1 FROM track_artists WHERE artist_id = :id) "
    "AND NOT EXISTS (SELECT 1 FROM album_artists WHERE artist_id = :id)",
    "DELETE FROM genres WHERE id = :id AND NOT EXISTS (SELECT 1 FROM track_genres WHERE genre_id = :id)",
)


@dataclass(slots=True)
class Touched:
    """Albums, artists and genres whose tracks a transaction changed."""

    albums: set[int]
    artists: set[int]
    genres: set[int]

    def recount(self, connection: Connection, *, drop: bool = True) -> None:
        """Bring their counts up to date and drop those that no track refers to any more.

        Args:
            connection: The writing connection.
            drop: Whether some may have lost their last track.
        """
        subjects = (
            (self.albums, _COUNT_ALBUMS, _DROP_UNUSED[0]),
            (self.artists, _COUNT_ARTISTS, _DROP_UNUSED[1]),
            (self.genres, _COUNT_GENRES, _DROP_UNUSED[2]),
        )
        for ids, count, dropping in subjects:
            keys = [{"id": key} for key in sorted(ids)]
            if keys:
                if drop:
                    connection.execute(text(dropping), keys)
                connection.execute(text(count), keys)


def add_to_genres(connection: Connection, counts: Mapping[int, int]) -> None:
    """Count new tracks of genres: half a library may be of one, which nobody wants to count for every batch."""
    if counts:
        statement = update(GenreRow).where(GenreRow.id == bindparam("of"))
        rows = [{"of": key, "more": count} for key, count in sorted(counts.items())]
        connection.execute(statement.values(track_count=GenreRow.track_count + bindparam("more")), rows)


def touched_by(connection: Connection, track_ids: Sequence[int]) -> Touched:
    """The albums, artists and genres of tracks as they are stored now."""
    touched = Touched(set(), set(), set())
    for part in chunks(track_ids):
        albums = select(TrackRow.album_id).where(TrackRow.id.in_(part), TrackRow.album_id.is_not(None))
        artists = select(TrackArtistRow.artist_id).where(TrackArtistRow.track_id.in_(part))
        genres = select(TrackGenreRow.genre_id).where(TrackGenreRow.track_id.in_(part))
        touched.albums.update(key for key in connection.execute(albums).scalars() if key is not None)
        touched.artists.update(connection.execute(artists).scalars())
        touched.genres.update(connection.execute(genres).scalars())
    for part in chunks(sorted(touched.albums)):
        linked = select(AlbumArtistRow.artist_id).where(AlbumArtistRow.album_id.in_(part))
        touched.artists.update(connection.execute(linked).scalars())
    return touched
