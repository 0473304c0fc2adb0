"""What can go wrong inside the recommender, as one small tree.

The messages are sentences; whoever shows them to people decides what to add.

    RecommenderError
    ├── SnapshotError        a snapshot that contradicts itself, or a file that is none
    ├── ArtefactError        a model folder that is damaged, incomplete or of another version
    └── TrainingInterrupted  training was asked to stop; nothing was promoted
"""

from __future__ import annotations


class RecommenderError(Exception):
    """Anything the recommender refuses to do; the message says why."""


class SnapshotError(RecommenderError):
    """A snapshot that contradicts itself, or a file that is not a snapshot."""


class ArtefactError(RecommenderError):
    """A model folder that cannot be used: damaged, incomplete, or written by another version."""


class TrainingInterrupted(RecommenderError):  # noqa: N818 - an interruption is no error of anybody's
    """Training was asked to stop before it had finished; the model in use stays."""
