"""Budget, progress and the request to stop, in one object that long loops ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from recommender._errors import TrainingInterrupted

T = TypeVar("T")

MAX_STEPS = 1500
"""Budget of a run: three learning rates tried on the most samples that are taken, and the fit."""


class Progress:
    """What a training run tells and is told.

    Args:
        steps: Budget in training steps; hyperparameters are chosen within it. The same budget gives the same weights
            on every machine, however busy it is.
        emit: Receives each line of progress as JSON values.
        stopped: Whether somebody asked to stop.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        steps: int = MAX_STEPS,
        emit: Callable[[dict[str, Any]], None] = lambda line: None,
        stopped: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._emit = emit
        self._stopped = stopped
        self._clock = clock
        self._began = clock()
        self._steps = steps
        self._stepped = 0

    @property
    def spent(self) -> float:
        """Seconds since the start; only told, never decided by."""
        return self._clock() - self._began

    def over(self, part: float = 1.0) -> bool:
        """Whether this part of the budget is spent."""
        return self._stepped > part * self._steps

    def step(self) -> None:
        """Count a training step.

        Raises:
            TrainingInterrupted: Somebody asked to stop.
        """
        self.check()
        self._stepped += 1

    def check(self) -> None:
        """Called often.

        Raises:
            TrainingInterrupted: Somebody asked to stop.
        """
        if self._stopped():
            raise TrainingInterrupted("training was stopped before it had finished; the model in use stays")

    def say(self, stage: str, **values: Any) -> None:
        """Emit a line: the stage, the seconds spent, and what belongs to it."""
        self._emit({"stage": stage, "seconds": round(self.spent, 1), **values})

    def through(self, stage: str, values: Iterable[T], total: int, every: int = 500) -> Iterator[T]:
        """Hand the values on, checking for the request to stop and saying how far it is."""
        for number, value in enumerate(values):
            self.check()
            if number % every == 0:
                self.say(stage, done=number, total=total)
            yield value
