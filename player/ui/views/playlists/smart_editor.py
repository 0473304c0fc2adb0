"""Smart playlists: rules in the words of the search field, with what they find shown while one types."""

from __future__ import annotations

from array import array
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from player.domain import Playlist, SmartRules, TrackOrder, TrackQuery
from player.ui import words
from player.ui.services import HasLibrary, HasLook, HasPlaylists
from player.ui.widgets.buttons.controls import Check, Choice
from player.ui.widgets.inputs.form import FormSheet
from player.ui.widgets.layout.labels import TextLabel

PAUSE_MS = 150
LIMITS = (0, 25, 50, 100, 250, 500)


class SmartEditorNeeds(HasLibrary, HasLook, HasPlaylists, Protocol):
    """What `SmartEditor` asks for."""


class SmartEditor(FormSheet):
    """The form for a new smart playlist, or for changing one.

    Args:
        context: The window's services.
        playlist: The one to change; None makes a new one.
        text: Rules to begin with, for a new one.
        parent: The window's content.
    """

    def __init__(self, context: SmartEditorNeeds, playlist: Playlist | None, text: str, parent: QWidget) -> None:
        super().__init__(
            context.look,
            parent,
            words.translate("SmartEditor", "Smart playlist"),
            words.translate(
                "SmartEditor",
                "Words as in the search field, such as: genre:jazz year:1950..1969 plays:>3 -live. "
                "It always holds what fits now.",
            ),
            words.translate("SmartEditor", "Save"),
        )
        self._context = context
        self._playlist = playlist
        self._request = 0
        rules = playlist.rules if playlist is not None and playlist.rules is not None else SmartRules(text)
        name = playlist.name if playlist is not None else self.tr("Smart playlist")
        self.name = self.add_field(self.tr("Name"), name)
        self.rules = self.add_field(self.tr("Rules"), rules.text, "genre:jazz thumb:1")
        self.order = Choice(context.look)
        for order, title in self._orders():
            self.order.addItem(title, order)
        self.order.setCurrentIndex(max(0, self.order.findData(rules.order)))
        self.order.setAccessibleName(self.tr("Sorted by"))
        self.add_row(self.tr("Sorted by"), self.order)
        self.descending = Check(context.look, self.tr("Largest or latest first"))
        self.descending.setChecked(rules.descending)
        self.add_row("", self.descending)
        self.limit = Choice(context.look)
        for limit in LIMITS:
            self.limit.addItem(words.tracks(limit) if limit else self.tr("All"), limit)
        self.limit.setCurrentIndex(max(0, self.limit.findData(rules.limit or 0)))
        self.limit.setAccessibleName(self.tr("At most"))
        self.add_row(self.tr("At most"), self.limit)
        self._found = TextLabel(context.look, font="second", colour="text2")
        self.add_row("", self._found)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.rules.textChanged.connect(lambda _text: self._pause.start())
        self.accepted.connect(self._save)
        self.closed.connect(self.deleteLater)
        self._count()

    def _orders(self) -> list[tuple[TrackOrder, str]]:
        return [
            (TrackOrder.ARTIST, self.tr("Artist")),
            (TrackOrder.TITLE, self.tr("Title")),
            (TrackOrder.YEAR, self.tr("Year")),
            (TrackOrder.ADDED, self.tr("Added")),
            (TrackOrder.PLAYS, self.tr("Plays")),
            (TrackOrder.LAST_PLAYED, self.tr("Last played")),
            (TrackOrder.DURATION, self.tr("Length")),
        ]

    def chosen(self) -> SmartRules:
        """The rules as they stand in the form."""
        limit = int(self.limit.currentData())
        order = TrackOrder(self.order.currentData())
        return SmartRules(self.rules.text().strip(), order, self.descending.isChecked(), limit or None)

    def _count(self) -> None:
        self._request += 1
        request = self._request

        def found(ids: array[int]) -> None:
            if request == self._request:
                self._found.setText(self.tr("Finds {0} now").format(words.tracks(len(ids))))

        self._context.library.find_tracks(TrackQuery(text=self.rules.text()), found)

    def _save(self) -> None:
        self._request += 1  # The form is going: an answer on its way has nobody to show it.
        self._pause.stop()
        name = self.name.text().strip() or self.tr("Smart playlist")
        if self._playlist is None:
            self._context.playlists.create(name, rules=self.chosen())
        else:
            self._context.playlists.set_rules(self._playlist.id, self.chosen())
            if name != self._playlist.name:
                self._context.playlists.rename(self._playlist.id, name)
