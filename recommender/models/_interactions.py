"""What the listener put together, as a matrix: contexts in rows, items in columns, confidence in the cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recommender._api import EventKind
from recommender._snapshot import Snapshot

DAY_MS = 86_400_000
SESSION_GAP_MS = 1_800_000
DAY_PARTS = 4

_Cells = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class AlsSettings:
    """Knobs of the factorisation.

    Attributes:
        factors: Length of a vector.
        iterations: Sweeps of alternating least squares.
        regularization: Weight of the penalty on long vectors.
        alpha: Confidence added by one play.
        half_life_days: Age at which a play counts half.
        playlist: Weight of being on a playlist, in plays.
        album: Weight of being on an album, in plays.
        day_part: Weight of the parts of the week.
        skip: Confidence in "not this", in plays, of a skip.
        prior: Plays' worth of trust in the content map.
        seed: Of the random start.
    """

    factors: int = 48
    iterations: int = 15
    regularization: float = 10.0
    alpha: float = 8.0
    half_life_days: float = 365.0
    playlist: float = 1.0
    album: float = 0.3
    day_part: float = 0.3
    skip: float = 0.25
    prior: float = 1.0
    seed: int = 0


def interactions(snapshot: Snapshot, settings: AlsSettings, plays: int | None = None) -> sp.csr_matrix:
    """Contexts x items: confidences `1 + alpha * weight`, negative for "not this"; csr float32."""
    count = len(snapshot.plays) if plays is None else min(plays, len(snapshot.plays))
    rows, items, weights = _play_cells(snapshot, settings, count)
    first = int(rows.max()) + 1 if len(rows) else 0
    lists = snapshot.playlists
    listed = np.repeat(np.arange(len(lists)), np.diff(lists.indptr)) + first
    first += len(lists)
    on_album = np.flatnonzero(snapshot.album >= 0)
    albums = snapshot.album[on_album] + first
    first += int(snapshot.album.max(initial=-1)) + 1
    row = np.concatenate([rows, listed, albums])
    column = np.concatenate([items, lists.items, on_album])
    weight = np.concatenate([weights, np.full(len(listed), settings.playlist), np.full(len(albums), settings.album)])
    matrix = sp.coo_matrix((weight, (row, column)), shape=(max(first, 1), len(snapshot))).tocsr()
    matrix.eliminate_zeros()
    # Repeats within a context add little: Rendle et al. weigh by log.
    matrix.data = np.sign(matrix.data) * (1 + settings.alpha * np.log1p(np.abs(matrix.data)))
    return matrix.astype(np.float32)


def _play_cells(snapshot: Snapshot, settings: AlsSettings, count: int) -> _Cells:
    log = snapshot.plays
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    at, item = log.started_at[:count], log.item[:count].astype(np.int64)
    weight = np.select(
        [log.kind[:count] == EventKind.PLAYED, log.kind[:count] == EventKind.SKIPPED], [1.0, -settings.skip], 0.0
    )
    weight *= 0.5 ** ((at[-1] - at) / (settings.half_life_days * DAY_MS))
    weight *= _thumb_factor(snapshot, int(at[-1]))[item]
    session = np.cumsum(np.diff(at, prepend=at[0]) - np.append(0, log.listened_ms[: count - 1]) > SESSION_GAP_MS)
    local = at + log.utc_offset_min[:count].astype(np.int64) * 60_000
    # 1970-01-01 was a Thursday: day 2 and 3 of that week are the weekend.
    weekend = np.isin(local // DAY_MS % 7, (2, 3))
    part = local % DAY_MS * DAY_PARTS // DAY_MS + DAY_PARTS * weekend
    rows = np.concatenate([session + 2 * DAY_PARTS, part])
    positive = np.maximum(weight, 0) * settings.day_part
    return rows, np.concatenate([item, item]), np.concatenate([weight, positive])


def _thumb_factor(snapshot: Snapshot, until: int) -> npt.NDArray[np.float64]:
    """How much more or less an item's plays count: 2 with a thumb up, 0 with a thumb down."""
    factor = np.ones(len(snapshot))
    given = snapshot.thumbs.at <= until
    factor[snapshot.thumbs.item[given]] = 1.0 + snapshot.thumbs.value[given]
    return factor
