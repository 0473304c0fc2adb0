"""Questions and answers: numbered, asked again when they fail, never waited for."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import Suggestion
from player.recommending._ask import Ask
from player.recommending._keeper import Keeper
from player.workers import Lane

logger = logging.getLogger(__name__)

FIRST_RETRY_MS = 2_000
LAST_RETRY_MS = 300_000


class Asker(QObject):
    """Asks for suggestions in the inference lane; only the answer to the last question counts.

    While the queue holds few suggestions, neighbours in the library are looked up in the storage
    lane too: they stand in until the answer comes. A question that fails is asked again, later and
    later.

    Signals:
        answered(list[Suggestion]): The answer to the last question.
        stood_in(list[Suggestion]): Neighbours, because the queue held few suggestions.
        learned(int, str): Plays the recommender has learned from, and the model's version.

    Args:
        keeper: The recommender.
        storage_lane: Where neighbours are looked up.
        inference_lane: Where the recommender lives.
        question: What to ask, as of now.
        needy: Whether the queue holds few suggestions now.
        parent: Qt parent.
    """

    answered = Signal(object)
    stood_in = Signal(object)
    learned = Signal(int, str)

    def __init__(
        self,
        keeper: Keeper,
        storage_lane: Lane,
        inference_lane: Lane,
        question: Callable[[], Ask],
        needy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._storage = storage_lane
        self._inference = inference_lane
        self._question = question
        self._needy = needy
        self._number = 0
        self._closed = False
        self.retry_ms = FIRST_RETRY_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def ask(self) -> None:
        """Ask, once for all that happens in this turn of the event loop."""
        if not self._closed:
            self._timer.start(0)

    def ask_within(self, milliseconds: int) -> None:
        """Ask after this time, unless a question is due already."""
        if not self._closed and not self._timer.isActive():
            self._timer.start(milliseconds)

    def cancel(self) -> None:
        """Ask no more for now, and take no answer to what was asked."""
        self._number += 1
        self._timer.stop()

    def close(self) -> None:
        """Ask no more, whatever still happens."""
        self._closed = True
        self._timer.stop()

    def _ask(self) -> None:
        self._number += 1
        number, question = self._number, self._question()
        if self._needy():
            self._storage.submit(
                lambda: self._keeper.neighbours(question), done=lambda found: self._stand_in(number, found)
            )
        self._inference.submit(
            lambda: (self._keeper.suggest(question), self._keeper.mind().plays, self._keeper.mind().version),
            done=lambda answer: self._take(number, *answer),
            failed=lambda error: self._failed(number, error),
        )

    def _stand_in(self, number: int, found: list[Suggestion]) -> None:
        """The quick answer, where the good one has not come yet."""
        if number == self._number and self._needy():
            self.stood_in.emit(found)

    def _take(self, number: int, suggestions: list[Suggestion], plays: int, version: str) -> None:
        self.retry_ms = FIRST_RETRY_MS
        self.learned.emit(plays, version)
        if number == self._number:
            self.answered.emit(suggestions)

    def _failed(self, number: int, error: Exception) -> None:
        logger.warning("no suggestions; asked again in %d s: %s", self.retry_ms // 1000, error, exc_info=error)
        if number == self._number and not self._closed:
            self._timer.start(self.retry_ms)
            self.retry_ms = min(2 * self.retry_ms, LAST_RETRY_MS)
