"""The store of what the library holds."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, func, select, update

from player.domain import (
    Album,
    AlbumId,
    AlbumQuery,
    Artist,
    ArtistId,
    Genre,
    Track,
    TrackId,
    TrackOrder,
    TrackQuery,
    UtcMs,
)
from player.storage._cancellation import Wanted, always, while_wanted
from player.storage._columns import Catalogue, read_catalogue
from player.storage._engine import Connections
from player.storage._marks import library_mark
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import LongArray, chunks, id_array
from player.storage.library._browse import read_album_ids, read_albums, read_albums_of, read_artists, read_genres
from player.storage.library._copies import read_copies
from player.storage.library._pages import ALBUMS, ARTISTS, album_of, artist_of, read_tracks
from player.storage.schema import AlbumRow, ArtistRow, Role, TrackArtistRow, TrackDetailRow, TrackRow, TrackState
from player.storage.search import Orders, corrections, find_ids


class TrackStore:
    """Tracks, albums, artists and genres.

    Lists are vectors of ids (`find`), pages are read by id (`get`): both stay quick with a million tracks.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._orders = Orders()

    def get(self, ids: Sequence[TrackId] | array[int]) -> list[Track]:
        """Tracks in the order asked for; ids that do not exist are left out."""
        with self._connections.reading() as connection:
            return read_tracks(connection, ids)

    def by_path(self, path: str) -> Track | None:
        """The (first) track of a file; None where the library has none."""
        statement = select(TrackRow.id).where(TrackRow.path == path).order_by(TrackRow.superseded, TrackRow.start_ms)
        with self._connections.reading() as connection:
            key = connection.execute(statement.limit(1)).scalar()
            return None if key is None else read_tracks(connection, [key])[0]

    def count(self) -> int:
        """Tracks in the library, missing ones too."""
        with self._connections.reading() as connection:
            everything = connection.execute(select(func.count()).select_from(TrackRow)).scalar_one()
            removed = select(func.count()).where(TrackRow.state == TrackState.REMOVED)
            return int(everything - connection.execute(removed).scalar_one())

    def empty(self) -> bool:
        """Whether the library holds no track, not even a missing one; counting a million would take 100 ms."""
        one = select(TrackRow.id).where(TrackRow.state != TrackState.REMOVED).limit(1)
        with self._connections.reading() as connection:
            return connection.execute(one).first() is None

    def take_over_added(self, dates: Mapping[TrackId, UtcMs]) -> int:
        """Let tracks be known since an earlier date, as another library knew them; returns how many had a later one."""
        rows = [{"of": key, "at": at} for key, at in dates.items()]
        if not rows:
            return 0
        earlier = (TrackRow.id == bindparam("of")) & (TrackRow.added_at > bindparam("at"))
        with self._connections.writing() as connection:
            found = connection.execute(update(TrackRow).where(earlier).values(added_at=bindparam("at")), rows).rowcount
            if found:
                albums = select(TrackRow.album_id).where(TrackRow.id.in_([row["of"] for row in rows]))
                newest = select(func.max(TrackRow.added_at)).where(TrackRow.album_id == AlbumRow.id).scalar_subquery()
                connection.execute(update(AlbumRow).where(AlbumRow.id.in_(albums)).values(added_at=newest))
                advance(connection, TRACKS)
            return found

    def people(self, ids: Sequence[TrackId]) -> dict[TrackId, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The names of the artists, and of the album's artists, one each; by track."""
        found: dict[TrackId, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        performs = (TrackArtistRow.artist_id == ArtistRow.id) & (TrackArtistRow.role == Role.ARTIST)
        names = select(TrackArtistRow.track_id, ArtistRow.name).join(ArtistRow, performs)
        albums = select(TrackDetailRow.track_id, TrackDetailRow.album_artists)
        with self._connections.reading() as connection:
            for part in chunks([int(key) for key in ids]):
                artists: dict[int, list[str]] = {}
                ordered = names.where(TrackArtistRow.track_id.in_(part)).order_by(TrackArtistRow.position)
                for key, name in connection.execute(ordered):
                    artists.setdefault(key, []).append(name)
                for key, album_artists in connection.execute(albums.where(TrackDetailRow.track_id.in_(part))):
                    found[TrackId(key)] = tuple(artists.get(key, ())), tuple(album_artists)
        return found

    def corrections(self, words: str) -> dict[str, str] | None:
        """The library's word for each typed one that no text begins with, where it is one typing error away.

        None where one of them cannot be corrected so; empty where all of them are known.
        """
        with self._connections.reading() as connection:
            return corrections(connection, words)

    def find(self, query: TrackQuery, wanted: Wanted = always) -> array[int]:
        """Ids of the tracks that fulfil `query`, in its order.

        Args:
            query: The question.
            wanted: Whether the answer still matters; asked often.

        Raises:
            UsageError: a rule compares a field in a way it cannot be.
            NoLongerWantedError: the answer has become void.
        """
        with self._connections.reading(wanted) as connection:
            return id_array(find_ids(connection, self._orders, query))

    def search(self, text: str, limit: int = 50) -> list[TrackId]:
        """The best hits for words as typed, best first."""
        query = TrackQuery(text=text, order=TrackOrder.RELEVANCE, limit=limit)
        return [TrackId(key) for key in self.find(query)] if text.strip() else []

    def albums(self, query: AlbumQuery, tracks: Sequence[int] | None = None, wanted: Wanted = always) -> list[Album]:
        """Albums that fulfil `query`, in its order; with `tracks` those that hold one of these instead of its text.

        Raises:
            NoLongerWantedError: the answer has become void.
        """
        with self._connections.reading(wanted) as connection:
            return read_albums(connection, self._orders.values, query, tracks)

    def album_ids(self, query: AlbumQuery) -> array[int]:
        """Ids of the albums that fulfil `query`, in its order: a list of any length, read page by page."""
        with self._connections.reading() as connection:
            return id_array(read_album_ids(connection, self._orders.values, query))

    def albums_of(self, ids: Sequence[int]) -> list[Album]:
        """A page of albums, in the order asked for; ids that do not exist are left out."""
        with self._connections.reading() as connection:
            return read_albums_of(connection, ids)

    def album(self, album_id: AlbumId) -> Album | None:
        """One album."""
        with self._connections.reading() as connection:
            row = connection.execute(ALBUMS.where(AlbumRow.id == album_id)).first()
            return None if row is None else album_of(row)

    def artists(self, text: str = "", tracks: Sequence[int] | None = None, wanted: Wanted = always) -> list[Artist]:
        """Artists whose name contains `text`, by name; with `tracks` those who perform on one of these instead.

        Raises:
            NoLongerWantedError: the answer has become void.
        """
        with self._connections.reading(wanted) as connection, while_wanted(connection):
            return read_artists(connection, text, tracks)

    def artist(self, artist_id: ArtistId) -> Artist | None:
        """One artist."""
        with self._connections.reading() as connection:
            row = connection.execute(ARTISTS.where(ArtistRow.id == artist_id)).first()
            return None if row is None else artist_of(row)

    def genres(self) -> list[Genre]:
        """All genres, by name."""
        with self._connections.reading() as connection:
            return read_genres(connection)

    def years(self) -> list[tuple[int, int]]:
        """(year, tracks) of each year with tracks, ascending."""
        statement = (
            select(TrackRow.year, func.count())
            .where(TrackRow.year.is_not(None), TrackRow.state != TrackState.REMOVED)
            .group_by(TrackRow.year)
            .order_by(TrackRow.year)
        )
        with self._connections.reading() as connection:
            return [(year, count) for year, count in connection.execute(statement) if year is not None]

    def lyrics(self, track_id: TrackId) -> str:
        """The lyrics of a track, plain or LRC; empty where there are none."""
        statement = select(TrackDetailRow.lyrics).where(TrackDetailRow.track_id == track_id)
        with self._connections.reading() as connection:
            return connection.execute(statement).scalar() or ""

    def recordings(self) -> dict[TrackId, str]:
        """MusicBrainz recording ids of the tracks that carry one."""
        statement = select(TrackDetailRow.track_id, TrackDetailRow.mb_recording_id).where(
            TrackDetailRow.mb_recording_id != ""
        )
        with self._connections.reading() as connection:
            return {TrackId(track_id): mbid for track_id, mbid in connection.execute(statement)}

    def catalogue(self) -> Catalogue:
        """The library's columns, for the recommender."""
        with self._connections.reading() as connection:
            return read_catalogue(connection)

    def duplicates(self) -> list[tuple[TrackId, ...]]:
        """Groups of present tracks with the same sound, each group's oldest first."""
        sound = (TrackRow.audio_key, TrackRow.start_ms)
        present = (TrackRow.audio_key.is_not(None), TrackRow.state == TrackState.PRESENT)
        several = select(*sound).where(*present).group_by(*sound).having(func.count() > 1).subquery()
        statement = (
            select(*sound, TrackRow.id)
            .join(several, (several.c.audio_key == TrackRow.audio_key) & (several.c.start_ms == TrackRow.start_ms))
            .where(*present)
            .order_by(TrackRow.audio_key, TrackRow.start_ms, TrackRow.added_at, TrackRow.id)
        )
        groups: dict[tuple[str | None, int], list[TrackId]] = {}
        with self._connections.reading() as connection:
            for key, start_ms, track_id in connection.execute(statement):
                groups.setdefault((key, start_ms), []).append(TrackId(track_id))
        return [tuple(group) for group in groups.values()]

    def cover_paths(self, cover_key: str, limit: int = 5) -> list[str]:
        """Files that hold the cover with this digest: pictures, or music with it embedded; present ones."""
        statement = (
            select(TrackDetailRow.cover_path)
            .join(TrackRow, TrackRow.id == TrackDetailRow.track_id)
            .where(TrackRow.cover_key == cover_key, TrackRow.state == TrackState.PRESENT)
            .limit(limit)
        )
        with self._connections.reading() as connection:
            return list(dict.fromkeys(connection.execute(statement).scalars()))

    def copies(self) -> list[LongArray]:
        """Ids of tracks that hold the same recording, in groups of two and more; a track may be in two groups."""
        with self._connections.reading() as connection:
            return read_copies(connection)

    def mark(self) -> str:
        """Differs when what the recommender reads of the library differs; see `_marks`."""
        with self._connections.reading() as connection:
            return library_mark(connection)
