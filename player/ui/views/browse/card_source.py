"""Albums and artists as cards, and what opening, playing and their menus do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from player.domain import Album, AlbumId, Artist, ArtistId, SortKey, StartReason, TrackOrder, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.covers import CoverArt
from player.ui.models.cards import Card, LazyCards
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasGo
from player.ui.widgets.lists.card_grid import CardGrid


def album_card(album: Album) -> Card:
    """An album's card."""
    title, artist = album.title or words.unknown_album(), album.artist or words.unknown_artist()
    art = CoverArt(album.cover_key, words.album_name(album.title, album.artist))
    about = words.tracks(album.track_count)
    return Card(int(album.id), title, artist, art, f"{album.year}, {about}" if album.year else about)


def artist_card(artist: Artist) -> Card:
    """An artist's card, with a round cover."""
    name = artist.name or words.unknown_artist()
    count = words.albums(artist.album_count) if artist.album_count else words.tracks(artist.track_count)
    return Card(int(artist.id), name, count, CoverArt(artist.cover_key, artist.name), round=True)


def album_cards(albums: Iterable[Album]) -> list[Card]:
    """Cards of albums."""
    return [album_card(album) for album in albums]


def artist_cards(artists: Iterable[Artist]) -> list[Card]:
    """Cards of artists."""
    return [artist_card(artist) for artist in artists]


def lazy_album_cards(ids: Sequence[int], albums: Callable[[Sequence[int]], Iterable[Album]]) -> LazyCards:
    """Cards of albums by their ids; one that has gone meanwhile is blank.

    Args:
        ids: The ids.
        albums: Gets a page of albums.
    """

    def make(page: Sequence[int]) -> list[Card]:
        found = {int(album.id): album_card(album) for album in albums(page)}
        return [found.get(key) or Card(key, "", "", CoverArt(None, "")) for key in page]

    return LazyCards(ids, make)


def card_place(card: Card) -> Place:
    """Where a card leads."""
    return Place(PageKind.ARTIST if card.round else PageKind.ALBUM, card.id)


def card_query(card: Card) -> TrackQuery:
    """The tracks a card stands for."""
    if card.round:
        return TrackQuery(artist_id=ArtistId(int(card.id)), order=TrackOrder.PLAYS, descending=True)
    return TrackQuery(album_id=AlbumId(int(card.id)))


class CardActionsNeeds(HasGo, HasTracks, Protocol):
    """What `CardActions` asks for."""


class CardActions(QObject):
    """Connects a grid of cards to what they do.

    Args:
        context: The window's services.
        grid: The cards.
        place: Where a card leads; without it, to its album or artist.
        query: The tracks that a card stands for; without it, its album's or artist's.
    """

    def __init__(
        self,
        context: CardActionsNeeds,
        grid: CardGrid,
        *,
        place: Callable[[Card], Place] = card_place,
        query: Callable[[Card], TrackQuery] = card_query,
    ) -> None:
        super().__init__(grid)
        self._context = context
        self._grid = grid
        self._place = place
        self._query = query
        grid.opened.connect(self._open)
        grid.play_wanted.connect(self._play)
        grid.menu_wanted.connect(self._menu)

    def _open(self, row: int) -> None:
        self._context.go(self._place(self._grid.cards.card(row)))

    def _play(self, row: int, *, shuffle: bool = False) -> None:
        query = self._query(self._grid.cards.card(row))
        reason = StartReason.PICKED if query.album_id is None else StartReason.ALBUM
        self._context.tracks.play_query(query, reason, shuffle=shuffle)

    def _menu(self, row: int, at: QPoint) -> None:
        menu = QMenu(self._grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card = self._grid.cards.card(row)
        actions, query = self._context.tracks, self._query(card)
        # Of many tracks the most played say best what others are to be like.
        known = query.sorted_by((SortKey(TrackOrder.PLAYS, True),))
        actions.item(menu, "play", self.tr("Play"), lambda: self._play(row))
        actions.item(menu, "shuffle", self.tr("Shuffle"), lambda: self._play(row, shuffle=True))
        actions.item(menu, "queue", self.tr("Add to queue"), lambda: actions.add_query(query))
        like = self.tr("More like this")
        actions.item(menu, "magic-wand", like, lambda: actions.more_like_query(known, card.title))
        menu.addSeparator()
        actions.item(menu, "arrows-out-simple", self.tr("Open"), lambda: self._open(row))
        menu.popup(at)
