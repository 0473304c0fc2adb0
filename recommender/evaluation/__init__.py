"""Evaluation: how well models foretell what a person played next, on their own listening log.

Log: UTF-8 CSV with a header: `ts` (start of play, unix seconds), `track`, `artist`; optional `user`, `album`,
`ms_played`, `duration_ms`, `outcome` (finished | skipped). A track is its (artist, track), case-folded. A play
under 30 s, or one whose outcome is "skipped", is a skip: context and evidence, never something to foretell.

Protocol: the library is every track of the log (and of a second CSV, never played); the first 80 % of plays come
before the test; each later play is ranked among the whole library before it is revealed, ties at their mean rank.
"""

from recommender.evaluation._contenders import MODELS, contenders
from recommender.evaluation._evaluate import Settings, evaluate
from recommender.evaluation._log import Identity, LogError, Row, read_log
from recommender.evaluation._people import Person, person
from recommender.evaluation._plot import PlotError, plot
from recommender.evaluation._replay import Replay, replay
from recommender.evaluation._table import table

__all__ = [
    "MODELS",
    "Identity",
    "LogError",
    "Person",
    "PlotError",
    "Replay",
    "Row",
    "Settings",
    "contenders",
    "evaluate",
    "person",
    "plot",
    "read_log",
    "replay",
    "table",
]
