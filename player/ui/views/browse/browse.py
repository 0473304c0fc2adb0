"""The pages for browsing: albums, artists, genres, tracks, liked tracks."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from player.domain import AlbumOrder, AlbumQuery, Artist, Genre, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.covers import CoverArt
from player.ui.models.cards import Card, LazyCards, row_of
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasCovers, HasGo, HasLibrary, HasLook
from player.ui.views.browse.card_source import CardActions, artist_cards, lazy_album_cards
from player.ui.views.frame.page import Page
from player.ui.widgets.buttons.controls import Choice
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.scrolling import KeptScroll
from player.ui.widgets.lists.card_grid import CardGrid


class GridPageNeeds(HasCovers, HasLook, Protocol):
    """What `GridPage` asks for."""


class GridPage(Page):
    """A page that is one grid of cards, with words for when it is empty."""

    context: GridPageNeeds

    def __init__(self, context: GridPageNeeds, name: str, icon: str) -> None:
        super().__init__(context)
        self._name = name
        self._request = 0
        self._keep_at: int | None = None
        self._keep_current: object = None
        self._loaded = False
        self.grid = CardGrid(context.look, context.covers, name)
        self.empty = EmptyState(context.look, icon)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        inset(column, 17, 0, 4, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.grid)

    def title(self) -> str:
        """The page's name."""
        return self._name

    def count(self) -> str:
        """How many cards."""
        return words.number(self.grid.cards.rowCount()) if self._loaded else ""

    def show_place(self, place: Place) -> None:
        """Read once; afterwards only when the library changes."""
        if not self._loaded:
            self.load()

    def library_changed(self) -> None:
        """Read again and stay where one is."""
        if self._loaded:
            self.restore(GridPage.state(self))
            self.load()

    def load(self) -> None:
        """Ask for the cards; `show_cards` takes the answer."""
        raise NotImplementedError

    def next_request(self) -> int:
        """A number for a question, to know its answer by."""
        self._request += 1
        return self._request

    def show_cards(self, request: int, cards: Sequence[Card]) -> None:
        """Show the answer to question `request`, unless a newer one is on its way."""
        if request != self._request:
            return
        self._loaded = True
        self.grid.cards.set_cards(cards)
        self.stack.setCurrentIndex(0 if cards else 1)
        row = row_of(cards, self._keep_current) if self._keep_current is not None else -1
        if row >= 0:
            self.grid.setCurrentIndex(self.grid.cards.index(row))
        self._keep_current = None
        if self._keep_at is not None:
            KeptScroll(self.grid, self._keep_at)
            self._keep_at = None
        self.header_changed.emit()

    def focus_content(self) -> None:
        """The grid."""
        self.grid.setFocus()

    def state(self) -> dict[str, Any]:
        """The position, and the current card."""
        row = self.grid.currentIndex().row()
        current = self.grid.cards.card(row).id if 0 <= row < self.grid.cards.rowCount() else None
        return {"scroll": self.grid.verticalScrollBar().value(), "current": current}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the position once the cards are there."""
        scroll = state.get("scroll")
        self._keep_at = scroll if isinstance(scroll, int) else None
        self._keep_current = state.get("current")


class AlbumsPageNeeds(HasCovers, HasGo, HasLibrary, HasLook, HasTracks, Protocol):
    """What `AlbumsPage` asks for."""


class AlbumsPage(GridPage):
    """All albums as covers, in a choice of orders."""

    context: AlbumsPageNeeds

    def __init__(self, context: AlbumsPageNeeds) -> None:
        super().__init__(context, "", "vinyl-record")
        self._name = self.tr("Albums")
        self.grid.setAccessibleName(self._name)
        self.empty.show_words(self.tr("No albums yet"), self.tr("Tracks with an album in their tags appear here."))
        self._order = Choice(context.look)
        self._order.setAccessibleName(self.tr("Sort albums by"))
        for order, text in (
            (AlbumOrder.ARTIST, self.tr("By artist")),
            (AlbumOrder.TITLE, self.tr("By title")),
            (AlbumOrder.YEAR, self.tr("By year")),
            (AlbumOrder.ADDED, self.tr("Newest first")),
            (AlbumOrder.PLAYS, self.tr("Most played")),
        ):
            self._order.addItem(text, order)
        self._order.currentIndexChanged.connect(self._order_chosen)
        CardActions(context, self.grid)

    def tools(self) -> Sequence[QWidget]:
        """The order."""
        return (self._order,)

    def load(self) -> None:
        """Ask for the albums."""
        request = self.next_request()
        order = AlbumOrder(self._order.currentData())
        query = AlbumQuery(order=order, descending=order in (AlbumOrder.ADDED, AlbumOrder.PLAYS))

        library = self.context.library

        def found(ids: array[int]) -> None:
            self.show_cards(request, lazy_album_cards(ids, library.albums))

        library.find_album_ids(query, found)

    def _order_chosen(self) -> None:
        self.grid.verticalScrollBar().setValue(0)
        self.load()

    def state(self) -> dict[str, Any]:
        """Position and order."""
        return super().state() | {"order": self._order.currentIndex()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up position and order."""
        order = state.get("order")
        if isinstance(order, int) and 0 <= order < self._order.count():
            self._order.blockSignals(True)
            self._order.setCurrentIndex(order)
            self._order.blockSignals(False)
        super().restore(state)


