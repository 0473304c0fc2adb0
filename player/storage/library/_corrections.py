"""The store of what the user said about the library against its tags: copies, and albums merged and split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from player.domain import AlbumId, TrackId, UsageError
from player.storage._engine import Connections
from player.storage._revisions import TRACKS, advance
from player.storage._vectors import chunks
from player.storage.library._arranging import members, next_pin, pin
from player.storage.library._moves import set_choice
from player.storage.schema import TrackRow

AlbumPins = Mapping[int, int | None]
"""Which tracks are one album by the user's word: a number by track id, None where tags tell."""


class CorrectionStore:
    """Which tracks are copies of one recording and which are one album, by the user's word.

    Remembered by track, through every scan, move and change of tags. Each method returns what takes it back.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def choose_copies(self, track_id: TrackId, other_id: TrackId, same: bool | None) -> bool | None:
        """Say whether two tracks are copies of one recording; None leaves that to their tags and sound.

        Returns:
            What was said before, which takes this back.

        Raises:
            UsageError: it is one track, or one of them does not exist.
        """
        with self._connections.writing(durable=True) as connection:
            known = set(connection.execute(select(TrackRow.id).where(TrackRow.id.in_((track_id, other_id)))).scalars())
            if len(known) < 2:
                raise UsageError("Choose two tracks of the library that are copies of one recording, or are not.")
            before = set_choice(connection, track_id, other_id, same)
            advance(connection, TRACKS)
            return before

    def merge_albums(self, albums: Sequence[AlbumId]) -> AlbumPins:
        """Make one album of several, whatever their tags say, now and after every scan.

        Returns:
            What `restore_albums` takes it back with.

        Raises:
            UsageError: fewer than two albums with tracks are named.
        """
        with self._connections.writing(durable=True) as connection:
            if sum(bool(members(connection, [album])) for album in set(albums)) < 2:
                raise UsageError("Choose two albums or more to make one of.")
            return pin(connection, dict.fromkeys(members(connection, albums), next_pin(connection)))

    def split_album(self, tracks: Sequence[TrackId]) -> AlbumPins:
        """Make an album of its own of some tracks of an album, now and after every scan.

        Returns:
            What `restore_albums` takes it back with.

        Raises:
            UsageError: they are not some, but not all, of the tracks of one album.
        """
        with self._connections.writing(durable=True) as connection:
            chosen = set(tracks)
            of_them = select(TrackRow.album_id).where(TrackRow.id.in_(chosen)).distinct()
            albums = list(connection.execute(of_them).scalars())
            inside = members(connection, [album for album in albums if album is not None])
            if len(albums) != 1 or not inside or chosen >= set(inside):
                raise UsageError("Choose some of the tracks of one album, but not all of them.")
            new = next_pin(connection)
            return pin(connection, {key: new if key in chosen else new + 1 for key in inside})

    def restore_albums(self, pins: AlbumPins) -> AlbumPins:
        """Take a merge or split of albums back; returns what takes this back in turn."""
        with self._connections.writing(durable=True) as connection:
            known: set[int] = set()
            for part in chunks(list(pins)):
                known.update(connection.execute(select(TrackRow.id).where(TrackRow.id.in_(part))).scalars())
            return pin(connection, {key: value for key, value in pins.items() if key in known})
