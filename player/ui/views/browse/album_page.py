"""The page of one album."""

from __future__ import annotations

from typing import Protocol

from player.domain import Album, AlbumId, StartReason, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.covers import CoverArt
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists
from player.ui.views.browse.detail import DetailPage, Head
from player.ui.views.tracks.track_list import TrackList

MOST_COMPARED = 200
"""On a longer album the artists of all tracks are not looked at."""


class AlbumPageNeeds(
    HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists, HasTracks, Protocol
):
    """What `AlbumPage` asks for."""


class AlbumPage(DetailPage):
    """One album."""

    context: AlbumPageNeeds

    reason = StartReason.ALBUM

    def __init__(self, context: AlbumPageNeeds) -> None:
        columns = ("no", "title", "artist", "plays", "time")
        name = self.table_name()
        tracks = TrackList(context, name, reason=StartReason.ALBUM, goes_on=True, columns=columns, with_covers=False)
        tracks.table.tracks.album_numbers = True
        super().__init__(context, Head(context), tracks)
        self._album: Album | None = None
        self.head.kind.setText(self.tr("Album"))
        self.head.link.clicked.connect(self._go_to_artist)
        self.list.loaded.connect(self._show_artists)

    @staticmethod
    def table_name() -> str:
        """Accessible name of the table."""
        return words.translate("AlbumPage", "Tracks of the album")

    def show_place(self, place: Place) -> None:
        """Show the album."""
        album_id = AlbumId(int(place.of or 0))
        self._show(self.context.library.album(album_id))
        self.open(place, TrackQuery(album_id=album_id))

    def _show(self, album: Album | None) -> None:
        self._album = album
        if album is None:
            self.head.title.set_text(self.tr("This album is no longer in the library"))
            return
        self.head.title.set_text(album.title or words.unknown_album())
        self.head.link.set_text(album.artist or words.unknown_artist())
        parts = [
            str(album.year) if album.year else "",
            words.tracks(album.track_count),
            words.long_time(album.duration_ms),
        ]
        self.head.facts.setText(" · ".join(part for part in parts if part))
        self.head.cover.set_art(CoverArt(album.cover_key, words.album_name(album.title, album.artist)))

    def _show_artists(self, count: int) -> None:
        """The artists of the tracks, where they are not all the album's, who stands above."""
        artist = self._album.artist if self._album is not None else ""
        tracks = self.list.tracks_of(range(count)) if 0 < count <= MOST_COMPARED else []
        same = bool(tracks) and all(track.artist == artist for track in tracks)
        self.list.table.set_idle(("artist",) if same else ())

    def _go_to_artist(self) -> None:
        if self._album is not None and self._album.artist_id is not None:
            self.context.go(Place(PageKind.ARTIST, int(self._album.artist_id)))
