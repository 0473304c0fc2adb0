"""Compilations that nobody tagged as such.

Files of a sampler often name the track's artist only. By its tags each would be an album of one track. Files of one
folder with one album title, each with a track number of its own, by many artists, are taken for one album instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, insert, select, text, update

from player.storage._aggregates import Touched
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._credits import VARIOUS, album_folder, next_key
from player.storage.schema import AlbumArtistRow, AlbumRow, TrackRow, clean, sort_key

_ARTISTS = 3
_ONE_IN = 2
_TITLE = re.compile("(?:artist|folder)\x1f([^\x1f]*)\x1f")


@dataclass(slots=True)
class _Group:
    """Tracks of one folder with one album title.

    Attributes:
        albums: The albums by which they go now, by id: how each is told apart (`AlbumRow.ident`).
        tracks: Track ids by album id.
        numbers: (disc, track) of each.
    """

    albums: dict[int, str] = field(default_factory=dict)
    tracks: dict[int, list[int]] = field(default_factory=dict)
    numbers: list[tuple[int | None, int | None]] = field(default_factory=list)

    def is_compilation(self, ident: str) -> bool:
        """Whether these are one compilation: known as one already, or by many artists and numbered through."""
        if ident in self.albums.values():
            return len(self.albums) > 1
        numbered = all(track is not None for _, track in self.numbers)
        distinct = len(set(self.numbers)) == len(self.numbers)
        many = len(self.albums) >= max(_ARTISTS, len(self.numbers) / _ONE_IN)
        return numbered and distinct and many


def gather_compilations(connection: Connection) -> int:
    """Put the tracks of untagged compilations into one album each; returns how many tracks that moved."""
    moved = 0
    touched = Touched(set(), set(), set())
    for (title, folder), group in _groups(connection).items():
        ident = f"folder\x1f{title}\x1f{folder}"
        if group.is_compilation(ident):
            touched.albums.update(group.albums)
            target = _album(connection, ident, group)
            strays = [key for album, tracks in group.tracks.items() if album != target for key in tracks]
            statement = update(TrackRow).where(TrackRow.id == bindparam("of")).values(album_id=target)
            connection.execute(statement, [{"of": key} for key in strays])
            touched.albums.add(target)
            moved += len(strays)
    if moved:
        linked = select(AlbumArtistRow.artist_id)
        for part in chunks(sorted(touched.albums)):
            touched.artists.update(connection.execute(linked.where(AlbumArtistRow.album_id.in_(part))).scalars())
        touched.recount(connection)
        advance(connection, TRACKS)
    return moved


def _groups(connection: Connection) -> Mapping[tuple[str, str], _Group]:
    """Tracks by (album title, folder), for titles that several albums without album artists share."""
    groups: dict[tuple[str, str], _Group] = {}
    albums = _namesakes(connection)
    for part in chunks(list(albums)):
        statement = select(TrackRow.id, TrackRow.album_id, TrackRow.path, TrackRow.disc_no, TrackRow.track_no)
        for key, album_id, path, disc_no, track_no in connection.execute(statement.where(TrackRow.album_id.in_(part))):
            assert album_id is not None
            ident = albums[album_id]
            title = _title(ident)
            group = groups.setdefault((title, clean(album_folder(path))), _Group())
            group.albums[album_id] = ident
            group.tracks.setdefault(album_id, []).append(key)
            group.numbers.append((disc_no, track_no))
    return groups


def _namesakes(connection: Connection) -> dict[int, str]:
    """How albums are told apart, by id: those without album artists that share their title with others."""
    several = text(
        "title_key IN (SELECT title_key FROM albums WHERE ident LIKE 'artist\x1f%' OR ident LIKE 'folder\x1f%' "
        "GROUP BY title_key HAVING count(*) > 1)"
    )
    rows: Iterable[tuple[int, str]] = connection.execute(select(AlbumRow.id, AlbumRow.ident).where(several))
    return {key: ident for key, ident in rows if _TITLE.match(ident)}


def _title(ident: str) -> str:
    match = _TITLE.match(ident)
    assert match is not None
    return match[1]


def _album(connection: Connection, ident: str, group: _Group) -> int:
    """The compilation's album, made if there is none yet, named as one of the albums it gathers."""
    known = connection.execute(select(AlbumRow.id).where(AlbumRow.ident == ident)).scalar()
    if known is not None:
        return known
    names = select(AlbumRow.title, AlbumRow.title_key).where(AlbumRow.id == min(group.albums))
    title, title_key = connection.execute(names).one()
    key = next_key(connection, "albums")
    values = {
        "id": key,
        "ident": ident,
        "title": title,
        "title_key": title_key,
        "artist": VARIOUS,
        "artist_key": sort_key(VARIOUS),
        "compilation": True,
    }
    connection.execute(insert(AlbumRow).values(values))
    return key
