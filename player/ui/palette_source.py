"""What the command palette offers: actions, pages, playlists, and what the library finds."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from player.domain import Album, AlbumQuery, Artist, TrackId, TrackOrder, TrackQuery
from player.ui import words
from player.ui.actions import ActionSpec
from player.ui.context import HasTracks
from player.ui.models.nav import PageKind, Place
from player.ui.services import HasGo, HasLibrary, HasPlaylists
from player.ui.widgets.overlays.palette import Offer, Palette

MOST_TRACKS = 12
MOST_OTHERS = 5
KINDS = ("tracks", "albums", "artists", "playlists", "actions")


def matches(text: str, name: str) -> bool:
    """Whether every word of `text` begins a word of `name`."""
    parts = name.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in text.casefold().split())


def distance(text: str, name: str) -> int:
    """How far a name is from what was typed: 0 it is it, 1 begins with it, 2 has its words, 3 has them elsewhere."""
    typed, named = " ".join(text.casefold().split()), " ".join(name.casefold().split())
    if named == typed:
        return 0
    if named.startswith(typed):
        return 1
    return 2 if matches(typed, named) else 3


class PaletteSourceNeeds(HasGo, HasLibrary, HasPlaylists, HasTracks, Protocol):
    """What `PaletteSource` asks for."""


class PaletteSource(QObject):
    """Answers the palette. What is at hand is offered at once, what the library finds as it comes.

    Args:
        context: The window's services.
        palette: Who asks.
        actions: The actions to offer, and how to do each.
        parent: Qt parent.
    """

    def __init__(
        self,
        context: PaletteSourceNeeds,
        palette: Palette,
        actions: Sequence[tuple[ActionSpec, Callable[[], None]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._palette = palette
        self._actions = actions
        self._request = 0
        self._text = ""
        self._found: dict[str, list[Offer]] = {}
        palette.asked.connect(self._answer)

    def _answer(self, text: str) -> None:
        self._request += 1
        self._text = text
        self._found = {"actions": self._action_offers(text), "playlists": self._playlist_offers(text)}
        self._show()
        if text:
            self._search(text, self._request)

    def _show(self) -> None:
        offers = [offer for kind in KINDS for offer in self._found.get(kind, ())]
        # What the words name goes before what was found by its artist or album; the rest stays as it was found.
        all_found = not self._text or all(kind in self._found for kind in KINDS)
        self._palette.offer(sorted(offers, key=lambda offer: distance(self._text, offer.text)), all_found=all_found)

    def _take(self, request: int, kind: str, offers: list[Offer]) -> None:
        if request == self._request:
            self._found[kind] = offers
            self._show()

    def _search(self, text: str, request: int) -> None:
        library = self._context.library

        def wanted() -> bool:
            return request == self._request

        query = TrackQuery(text=text, order=TrackOrder.RELEVANCE, limit=MOST_TRACKS)
        library.find_tracks(query, lambda ids: self._take(request, "tracks", self._track_offers(ids)), wanted)
        albums = AlbumQuery(text=text, limit=MOST_OTHERS)
        library.find_albums(albums, lambda found: self._take(request, "albums", self._album_offers(found)), wanted)
        library.find_artists(text, lambda found: self._take(request, "artists", self._artist_offers(found)), wanted)

    def _action_offers(self, text: str) -> list[Offer]:
        def keys(spec: ActionSpec) -> str:
            if not spec.keys:
                return ""
            return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

        return [Offer(spec.text, keys(spec), "command", act) for spec, act in self._actions if matches(text, spec.text)]

    def _playlist_offers(self, text: str) -> list[Offer]:
        found = [p for p in self._context.playlists.all if text and matches(text, p.name)]
        go = self._context.go
        return [
            Offer(p.name, self.tr("Playlist"), "playlist", partial(go, Place(PageKind.PLAYLIST, int(p.id))))
            for p in found[:MOST_OTHERS]
        ]

    def _track_offers(self, ids: array[int]) -> list[Offer]:
        tracks = self._context.library.tracks([TrackId(i) for i in ids[:MOST_TRACKS]])
        play = self._context.tracks.play
        return [Offer(t.title, t.artist or words.unknown_artist(), "music-note", partial(play, [t.id])) for t in tracks]

    def _album_offers(self, albums: Sequence[Album]) -> list[Offer]:
        go = self._context.go
        return [
            Offer(
                a.title or words.unknown_album(),
                a.artist or words.unknown_artist(),
                "vinyl-record",
                partial(go, Place(PageKind.ALBUM, int(a.id))),
            )
            for a in albums[:MOST_OTHERS]
        ]

    def _artist_offers(self, artists: Sequence[Artist]) -> list[Offer]:
        go = self._context.go
        return [
            Offer(
                a.name,
                words.tracks(a.track_count),
                "user-sound",
                partial(go, Place(PageKind.ARTIST, int(a.id))),
            )
            for a in artists[:MOST_OTHERS]
        ]
