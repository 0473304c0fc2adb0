"""What one can ask of the library."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from player.domain import (
    Album,
    AlbumId,
    AlbumQuery,
    Artist,
    ArtistId,
    Genre,
    NoLongerWantedError,
    Track,
    TrackId,
    TrackQuery,
)
from player.library._covers import CoverStore
from player.library._lyrics import lyrics_beside
from player.library._search import SearchAdvice, advise, asks_for_more, searched
from player.workers import Lane

if TYPE_CHECKING:
    from player.storage import Database

logger = logging.getLogger(__name__)
T = TypeVar("T")


def _always() -> bool:
    return True


class Questions(QObject):
    """Pages of lists at once; lists, and covers, later.

    What takes longer is answered in a lane of its own, so that a scan's writes do not delay it; `done` is called on
    the GUI thread. `wanted` is asked in the lane, before and during the look-up: what a later key made void is given
    up, and answered with nothing, as failures are, which are logged.

    Signals:
        empty_changed(): The library has its first track now, or has lost its last one; see `empty`.

    Args:
        db: The database.
        parent: Qt parent.
    """

    empty_changed = Signal()

    def __init__(self, db: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._questions = Lane("questions", self)
        self._covers = CoverStore(db, self)
        self._empty = db.tracks.empty()

    @property
    def empty(self) -> bool:
        """Whether the library holds no track, not even a missing one, as of the last change.

        While it does, each question looks again, later: a scan by the command line may have filled it.
        """
        if self._empty:
            self._look_whether_empty()
        return self._empty

    def _look_whether_empty(self) -> None:
        def found(empty: bool) -> None:
            if empty != self._empty:
                self._empty = empty
                self.empty_changed.emit()

        self._questions.submit(self._db.tracks.empty, done=found)

    # At once

    def tracks(self, ids: Sequence[TrackId] | array[int]) -> list[Track]:
        """A page of tracks, in the order asked for."""
        return self._db.tracks.get(ids)

    def track(self, track_id: TrackId) -> Track | None:
        """One track."""
        return next(iter(self._db.tracks.get([track_id])), None)

    def people(self, ids: Sequence[TrackId]) -> dict[TrackId, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The names of the artists, and of the album's artists, one each; by track."""
        return self._db.tracks.people(ids)

    def album(self, album_id: AlbumId) -> Album | None:
        """One album."""
        return self._db.tracks.album(album_id)

    def albums(self, ids: Sequence[int]) -> list[Album]:
        """A page of albums, in the order asked for."""
        return self._db.tracks.albums_of(ids)

    def artist(self, artist_id: ArtistId) -> Artist | None:
        """One artist."""
        return self._db.tracks.artist(artist_id)

    # Later

    def find_tracks(
        self, query: TrackQuery, done: Callable[[array[int]], None], wanted: Callable[[], bool] = _always
    ) -> None:
        """Ids of the tracks that fulfil a query; its text may use the search language (`parse_search`)."""
        self._ask(lambda: self._db.tracks.find(searched(query), wanted), done, array("q"), wanted)

    def advise(self, text: str, done: Callable[[SearchAdvice], None], wanted: Callable[[], bool] = _always) -> None:
        """What to tell of a text that found no track."""
        self._ask(lambda: advise(self._db, text), done, SearchAdvice(), wanted)

    def find_albums(
        self, query: AlbumQuery, done: Callable[[list[Album]], None], wanted: Callable[[], bool] = _always
    ) -> None:
        """Albums that fulfil a query; with a text in the search language those with a track that it finds."""

        def albums() -> list[Album]:
            return self._db.tracks.albums(query, self._spoken_of(query.text, wanted), wanted)

        self._ask(albums, done, list[Album](), wanted)

    def find_album_ids(self, query: AlbumQuery, done: Callable[[array[int]], None]) -> None:
        """Ids of the albums that fulfil a query of plain words: a list of any length, read page by page."""
        self._ask(lambda: self._db.tracks.album_ids(query), done, array("q"))

    def find_artists(
        self, text: str, done: Callable[[list[Artist]], None], wanted: Callable[[], bool] = _always
    ) -> None:
        """Artists whose name contains a text; in the search language those on a track that it finds."""

        def artists() -> list[Artist]:
            return self._db.tracks.artists(text, self._spoken_of(text, wanted), wanted)

        self._ask(artists, done, list[Artist](), wanted)

    def _spoken_of(self, text: str, wanted: Callable[[], bool]) -> array[int] | None:
        """The tracks that a text in the search language finds; None for plain words."""
        return self._db.tracks.find(searched(TrackQuery(text=text)), wanted) if asks_for_more(text) else None

    def genres(self, done: Callable[[list[Genre]], None]) -> None:
        """All genres."""
        self._ask(self._db.tracks.genres, done, list[Genre]())

    def years(self, done: Callable[[list[tuple[int, int]]], None]) -> None:
        """(year, tracks) of each year with tracks, ascending."""
        self._ask(self._db.tracks.years, done, list[tuple[int, int]]())

    def count(self, done: Callable[[int], None]) -> None:
        """How many tracks there are, missing ones too."""
        self._ask(self._db.tracks.count, done, 0)

    def folders(self, path: str, done: Callable[[list[tuple[str, int]]], None]) -> None:
        """(path, tracks) of each folder in a folder."""
        self._ask(lambda: self._db.files.folders(path), done, list[tuple[str, int]]())

    def duplicates(self, done: Callable[[list[tuple[TrackId, ...]]], None]) -> None:
        """Tracks that sound the same, in groups."""
        self._ask(self._db.tracks.duplicates, done, list[tuple[TrackId, ...]]())

    def lyrics(self, track: Track, done: Callable[[str], None]) -> None:
        """The lyrics of a track, plain or LRC: of a file beside it, else of its tags; empty if there are none."""
        self._ask(lambda: lyrics_beside(track.path) or self._db.tracks.lyrics(track.id), done, "")

    def cover(self, cover_key: str, done: Callable[[bytes | None], None]) -> None:
        """The cover with this key, encoded as in its file; None where it cannot be read any more."""
        self._covers.get(cover_key, done)

    def _ask(
        self, question: Callable[[], T], done: Callable[[T], None], nothing: T, wanted: Callable[[], bool] = _always
    ) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, NoLongerWantedError):
                logger.error("a question to the library failed", exc_info=error)
            done(nothing)

        self._questions.submit(lambda: question() if wanted() else nothing, done=done, failed=failed)

    def close(self) -> None:
        """End the lanes."""
        self._questions.close()
        self._covers.close()
