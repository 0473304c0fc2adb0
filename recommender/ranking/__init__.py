"""From scores to a queue: what may come, what goes together, how new it is, and why it is there."""

from recommender._api import SESSION_GAP_MS
from recommender.ranking._context import added_after, fond_of
from recommender.ranking._feedback import CLOSE, FreshFeedback
from recommender.ranking._listener import Listener
from recommender.ranking._mix import discovery_share
from recommender.ranking._queue import NOT_NOW_MS, Choice, QueueRanker, RankRequest, gumbel
from recommender.ranking._reasons import Evidence, reasons_for
from recommender.ranking._variety import varied

__all__ = [
    "CLOSE",
    "NOT_NOW_MS",
    "SESSION_GAP_MS",
    "Choice",
    "Evidence",
    "FreshFeedback",
    "Listener",
    "QueueRanker",
    "RankRequest",
    "added_after",
    "discovery_share",
    "fond_of",
    "gumbel",
    "reasons_for",
    "varied",
]
