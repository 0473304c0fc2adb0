"""Artists, albums and genres of scanned files: found or made, counted, and dropped when nothing refers to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from player.domain import ScannedTrack
from player.storage._vectors import chunks
from player.storage.library._albums import album_folder
from player.storage.library._identity import shown_artist
from player.storage.schema import AlbumArtistRow, AlbumRow, ArtistRow, GenreRow, clean, ident, sort_key

VARIOUS = "Various Artists"


@dataclass(frozen=True, slots=True)
class Credit:
    """An artist as a file names one."""

    name: str
    sort: str = ""
    mbid: str = ""


@lru_cache(maxsize=4_096)
def credits(names: tuple[str, ...], sorts: tuple[str, ...] = (), mbids: tuple[str, ...] = ()) -> tuple[Credit, ...]:
    """Names with their sort names and MusicBrainz ids, which are used only where there is one for each name."""
    sorts = sorts if len(sorts) == len(names) else ()
    mbids = mbids if len(mbids) == len(names) else ()
    return tuple(
        Credit(clean(name), clean(sorts[at]) if sorts else "", clean(mbids[at]) if mbids else "")
        for at, name in enumerate(names)
    )


def album_credits(file: ScannedTrack) -> tuple[Credit, ...]:
    """The artists of a file's album; a compilation without any has none, other albums the track's first."""
    if file.album_artists:
        return credits(file.album_artists, file.album_artist_sorts, file.mb_album_artist_ids)
    if file.compilation:
        return ()
    return credits(file.artists, file.artist_sorts, file.mb_artist_ids)[:1]


def album_ident(file: ScannedTrack) -> str | None:
    """What makes two files tracks of one album until the scan's end tells more; None for a file without an album.

    The MusicBrainz release where it is tagged; else the title together with the album artists, for a compilation
    without them with the folder (the folder above "CD 1"), else with the track's first artist.
    """
    title = ident(clean(file.album))
    if not title:
        return None
    if file.mb_album_id:
        return f"mb\x1f{clean(file.mb_album_id).lower()}"
    if file.album_artists:
        return "\x1f".join(("artists", title, *(ident(clean(name)) for name in file.album_artists)))
    if file.compilation:
        return f"folder\x1f{title}\x1f{clean(album_folder(file.path))}"
    first = ident(clean(file.artists[0])) if file.artists else ""
    return f"artist\x1f{title}\x1f{first}" if first else f"folder\x1f{title}\x1f{clean(album_folder(file.path))}"


class _KnownArtists:
    """The artists that some credits may mean: as stored, and as this batch adds to them."""

    def __init__(self, connection: Connection, wanted: Sequence[Credit]) -> None:
        self._connection = connection
        self._next_id = next_key(connection, "artists")
        self._new: list[dict[str, Any]] = []
        self._adopted: list[dict[str, Any]] = []
        self._by_mbid: dict[str, tuple[int, str]] = {}
        self.by_name: dict[str, dict[str, int]] = {}
        """Artist by MusicBrainz id ("" without), by name as it is compared."""
        row = select(ArtistRow.id, ArtistRow.ident, ArtistRow.mbid).order_by(ArtistRow.id)
        for part in chunks([credit.mbid for credit in wanted if credit.mbid]):
            for key, name, mbid in connection.execute(row.where(ArtistRow.mbid.in_(part))):
                self._by_mbid[mbid or ""] = (key, name)
        for part in chunks([ident(credit.name) for credit in wanted]):
            for key, name, mbid in connection.execute(row.where(ArtistRow.ident.in_(part))):
                self.by_name.setdefault(name, {}).setdefault(mbid or "", key)

    def find(self, credit: Credit, name: str, *, known_elsewhere: bool) -> int:
        """The artist that a credit means, made where there is none yet.

        Args:
            credit: The credit.
            name: Its name as it is compared.
            known_elsewhere: Whether the name stands for an artist without this id, too.
        """
        mbid = credit.mbid
        if mbid and (told := self._by_mbid.get(mbid)) is not None:
            if told[1] == name or not known_elsewhere:
                return told[0]
            mbid = ""  # the id of another artist, by mistake
        same_name = self.by_name.setdefault(name, {})
        if mbid and (nameless := same_name.pop("", None)) is not None:
            self._adopted.append({"of": nameless, "mbid": mbid})
            self._by_mbid[mbid] = (nameless, name)
            same_name[mbid] = nameless
            return nameless
        if not mbid and same_name:
            return same_name.get("", min(same_name.values()))
        return self._add(credit, name, mbid)

    def _add(self, credit: Credit, name: str, mbid: str) -> int:
        key = self._next_id + len(self._new)
        sort = sort_key(credit.sort or credit.name)
        self._new.append({"id": key, "name": credit.name, "name_key": sort, "ident": name, "mbid": mbid or None})
        if mbid:
            self._by_mbid[mbid] = (key, name)
        self.by_name.setdefault(name, {})[mbid] = key
        return key

    def write(self) -> None:
        """Store what is new."""
        if self._adopted:
            self._connection.execute(update(ArtistRow).where(ArtistRow.id == bindparam("of")), self._adopted)
        if self._new:
            self._connection.execute(insert(ArtistRow), self._new)


class Credits:
    """Finds or makes the artists, genres and albums of one batch, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def artists(self, wanted: Iterable[Credit]) -> dict[Credit, int]:
        """Ids of artists.

        A MusicBrainz id decides; a name without one is the (first) artist of that name; a name with one adopts
        the artist of that name who has none yet. Where an id goes by several names, those that are known as artists
        of their own without it are taken for mistakes, the others for spellings.
        """
        wanted = list(wanted)
        distinct = list(dict.fromkeys(wanted))
        known = _KnownArtists(self._connection, distinct)
        spelled = Counter((credit.mbid, ident(credit.name)) for credit in wanted if credit.mbid)
        ids_of: dict[str, set[str]] = {}
        for credit in distinct:
            ids_of.setdefault(ident(credit.name), set()).add(credit.mbid)
        elsewhere = {
            credit: bool(ids_of[name] - {credit.mbid}) or name in known.by_name
            for credit in distinct
            for name in (ident(credit.name),)
        }

        def trust(credit: Credit) -> tuple[bool, bool, int]:
            return not credit.mbid, elsewhere[credit], -spelled[credit.mbid, ident(credit.name)]

        found = {
            credit: known.find(credit, ident(credit.name), known_elsewhere=elsewhere[credit])
            for credit in sorted(distinct, key=trust)
        }
        known.write()
        return found

    def genres(self, wanted: Iterable[str]) -> dict[str, int]:
        """Ids of genres by name as tagged."""
        names: dict[str, str] = {}
        for name in wanted:
            names.setdefault(ident(name), name)
        found: dict[str, int] = {}
        for part in chunks(list(names)):
            rows = self._connection.execute(select(GenreRow.ident, GenreRow.id).where(GenreRow.ident.in_(part)))
            found.update((name, key) for name, key in rows)
        next_id = next_key(self._connection, "genres")
        missing = [name for name in names if name not in found]
        new = [{"id": next_id + at, "name": names[name], "ident": name} for at, name in enumerate(missing)]
        if new:
            self._connection.execute(insert(GenreRow), new)
            found.update((name, next_id + at) for at, name in enumerate(missing))
        return found

    def albums(self, files: Sequence[ScannedTrack], artist_ids: Mapping[Credit, int]) -> dict[str, int]:
        """Ids of the files' albums by `album_ident`; what a known album is called follows the newest tags."""
        firsts: dict[str, ScannedTrack] = {}
        for file in files:
            if (key := album_ident(file)) is not None:
                firsts.setdefault(key, file)
        known = self._known_albums(list(firsts))
        next_id = next_key(self._connection, "albums")
        found: dict[str, int] = {}
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for key, file in firsts.items():
            values = _album_values(file)
            if key not in known:
                found[key] = next_id + len(new)
                new.append({"id": found[key], "ident": key, **values})
            else:
                found[key], stored = known[key]
                if stored != values:
                    changed.append({"of": found[key], **values})
        if new:
            self._connection.execute(insert(AlbumRow), new)
        if changed:
            self._connection.execute(update(AlbumRow).where(AlbumRow.id == bindparam("of")), changed)
        renewed = {row["id"] for row in new} | {row["of"] for row in changed}
        self._link({found[key]: file for key, file in firsts.items() if found[key] in renewed}, artist_ids)
        return found

    def _known_albums(self, idents: Sequence[str]) -> dict[str, tuple[int, dict[str, Any]]]:
        names = ("title", "title_key", "artist", "artist_key", "mbid", "compilation")
        statement = select(AlbumRow.ident, AlbumRow.id, *(getattr(AlbumRow, name) for name in names))
        known = {}
        for part in chunks(idents):
            for key, album_id, *values in self._connection.execute(statement.where(AlbumRow.ident.in_(part))):
                known[key] = (album_id, dict(zip(names, values, strict=True)))
        return known

    def _link(self, albums: Mapping[int, ScannedTrack], artist_ids: Mapping[Credit, int]) -> None:
        for part in chunks(list(albums)):
            self._connection.execute(delete(AlbumArtistRow).where(AlbumArtistRow.album_id.in_(part)))
        links = [
            {"album_id": album_id, "position": position, "artist_id": artist_ids[credit]}
            for album_id, file in albums.items()
            for position, credit in enumerate(album_credits(file))
        ]
        if links:
            self._connection.execute(insert(AlbumArtistRow), links)


def _album_values(file: ScannedTrack) -> dict[str, Any]:
    artist = clean(_album_artist(file))
    named = album_credits(file)
    return {
        "title": clean(file.album),
        "title_key": sort_key(clean(file.album_sort or file.album)),
        "artist": artist,
        "artist_key": sort_key((named[0].sort if len(named) == 1 else "") or artist),
        "mbid": clean(file.mb_album_id) or None,
        "compilation": file.compilation,
    }


def _album_artist(file: ScannedTrack) -> str:
    if file.album_artists or file.album_artist_display:
        return file.album_artist_display or ", ".join(file.album_artists)
    if file.compilation:
        return VARIOUS
    return file.artists[0] if file.artists else shown_artist(file)


def next_key(connection: Connection, table_name: str) -> int:
    """The next primary key of an AUTOINCREMENT table; keys are never used twice."""
    statement = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = connection.execute(statement, {"name": table_name}).scalar()
    return int(last or 0) + 1
