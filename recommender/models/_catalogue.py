"""What the library says about its items: artists, albums and their order, as arrays that never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender._api import IntArray, LongArray
from recommender._snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Groups:
    """Items by a dense group number.

    Attributes:
        of: int32[N], group of each item, -1 without.
        indptr: int64[groups + 1].
        items: int32[members], ordered by group; within a group as given.
    """

    of: IntArray
    indptr: LongArray
    items: IntArray

    @classmethod
    def build(cls, of: IntArray, order: IntArray | None = None) -> Self:
        """Group the items by `of`; within a group they keep the order of `order` (a permutation of the items)."""
        rows = np.arange(len(of), dtype=np.int32) if order is None else order
        rows = rows[of[rows] >= 0]
        rows = rows[np.argsort(of[rows], kind="stable")]
        sizes = np.bincount(of[rows], minlength=int(of.max(initial=-1)) + 1)
        return cls(of, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), rows.astype(np.int32))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def members(self, group: int) -> IntArray:
        """Items of one group; empty for -1."""
        if group < 0:
            return self.items[:0]
        return self.items[self.indptr[group] : self.indptr[group + 1]]

    def sizes(self) -> LongArray:
        """int64[groups], number of members."""
        return np.diff(self.indptr)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Items, artists and albums.

    Attributes:
        artists: Items by artist.
        albums: Items by album, in playing order (disc, track number).
        album_next: int32[N], the next track of the album, -1 at its end or without.
    """

    artists: Groups
    albums: Groups
    album_next: IntArray

    @classmethod
    def build(cls, artist: IntArray, album: IntArray, disc: IntArray, track_no: IntArray) -> Self:
        """From the columns of a snapshot."""
        order = np.lexsort((np.arange(len(artist)), track_no, disc)).astype(np.int32)
        albums = Groups.build(album, order)
        following = np.full(len(artist), -1, np.int32)
        rows = albums.items
        known = (album[rows[:-1]] == album[rows[1:]]) & (track_no[rows[:-1]] > 0) & (track_no[rows[1:]] > 0)
        following[rows[:-1][known]] = rows[1:][known]
        return cls(Groups.build(artist), albums, following)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """The catalogue of a snapshot."""
        return cls.build(snapshot.artist, snapshot.album, snapshot.disc, snapshot.track_no)

    def __len__(self) -> int:
        return len(self.album_next)
