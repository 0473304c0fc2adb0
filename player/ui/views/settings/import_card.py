"""Bringing a history from another program: choose, look at what is in it, add it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from player.ui import words
from player.ui.services import HasExchange, HasLook, HasPlaylists
from player.ui.views.frame.scrolled import PanelCard, clear
from player.ui.views.playlists.playlist_files import is_playlist
from player.ui.widgets.buttons.controls import Choice, ProgressLine, TextButton
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel

if TYPE_CHECKING:
    from player.domain import ModelVersion
    from player.importing import Doubt, ImportPreview, ImportReport

MOST_SHOWN = 8


class ImportCardNeeds(HasExchange, HasLook, HasPlaylists, Protocol):
    """What `ImportCard` asks for."""


class ImportCard(PanelCard):
    """Chooses an export, shows what it holds, and adds it to the history.

    Attributes:
        rows: Rows of buttons; they may be turned where it is narrow.

    Args:
        context: The window's services.
    """

    def __init__(self, context: ImportCardNeeds) -> None:
        look = context.look
        super().__init__(look, words.translate("ImportCard", "Bring your history"))
        self._look = look
        exchange = self._exchange = context.exchange
        self._playlists = context.playlists
        self.rows: list[QBoxLayout] = []
        self._taking = False  # a model, which may also fail to be written elsewhere
        text = self.tr(
            "What another program or service knows of your listening lets Segue choose well from the first day. "
            "Choose its export, or drop it here: Last.fm, ListenBrainz, Spotify, Apple Music, YouTube Music, Maloja, "
            "Pano Scrobbler, iTunes, MusicBee, MediaMonkey, Rhythmbox, Clementine, Strawberry, Quod Libet, Amarok, "
            "Banshee, Lollypop, fooyin, beets, Navidrome, Jellyfin, .scrobbler.log, or another Segue. "
            "A playlist (M3U, XSPF, PLS, JSPF, ASX, WPL) becomes one of yours."
        )
        self.body.addWidget(TextLabel(look, text, font="second", colour="text2", wrap=True))
        self.body.addLayout(self._make_buttons())
        self.state = TextLabel(look, font="body", wrap=True)
        self._busy = ProgressLine(look)
        self._found = QWidget()
        self._lines = QVBoxLayout(self._found)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        for widget in (self.state, self._busy, self._found):
            self.body.addWidget(widget)
        self.body.addLayout(self._make_answers())
        self._show(busy=False)
        exchange.looking.connect(self._on_looking)
        exchange.previewed.connect(self._on_previewed)
        exchange.imported.connect(self._on_imported)
        exchange.failed.connect(self._on_failed)
        exchange.model_taken.connect(self._on_model)

    def take(self, path: Path) -> None:
        """Look at a file or folder chosen or dropped; playlists and the model of another Segue are taken at once."""
        if is_playlist(str(path)):
            self._playlists.take_file(path)
            return
        self._exchange.look(path)

    def _make_buttons(self) -> QHBoxLayout:
        self.choose_file = TextButton(self._look, self.tr("Choose a file"))
        self.choose_file.clicked.connect(lambda: self._ask(QFileDialog.FileMode.ExistingFile))
        self.choose_folder = TextButton(self._look, self.tr("Choose a folder"))
        self.choose_folder.clicked.connect(lambda: self._ask(QFileDialog.FileMode.Directory))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.rows.append(row)
        for button in (self.choose_file, self.choose_folder):
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_answers(self) -> QHBoxLayout:
        self.add = TextButton(self._look, self.tr("Add to my history"), role="main")
        self.add.clicked.connect(self._on_add)
        self.drop_it = TextButton(self._look, self.tr("Do not add it"), role="quiet")
        self.drop_it.clicked.connect(self._on_drop)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.rows.append(row)
        row.addWidget(self.add)
        row.addWidget(self.drop_it)
        row.addStretch()
        return row

    def _ask(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self.window(), self.tr("Bring your history"), QDir.homePath())
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(lambda path: self.take(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self, text: str = "", *, busy: bool, asks: bool = False, problem: bool = False) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.state.set_colour("bad" if problem else "text")
        self._busy.setVisible(busy)
        self._busy.show_share(None)
        self._found.setVisible(asks)
        self.add.setVisible(asks)
        self.drop_it.setVisible(asks)
        for button in (self.choose_file, self.choose_folder):
            button.setEnabled(not busy)

    def _on_looking(self, name: str) -> None:
        self._show(self.tr("Reading {0}").format(name), busy=True)

    def _on_previewed(self, preview: ImportPreview) -> None:
        clear(self._lines)
        for line in self._told(preview):
            self._lines.addWidget(TextLabel(self._look, line, font="second", colour="text2", wrap=True))
        self._list_doubts(preview)
        self._list_unmatched(preview)
        self._list_problems(preview)
        self._show(preview.format, busy=False, asks=True)
        self.add.setFocus()

    def _told(self, preview: ImportPreview) -> list[str]:
        """The sums of a preview, a sentence each."""
        told = []
        if preview.plays:
            text = self.tr("{0}, {1} of them of tracks in your library.")
            told.append(text.format(words.plays(preview.plays), words.number(preview.plays_matched)))
        text = self.tr("{0}, {1} of them found in your library.")
        told.append(text.format(words.tracks(preview.tracks), words.number(preview.tracks_matched)))
        if preview.thumbs or preview.rated:
            text = self.tr("Of these tracks, {0} were loved or hated (that becomes thumbs) and {1} have stars.")
            told.append(text.format(words.number(preview.thumbs), words.number(preview.rated)))
        if preview.ignored:
            text = self.tr("Left out, because it is no music: {0}.")
            told.append(text.format(words.number(preview.ignored)))
        return told

    def _list_doubts(self, preview: ImportPreview) -> None:
        """Tracks that may be one of the library's, or none: the user chooses."""
        if not preview.doubts:
            return
        title = self.tr("Not sure which track is meant; choose, or leave them as they are:")
        self._lines.addWidget(TextLabel(self._look, title, font="medium"))
        for doubt in preview.doubts[:MOST_SHOWN]:
            choice = Choice(self._look)
            choice.setAccessibleName(doubt.names.title)
            choice.addItem(self.tr("None of my tracks"), None)
            for near in doubt.near:
                choice.addItem(f"{near.title} ({words.clock(near.duration_ms)}, {near.album or '–'})", near.id)
            choice.setCurrentIndex(max(0, choice.findData(doubt.chosen)))
            choice.activated.connect(partial(self._decide, doubt, choice))
            self._lines.addWidget(TextLabel(self._look, f"{doubt.names.artist} – {doubt.names.title}", font="second"))
            self._lines.addWidget(choice)
        rest = len(preview.doubts) - MOST_SHOWN
        if rest > 0:
            self._line(self.tr("and {0} more").format(words.tracks(rest)), "")

    def _decide(self, doubt: Doubt, choice: Choice, _index: int) -> None:
        self._exchange.decide(doubt.names, choice.currentData())

    def _list_unmatched(self, preview: ImportPreview) -> None:
        if not preview.unmatched:
            return
        title = self.tr("Not in your library, the most played first:")
        self._lines.addWidget(TextLabel(self._look, title, font="medium"))
        for one in preview.unmatched[:MOST_SHOWN]:
            name = f"{one.artist} – {one.title}" if one.artist else one.title
            self._line(name, words.plays(one.plays))
        rest = preview.tracks - preview.tracks_matched - MOST_SHOWN
        if rest > 0:
            self._line(self.tr("and {0} more").format(words.tracks(rest)), "")

    def _list_problems(self, preview: ImportPreview) -> None:
        if not preview.bad_rows:
            return
        title = self.tr("Rows that cannot be read: {0}").format(words.number(preview.bad_rows))
        self._lines.addWidget(TextLabel(self._look, title, font="medium", colour="bad"))
        for problem in preview.problems[:MOST_SHOWN]:
            self._line(problem, "")

    def _line(self, text: str, at_the_end: str) -> None:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        name = ElidedLabel(self._look, font="second", colour="text2")
        name.set_text(text)
        box.addWidget(name, 1)
        box.addWidget(TextLabel(self._look, at_the_end, font="second", colour="text3"))
        self._lines.addWidget(row)

    def _on_add(self) -> None:
        self._show(self.tr("Adding it to your history"), busy=True)
        self._exchange.add()

    def _on_drop(self) -> None:
        self._exchange.drop()
        self._show(busy=False)
        self.choose_file.setFocus()

    def _on_imported(self, report: ImportReport) -> None:
        waits = report.plays_kept or report.counts_waiting
        if not (report.plays_added or waits or report.thumbs_added or report.counts_kept):
            self._show(self.tr("Nothing new: it was in your history already."), busy=False)
            return
        text = self.tr("Added {0} and {1} thumbs; counts and ratings of {2} are kept. Up Next takes it up now.")
        thumbs, counted = words.number(report.thumbs_added), words.tracks(report.counts_kept)
        told = [text.format(words.plays(report.plays_added), thumbs, counted)]
        if report.plays_kept:
            kept = self.tr("{0} of tracks you do not have are kept until these come into your library.")
            told.append(kept.format(words.plays(report.plays_kept)))
        if report.counts_waiting:
            kept = self.tr("Counts and ratings of {0} you do not have wait for them too.")
            told.append(kept.format(words.tracks(report.counts_waiting)))
        self._show(" ".join(told), busy=False)

    def _on_failed(self, why: str) -> None:
        self._show(self.tr("Nothing was added. {0}").format(why), busy=False, problem=True)

    def _on_model(self, model: ModelVersion) -> None:
        text = self.tr("The model, trained on {0}, is in use now.")
        self._show(text.format(words.plays(model.events)), busy=False)
