"""The page of one artist: albums, and tracks by how often they were played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from player.domain import Album, AlbumOrder, AlbumQuery, Artist, ArtistId, TrackOrder, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.covers import CoverArt
from player.ui.models.nav import Place
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists
from player.ui.views.browse.card_source import CardActions, album_cards
from player.ui.views.browse.detail import DetailPage, Head
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.lists.card_grid import CardGrid


class ArtistPageNeeds(
    HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasPlaylists, HasTracks, Protocol
):
    """What `ArtistPage` asks for."""


class ArtistPage(DetailPage):
    """One artist: albums and tracks."""

    context: ArtistPageNeeds

    def __init__(self, context: ArtistPageNeeds) -> None:
        columns = ("no", "title", "album", "year", "plays", "time")
        name = words.translate("ArtistPage", "Tracks of the artist")
        super().__init__(
            context, Head(context, round_cover=True), TrackList(context, name, goes_on=True, columns=columns)
        )
        self._request = 0
        self.head.kind.setText(self.tr("Artist"))
        self.head.link.hide()
        self.albums = CardGrid(
            context.look, context.covers, self.tr("Albums of the artist"), one_row=True, ideal_px=150
        )
        CardActions(context, self.albums)
        self._column.insertWidget(1, self.albums)
        self._column.insertSpacing(2, 10)

    def show_place(self, place: Place) -> None:
        """Show the artist."""
        artist_id = ArtistId(int(place.of or 0))
        self._show(self.context.library.artist(artist_id))
        self._request += 1
        request = self._request

        def found(albums: Sequence[Album]) -> None:
            if request == self._request:
                self.albums.cards.set_cards(album_cards(albums))
                self.albums.setVisible(bool(albums))
                self.area.fit()

        query = AlbumQuery(artist_id=artist_id, order=AlbumOrder.YEAR, descending=True)
        self.context.library.find_albums(query, found)
        self.open(place, TrackQuery(artist_id=artist_id, order=TrackOrder.PLAYS, descending=True))

    def _show(self, artist: Artist | None) -> None:
        if artist is None:
            self.head.title.set_text(self.tr("This artist is no longer in the library"))
            return
        self.head.title.set_text(artist.name or words.unknown_artist())
        self.head.facts.setText(" · ".join((words.albums(artist.album_count), words.tracks(artist.track_count))))
        self.head.cover.set_art(CoverArt(artist.cover_key, artist.name))
