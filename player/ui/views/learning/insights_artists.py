"""What was learned about each artist, and how to have it forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.application.learned import LearnedArtist
from player.domain import ArtistId, TrackId
from player.ui import words
from player.ui.plain import tip
from player.ui.services import HasForgetting, HasHistory, HasListening, HasLook, HasOperations, HasSay, HasSuggestions
from player.ui.views.frame.scrolled import PanelCard, clear
from player.ui.widgets.buttons.controls import TextButton
from player.ui.widgets.inputs.form import Field
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel
from player.ui.widgets.overlays.notices import Notice

translate = QCoreApplication.translate

SHOWN = 8
MORE = 40


class LearnedArtistsCardNeeds(
    HasForgetting, HasListening, HasHistory, HasLook, HasOperations, HasSay, HasSuggestions, Protocol
):
    """What `LearnedArtistsCard` asks for."""


class LearnedArtistsCard(PanelCard):
    """Artists with what the recommender knows of them; each can be forgotten, and remembered again.

    Args:
        context: The window's services.
    """

    def __init__(self, context: LearnedArtistsCardNeeds) -> None:
        self._look = context.look
        title = self.tr("What was learned about artists")
        text = self.tr(
            "What suggestions go by, and how likely the next one is by each artist. Forgetting can be undone."
        )
        super().__init__(self._look, title, text)
        self._context = context
        self._found: tuple[LearnedArtist, ...] = ()
        self._shares: dict[TrackId, float] = {}
        self._asked = 0
        self._most = SHOWN
        self.filter = Field(self._look, self.tr("Find an artist"), hint=self.tr("Find an artist"))
        self.filter.textChanged.connect(self._on_filter)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._more = TextButton(self._look, self.tr("Show more"), role="quiet")
        self._more.clicked.connect(self._show_more)
        self.body.addWidget(self.filter)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._more)
        context.operations.changed.connect(self._on_changes)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.LEARNED):
            self.load()

    def load(self) -> None:
        """Read the log anew."""
        self._context.listening.learned_artists(self._take)

    def _take(self, found: Sequence[LearnedArtist]) -> None:
        self._found = tuple(found)
        self.setVisible(bool(found))
        self.filter.setVisible(len(found) > SHOWN)
        self._show()

    def _on_filter(self) -> None:
        self._most = SHOWN
        self._show()

    def _show_more(self) -> None:
        self._most += MORE
        self._show()

    def _shown(self) -> tuple[list[LearnedArtist], bool]:
        """The artists to show, and whether there are more."""
        wanted = self.filter.text().strip().casefold()
        fitting = [one for one in self._found if wanted in one.name.casefold()]
        return fitting[: self._most], len(fitting) > self._most

    def _show(self) -> None:
        shown, more = self._shown()
        self._more.setVisible(more)
        self._fill(shown)
        self._asked += 1
        number = self._asked

        def done(shares: dict[TrackId, float]) -> None:
            if number == self._asked:
                self._shares = shares
                self._fill(shown)

        self._context.suggestions.leanings([one.track for one in shown], done)

    def _fill(self, shown: Sequence[LearnedArtist]) -> None:
        focused = self._focused()
        clear(self._lines)
        for one in shown:
            self._lines.addWidget(self._line(one, focus=one.id == focused))
        if not shown:
            nobody = TextLabel(self._look, self.tr("No such artist."), font="second", colour="text3")
            self._lines.addWidget(nobody)

    def _focused(self) -> ArtistId | None:
        """The artist whose button has the focus: it stays with their new button."""
        for line in self.findChildren(ArtistLine):
            if line.button.hasFocus():
                return line.artist
        return None

    def _line(self, one: LearnedArtist, *, focus: bool) -> QWidget:
        anew = one.since is not None
        text = self.tr("Undo") if anew else self.tr("Forget")
        told = (
            self.tr("Remember again what was learned about {0}")
            if anew
            else self.tr("Forget what was learned about {0}")
        )
        line = ArtistLine(self._context, one, self._facts(one), text, told.format(one.name))
        line.button.clicked.connect(partial(self._remember if anew else self._forget, one))
        if focus:
            line.button.setFocus()
        return line

    def _facts(self, one: LearnedArtist) -> str:
        facts = []
        if one.since is not None:
            facts.append(self.tr("learned anew since {0}").format(words.moment(one.since)))
        facts.append(words.plays(one.plays))
        if one.skip_share is not None:
            facts.append(self.tr("%Ln finished", "", one.finished))
            facts.append(self.tr("{0} % skipped").format(round(one.skip_share * 100)))
        if one.ups:
            facts.append(self.tr("%Ln thumb(s) up", "", one.ups))
        if one.downs:
            facts.append(self.tr("%Ln thumb(s) down", "", one.downs))
        if (share := self._shares.get(one.track)) is not None:
            facts.append(self.tr("{0} % likely next").format("<1" if 0 < share < 0.01 else round(share * 100)))
        # A line breaks between facts, not within one.
        return " · ".join(fact.replace(" ", "\u00a0") for fact in facts)

    def _forget(self, one: LearnedArtist) -> None:
        text = self._context.forgetting.forget_artist(one.id, one.name)
        self._context.say(Notice.of_change(text, self._take_back))

    def _take_back(self) -> None:
        self._context.history.undo()

    def _remember(self, one: LearnedArtist) -> None:
        self._context.forgetting.remember_artist(one.id, one.name)


class ArtistLine(QWidget):
    """One artist: name, facts, a button.

    Attributes:
        artist: Whose line it is.
        button: Forgets, or remembers.
    """

    def __init__(self, context: HasLook, one: LearnedArtist, facts: str, action: str, told: str) -> None:
        super().__init__()
        look = context.look
        self.artist = one.id
        self.setAccessibleName(f"{one.name}: {facts}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        name = ElidedLabel(look, font="body")
        name.set_text(one.name)
        column.addWidget(name)
        column.addWidget(TextLabel(look, facts, font="second", colour="text2", wrap=True))
        row.addLayout(column, 1)
        self.button = TextButton(look, action, role="quiet")
        self.button.setAccessibleName(told)
        self.button.setToolTip(tip(told))
        row.addWidget(self.button)
