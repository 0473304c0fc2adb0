"""From scores to a queue: what may come, what goes together, how new it is, and why it is there."""

from recommender.ranking._context import added_after, fond_of
from recommender.ranking._listener import SESSION_GAP_MS, Listener
from recommender.ranking._mix import discovery_share
from recommender.ranking._queue import Choice, QueueRanker, RankRequest
from recommender.ranking._reasons import Evidence, reasons_for

__all__ = [
    "SESSION_GAP_MS",
    "Choice",
    "Evidence",
    "Listener",
    "QueueRanker",
    "RankRequest",
    "added_after",
    "discovery_share",
    "fond_of",
    "reasons_for",
]
