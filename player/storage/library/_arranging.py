"""Bringing the stored albums in line with `_albums.partition`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, String, bindparam, delete, func, insert, select, type_coerce, update
from sqlalchemy.dialects.sqlite import insert as upsert

from player.storage._aggregates import Touched
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._albums import (
    AlbumTrack,
    Group,
    album_folder,
    artists_of,
    loose,
    partition,
    sized,
    title_of,
)
from player.storage.library._credits import VARIOUS, Credits, credits, next_key
from player.storage.schema import (
    AlbumArtistRow,
    AlbumPinRow,
    AlbumRow,
    ArtistRow,
    RevisionRow,
    Role,
    TrackArtistRow,
    TrackDetailRow,
    TrackRow,
    clean,
    ident,
    sort_key,
)
from player.storage.search import path_below

UNARRANGED = "unarranged"
"""Subject of `revisions`: how many scanned tracks wait for their albums."""
_EVERYTHING = 3_000
"""From so many written tracks on the whole library is looked at: reading it once costs less than picking."""
_SHOWN_ARTISTS = 2
"""An album without a leading artist names this many; one of more is by various artists."""


def note_unarranged(connection: Connection, tracks: int) -> None:
    """Note that so many tracks were written whose albums only the end of the scan tells."""
    statement = upsert(RevisionRow).values(subject=UNARRANGED, value=tracks)
    more = {"value": RevisionRow.value + tracks}
    connection.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=more))


def is_unarranged(connection: Connection) -> bool:
    """Whether a scan ended before it came to the albums."""
    value = connection.execute(select(RevisionRow.value).where(RevisionRow.subject == UNARRANGED)).scalar()
    return bool(value)


def arrange(connection: Connection, written: Collection[int] | None = None) -> int:
    """Put tracks into the albums that their tags and folders tell; returns how many tracks changed their album.

    Args:
        connection: A writing connection.
        written: The tracks that have changed; None looks at the whole library.
    """
    if written is None or len(written) >= _EVERYTHING:
        tracks, concerned = _read(connection, None), None
    else:
        tracks, concerned = _around(connection, written)
    groups = sized(partition(tracks))
    if concerned is not None:
        groups = [group for group in groups if any(track.id in concerned for track in group)]
    alone = {track.id: track for track in tracks if not track.title}
    for group in groups:
        for track in group:
            alone.pop(track.id, None)
    moved = _assign(connection, groups, list(alone.values()))
    left = 0 if written is None else func.max(0, RevisionRow.value - len(written))
    connection.execute(update(RevisionRow).where(RevisionRow.subject == UNARRANGED).values(value=left))
    return moved


# Reading


_ALBUM_ARTISTS = type_coerce(TrackDetailRow.album_artists, String)
_TRACKS = (
    select(
        TrackRow.id,
        TrackRow.album_id,
        TrackRow.path,
        TrackDetailRow.album,
        _ALBUM_ARTISTS,
        TrackDetailRow.compilation,
        TrackDetailRow.mb_album_id,
        TrackDetailRow.date,
        TrackDetailRow.original_date,
        TrackRow.disc_no,
        TrackRow.track_no,
        ArtistRow.ident,
        AlbumPinRow.pin,
    )
    .join(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)
    .outerjoin(
        TrackArtistRow,
        (TrackArtistRow.track_id == TrackRow.id)
        & (TrackArtistRow.role == Role.ARTIST)
        & (TrackArtistRow.position == 0),
    )
    .outerjoin(ArtistRow, ArtistRow.id == TrackArtistRow.artist_id)
    .outerjoin(AlbumPinRow, AlbumPinRow.track_id == TrackRow.id)
)


def _read(connection: Connection, ids: Sequence[int] | None) -> list[AlbumTrack]:
    if ids is None:
        return [_track(row) for row in connection.execute(_TRACKS)]
    return [_track(row) for part in chunks(ids) for row in connection.execute(_TRACKS.where(TrackRow.id.in_(part)))]


def _track(row: Any) -> AlbumTrack:
    key, album_id, path, title, album_artists, compilation, mbid, date, original, disc, number, artist, pin = row
    return AlbumTrack(
        key,
        album_id,
        path,
        title,
        _idents(album_artists),
        compilation,
        mbid.lower(),
        (date or original)[:4],
        disc,
        number,
        artist or "",
        pin,
    )


@lru_cache(maxsize=4_096)
def _idents(names: str) -> tuple[str, ...]:
    return tuple(ident(name) for name in json.loads(names)) if names != "[]" else ()


def _around(connection: Connection, written: Collection[int]) -> tuple[list[AlbumTrack], set[int]]:
    """All tracks that may share an album with some; and those of them whose albums have to be looked at."""
    own = _read(connection, sorted(written))
    titles = sorted({sort_key(track.title) for track in own if track.title})
    albums = [track.album_id for track in own if track.album_id is not None]
    for part in chunks(titles):
        albums += connection.execute(select(AlbumRow.id).where(AlbumRow.title_key.in_(part))).scalars()
    named: set[int] = set()
    paths: set[str] = {track.path for track in own}
    for some in chunks(sorted(set(albums))):
        for key, path in connection.execute(select(TrackRow.id, TrackRow.path).where(TrackRow.album_id.in_(some))):
            named.add(key)
            paths.add(path)
    inside: set[int] = set()
    folders = {album_folder(path) for path in paths}
    for folder in sorted(folders):
        rows = connection.execute(select(TrackRow.id, TrackRow.path).where(path_below(TrackRow.path, folder)))
        inside.update(key for key, path in rows if album_folder(path) == folder)
    tracks = _read(connection, sorted(inside | named | set(written)))
    keys = {loose(track.title) for track in own}
    here = {album_folder(track.path) for track in own}
    return tracks, {track.id for track in tracks if loose(track.title) in keys or album_folder(track.path) in here}


# Writing


def _assign(connection: Connection, groups: Sequence[Group], alone: Sequence[AlbumTrack]) -> int:
    """Give each group an album: the one that most of its tracks are in, else a new one; returns how many moved.

    Tracks that are `alone` are in none.
    """
    taken: set[int] = set()
    albums: list[tuple[int, Group]] = []
    new: list[int] = []
    next_id = next_key(connection, "albums")
    for group in groups:
        known = Counter(track.album_id for track in group if track.album_id is not None and track.album_id not in taken)
        album = max(known, key=lambda key: (known[key], -key)) if known else next_id
        if not known:
            next_id += 1
            new.append(album)
        taken.add(album)
        albums.append((album, group))
    touched = Touched(set(), set(), set())
    values = _values(connection, albums)
    _write_albums(connection, values, frozenset(new), touched)
    homes: list[tuple[AlbumTrack, int | None]] = [(track, album) for album, group in albums for track in group]
    homes += [(track, None) for track in alone]
    strays = [(track, album) for track, album in homes if track.album_id != album]
    touched.albums.update(key for track, album in strays for key in (track.album_id, album) if key is not None)
    if strays:
        statement = update(TrackRow).where(TrackRow.id == bindparam("of")).values(album_id=bindparam("to"))
        connection.execute(statement, [{"of": track.id, "to": album} for track, album in strays])
    for part in chunks(sorted(touched.albums)):
        linked = select(AlbumArtistRow.artist_id).where(AlbumArtistRow.album_id.in_(part))
        touched.artists.update(connection.execute(linked).scalars())
        performers = select(TrackArtistRow.artist_id).join(TrackRow, TrackRow.id == TrackArtistRow.track_id)
        touched.artists.update(connection.execute(performers.where(TrackRow.album_id.in_(part)).distinct()).scalars())
    if touched.albums:
        touched.recount(connection)
        advance(connection, TRACKS)
    return len(strays)


class _Album:
    """What an album is called and by whom, as its tracks tell."""

    __slots__ = ("artists", "values")

    def __init__(self, values: dict[str, Any], artists: tuple[int, ...]) -> None:
        self.values = values
        self.artists = artists


def _values(connection: Connection, albums: Sequence[tuple[int, Group]]) -> dict[int, _Album]:
    """What each album is called, read from the tags of the track that speaks for most."""
    speakers = {album: _speaker(group) for album, group in albums}
    told = _told(connection, [track.id for track in speakers.values()])
    artists = _first_artists(connection, albums, speakers)
    tagged = {album: _credits(told[track.id]) for album, track in speakers.items() if track.album_artists}
    ids = Credits(connection).artists(credit for named in tagged.values() for credit in named)
    found: dict[int, _Album] = {}
    for album, group in albums:
        speaker = speakers[album]
        facts = told[speaker.id]
        title = title_of(group) or facts.shown_title
        if album in tagged:
            names = tagged[album]
            shown = facts.album_artist or ", ".join(name.name for name in names)
            linked = tuple(dict.fromkeys(ids[name] for name in names))
            key = sort_key((names[0].sort if len(names) == 1 else "") or shown)
        else:
            leading = artists[album]
            shown = facts.album_artist or (", ".join(row[1] for row in leading) if leading else VARIOUS)
            if not leading and not any(track.artist for track in group):
                shown = ""
            linked = tuple(row[0] for row in leading)
            key = leading[0][2] if len(leading) == 1 else sort_key(shown)
        values = {
            "title": clean(title),
            "title_key": sort_key(clean(facts.album_sort or title)),
            "artist": clean(shown),
            "artist_key": key,
            "mbid": facts.mb_album_id or None,
            "compilation": 2 * sum(track.compilation for track in group) > len(group) or shown == VARIOUS,
        }
        found[album] = _Album(values, linked)
    return found


def _speaker(group: Group) -> AlbumTrack:
    """The track whose tags name the album: of the title and album artists of most, the first."""
    title, artists = title_of(group), artists_of(group)

    def rank(track: AlbumTrack) -> tuple[bool, bool, bool, tuple[int, int], int]:
        place = track.place or (1 << 30, 0)
        return (track.title != title, track.album_artists != artists, not track.mbid, place, track.id)

    return min(group, key=rank)


_TOLD = (
    select(
        TrackRow.id,
        TrackDetailRow.album_sort,
        TrackDetailRow.album_artists,
        TrackDetailRow.album_artist,
        TrackDetailRow.album_artist_sorts,
        TrackDetailRow.mb_album_artist_ids,
        TrackDetailRow.mb_album_id,
        AlbumRow.title.label("shown_title"),
    )
    .join(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)
    .outerjoin(AlbumRow, AlbumRow.id == TrackRow.album_id)
)


def _told(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for part in chunks(ids) for row in connection.execute(_TOLD.where(TrackRow.id.in_(part)))}


def _credits(row: Any) -> Sequence[Any]:
    return credits(tuple(row.album_artists), tuple(row.album_artist_sorts), tuple(row.mb_album_artist_ids))


def _first_artists(
    connection: Connection, albums: Sequence[tuple[int, Group]], speakers: Mapping[int, AlbumTrack]
) -> dict[int, list[tuple[int, str, str]]]:
    """(id, name, sort key) of who leads each album without tagged artists; nobody where there are too many."""
    wanted: dict[int, list[AlbumTrack]] = {}
    for album, group in albums:
        if speakers[album].album_artists:
            continue
        leading = artists_of(group)
        names = Counter(track.artist for track in group if track.artist)
        compilation = 2 * sum(track.compilation for track in group) > len(group)
        shown = leading or ([] if compilation or len(names) > _SHOWN_ARTISTS else list(names))
        wanted[album] = [next(track for track in group if track.artist == name) for name in shown]
    tracks = sorted({track.id for some in wanted.values() for track in some})
    performs = select(TrackArtistRow.track_id, ArtistRow.id, ArtistRow.name, ArtistRow.name_key)
    performs = performs.join(ArtistRow, ArtistRow.id == TrackArtistRow.artist_id)
    first = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
    rows = {
        track: (key, name, name_key)
        for part in chunks(tracks)
        for track, key, name, name_key in connection.execute(performs.where(TrackArtistRow.track_id.in_(part), *first))
    }
    return {album: list(dict.fromkeys(rows[track.id] for track in some)) for album, some in wanted.items()}


_STORED = ("title", "title_key", "artist", "artist_key", "mbid", "compilation")


def _write_albums(connection: Connection, albums: Mapping[int, _Album], new: frozenset[int], touched: Touched) -> None:
    known = select(AlbumRow.id, *(getattr(AlbumRow, name) for name in _STORED))
    stored: dict[int, dict[str, Any]] = {}
    linked: dict[int, tuple[int, ...]] = {}
    for part in chunks(sorted(albums.keys() - new)):
        for key, *values in connection.execute(known.where(AlbumRow.id.in_(part))):
            stored[key] = dict(zip(_STORED, values, strict=True))
        links = select(AlbumArtistRow.album_id, AlbumArtistRow.artist_id).where(AlbumArtistRow.album_id.in_(part))
        for key, artist in connection.execute(links.order_by(AlbumArtistRow.album_id, AlbumArtistRow.position)):
            linked[key] = (*linked.get(key, ()), artist)
    if new:
        rows = [{"id": key, "ident": f"arranged\x1f{key}", **albums[key].values} for key in sorted(new)]
        connection.execute(insert(AlbumRow), rows)
    changed = [key for key in albums if key not in new and stored.get(key) != albums[key].values]
    if changed:
        statement = update(AlbumRow).where(AlbumRow.id == bindparam("of"))
        connection.execute(statement, [{"of": key, **albums[key].values} for key in changed])
    relinked = [key for key in albums if linked.get(key, ()) != albums[key].artists]
    for part in chunks(relinked):
        touched.artists.update(artist for key in part for artist in linked.get(key, ()))
        connection.execute(delete(AlbumArtistRow).where(AlbumArtistRow.album_id.in_(part)))
    links_now = [
        {"album_id": key, "position": position, "artist_id": artist}
        for key in relinked
        for position, artist in enumerate(albums[key].artists)
    ]
    if links_now:
        connection.execute(insert(AlbumArtistRow), links_now)
    touched.albums.update(new, changed, relinked)


# By the user's word


def pins_of(connection: Connection, tracks: Sequence[int]) -> dict[int, int | None]:
    """The pins of tracks, None for those without."""
    found: dict[int, int | None] = dict.fromkeys(tracks)
    for part in chunks(tracks):
        rows = connection.execute(select(AlbumPinRow.track_id, AlbumPinRow.pin).where(AlbumPinRow.track_id.in_(part)))
        found.update((key, pin) for key, pin in rows)
    return found


def pin(connection: Connection, pins: Mapping[int, int | None]) -> dict[int, int | None]:
    """Store the pins of tracks and arrange their albums; returns the pins that they had."""
    before = pins_of(connection, list(pins))
    for part in chunks(list(pins)):
        connection.execute(delete(AlbumPinRow).where(AlbumPinRow.track_id.in_(part)))
    rows = [{"track_id": key, "pin": value} for key, value in pins.items() if value is not None]
    if rows:
        connection.execute(insert(AlbumPinRow), rows)
    arrange(connection, list(pins))
    return before


def next_pin(connection: Connection) -> int:
    """A pin that no track has."""
    last = connection.execute(select(func.max(AlbumPinRow.pin))).scalar()
    return (last or 0) + 1


def members(connection: Connection, albums: Sequence[int]) -> list[int]:
    """Ids of the tracks of some albums, ascending."""
    found: list[int] = []
    for part in chunks(albums):
        found += connection.execute(select(TrackRow.id).where(TrackRow.album_id.in_(part))).scalars()
    return sorted(found)
