"""Search results: artists and albums that match, and the tracks below, while one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.domain import Album, AlbumQuery, Artist, TrackOrder, TrackQuery
from player.library import SearchAdvice, SearchProblem, parse_search
from player.ui import words
from player.ui.context import HasTracks
from player.ui.models.cards import Card
from player.ui.models.nav import Place
from player.ui.services import HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations
from player.ui.views.browse.card_source import CardActions, album_cards, artist_cards
from player.ui.views.frame.page import Page
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.lists.card_grid import CardGrid
from player.ui.widgets.lists.headed_list import HeadedList

CARD_PX = 132
MOST_ARTISTS = 4
MOST_CARDS = 12


class SearchPageNeeds(HasController, HasCovers, HasGo, HasLibrary, HasLook, HasOperations, HasTracks, Protocol):
    """What `SearchPage` asks for."""


class SearchPage(Page):
    """What the text in the search field finds."""

    context: SearchPageNeeds

    def __init__(self, context: SearchPageNeeds) -> None:
        super().__init__(context)
        self._text = ""
        self._request = 0
        self._count: int | None = None
        self._artists: Sequence[Artist] = ()
        self._albums: Sequence[Album] = ()
        name = self.tr("Artists and albums found")
        self.cards = CardGrid(context.look, context.covers, name, one_row=True, ideal_px=CARD_PX)
        self.list = TrackList(context, self.tr("Tracks found"))
        CardActions(context, self.cards)
        self._keep = IconButton(context.look, "magic-wand", self.tr("Keep this search as a smart playlist"))
        self._keep.clicked.connect(lambda: context.tracks.smart_wanted.emit(None, self._text))
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMinimumWidth(1)
        column = QVBoxLayout(inside)
        inset(column, 17, 0, 4, 0)
        column.setSpacing(8)
        self.cards_title = self._heading("")
        self.tracks_title = self._heading(self.tr("Tracks"))
        self.note = TextLabel(context.look, font="second", colour="text2", wrap=True)
        self.note.hide()
        column.addWidget(self.note)
        column.addWidget(self.cards_title)
        column.addWidget(self.cards)
        column.addWidget(self.tracks_title)
        column.addWidget(self.list, 1)
        self.area = HeadedList(context.look, inside, self.list, self.list.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self.list.loaded.connect(self._loaded)
        self.cards.hide()
        self.cards_title.hide()
        self.tracks_title.hide()

    def _heading(self, text: str) -> TextLabel:
        heading = TextLabel(self.context.look, text, font="panel")
        inset(heading, 11, 0, 0, 0)
        return heading

    of_places = True

    def state(self) -> dict[str, Any]:
        """Of the results: order, columns, position, selection."""
        return self.list.state(self._text)

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up; they hold for the same words."""
        self.list.restore(state)

    def title(self) -> str:
        """Says that these are results."""
        return self.tr("Search")

    def tools(self) -> Sequence[QWidget]:
        """What can be done with the search."""
        return (self._keep,)

    def count(self) -> str:
        """How many tracks were found."""
        return words.tracks(self._count) if self._count is not None else ""

    def show_place(self, place: Place) -> None:
        """Search for another text."""
        text = str(place.of or "")
        if text == self._text:
            return
        self._text = text
        self._count = None
        self._say([problem for problem in parse_search(text).problems if problem.kind == "bad value"])
        self.area.verticalScrollBar().setValue(0)
        self.list.open_query(TrackQuery(text=text, order=TrackOrder.RELEVANCE), text)
        self._find_cards()

    def library_changed(self) -> None:
        """Search again."""
        self.list.reload()
        self._find_cards()

    def focus_content(self) -> None:
        """The tracks, or the cards where there are no tracks."""
        if self._count == 0 and self.cards.isVisible():
            self.cards.setFocus()
        else:
            self.list.table.setFocus()

    def _say(self, problems: Sequence[SearchProblem], corrected: str = "") -> None:
        """Say what was left out of the search, or what was looked for instead."""
        sentences = [self.tr("Results for “{0}”").format(corrected)] if corrected else []
        for problem in problems:
            if problem.kind == "bad value":
                text = self.tr("“{0}” says nothing about {1}: it was left out.").format(problem.value, problem.field)
            else:
                text = self.tr("{0}: is no field of a track; it was taken as words.").format(problem.field)
                if problem.near:
                    text += " " + self.tr("Did you mean {0}?").format(f"{problem.near}:{problem.value}")
            sentences.append(text)
        self.note.setText(" ".join(sentences))
        self.note.setVisible(bool(sentences))
        self.area.fit()

    def _take_advice(self, asked: str, advice: SearchAdvice) -> None:
        if asked != self._text:
            return
        self._say(advice.problems, advice.corrected)
        if advice.corrected:
            self.list.show_query(replace(self.list.query, text=advice.corrected))
            self._find_cards(advice.corrected)

    def _find_cards(self, corrected: str = "") -> None:
        self._request += 1
        request, library = self._request, self.context.library
        text = corrected or self._text

        def artists(found: Sequence[Artist]) -> None:
            if request == self._request:
                self._artists = found
                self._show_cards()

        def albums(found: Sequence[Album]) -> None:
            if request == self._request:
                self._albums = found
                self._show_cards()

        def wanted() -> bool:
            return request == self._request

        library.find_artists(text, artists, wanted)
        library.find_albums(AlbumQuery(text=text, limit=MOST_CARDS), albums, wanted)

    def _show_cards(self) -> None:
        artists: list[Card] = artist_cards(self._artists[:MOST_ARTISTS])
        albums = album_cards(self._albums[: MOST_CARDS - len(artists)])
        titles = {(True, True): self.tr("Artists and albums"), (True, False): self.tr("Artists")}
        self.cards_title.setText(titles.get((bool(artists), bool(albums)), self.tr("Albums")))
        self.cards.cards.set_cards(artists + albums)
        self.cards.setVisible(bool(artists or albums))
        self.cards_title.setVisible(bool(artists or albums))
        self.area.fit()

    def _loaded(self, count: int) -> None:
        self._count = count
        self.tracks_title.setVisible(count > 0)
        self.area.fit()
        if not count:
            text = self.tr("Fewer or other words may help. Every word must begin a word of title, artist or album.")
            nothing = self.tr("Nothing found for “{0}”").format(self._text)
            self.list.empty.show_words(nothing, text, icon="magnifying-glass")
            if self.list.query.text == self._text:
                asked, library = self._text, self.context.library
                library.advise(asked, lambda advice: self._take_advice(asked, advice), lambda: asked == self._text)
        self.header_changed.emit()
