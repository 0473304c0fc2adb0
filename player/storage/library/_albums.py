"""Which tracks are one album: pure decisions from tags and folders, no SQL.

1. In one folder (with its "CD 1", "CD 2" …) the tracks of one title are one album, unless release ids or album artists
   tell them apart, or their numbers meet: then dates or artists part them.
2. A track without tags joins its folder's album, where the folder is one album's.
3. Tracks of one title and album artist in several folders are one album, unless ids, dates or numbers speak against it.
4. What the user merged or split stays so.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from player.storage.schema import fold, ident

_DISC_FOLDER = re.compile(r"[\W_]*(?:cd|dis[ck]|dvd|vol(?:ume)?)[\W_]*(\d+)[\W_]*$", re.IGNORECASE)
_SAMPLER_ARTISTS = 3
"""Fewer artists in a folder of several albums make no sampler."""
_STRAY = 3
"""A few tracks beside so many times more of the same album are copies of some of them."""


@dataclass(frozen=True, slots=True, eq=False)
class AlbumTrack:
    """A stored track as far as its album goes.

    Attributes:
        id: Primary key.
        album_id: The album that it is in now.
        path: Its file.
        title: Title of the album as tagged, empty without.
        album_artists: Artists of the album as tagged, as they are compared.
        compilation: Whether it is tagged as part of a compilation.
        mbid: MusicBrainz id of the release, empty without.
        year: Year of the release, empty where unknown.
        disc_no: Disc, None where unknown.
        track_no: Number on the disc, None where unknown.
        artist: First artist, as it is compared.
        pin: Tracks with one pin are one album by the user's word.
    """

    id: int
    album_id: int | None
    path: str
    title: str
    album_artists: tuple[str, ...]
    compilation: bool
    mbid: str
    year: str
    disc_no: int | None
    track_no: int | None
    artist: str
    pin: int | None = None

    @property
    def place(self) -> tuple[int, int] | None:
        """Disc and number; None without a number."""
        if self.track_no is None:
            return None
        return self.disc_no or disc_of(os.path.dirname(self.path)) or 1, self.track_no


Group = list[AlbumTrack]


def disc_of(folder: str) -> int | None:
    """The number of a folder that is called "CD 1"; None for others."""
    match = _DISC_FOLDER.match(os.path.basename(folder))
    return int(match[1]) if match else None


@lru_cache(maxsize=1_024)
def folder_of(directory: str) -> str:
    """The folder of an album with files in a directory: the one above "CD 1"."""
    return os.path.dirname(directory) if disc_of(directory) is not None else directory


def album_folder(path: str) -> str:
    """The folder of an album with this file."""
    return folder_of(os.path.dirname(path))


@lru_cache(maxsize=8_192)
def loose(title: str) -> str:
    """A title as it is compared: its letters and digits, without case and marks; signs where it has no others."""
    return "".join(filter(str.isalnum, fold(title))) or ident(title)


def partition(tracks: Iterable[AlbumTrack]) -> list[Group]:
    """Albums, each as its tracks; a track without an album title that joins none is left out."""
    folders: dict[str, Group] = defaultdict(list)
    for track in tracks:
        folders[album_folder(track.path)].append(track)
    parts = [part for folder, inside in folders.items() for part in _in_folder(folder, inside)]
    return _as_pinned(_over_folders(parts))


# In one folder


def _in_folder(folder: str, inside: Group) -> list[Group]:
    titles: dict[str, Group] = defaultdict(list)
    for track in inside:
        titles[loose(track.title)].append(track)
    untitled = titles.pop("", [])
    _adopt_guesses(folder, titles)
    if len(titles) == 1:
        (group,) = titles.values()
        if len(untitled) < len(group):
            group += untitled
            untitled = []
    return [part for group in titles.values() for part in _split(group, own=len(titles) == 1 and not untitled)]


def _adopt_guesses(folder: str, titles: dict[str, Group]) -> None:
    """Let tracks whose title was guessed from the folder's name join the album that the others are tagged with."""
    if len(titles) < 2:
        return
    main = max(titles, key=lambda title: len(titles[title]))
    others = sum(map(len, titles.values())) - len(titles[main])
    name = loose(os.path.basename(folder))
    for title, group in list(titles.items()):
        bare = not any(track.album_artists or track.mbid for track in group)
        if title != main and bare and title in name and len(titles[main]) > others:
            titles[main] += titles.pop(title)


def _split(group: Group, *, own: bool) -> list[Group]:
    """Albums of one title in one folder, which is its `own` where nothing else is in there."""
    parts = _by_tag(group, lambda track: track.mbid)
    parts = [part for whole in parts for part in _by_tag(whole, lambda track: track.album_artists)]
    parts = [part for whole in parts for part in _by_artist(whole, own=own)]
    return [part for whole in parts for part in _by_year(whole)]


