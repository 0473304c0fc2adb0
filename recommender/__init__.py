"""The recommender: a library of its own. Ids and numbers in, suggestions with reasons out.

No Qt, no SQL, nothing of the player. What scores (and needs ONNX Runtime and scipy) is loaded at first use, so that
the words alone cost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from recommender._api import (
    SESSION_GAP_MS,
    Event,
    EventKind,
    FloatArray,
    IntArray,
    LongArray,
    Model,
    PlaySource,
    Reason,
    ReasonKind,
    Suggestion,
    day_part,
)
from recommender._artefact import Artefact
from recommender._columns import Marks, Plays, Ragged
from recommender._errors import ArtefactError, RecommenderError, SnapshotError, TrainingInterrupted
from recommender._npz import NPZ_ERRORS
from recommender._snapshot import Snapshot
from recommender._vectors import COMPACT_FROM, compact, compact_basis

if TYPE_CHECKING:
    from recommender._recommender import Recommender, SuggestRequest
    from recommender._resume import Resume

__all__ = [
    "COMPACT_FROM",
    "NPZ_ERRORS",
    "SESSION_GAP_MS",
    "Artefact",
    "ArtefactError",
    "Event",
    "EventKind",
    "FloatArray",
    "IntArray",
    "LongArray",
    "Marks",
    "Model",
    "PlaySource",
    "Plays",
    "Ragged",
    "Reason",
    "ReasonKind",
    "Recommender",
    "RecommenderError",
    "Resume",
    "Snapshot",
    "SnapshotError",
    "SuggestRequest",
    "Suggestion",
    "TrainingInterrupted",
    "compact",
    "compact_basis",
    "day_part",
]


def __getattr__(name: str) -> object:
    if name in ("Recommender", "Resume", "SuggestRequest"):
        return getattr(import_module("recommender._recommender"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
