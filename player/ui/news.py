"""What happens elsewhere, told in the window: scans, learning, problems, changed settings."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from player.domain import ScanProgress, ScanReport, Settings, now_ms
from player.library import TagEdit
from player.ui import words
from player.ui.services import (
    HasAudio,
    HasController,
    HasHistory,
    HasLibrary,
    HasLook,
    HasOperations,
    HasSay,
    HasSettings,
    HasSleep,
    HasSuggestions,
    HasTags,
)
from player.ui.views.frame.navigation import Navigation
from player.ui.views.settings.first_run import progress_text
from player.ui.widgets.overlays.notices import Notice


class NewsNeeds(
    HasAudio,
    HasController,
    HasHistory,
    HasLibrary,
    HasLook,
    HasOperations,
    HasSay,
    HasSettings,
    HasSleep,
    HasSuggestions,
    HasTags,
    Protocol,
):
    """What `News` asks for."""


class News(QObject):
    """Listens to the parts and tells the user.

    Args:
        context: The window's services.
        navigation: Has the quiet line.
        parent: Qt parent.
    """

    def __init__(self, context: NewsNeeds, navigation: Navigation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._navigation = navigation
        context.library.scan_progress.connect(self._scan_progress)
        context.library.scan_finished.connect(self._scan_finished)
        for failure in (
            context.operations.failed,
            context.library.scan_failed,
            context.controller.problem,
            context.audio.device_failed,
        ):
            failure.connect(self._problem)
        context.tags.edited.connect(self._tags_edited)
        context.tags.reverted.connect(self._tags_reverted)
        context.suggestions.status_changed.connect(self.show_learning)
        context.settings.changed.connect(self._settings_changed)
        context.sleep.changed.connect(self._sleep_changed)
        self.show_learning()

    def show_learning(self) -> None:
        """The quiet line: what is being learned."""
        if self._context.settings.value.private_session:
            self._navigation.show_learning(self.tr("Private session. Nothing is learned."), private=True)
            return
        status = self._context.suggestions.status
        # Until the recommender has read the log it counts no plays: that is no first play yet to come.
        reading = not status.model_version and not status.plays and not self._context.library.empty
        self._navigation.show_learning("" if reading else status.text)

    def _problem(self, text: str) -> None:
        self._context.say(Notice(text, problem=True))

    def _tags_edited(self, edit: TagEdit) -> None:
        if edit.before and not edit.failed:
            text = self.tr("Tags changed: {0}").format(words.tracks(len(edit.before)))
            self._context.say(Notice.of_change(text, self._take_back))
        self._tags_reverted(edit)

    def _tags_reverted(self, edit: TagEdit) -> None:
        if edit.failed:
            first, count = edit.failed[0], words.tracks(len(edit.failed))
            self._problem(self.tr("{0} could not be changed. {1}: {2}").format(count, first.path, first.why))

    def _take_back(self) -> None:
        self._context.history.undo()

    def _sleep_changed(self, left_ms: int) -> None:
        """The timer runs: when it will be quiet, and how to change one's mind."""
        sleep = self._context.sleep
        if left_ms:
            text = self.tr("The music fades out at {0}").format(words.time_of_day(now_ms() + left_ms))
            self._context.say(Notice(text, action=self.tr("Go on playing"), act=sleep.cancel))

    def _scan_progress(self, progress: ScanProgress) -> None:
        self._navigation.show_learning(progress_text(progress))

    def _scan_finished(self, report: ScanReport) -> None:
        self.show_learning()
        if report.problems:
            first = report.problems[0]
            self._problem(self.tr("{0} could not be read: {1}").format(first.path, first.why))
            return
        if not (report.added or report.updated or report.moved or report.vanished or report.unreadable):
            return
        facts = (
            (self.tr("{0} added"), report.added),
            (self.tr("{0} changed"), report.updated),
            (self.tr("{0} moved"), report.moved),
            (self.tr("{0} missing"), report.vanished),
        )
        said = [fact.format(words.tracks(number)) for fact, number in facts if number]
        if report.unreadable:
            said.append(self.tr("%Ln file(s) could not be read", "", len(report.unreadable)))
        self._context.say(Notice(" · ".join(said)))

    def _settings_changed(self, settings: Settings) -> None:
        look = self._context.look
        look.theme.choose(settings.theme)
        look.set_text_scale(settings.text_scale)
        look.set_reduced_motion(settings.reduced_motion)
        self.show_learning()
