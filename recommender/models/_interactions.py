"""What the listener put together, as a matrix: contexts in rows, items in columns, confidence in the cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recommender._api import SESSION_GAP_MS, EventKind
from recommender._snapshot import Snapshot

DAY_MS = 86_400_000
DAY_PARTS = 4
SKIP_AFTER_SKIP, SKIP_AFTER_PLAY = 0.63, 0.15
"""How likely a skip is after a skip and after a play, among the listeners measured: skips come in runs."""
_LIKED = 2 * DAY_PARTS
_LAST = 1 << 62

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
        liked: Weight of having a thumb up, in plays.
        skip: Confidence in "not this", in plays, of a skip that nothing announced.
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
    liked: float = 1.0
    skip: float = 0.3
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
    """Parts of the week in rows 0 to 7, what has a thumb up in row 8, sessions from row 9 on."""
    log = snapshot.plays
    until = int(log.started_at[count - 1]) if count else _LAST
    thumb = _thumbs(snapshot, until)
    liked = np.flatnonzero(thumb > 0)
    at, item = log.started_at[:count], log.item[:count].astype(np.int64)
    weight = _verdicts(log.kind[:count], settings.skip) * (1 + thumb[item])
    weight *= 0.5 ** ((until - at) / (settings.half_life_days * DAY_MS))
    session = np.cumsum(np.diff(at, prepend=at[:1]) - np.append(0, log.listened_ms[:count])[:count] > SESSION_GAP_MS)
    local = at + log.utc_offset_min[:count].astype(np.int64) * 60_000
    # 1970-01-01 was a Thursday: day 2 and 3 of that week are the weekend.
    weekend = np.isin(local // DAY_MS % 7, (2, 3))
    part = local % DAY_MS * DAY_PARTS // DAY_MS + DAY_PARTS * weekend
    rows = np.concatenate([session + _LIKED + 1, part, np.full(len(liked), _LIKED)])
    weights = [weight, np.maximum(weight, 0) * settings.day_part, np.full(len(liked), settings.liked)]
    return rows, np.concatenate([item, item, liked]), np.concatenate(weights)


def _verdicts(kind: npt.NDArray[np.int8], skip: float) -> npt.NDArray[np.float64]:
    """1 for a play, minus `skip` for a skip that nothing announced; a skip after a skip says less."""
    skipped = kind == EventKind.SKIPPED
    after_skip = np.append(False, skipped[:-1])[: len(kind)]
    surprise = 1 - np.where(after_skip, SKIP_AFTER_SKIP, SKIP_AFTER_PLAY)
    return np.select([kind == EventKind.PLAYED, skipped], [1.0, -skip * surprise], 0.0)


def _thumbs(snapshot: Snapshot, until: int) -> npt.NDArray[np.int8]:
    """int8[N]: each item's thumb at a time."""
    thumb = np.zeros(len(snapshot), np.int8)
    given = snapshot.thumbs.at <= until
    thumb[snapshot.thumbs.item[given]] = snapshot.thumbs.value[given]
    return thumb
