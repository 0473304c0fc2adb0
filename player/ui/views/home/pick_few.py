"""The card on the first page of a new library: pick a few tracks you love, and Up Next begins with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.domain import Track, TrackId
from player.recommending import LearningStatus
from player.ui import words
from player.ui.context import HasTracks
from player.ui.models.cards import Card
from player.ui.services import HasCovers, HasLibrary, HasLook, HasOperations, HasSuggestions
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.lists.card_grid import CardGrid

COUNT = 12
"""Covers to choose from."""
CONSIDERED = 5 * COUNT
"""Tracks they are chosen from: those with a cover first."""
MAX_PLAYS = 2
"""With more plays than these there is something better to go by, and the card goes away."""


class PickFewNeeds(HasCovers, HasLibrary, HasLook, HasOperations, HasSuggestions, HasTracks, Protocol):
    """What `PickFew` asks for."""


class PickFew(QWidget):
    """Twelve covers spread over the library; picking one gives its track a thumb up, picking it again takes it back.

    Signals:
        skipped(): The user does not want to.

    Args:
        context: The window's services.
    """

    skipped = Signal()

    def __init__(self, context: PickFewNeeds) -> None:
        super().__init__()
        self._context = context
        self._tracks: list[Track] = []
        self._asked = self._done = False
        title = self.tr("Pick a few you love")
        self.grid = CardGrid(context.look, context.covers, title, one_row=True, ideal_px=120)
        self.skip = TextButton(context.look, self.tr("Skip"), role="quiet")
        self.skip.clicked.connect(self._skip)
        head = QHBoxLayout()
        inset(head, 11, 0, 11, 0)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(TextLabel(context.look, title, font="panel"))
        text.addWidget(TextLabel(context.look, self.tr("Up Next will start from them."), font="second", colour="text2"))
        head.addLayout(text, 1)
        head.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.grid)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        self.grid.opened.connect(self._pick)
        self.grid.play_wanted.connect(self._pick)
        context.operations.changed.connect(self._on_changes)
        context.suggestions.status_changed.connect(self._on_status)

    @property
    def done(self) -> bool:
        """Whether it is not wanted any more."""
        return self._done

    def end(self) -> None:
        """Show it no more."""
        self._done = True
        self.hide()

    def library_changed(self) -> None:
        """There may be other tracks to choose from."""
        if self.isHidden():
            self._asked = False
        self._on_status(self._context.suggestions.status)

    def _on_status(self, status: LearningStatus) -> None:
        if status.plays > MAX_PLAYS:
            self.hide()
        elif status.model_version and not self._asked and not self._done:
            self._asked = True
            self._context.suggestions.spread(CONSIDERED, self._show)

    def _show(self, ids: Sequence[TrackId]) -> None:
        tracks = self._context.library.tracks(ids)
        order = {track_id: place for place, track_id in enumerate(ids)}
        tracks = sorted(tracks, key=lambda track: (track.cover_key is None, order[track.id]))
        # One of each artist: those of one say little about the rest.
        self._tracks = list({track.artist: track for track in reversed(tracks)}.values())[::-1][:COUNT]
        self._show_cards()
        self.setVisible(len(self._tracks) >= COUNT // 2 and not self._done)

    def _show_cards(self) -> None:
        liked = self.tr("You love it")
        self.grid.cards.set_cards(
            [
                Card(
                    int(track.id),
                    f"\u2665 {track.title}" if track.thumb > 0 else track.title,
                    track.artist or words.unknown_artist(),
                    words.cover_of(track),
                    about=liked if track.thumb > 0 else "",
                )
                for track in self._tracks
            ]
        )

    def _pick(self, row: int) -> None:
        self._context.tracks.thumb(self._tracks[row], 1)

    def _skip(self) -> None:
        self.end()
        self.skipped.emit()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS) and self._tracks and not self.isHidden():
            fresh = {track.id: track for track in self._context.library.tracks([track.id for track in self._tracks])}
            self._tracks = [fresh.get(track.id, track) for track in self._tracks]
            self._show_cards()
