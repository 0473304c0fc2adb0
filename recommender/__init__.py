"""The recommender: a library of its own. Ids and numbers in, suggestions with reasons out.

No Qt, no SQL, nothing of the player.
"""

from recommender._api import (
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
)
from recommender._artefact import Artefact
from recommender._columns import Marks, Plays, Ragged
from recommender._errors import ArtefactError, RecommenderError, SnapshotError, TrainingInterrupted
from recommender._recommender import Recommender, SuggestRequest
from recommender._snapshot import Snapshot

__all__ = [
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
    "Snapshot",
    "SnapshotError",
    "SuggestRequest",
    "Suggestion",
    "TrainingInterrupted",
]