def _by_tag(group: Group, tag: Callable[[AlbumTrack], Hashable]) -> list[Group]:
    """Tracks by a tag; those without it go to where their number is free, or to the most."""
    tagged: dict[Hashable, Group] = defaultdict(list)
    bare: Group = []
    for track in group:
        (tagged[tag(track)] if tag(track) else bare).append(track)
    if len(tagged) < 2:
        return [group]
    parts = sorted(tagged.values(), key=len, reverse=True)
    for track in bare:
        fitting = [part for part in parts if track.artist in {other.artist for other in part}] or parts
        free = [part for part in fitting if track.place is None or track.place not in _places(part)]
        (free or fitting)[0].append(track)
    return parts


def _by_artist(group: Group, *, own: bool) -> list[Group]:
    """Tracks of many artists that name no album artist: one album if they are numbered as one, or alone here."""
    artists: dict[str, Group] = defaultdict(list)
    for track in group:
        artists[track.artist].append(track)
    if len(artists) < 2 or any(track.album_artists for track in group):
        return [group]
    if 2 * sum(track.compilation for track in group) > len(group):
        return [group]
    if not _collides(group):
        numbered = all(track.track_no is not None for track in group)
        sampler = numbered and len(artists) >= max(_SAMPLER_ARTISTS, len(group) / 2)
        if own or sampler:
            return [group]
    parts: list[tuple[str, Group]] = []
    for artist, own_tracks in sorted(artists.items(), key=lambda item: len(item[0])):
        for host, part in parts:
            if _names(artist, host) and not _collides(part + own_tracks):  # "Rapper & Singer" beside "Rapper"
                part.extend(own_tracks)
                break
        else:
            parts.append((artist, own_tracks))
    return [part for _, part in parts]


def _names(artist: str, host: str) -> bool:
    """Whether a name holds another one as words of its own."""
    at = artist.find(host) if host else -1
    around = artist[max(at - 1, 0) : at] + artist[at + len(host) : at + len(host) + 1]
    return at >= 0 and not any(map(str.isalnum, around))


def _by_year(group: Group) -> list[Group]:
    """Tracks whose numbers meet, by year: an original and its remaster in one folder."""
    years = {track.year for track in group if track.year}
    return _by_tag(group, lambda track: track.year) if len(years) > 1 and _collides(group) else [group]


def _places(group: Iterable[AlbumTrack]) -> set[tuple[int, int]]:
    return {track.place for track in group if track.place is not None}


def _collides(group: Group) -> bool:
    return len(_places(group)) < sum(track.place is not None for track in group)


# Over several folders


def _over_folders(parts: list[Group]) -> list[Group]:
    named: dict[tuple[str, tuple[str, ...]], list[Group]] = defaultdict(list)
    albums: list[Group] = []
    for part in parts:
        artists = artists_of(part)
        if artists:
            named[loose(title_of(part)), artists].append(part)
        else:
            albums.append(part)
    for same in named.values():
        found: list[Group] = []
        for part in sorted(same, key=lambda part: (-len(part), part[0].path)):
            for album in found:
                if _is_one_album(album, part):
                    album.extend(part)
                    break
            else:
                found.append(list(part))
        albums += found
    return albums


def artists_of(group: Group) -> tuple[str, ...]:
    """By whom an album is: as tagged, else the artist of most of its tracks; nobody where there are many."""
    tagged = Counter(track.album_artists for track in group if track.album_artists)
    if tagged:
        return tagged.most_common(1)[0][0]
    if 2 * sum(track.compilation for track in group) > len(group):
        return ()
    artist, count = Counter(track.artist for track in group).most_common(1)[0]
    return (artist,) if artist and 2 * count > len(group) else ()


def title_of(group: Group) -> str:
    """The title of most of its tracks."""
    titles = Counter(track.title for track in group if track.title)
    return titles.most_common(1)[0][0] if titles else ""


def _is_one_album(album: Group, part: Group) -> bool:
    """Whether tracks of one title and artist in another folder belong to an album."""
    ids, other_ids = ({track.mbid for track in group if track.mbid} for group in (album, part))
    if ids and other_ids and not ids & other_ids:
        return False
    if not (ids & other_ids):
        years, other_years = ({track.year for track in group if track.year} for group in (album, part))
        if years and other_years and not years & other_years:
            return False
    meet = not _places(album).isdisjoint(_places(part))
    return not meet or len(part) * _STRAY <= len(album)


# By the user's word


def _as_pinned(albums: list[Group]) -> list[Group]:
    pinned: dict[int, Group] = defaultdict(list)
    kept: list[Group] = []
    for album in albums:
        pins = Counter(track.pin for track in album if track.pin is not None)
        if not pins:
            kept.append(album)
            continue
        (most, _), *_ = pins.most_common(1)
        for track in album:
            pinned[most if track.pin is None else track.pin].append(track)
    return kept + list(pinned.values())


def sized(groups: Sequence[Group]) -> list[Group]:
    """Albums, the one with most tracks first; of equal ones that with the oldest track."""
    return sorted(groups, key=lambda group: (-len(group), min(track.id for track in group)))
