"""Home: go on listening, what is new, what is played most, what has not been heard for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from player.domain import (
    Album,
    AlbumId,
    AlbumOrder,
    AlbumQuery,
    ArtistId,
    LoggedPlay,
    Track,
    TrackOrder,
    TrackQuery,
)
from player.ui import words
from player.ui.context import HasTracks
from player.ui.guard import guarded
from player.ui.models.cards import Card
from player.ui.models.nav import Place
from player.ui.services import (
    HasController,
    HasCovers,
    HasGo,
    HasLibrary,
    HasListening,
    HasLook,
    HasOperations,
    HasQueue,
    HasQueueOperations,
    HasSuggestions,
)
from player.ui.views.browse.card_source import CardActions, album_cards
from player.ui.views.frame.page import Page
from player.ui.views.home.banner import Banner
from player.ui.views.home.pick_few import PickFew
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.layout.scrolling import KeptScroll, SmoothWheel
from player.ui.widgets.lists.card_grid import CardGrid

MOST_ALBUMS = 12
MOST_MIXES = 6
MIX_SEEDS = 12
RECENT_PLAYS = 120


class ShelfNeeds(HasCovers, HasLook, Protocol):
    """What `Shelf` asks for."""


class Shelf(QWidget):
    """A heading over one row of albums; not there while it is empty."""

    def __init__(self, context: ShelfNeeds, title: str) -> None:
        super().__init__()
        self.grid = CardGrid(context.look, context.covers, title, one_row=True, ideal_px=170)
        heading = TextLabel(context.look, title, font="panel")
        inset(heading, 11, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(self.grid)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards."""
        self.grid.cards.set_cards(cards)
        self.setVisible(bool(cards))


class AlbumShelfNeeds(HasCovers, HasGo, HasLook, HasTracks, Protocol):
    """What `AlbumShelf` asks for."""


class AlbumShelf(Shelf):
    """A shelf of albums."""

    def __init__(self, context: AlbumShelfNeeds, title: str) -> None:
        super().__init__(context, title)
        CardActions(context, self.grid)

    def show_albums(self, albums: Sequence[Album]) -> None:
        """Show these albums."""
        self.show_cards(album_cards(albums))


class HomePageNeeds(
    HasController,
    HasCovers,
    HasGo,
    HasLibrary,
    HasListening,
    HasLook,
    HasOperations,
    HasQueue,
    HasQueueOperations,
    HasSuggestions,
    HasTracks,
    Protocol,
):
    """What `HomePage` asks for."""