class ArtistsPageNeeds(HasCovers, HasGo, HasLibrary, HasLook, HasTracks, Protocol):
    """What `ArtistsPage` asks for."""


class ArtistsPage(GridPage):
    """All artists as round covers."""

    context: ArtistsPageNeeds

    def __init__(self, context: ArtistsPageNeeds) -> None:
        super().__init__(context, "", "user-sound")
        self._name = self.tr("Artists")
        self.grid.setAccessibleName(self._name)
        self.empty.show_words(self.tr("No artists yet"), self.tr("Artists of your tracks appear here."))
        CardActions(context, self.grid)

    def load(self) -> None:
        """Ask for the artists."""
        request = self.next_request()

        def found(artists: Sequence[Artist]) -> None:
            self.show_cards(request, LazyCards(artists, artist_cards))

        self.context.library.find_artists("", found)


class GenresPageNeeds(HasCovers, HasGo, HasLibrary, HasLook, HasTracks, Protocol):
    """What `GenresPage` asks for."""


class GenresPage(GridPage):
    """All genres."""

    context: GenresPageNeeds

    def __init__(self, context: GenresPageNeeds) -> None:
        super().__init__(context, "", "tag")
        self._name = self.tr("Genres")
        self.grid.setAccessibleName(self._name)
        self.empty.show_words(self.tr("No genres yet"), self.tr("Genres in the tags of your tracks appear here."))
        CardActions(
            context,
            self.grid,
            place=lambda card: Place(PageKind.GENRE, str(card.id)),
            query=lambda card: TrackQuery(genre=str(card.id)),
        )

    def load(self) -> None:
        """Ask for the genres."""
        request = self.next_request()

        def found(genres: Sequence[Genre]) -> None:
            cards = [Card(g.name, g.name, words.tracks(g.track_count), CoverArt(None, g.name)) for g in genres]
            self.show_cards(request, cards)

        self.context.library.genres(found)


class YearsPageNeeds(HasCovers, HasGo, HasLibrary, HasLook, HasTracks, Protocol):
    """What `YearsPage` asks for."""


class YearsPage(GridPage):
    """All years that music was first released in, the latest first."""

    context: YearsPageNeeds

    def __init__(self, context: YearsPageNeeds) -> None:
        super().__init__(context, "", "clock")
        self._name = self.tr("Years")
        self.grid.setAccessibleName(self._name)
        self.empty.show_words(self.tr("No years yet"), self.tr("Years in the tags of your tracks appear here."))
        CardActions(
            context,
            self.grid,
            place=lambda card: Place(PageKind.SEARCH, f"year:{card.id}"),
            query=lambda card: TrackQuery(text=f"year:{card.id}"),
        )

    def load(self) -> None:
        """Ask for the years."""
        request = self.next_request()

        def found(years: Sequence[tuple[int, int]]) -> None:
            cards = [Card(year, str(year), words.tracks(count), CoverArt(None, str(year))) for year, count in years]
            self.show_cards(request, cards[::-1])

        self.context.library.years(found)
