"""How close two tracks are by what is known without anybody having played them: tags and sound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender._api import FloatArray, IntArray, LongArray
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, top

MAX_GENRES = 3
"""Genres of a track that are compared."""
SAME_ALBUM = 0.5
SAME_ARTIST = 0.6
SAME_GENRE = 0.5
"""For the rarest genre; a genre that everything has says nothing."""
SAME_YEAR = 0.15
YEARS = 10
"""Years apart at which two tracks have nothing in common by their age."""
SAME_SOUND = 0.8


class Kinship:
    """Compares the tracks of one library by artist, album, genre, year and sound.

    Args:
        snapshot: The library.
        sound: Content vectors, of width 0 where there are none.

    Attributes:
        genres: int32[N, MAX_GENRES], the genres of each track, -1 for none.
        genre_size: int64[G], tracks of each genre.
    """

    def __init__(self, snapshot: Snapshot, sound: Vectors) -> None:
        self._snapshot = snapshot
        self._sound = sound
        self._usual = np.float32(sound.usual()) if sound.width else np.float32(0)
        self.genres = _first_genres(snapshot)
        named = self.genres[self.genres >= 0]
        self.genre_size = np.bincount(named) if len(named) else np.zeros(1, np.int64)
        rarity = 1 - self.genre_size / max(1, len(snapshot))
        self._rarity = np.append(rarity, 0).astype(np.float32)  # the last one is what -1 looks up

    def to(self, other: int, items: IntArray) -> FloatArray:
        """Closeness of some tracks to another one, 0 nothing in common to 1; float32[len(items)].

        Each thing in common leaves less of the distance (a noisy-or), so that two of them say more than one.
        """
        snapshot = self._snapshot
        apart = np.ones(len(items), np.float32)
        for column, weight in ((snapshot.artist, SAME_ARTIST), (snapshot.album, SAME_ALBUM)):
            if column[other] >= 0:
                apart *= 1 - np.float32(weight) * (column[items] == column[other])
        apart *= 1 - np.float32(SAME_GENRE) * self._same_genre(other, items)
        if snapshot.year[other] > 0:
            years = np.abs(snapshot.year[items] - snapshot.year[other]) / np.float32(YEARS)
            near = np.where(snapshot.year[items] > 0, np.clip(1 - years, 0, 1), 0)
            apart *= 1 - np.float32(SAME_YEAR) * near
        apart *= 1 - np.float32(SAME_SOUND) * self._same_sound(other, items)
        return np.asarray(1 - apart, np.float32)

    def closest(self, other: int, noise: FloatArray, k: int) -> IntArray:
        """Candidates for what is close to a track: of its artist, album and genres and of its sound, k of each at most.

        Args:
            other: The track.
            noise: float32[N], which to prefer where there are more.
            k: How many.
        """
        snapshot = self._snapshot
        masks = [column == column[other] for column in (snapshot.artist, snapshot.album) if column[other] >= 0]
        masks += [(self.genres == genre).any(axis=1) for genre in self.genres[other].tolist() if genre >= 0]
        rows = [np.flatnonzero(mask) for mask in masks]
        found: list[LongArray | IntArray] = [among[top(noise[among], k)] for among in rows]
        if self._sound.width and snapshot.has_content[other]:
            found.append(top(self._sound.cosines(self._sound.rows([other])[0]), k))
        return np.unique(np.concatenate(found)).astype(np.int32) if found else np.zeros(0, np.int32)

    def sound_to(self, others: Sequence[int], items: IntArray) -> FloatArray:
        """How alike some tracks sound to the one of a few others that they are most like, 0 to 1."""
        found = np.zeros(len(items), np.float32)
        for other in others:
            np.maximum(found, self._same_sound(other, items), out=found)
        return found

    def _same_genre(self, other: int, items: IntArray) -> FloatArray:
        """Rarity of the rarest genre that each track shares with another one, 0 without any."""
        own = np.zeros_like(self._rarity)
        mine = self.genres[other][self.genres[other] >= 0]
        own[mine] = self._rarity[mine]
        return np.asarray(own[self.genres[items]].max(axis=1), np.float32)

    def _same_sound(self, other: int, items: IntArray) -> FloatArray:
        """Squared, so that only what is very much alike counts."""
        if not (self._sound.width and self._snapshot.has_content[other]):
            return np.zeros(len(items), np.float32)
        cosine = self._sound.rows(items) @ self._sound.rows([other])[0]
        return np.asarray(np.square(np.clip((cosine - self._usual) / (1 - self._usual + 1e-6), 0, 1)), np.float32)


def _first_genres(snapshot: Snapshot) -> IntArray:
    starts, ends = snapshot.genres.indptr[:-1], snapshot.genres.indptr[1:]
    found = np.full((len(snapshot), MAX_GENRES), -1, np.int32)
    for place in range(MAX_GENRES):
        rows = np.flatnonzero(starts + place < ends)
        found[rows, place] = snapshot.genres.items[starts[rows] + place]
    return found
