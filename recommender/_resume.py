"""Where a recommender stood after some plays: kept in a file, so that a start need not read all of them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender.models import FEATURE_NAMES, Habits, SequenceState

_STATE = ("tail", "h", "c", "context")


@dataclass(frozen=True, slots=True)
class Resume:
    """Where a recommender stood, for a later start over the same log and more.

    Attributes:
        plays: Rows of the play log it had read.
        state: Of the sequence model after them; None where the library, or what came before, is another now.
        habits: Of the listener, as learned from them.
    """

    plays: int
    state: SequenceState | None
    habits: Habits

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """As named arrays, for a file."""
        columns = {"resume.plays": np.array(self.plays), **self.habits.columns()}
        for name in _STATE if self.state is not None else ():
            columns[f"resume.{name}"] = getattr(self.state, name)
        return columns

    @classmethod
    def from_columns(cls, columns: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The reverse of `columns`.

        Raises:
            KeyError: One is missing.
            ValueError: One is of another size.
        """
        state = SequenceState(*(columns[f"resume.{name}"] for name in _STATE))
        return cls(
            int(columns["resume.plays"]), state, Habits.from_columns(columns, len(FEATURE_NAMES), len(state.context))
        )
