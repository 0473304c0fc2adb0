"""Forgetting for good: what was learned, or everything about the listener."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.domain import ArtistId, ProfileError, now_ms
from player.paths import Profile
from player.recommending._idle import IdleTrainer
from player.recommending._recorder import Recorder
from player.recommending._service import SuggestionService
from player.storage import Database
from player.workers import Lane, problem_text

logger = logging.getLogger(__name__)

TRACES = ("training", "recommender", "waveforms", "art")
"""Folders of the cache that would tell what was listened to."""


class Forgetting(StrEnum):
    """How much to forget."""

    LEARNED = "learned"
    """The models trained here; the log stays, and can be learned from again."""
    EVERYTHING = "everything"
    """Plays, thumbs, dismissals, queues, imported counts, models. Music files, tags and playlists stay."""


def forget(db: Database, profile: Profile, what: Forgetting) -> None:
    """Delete it from the database and the disk, so that nothing of it can be read there any more.

    For the storage lane, or the command line while no window is open.

    Raises:
        ProfileError: something cannot be deleted; says what.
    """
    if what is Forgetting.LEARNED:
        db.forget_learned()
    else:
        db.forget_listening()
    _delete(profile.models)
    for name in TRACES if what is Forgetting.EVERYTHING else TRACES[:2]:
        _delete(profile.cache / name)
    if what is Forgetting.EVERYTHING:
        _empty_logs(profile.logs)


def _empty_logs(folder: Path) -> None:
    """The log files name what could not be played, and when; the one that is written to goes on from nothing."""
    for file in folder.glob("segue.log*"):
        try:
            if file.suffix == ".log":
                os.truncate(file, 0)  # it is open for appending, and stays
            else:
                file.unlink()
        except OSError as error:
            raise ProfileError(f"{file} cannot be emptied: {error.strerror or error}.") from error


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        logger.debug("%s is not there", folder)
    except OSError as error:
        raise ProfileError(f"{error.filename or folder} cannot be deleted: {error.strerror or error}.") from error


class Forgetter(QObject):
    """Forgets while the player runs: a training ends first, what is kept in memory goes too, the music plays on.

    Signals:
        forgotten(Forgetting): It is gone.
        failed(str): It could not be deleted; why, for the user.
        artist_changed(ArtistId): What was learned about an artist is forgotten, or remembered again.

    Args:
        db: The database.
        storage_lane: Where writes run.
        profile: Where models and cache are.
        trainer: Idle training.
        recorder: The play log.
        suggestions: The recommender.
        clear_queue: Lets go of the queue, but for what sounds, of past queues and of remembered positions.
        parent: Qt parent.
    """

    forgotten = Signal(object)
    failed = Signal(str)
    artist_changed = Signal(object)

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        profile: Profile,
        trainer: IdleTrainer,
        recorder: Recorder,
        suggestions: SuggestionService,
        clear_queue: Callable[[], None],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._storage = storage_lane
        self._profile = profile
        self._trainer = trainer
        self._recorder = recorder
        self._suggestions = suggestions
        self._clear_queue = clear_queue

    def forget(self, what: Forgetting) -> None:
        """Forget; `forgotten` or `failed` follows."""
        self._trainer.when_idle(lambda: self._forget(what))

    def forget_artist(self, artist_id: ArtistId) -> None:
        """Learn of an artist anew from now on: plays, skips and thumbs before teach nothing; `artist_changed` follows.

        The play log stays, so `remember_artist` can take it back.
        """
        self._with_artist(artist_id, lambda: self._db.fresh_starts.begin(artist_id, now_ms()))

    def remember_artist(self, artist_id: ArtistId) -> None:
        """Take `forget_artist` back: everything counts as if it had not been; `artist_changed` follows."""
        self._with_artist(artist_id, lambda: self._db.fresh_starts.take_back(artist_id))

    def _with_artist(self, artist_id: ArtistId, run: Callable[[], object]) -> None:
        def done(_result: object) -> None:
            self._suggestions.reload()
            self.artist_changed.emit(artist_id)

        # A training that has read the log before would bring a model that knows it still.
        self._trainer.when_idle(lambda: self._storage.submit(run, done=done, failed=self._fail))

    def _forget(self, what: Forgetting) -> None:
        everything = what is Forgetting.EVERYTHING
        if everything:
            self._clear_queue()

        def run() -> None:
            if everything:
                self._recorder.let_go()
            forget(self._db, self._profile, what)

        def done(_none: None) -> None:
            self._suggestions.begin_anew(heard=everything)
            self.forgotten.emit(what)

        self._storage.submit(run, done=done, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(problem_text(error, "the listener cannot be forgotten"))
