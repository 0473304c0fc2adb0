"""What plays next while the recommender cannot say: the tour of a cold start, over the library and what was played."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from player.domain import Suggestion
from player.recommending._ask import Ask
from player.recommending._naming import Naming
from player.recommending._snapshot import snapshot_of
from player.storage import Database

VERSION = "neighbours"
"""What stands in suggestions for the version of the model."""


def neighbours(db: Database, ask: Ask) -> list[Suggestion]:
    """Up to `ask.k` tracks, without ONNX Runtime and without sound.

    First the rest of the album that plays, in order; then what is close to what was liked lately and a tour of the
    library. What was heard in this session may come again, last. The same library and history give the same answer.

    Raises:
        ProfileError: the database cannot be read.
    """
    from recommender import coldstart, ranking  # noqa: PLC0415 - numpy and SciPy take their time

    snapshot = snapshot_of(db, db.tracks.catalogue(), ask.now, sound=False)
    naming = Naming(db, snapshot)
    listener = ranking.Listener.of(snapshot)
    request = naming.request(ask)

    def allowed(request: ranking.RankRequest) -> npt.NDArray[np.bool_]:
        may = listener.thumb >= 0
        may[listener.put_off(request.now, ranking.NOT_NOW_MS)] = False
        out = [*request.queued, *request.exclude, *request.like]
        out += [request.playing] if request.playing is not None else [event.item for event in listener.recent][-1:]
        may[listener.recording[np.asarray(out, np.int64)]] = False
        return np.asarray(may[listener.recording] & snapshot.available)

    tour = coldstart.ColdStart.of(snapshot, listener, allowed)
    return naming.named(ranking.varied(tour.suggest(request)), VERSION)
