"""All tracks, those one likes, or those of a genre, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.domain import SortKey, StartReason, TrackOrder, TrackQuery
from player.ui import words
from player.ui.context import HasTracks
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasController, HasCovers, HasLibrary, HasLook, HasOperations
from player.ui.views.frame.page import Page
from player.ui.views.tracks.track_list import TrackList
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.controls import Choice
from player.ui.widgets.layout.insets import inset

RECENT_TRACKS = 500
"""So many tracks are "recently added"."""


class TracksPageNeeds(HasController, HasCovers, HasLibrary, HasLook, HasOperations, HasTracks, Protocol):
    """What `TracksPage` asks for."""


class TracksPage(Page):
    """All tracks or a choice of them, the liked ones, or those of a genre, as a table."""

    context: TracksPageNeeds

    def __init__(self, context: TracksPageNeeds, kind: PageKind) -> None:
        super().__init__(context)
        self._kind = kind
        self._place: Place | None = None
        self._shown: int | None = None
        self.list = TrackList(context, "", goes_on=kind is PageKind.LIKED)
        column = QVBoxLayout(self)
        inset(column, 17, 0, 4, 0)
        column.addWidget(self.list)
        self.list.loaded.connect(self._loaded)
        self.setFocusProxy(self.list)
        self._which = Choice(context.look)
        self._which.setAccessibleName(self.tr("Which tracks"))
        for text in (
            self.tr("All tracks"),
            self.tr("Recently added"),
            self.tr("Most played"),
            self.tr("Never played"),
        ):
            self._which.addItem(text)
        self._which.currentIndexChanged.connect(self._chosen)
        self.play = IconButton(context.look, "play", self.tr("Play all"))
        self.shuffle = IconButton(context.look, "shuffle", self.tr("Shuffle all"))
        self.play.clicked.connect(lambda: self._play_all(shuffle=False))
        self.shuffle.clicked.connect(lambda: self._play_all(shuffle=True))
        if kind is PageKind.LIKED:
            words_for_none = self.tr("Nothing liked yet"), self.tr("Give a track a thumb up and it is kept here.")
        else:
            words_for_none = self.tr("No tracks here"), self.tr("Music in your folders appears here.")
        self.list.empty.show_words(*words_for_none, icon="heart" if kind is PageKind.LIKED else "music-notes")
        context.operations.changed.connect(self._on_changes)

    def title(self) -> str:
        """What is listed."""
        if self._kind is PageKind.LIKED:
            return self.tr("Liked")
        if self._kind is PageKind.GENRE and self._place is not None:
            return str(self._place.of)
        return self.tr("Tracks")

    def count(self) -> str:
        """How many tracks."""
        return words.number(self._shown) if self._shown is not None else ""

    def tools(self) -> Sequence[QWidget]:
        """Which of all tracks; of a list that is worth hearing as a whole, how."""
        return (self._which,) if self._kind is PageKind.TRACKS else (self.play, self.shuffle)

    def show_place(self, place: Place) -> None:
        """Read once; a place just restored is read in its order and position."""
        if place != self._place:
            self._place = place
            self.list.table.setAccessibleName(self.title())
            query = self._query(place)
            self.list.start_restored(query)

    def _query(self, place: Place) -> TrackQuery:
        if self._kind is PageKind.LIKED:
            return TrackQuery(liked=True, order=TrackOrder.ARTIST)
        if self._kind is PageKind.GENRE:
            return TrackQuery(genre=str(place.of), order=TrackOrder.ARTIST)
        newest, most = (SortKey(TrackOrder.ADDED, True),), (SortKey(TrackOrder.PLAYS, True),)
        return (
            TrackQuery(order=TrackOrder.ARTIST),
            TrackQuery(limit=RECENT_TRACKS, chosen_by=newest).sorted_by(newest),
            TrackQuery(played=True).sorted_by(most),
            TrackQuery(played=False, order=TrackOrder.ARTIST),
        )[self._which.currentIndex()]

    def _play_all(self, *, shuffle: bool) -> None:
        self.context.tracks.play_query(self.list.query, StartReason.PICKED, shuffle=shuffle)

    def _chosen(self) -> None:
        if self._place is not None:
            self.list.show_query(self._query(self._place))

    def library_changed(self) -> None:
        """Read again and stay where one is."""
        if self._place is not None:
            self.list.reload()

    def focus_content(self) -> None:
        """The table."""
        self.list.table.setFocus()

    def state(self) -> dict[str, Any]:
        """Which tracks, order, columns, position."""
        return self.list.state() | {"which": self._which.currentIndex()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up which tracks, order, columns, position."""
        which = state.get("which")
        if isinstance(which, int) and 0 <= which < self._which.count():
            self._which.blockSignals(True)
            self._which.setCurrentIndex(which)
            self._which.blockSignals(False)
        self.list.restore(state)

    def _loaded(self, count: int) -> None:
        self._shown = count
        self.list.table.set_sorted_by(self.list.query.sort_keys)
        self.header_changed.emit()

    def _on_changes(self, changes: Changes) -> None:
        if self._kind is PageKind.LIKED and changes.touches(Kind.THUMBS):
            self.library_changed()
