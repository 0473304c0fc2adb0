"""ALS: taste as a vector, factorised by `implicit` from one listener's own listening.

Rows of the matrix are contexts, columns are items (Hu, Koren & Volinsky 2008; Rendle et al. 2021):

- each listening session (a gap of 30 minutes begins a new one), by outcome and age;
- each playlist, each album: what somebody put together;
- eight parts of the week (four parts of the day, working days and weekends).

A context's vector is found from what it holds ("fold-in"): the running session is such a context, renewed
after every event. Items that were hardly ever played take their place from a ridge regression of the factors
on the content vectors, so that a track nobody played has neighbours and a score.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from recommender._api import SESSION_GAP_MS, Event, EventKind, FloatArray, IntArray, LongArray
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors, nearest, unit_rows
from recommender.models._factors import ItemFactors
from recommender.models._interactions import AlsSettings, interactions

CONTEXT = 12
"""Events of the present that are folded in."""
LAG_DECAY = 0.85
EARLIER_SESSION = 0.2
"""Weight of an event of an earlier session in the present context."""

_FOLDED = {
    EventKind.PLAYED: 1.0,
    EventKind.THUMB_UP: 2.0,
    EventKind.SKIPPED: -0.3,
    EventKind.THUMB_DOWN: -2.0,
    EventKind.DISMISSED: -0.5,
    EventKind.WANTED: 0.5,
}


@dataclass(frozen=True, slots=True)
class AlsFactors:
    """What was learned: a vector for each item that occurred, and a map from content vectors.

    Attributes:
        item_ids: int64[N], the caller's ids.
        factors: float32[N, F].
        support: float32[N], plays' worth of evidence behind each vector; 0 where it is from content alone, or unknown.
        content_map: float32[D + 1, F]: (content, 1) -> factor; 0 rows without content vectors.
        regularization: As fitted.
        alpha: As fitted.
        prior: As fitted.
    """

    item_ids: LongArray
    factors: FloatArray
    support: FloatArray
    content_map: FloatArray
    regularization: float
    alpha: float
    prior: float

    @classmethod
    def fit(
        cls,
        snapshot: Snapshot,
        settings: AlsSettings | None = None,
        *,
        plays: int | None = None,
        interrupted: Callable[[], None] | None = None,
    ) -> Self:
        """Factorise a snapshot; deterministic for its seed; one thread.

        Args:
            snapshot: The library and the log.
            settings: Knobs.
            plays: Use the first so many rows of the play log only (and marks up to then).
            interrupted: Called after every sweep; may raise to stop.
        """
        settings = settings or AlsSettings()
        matrix = interactions(snapshot, settings, plays)
        learned = _factorise(matrix, settings, interrupted)
        support = np.asarray(matrix.maximum(0).sum(axis=0), np.float32).ravel() / np.float32(settings.alpha)
        learned[support == 0] = 0
        content_map = _ridge(snapshot, learned, support)
        return cls(
            snapshot.item_ids, learned, support, content_map, settings.regularization, settings.alpha, settings.prior
        )

    def tensors(self) -> dict[str, npt.NDArray[Any]]:
        """As named arrays, for an artefact."""
        return {
            "als_item_ids": self.item_ids,
            "als_factors": self.factors,
            "als_support": self.support,
            "als_direction_map": self.content_map,
            "als_knobs": np.array([self.regularization, self.alpha, self.prior]),
        }

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, npt.NDArray[Any]]) -> Self | None:
        """The reverse of `tensors`; None when the artefact holds no factors.

        The base model has none. Those of an older version map vectors of any length, not directions, and do not fit.
        """
        if "als_direction_map" not in tensors:
            return None
        regularization, alpha, prior = (float(knob) for knob in tensors["als_knobs"])
        return cls(
            tensors["als_item_ids"],
            tensors["als_factors"],
            tensors["als_support"],
            tensors["als_direction_map"],
            regularization,
            alpha,
            prior,
        )

    def aligned(self, snapshot: Snapshot, without: npt.ArrayLike = ()) -> ItemFactors:
        """Vectors for the items of a (later) snapshot.

        Evidence and content meet: a vector with little support leans towards what its sound predicts.

        Args:
            snapshot: The library.
            without: Items whose own vectors are not to be used: what their sound predicts serves for them.
        """
        _, here, there = np.intersect1d(snapshot.item_ids, self.item_ids, assume_unique=True, return_indices=True)
        learned = np.any(self.factors[there], axis=1) & ~np.isin(here, np.asarray(without, np.int64))
        items, there = here[learned].astype(np.int32), there[learned]
        trust = self.support[there] / (self.support[there] + self.prior)
        basis = snapshot.content_basis
        sound_map = self.content_map
        if len(sound_map) and len(basis) and basis.shape[1] + 1 == len(sound_map):
            sound_map = np.concatenate([basis @ sound_map[:-1], sound_map[-1:]])
        fits = len(sound_map) and snapshot.content.shape[1] + 1 == len(sound_map)
        sound = Vectors(snapshot.content) if fits else None
        return ItemFactors(
            len(snapshot), items, self.factors[there], trust, sound, snapshot.has_content, np.asarray(sound_map)
        )


def _factorise(matrix: sp.csr_matrix, settings: AlsSettings, interrupted: Callable[[], None] | None) -> FloatArray:
    if not matrix.nnz:
        return np.zeros((matrix.shape[1], settings.factors), np.float32)
    # Imported here: it takes half a second, and only training needs it.
    from implicit.cpu.als import AlternatingLeastSquares  # noqa: PLC0415
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415

    # implicit makes a progress bar even where it is not shown, and with it a thread that never ends.
    tqdm.monitor_interval = 0

    def sweep(_iteration: int, _seconds: float, _loss: float | None) -> None:
        if interrupted is not None:
            interrupted()

    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=settings.factors,
            regularization=settings.regularization,
            alpha=1.0,
            iterations=settings.iterations,
            num_threads=1,
            random_state=settings.seed,
        )
        model.fit(matrix, show_progress=False, callback=sweep)
    return np.array(model.item_factors, np.float32)


def _ridge(snapshot: Snapshot, factors: FloatArray, support: FloatArray, penalty: float = 30.0) -> FloatArray:
    """(unit content vector, 1) -> factor by least squares weighted with the support; the penalty fits its scale."""
    known = np.flatnonzero(snapshot.has_content & (support > 0))
    sound = unit_rows(snapshot.content[known])
    if len(snapshot.content_basis):
        sound = sound @ snapshot.content_basis
    width = sound.shape[1]
    if not width or len(known) < 2:
        return np.zeros((0, factors.shape[1]), np.float32)
    inputs = np.append(sound, np.ones((len(known), 1), np.float32), axis=1).astype(np.float64)
    weight = np.sqrt(support[known])[:, None]
    gram = (inputs * weight).T @ (inputs * weight)
    scale = np.trace(gram[:-1, :-1]) / (width * max(float(support[known].sum()), 1e-9))
    gram[np.diag_indices(width)] += penalty * scale
    gram[-1, -1] += 1e-6
    solved = np.linalg.solve(gram, (inputs * weight).T @ (factors[known] * weight))
    return np.asarray(solved, np.float32)


class Als:
    """The signal: items near the present context's vector. Follows the `Model` protocol.

    Args:
        factors: Vectors of the items, or float32[N, F] with zeros for items without one; not changed.
        regularization: Weight of the penalty on a long context vector.
        alpha: Confidence added by one play.
    """

    name = "als"

    def __init__(self, factors: ItemFactors | FloatArray, *, regularization: float = 10.0, alpha: float = 8.0) -> None:
        self.factors = factors if isinstance(factors, ItemFactors) else ItemFactors.of(factors)
        self._alpha = alpha
        self._gram = self.factors.gram() + regularization * np.eye(self.factors.width)
        self._recent: deque[tuple[int, float, int]] = deque(maxlen=CONTEXT)
        self._session = 0
        self._ended_at: int | None = None

    @classmethod
    def from_factors(cls, learned: AlsFactors, snapshot: Snapshot, *, without: npt.ArrayLike = ()) -> Self:
        """The signal over the items of a snapshot; `without` as for `AlsFactors.aligned`."""
        return cls(learned.aligned(snapshot, without), regularization=learned.regularization, alpha=learned.alpha)

    def observe(self, event: Event) -> None:
        """Fold one event into the present context."""
        if event.kind in (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN):
            if self._ended_at is not None and event.at - self._ended_at > SESSION_GAP_MS:
                self._session += 1
            self._ended_at = event.at + event.listened_ms
        weight = _FOLDED.get(event.kind)
        if weight is not None:
            self._recent.append((event.item, weight, self._session))

    def context(self) -> FloatArray:
        """The present context's vector, float32[F]; zeros before the first event."""
        if not self._recent:
            return np.zeros(self.factors.width, np.float32)
        items, weights, sessions = (np.asarray(column) for column in zip(*self._recent, strict=True))
        lag = np.arange(len(items) - 1, -1, -1)
        weights = weights * LAG_DECAY**lag * np.where(sessions == self._session, 1.0, EARLIER_SESSION)
        vectors = self.factors.vectors(items).astype(np.float64)
        confidence = self._alpha * np.abs(weights)
        system = self._gram + (vectors * confidence[:, None]).T @ vectors
        # The 1 that every observed cell has fades with the weight too: many faint events are no strong one.
        wanted = ((1 + self._alpha) * np.maximum(weights, 0)) @ vectors
        return np.linalg.solve(system, wanted).astype(np.float32)

    def scores(self, now: int) -> FloatArray:
        """Preference of the present context for every item, about 0 to 1; float32[N]."""
        return self.factors.products(self.context())

    def neighbours(self, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
        """The k items most alike in taste to the mean of `items`, and their cosines; best first, without `items`."""
        return nearest(self.factors.rows(np.arange(len(self.factors))), np.asarray(items, np.int32), k)