class HomePage(Page):
    """Where one begins."""

    context: HomePageNeeds

    def __init__(self, context: HomePageNeeds) -> None:
        super().__init__(context)
        self.banner = Banner(context)
        self.banner.button.clicked.connect(self._play_something)
        self.pick = PickFew(context)
        self.continued = AlbumShelf(context, self.tr("Continue listening"))
        self.mixes = Shelf(context, self.tr("Mixes for you"))
        self.mixes.grid.opened.connect(self._play_mix)
        self.mixes.grid.play_wanted.connect(self._play_mix)
        self.added = AlbumShelf(context, self.tr("New in your library"))
        self.played = AlbumShelf(context, self.tr("Most played"))
        self.forgotten = AlbumShelf(context, self.tr("Not played in a while"))
        self._plays_when_filled = False
        self._continued: set[AlbumId] = set()
        self._longest_ago: Sequence[Album] = ()
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        inset(column, 17, 0, 12, 24)
        column.setSpacing(14)
        wrap = QHBoxLayout()
        wrap.setContentsMargins(11, 0, 11, 6)
        wrap.addWidget(self.banner)
        column.addLayout(wrap)
        for shelf in (self.pick, self.continued, self.mixes, self.added, self.played, self.forgotten):
            column.addWidget(shelf)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        SmoothWheel(self._scroll, context.look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        context.controller.track_changed.connect(self._show_banner)
        context.suggestions.suggested.connect(self._filled)
        self._show_banner()

    def title(self) -> str:
        """The page's name."""
        return self.tr("Home")

    def show_place(self, place: Place) -> None:
        """Read again; what was played changes all the time."""
        self._load()
        self.pick.library_changed()

    def state(self) -> dict[str, Any]:
        """The position."""
        return {"scroll": self._scroll.verticalScrollBar().value(), "picked": self.pick.done}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the position once the shelves are there, and what was not wanted."""
        if state.get("picked"):
            self.pick.end()
        KeptScroll(self._scroll, state.get("scroll"))

    def library_changed(self) -> None:
        """Read again."""
        self._load()
        self.pick.library_changed()

    def focus_content(self) -> None:
        """The button that plays."""
        self.banner.button.setFocus()

    @guarded(lambda: QSize(320, 320))
    def minimumSizeHint(self) -> QSize:
        """May be small; it scrolls."""
        return QSize(280, 200)

    def _show_banner(self) -> None:
        playing = self.context.controller.current_track
        if playing is None:
            self._invite()
        else:
            self._show_playing(playing)

    def _invite(self) -> None:
        """Nothing plays: say what the button does."""
        banner = self.banner
        banner.show_art(None)
        banner.why.show_suggestion("", None)
        banner.title.setText(self.tr("What would you like to hear?"))
        banner.button.set_icon("play")
        if self._any_plays:
            text = self.tr("Press play, and Up Next goes on from what you have listened to, on this computer.")
            banner.button.setText(self.tr("Play what I like"))
        else:
            text = self.tr("Press play, and Up Next learns from what you listen to, on this computer.")
            banner.button.setText(self.tr("Play something"))
        banner.text.setText(text)

    def _show_playing(self, playing: Track) -> None:
        """What plays, and why: it was chosen, or what follows will be."""
        banner, artist = self.banner, playing.artist or words.unknown_artist()
        current = self.context.queue.current
        suggestion = current.suggestion if current is not None else None
        banner.show_art(words.cover_of(playing))
        banner.title.setText(playing.title)
        banner.text.setText(artist if suggestion else self.tr("{0}. Up Next goes on from here.").format(artist))
        banner.why.show_suggestion(playing.title, suggestion)
        banner.button.set_icon("skip-forward")
        banner.button.setText(self.tr("Next"))

    def _play_something(self) -> None:
        controller, queue = self.context.controller, self.context.queue
        if controller.current_track is not None or queue.entries():
            controller.next()
        else:
            self._plays_when_filled = True
            self.context.suggestions.refresh()

    def _filled(self, _suggestions: object) -> None:
        if self._plays_when_filled:
            self._plays_when_filled = False
            self.context.controller.next()

    def _play_mix(self, row: int) -> None:
        """Play a favourite of the artist; what follows is chosen to be close to their tracks."""
        artist = ArtistId(int(self.mixes.grid.cards.card(row).id))

        known = self.context.library.artist(artist)
        query = TrackQuery(artist_id=artist, order=TrackOrder.PLAYS, descending=True, limit=MIX_SEEDS)
        self.context.queue_operations.play_radio(query, f"“{known.name}”" if known is not None else "")

    def _load(self) -> None:
        library = self.context.library
        orders: Sequence[tuple[AlbumQuery, Callable[[Sequence[Album]], None]]] = (
            (AlbumQuery(order=AlbumOrder.ADDED, descending=True, limit=MOST_ALBUMS), self.added.show_albums),
            (AlbumQuery(order=AlbumOrder.PLAYS, descending=True, limit=MOST_ALBUMS), self._show_most_played),
            (AlbumQuery(order=AlbumOrder.LAST_PLAYED, limit=MOST_ALBUMS), self._show_forgotten),
        )
        for query, show in orders:
            library.find_albums(query, show)
        self.context.listening.recent_plays(RECENT_PLAYS, self._show_continued)

    def _show_continued(self, plays: Sequence[LoggedPlay]) -> None:
        library = self.context.library
        tracks = {track.id: track for track in library.tracks(list(dict.fromkeys(play.track_id for play in plays)))}
        ids: dict[AlbumId, None] = {}
        for play in plays:
            track = tracks.get(play.track_id)
            if track is not None and track.album_id is not None:
                ids[track.album_id] = None
        albums = [library.album(album_id) for album_id in list(ids)[:MOST_ALBUMS]]
        self.continued.show_albums([album for album in albums if album is not None])
        self._continued = set(ids)
        self._show_forgotten(self._longest_ago)
        self._any_plays = bool(plays)
        self._show_banner()
        self._show_mixes([tracks[play.track_id] for play in plays if play.track_id in tracks])

    def _show_mixes(self, played: Sequence[Track]) -> None:
        """One mix for each artist that was heard most lately."""
        counts = Counter(track.artist_ids[0] for track in played if track.artist_ids)
        # The cover of what was heard of them, not of some compilation that they share.
        latest = {track.artist_ids[0]: words.cover_of(track) for track in reversed(played) if track.artist_ids}
        artists = [self.context.library.artist(artist) for artist, _ in counts.most_common(MOST_MIXES)]
        self.mixes.show_cards(
            [
                Card(
                    int(artist.id),
                    self.tr("{0} mix").format(artist.name),
                    self.tr("And what goes with it"),
                    latest[artist.id],
                )
                for artist in artists
                if artist is not None
            ]
        )

    _any_plays = False

    def _show_most_played(self, albums: Sequence[Album]) -> None:
        self.played.show_albums(albums if self._any_plays else ())

    def _show_forgotten(self, albums: Sequence[Album]) -> None:
        """Albums that were not played for longest, none that was played lately."""
        self._longest_ago = albums
        forgotten = [album for album in albums if album.id not in self._continued]
        self.forgotten.show_albums(forgotten if self._any_plays else ())
