"""Up Next: what the user queued, then what is chosen for them, and how adventurous that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.domain import EntryId, Origin, QueueEntry, Track, TrackId, now_ms
from player.ui import words
from player.ui.commands import Command
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.models.queue import QueueModel
from player.ui.services import (
    HasAnalysis,
    HasController,
    HasCovers,
    HasFeedback,
    HasHistory,
    HasLibrary,
    HasLook,
    HasOperations,
    HasPlaylists,
    HasQueue,
    HasQueueOperations,
    HasSay,
    HasSettings,
    HasSuggestions,
)
from player.ui.views.up_next.queue_view import QueueView
from player.ui.views.up_next.why import WhyCard
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.segmented import Segmented
from player.ui.widgets.layout.empty import EmptyState
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.overlays.notices import Notice

WIDTH = 340
TINT_PX = 380
FEW_PLAYS = 25
"""With fewer plays than this the suggestions are still a guess, and the panel says so."""
MAX_SUMMED = 500
"""Entries up to which the length of the queue is told."""
LEVELS = (-1.0, 0.0, 1.0)


class UpNextNeeds(
    HasAnalysis,
    HasController,
    HasCovers,
    HasFeedback,
    HasHistory,
    HasLibrary,
    HasLook,
    HasOperations,
    HasPlaylists,
    HasQueue,
    HasQueueOperations,
    HasSay,
    HasSettings,
    HasSuggestions,
    HasTracks,
    Protocol,
):
    """What `UpNext` asks for."""


class UpNext(QFrame):
    """The panel at the right.

    Signals:
        closed(): The user wants the panel out of the way (Escape, where it lies over the page).
        files_dropped(list[str], int): Files or folders were dropped, to be queued before a row.

    Args:
        context: The window's services.
        parent: Qt parent.
    """

    closed = Signal()
    files_dropped = Signal(list, int)

    def __init__(self, context: UpNextNeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._queue = context.queue
        self._analysing: tuple[int, int] | None = None
        self._edits = context.queue_operations
        self.setObjectName("upnext")
        self.setAccessibleName(self.tr("Up Next"))
        self.rows = QueueModel(self._queue, context.library.tracks, self)
        self.view = QueueView(context.look, context.covers, self.rows)
        self._make_head()
        self._make_body()
        self._connect()
        self._show_level()
        self._show_status()
        self._show_filled()
        self._show_analysis()
        self._show_length()
        self._resize_to_text()

    # Building.

    def _make_head(self) -> None:
        look = self._context.look
        self._title = TextLabel(look, self.tr("Up Next"), font="panel")
        self.subtitle = TextLabel(look, font="second", colour="text2", wrap=True)
        self.end_focus = IconButton(
            look, "x", self.tr("No longer like this (it also ends when you pick something)"), side=28, px=16
        )
        self.end_focus.clicked.connect(lambda: self._context.feedback.more_like((), ""))
        self.refresh = IconButton(look, "arrow-clockwise", self.tr("Choose again"))
        self.more = IconButton(look, "dots-three", self.tr("More"))
        options = (
            (self.tr("Familiar"), self.tr("What you know and like")),
            (self.tr("Balanced"), self.tr("What you like, with something new now and then")),
            (self.tr("Adventurous"), self.tr("What you have hardly heard, close to your taste")),
        )
        self.levels = Segmented(look, self.tr("How adventurous"), options)
        line = QHBoxLayout()
        inset(line, 20, 0, 14, 0)
        line.setSpacing(2)
        line.addWidget(self._title, 1)
        line.addWidget(self.refresh)
        line.addWidget(self.more)
        below = QHBoxLayout()
        inset(below, 20, 0, 18, 0)
        below.addWidget(self.subtitle, 1)
        below.addWidget(self.end_focus, 0, Qt.AlignmentFlag.AlignTop)
        choice = QHBoxLayout()
        choice.setContentsMargins(18, 0, 18, 0)
        choice.addWidget(self.levels)
        column = self._column = QVBoxLayout(self)
        inset(column, 1, 14, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addLayout(below)
        column.addSpacing(14)
        column.addLayout(choice)
        column.addSpacing(8)

    def _make_body(self) -> None:
        self.empty = EmptyState(self._context.look, "queue")
        body = QWidget()
        self._pages = QStackedLayout(body)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._column.addWidget(body, 1)
        self.foot = TextLabel(self._context.look, font="small", colour="text3")
        foot = QHBoxLayout()
        inset(foot, 20, 6, 18, 10)
        foot.addWidget(self.foot)
        self._column.addLayout(foot)

    def _connect(self) -> None:
        context, suggestions = self._context, self._context.suggestions
        self._queue.changed.connect(self._changed)
        self.view.command.connect(self._run)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.moved.connect(self._edits.gather)
        self.view.dropped.connect(context.tracks.add)
        self.view.files_dropped.connect(self.files_dropped)
        self.view.why_wanted.connect(self.explain)
        self.refresh.clicked.connect(suggestions.refresh)
        self.more.clicked.connect(self._show_more)
        self.levels.chosen.connect(self._choose_level)
        self.empty.acted.connect(self._act_on_empty)
        context.operations.changed.connect(self._on_changes)
        context.library.changed.connect(self._library_changed)
        context.library.empty_changed.connect(self._show_filled)
        context.settings.changed.connect(self._show_level)
        suggestions.status_changed.connect(self._show_status)
        suggestions.focus_changed.connect(self._show_status)
        context.analysis.progress.connect(self._show_analysis)
        context.analysis.running_changed.connect(self._show_analysis)
        context.controller.track_started.connect(self._show_length)
        context.controller.state_changed.connect(self._show_length)
        context.look.restyled.connect(self._resize_to_text)
        context.look.changed.connect(self.update)

    def _resize_to_text(self) -> None:
        self.fit()
        self.update()

    def fit(self, room: int | None = None) -> int:
        """Take its width, or what room there is; the width taken."""
        width = round(WIDTH * min(1.4, 0.5 + self._context.look.text_scale / 2))
        self.setFixedWidth(min(width, room) if room is not None else width)
        return self.width()

    # What is shown.

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.THUMBS):
            self.rows.refresh()

    def _changed(self) -> None:
        self.view.rearrange()
        self._show_filled()
        self._show_length()

    def _library_changed(self) -> None:
        self.rows.refresh()
        self._show_filled()

    def _show_analysis(self, *_progress: object) -> None:
        """Say quietly how far the analysis has come, while it works."""
        analysis = self._context.analysis
        done, everything = analysis.done_of
        self._analysing = (done, everything) if analysis.running and done < everything else None
        self._show_status()

    def _show_length(self, *_event: object) -> None:
        """Say below the rows how many tracks there are, how long they take and when they will be over."""
        entries, controller = self.rows.entries, self._context.controller
        self.foot.setVisible(bool(entries))
        if not entries or len(entries) > MAX_SUMMED:
            self.foot.setText(words.tracks(len(entries)))
            return
        found = [track for row in range(len(entries)) if (track := self.rows.row(row).track) is not None]
        length = sum(track.duration_ms for track in found)
        parts = [words.tracks(len(entries)), words.long_time(length)]
        current = controller.current_track
        if controller.playing is not None and current is not None:
            left = max(0, current.duration_ms - controller.position_ms)
            parts.append(self.tr("until {0}").format(words.time_of_day(now_ms() + left + length)))
        self.foot.setText(" · ".join(parts))

    def _show_status(self) -> None:
        """Says below the title what is chosen, or how well the listener is known by now."""
        status, focus = self._context.suggestions.status, self._context.feedback.focus
        self.end_focus.setVisible(bool(focus))
        if focus:
            self.subtitle.setText(self.tr("More like {0}").format(focus))
        elif self._analysing:
            done, everything = (words.number(count) for count in self._analysing)
            self.subtitle.setText(self.tr("Getting to know your music: {0} of {1}").format(done, everything))
        elif status.training:
            self.subtitle.setText(self.tr("Learning from what you played, on this computer"))
        elif status.model_version and status.plays < FEW_PLAYS:
            self.subtitle.setText(self.tr("Still getting to know what you like"))
        else:
            self.subtitle.setText(self.tr("Chosen for you, on this computer"))

    def _show_level(self) -> None:
        level = self._context.settings.value.adventurousness
        self.levels.choose(min(range(len(LEVELS)), key=lambda number: abs(LEVELS[number] - level)))

    def _show_filled(self) -> None:
        filled = bool(self._queue.entries())
        self._pages.setCurrentIndex(0 if filled else 1)
        if filled:
            return
        if self._context.library.empty:
            text = self.tr("Once there is music in your library, the next tracks are chosen here, on this computer.")
            self.empty.show_words(self.tr("Nothing to choose from yet"), text)
        else:
            text = self.tr("Play something, and what follows is chosen here. Every play and skip teaches it.")
            self.empty.show_words(self.tr("Nothing queued"), text, self.tr("Choose for me"))

    def _act_on_empty(self) -> None:
        self._context.suggestions.refresh()

    def _choose_level(self, number: int) -> None:
        self._context.settings.change(adventurousness=LEVELS[number])

    # What the user does with rows.

    def _entries(self, rows: Sequence[int]) -> list[QueueEntry]:
        return [self.rows.entries[row] for row in rows if row < len(self.rows.entries)]

    def _tracks(self, rows: Sequence[int]) -> list[Track]:
        found = (self.rows.row(row).track for row in rows if row < len(self.rows.entries))
        return [track for track in found if track is not None]

    def _run(self, command: Command, rows: list[int]) -> None:
        entries = self._entries(rows)
        if not entries:
            return
        if command is Command.PLAY:
            self._edits.jump(entries[0].id)
        elif command is Command.PLAY_NEXT:
            self._edits.gather([entry.id for entry in entries], 0)
        elif command is Command.ADD:
            self._keep(entries)
        elif command is Command.REMOVE:
            self._remove(entries, rows[0])
        elif command in (Command.MOVE_UP, Command.MOVE_DOWN):
            self._step(rows, -1 if command is Command.MOVE_UP else 1)
        else:
            self._context.tracks.run(command, self._tracks(rows))

    def _remove(self, entries: Sequence[QueueEntry], row: int) -> None:
        chosen = [entry for entry in entries if entry.origin is Origin.SUGGESTED]
        self._edits.remove([entry.id for entry in entries])
        self._make_current(min(row, self.rows.rowCount() - 1))
        text = (
            self.tr("Removed, and left out of suggestions for some days") if chosen else self.tr("Removed from Up Next")
        )
        self._context.say(Notice.of_change(text, self._take_back))

    def _take_back(self) -> None:
        self._context.history.undo()

    def _keep(self, entries: Sequence[QueueEntry]) -> None:
        suggested = [entry for entry in entries if entry.origin is Origin.SUGGESTED]
        keep = not all(entry.pinned for entry in suggested)
        self._edits.pin([entry.id for entry in suggested if entry.pinned != keep], keep)

    def _step(self, rows: Sequence[int], step: int) -> None:
        target = rows[0] + step
        if len(rows) == 1 and 0 <= target < self.rows.rowCount():
            entry = self.rows.entries[rows[0]].id
            self._edits.move(entry, target)
            self._make_current(next((r for r, e in enumerate(self.rows.entries) if e.id == entry), target))

    def _make_current(self, row: int) -> None:
        if row >= 0:
            self.view.setCurrentIndex(self.rows.index(row))

    # Menus.

    def _show_menu(self, rows: list[int], at: QPoint) -> None:
        entries, tracks = self._entries(rows), self._tracks(rows)
        if not tracks:
            return
        actions = self._context.tracks
        menu = actions.menu(tracks, self, play=lambda: self._edits.jump(entries[0].id))
        menu.addSeparator()
        suggested = [entry for entry in entries if entry.origin is Origin.SUGGESTED]
        if suggested:
            pinned = all(entry.pinned for entry in suggested)
            keep = self.tr("No longer keep") if pinned else self.tr("Keep in Up Next")
            actions.item(menu, "push-pin", keep, partial(self._keep, suggested))
        if len(entries) == 1 and entries[0].suggestion is not None:
            actions.item(menu, "info", self.tr("Why this?"), partial(self._explain_entry, entries[0].id))
        # To take a suggestion out says "not now".
        if len(suggested) == len(entries):
            icon, text = "clock", self.tr("Not now (hide for a few days)")
        else:
            icon, text = "x", self.tr("Remove from Up Next")
        actions.item(menu, icon, text, partial(self._remove, entries, rows[0]))
        actions.popup(menu, at)

    def _explain_entry(self, entry_id: EntryId) -> None:
        """Explain an entry wherever it stands by now: while the menu was open the queue may have gone on."""
        row = next((row for row, entry in enumerate(self.rows.entries) if entry.id == entry_id), None)
        if row is not None:
            self.explain(row)

    def explain(self, row: int) -> None:
        """Show why a row was suggested, with the contributions."""
        shown = self.rows.row(row)
        if shown.track is None or shown.entry.suggestion is None:
            return
        card = WhyCard(self._context.look, shown.track.title, shown.entry.suggestion, self)
        place = self.view.visualRect(self.rows.index(row))
        card.show_at(self.view.viewport().mapToGlobal(place.bottomLeft()))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self._context.tracks
        clear = actions.item(menu, "trash", self.tr("Clear what I queued"), self._edits.clear)
        clear.setEnabled(self._queue.user_count > 0)
        save = actions.item(menu, "list-plus", self.tr("Save as playlist"), self._save)
        save.setEnabled(bool(self.rows.entries))
        past = menu.addMenu(self._context.look.icon("clock-counter-clockwise", "text2", 16), self.tr("Earlier queues"))
        queues = self._queue.past_queues()
        past.setEnabled(bool(queues))
        for number, queue in enumerate(queues[:12]):
            count = words.tracks(len(queue.entries) + (queue.current is not None))
            text = self.tr("{0}, {1}").format(words.moment(queue.saved_at), count)
            actions.item(past, "", text, partial(self._edits.bring_back, number))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _save(self) -> None:
        ids = [TrackId(entry.track_id) for entry in self.rows.entries]
        self._context.playlists.create(self.tr("Up Next, {0}").format(words.day(now_ms())), ids)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tinted by the playing cover, fading downwards."""
        painter = QPainter(self)
        theme = self._context.look.theme
        tint = QLinearGradient(0, 0, 0, TINT_PX)
        tint.setColorAt(0, theme.colour("tint2"))
        tint.setColorAt(1, theme.colour("side"))
        painter.fillRect(self.rect(), tint)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - 1 if rtl else 0, 0, 1, self.height(), theme.colour("line"))
        painter.end()
