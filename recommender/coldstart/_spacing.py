"""How far apart tracks of one artist, album, genre, decade or sound stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, IntArray
from recommender._kinship import Kinship
from recommender._snapshot import Snapshot

MEMORY = 12
"""Places that are looked back."""
ARTIST, ARTIST_GAP = 12.0, 12
"""Cost in nats of an artist that comes again at once, and places after which none is left."""
ARTIST_CLOSE, ARTIST_CLOSE_GAP = 8.0, 3
"""Likewise at places that follow what the listener likes."""
ALBUM, ALBUM_GAP = 3.0, 12
GENRE, GENRE_GAP = 2.0, 4
DECADE, DECADE_GAP = 1.0, 3
SOUND, SOUND_GAP = 2.0, 4


class Spacing:
    """Picks candidates one after the other, unlike what came just before.

    Args:
        snapshot: The library.
        kinship: Compares tracks.
        items: The candidates, int32[C].
        before: Items that sounded or stand before, oldest first.
    """

    def __init__(self, snapshot: Snapshot, kinship: Kinship, items: IntArray, before: Sequence[int]) -> None:
        self._kinship = kinship
        self._items = items
        self._columns = {
            "artist": snapshot.artist,
            "album": snapshot.album,
            "genre": kinship.genres[:, 0],
            "decade": np.where(snapshot.year > 0, snapshot.year // 10, -1),
        }
        self._before = list(before)[-MEMORY:]
        self._free = np.ones(len(items), np.bool_)

    def best(self, worth: FloatArray, among: npt.NDArray[np.bool_], *, close: bool) -> int | None:
        """The row worth most among those of a mask that are left; None when none is.

        Args:
            worth: In nats, float32[C].
            among: The mask.
            close: Whether the place follows what the listener likes: genre and sound may then stay.
        """
        rows = np.flatnonzero(among & self._free)
        if not len(rows):
            return None
        return int(rows[np.argmax((worth - self._costs(close=close))[rows])])

    def take(self, row: int) -> None:
        """Mark a row as picked."""
        self._free[row] = False
        self._before = [*self._before, int(self._items[row])][-MEMORY:]

    def _costs(self, *, close: bool) -> FloatArray:
        artist = (ARTIST_CLOSE, ARTIST_CLOSE_GAP) if close else (ARTIST, ARTIST_GAP)
        rules = {"artist": artist, "album": (ALBUM, ALBUM_GAP)}
        if not close:
            rules |= {"genre": (GENRE, GENRE_GAP), "decade": (DECADE, DECADE_GAP)}
        costs = np.zeros(len(self._items), np.float32)
        for name, (cost, gap) in rules.items():
            own = self._columns[name][self._items]
            for distance, item in enumerate(reversed(self._before[-gap:])):
                number = int(self._columns[name][item])
                if number >= 0:
                    costs[own == number] += np.float32(cost * (1 - distance / gap))
        if not close:
            costs += np.float32(SOUND) * self._kinship.sound_to(self._before[-SOUND_GAP:], self._items)
        return costs
