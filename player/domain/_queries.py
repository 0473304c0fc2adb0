"""Questions to the library, as frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from player.domain._ids import AlbumId, ArtistId, Ms, PlaylistId
from player.domain._rules import Rule


class TrackOrder(StrEnum):
    """By what a list of tracks is sorted.

    Ties go on to artist, album, disc and track number, then title, so that albums stay together in every order.
    """

    ARTIST = "artist"  # album artist, year, album, disc, track
    ALBUM = "album"  # album title, disc, track
    TITLE = "title"
    YEAR = "year"
    GENRE = "genre"
    ADDED = "added"
    PLAYS = "plays"
    SKIPS = "skips"
    LAST_PLAYED = "last_played"
    DURATION = "duration"
    RATING = "rating"
    TRACK_NO = "track_no"  # disc, track
    BPM = "bpm"
    PATH = "path"
    PLAYLIST = "playlist"  # as in the playlist; duplicates stay
    RANDOM = "random"  # by chance; the same for the same seed
    RELEVANCE = "relevance"  # matches in the title and most played first; without a text as ARTIST


@dataclass(frozen=True, slots=True)
class SortKey:
    """One of the keys by which a list is sorted.

    Attributes:
        order: By what.
        descending: Turned round; tracks without a value stay last.
    """

    order: TrackOrder
    descending: bool = False


@dataclass(frozen=True, slots=True)
class TrackQuery:
    """Which tracks, in which order. All conditions hold together.

    Attributes:
        text: Words as typed: each must start a word of title, artists, album or genres (CJK: stand anywhere).
        where: Further conditions (field syntax, smart playlists).
        album_id: Only this album.
        artist_id: Only tracks by this artist, or on an album by them.
        genre: Only this genre.
        liked: Only tracks with a thumb up.
        playlist_id: Only tracks of this manual playlist.
        folder: Only below this folder (absolute path).
        played: True only tracks with a play, False only tracks without; None both.
        missing: Whether vanished files are listed too.
        order: Sorted by what; None is the natural order: the playlist's, the album's, else ARTIST.
        descending: Turn the order round; tracks without a value stay last.
        then: Further keys, each for tracks that are equal by all before it. A key that others follow is as coarse as a
            list shows it: days, whole seconds, folders. Nothing follows RELEVANCE and PLAYLIST.
        limit: At most so many.
        limit_ms: Maximum length of all tracks together, ms: the first ones that fit.
        limit_bytes: Maximum size of all files together, likewise.
        chosen_by: By what the tracks within the limits are chosen, where the list is sorted otherwise; empty: the same.
        seed: Another one gives another random order.
    """

    text: str = ""
    where: Rule | None = None
    album_id: AlbumId | None = None
    artist_id: ArtistId | None = None
    genre: str | None = None
    liked: bool = False
    playlist_id: PlaylistId | None = None
    folder: str | None = None
    played: bool | None = None
    missing: bool = True
    order: TrackOrder | None = None
    descending: bool = False
    then: tuple[SortKey, ...] = ()
    limit: int | None = None
    limit_ms: Ms | None = None
    limit_bytes: int | None = None
    chosen_by: tuple[SortKey, ...] = ()
    seed: int = 0

    @property
    def is_limited(self) -> bool:
        """Whether only the first ones of a list are wanted."""
        return not (self.limit is None and self.limit_ms is None and self.limit_bytes is None)

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """All keys, the first first; empty for the natural order."""
        return () if self.order is None else (SortKey(self.order, self.descending), *self.then)

    def sorted_by(self, keys: Sequence[SortKey]) -> TrackQuery:
        """The same tracks, sorted by these keys; none: in their natural order."""
        if not keys:
            return replace(self, order=None, descending=False, then=())
        return replace(self, order=keys[0].order, descending=keys[0].descending, then=tuple(keys[1:]))


class AlbumOrder(StrEnum):
    """By what a list of albums is sorted; ties go on to artist, year, title."""

    ARTIST = "artist"
    TITLE = "title"
    YEAR = "year"
    ADDED = "added"
    PLAYS = "plays"
    LAST_PLAYED = "last_played"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class AlbumQuery:
    """Which albums, in which order. All conditions hold together.

    Attributes:
        text: Words as typed; an album is found by its title, its artists or its year.
        artist_id: Only albums by this artist, or with a track by them.
        genre: Only albums with a track of this genre.
        order: Sorted by what.
        descending: Turn the order round; albums without a value stay last.
        limit: At most so many.
        offset: So many of the first ones left out.
    """

    text: str = ""
    artist_id: ArtistId | None = None
    genre: str | None = None
    order: AlbumOrder = AlbumOrder.ARTIST
    descending: bool = False
    limit: int | None = None
    offset: int = 0
