"""Batches out of samples: stretches of successive events, and the samples that lie in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import FloatArray, LongArray
from recommender._artefact import Artefact
from recommender.models import CLIP, Samples
from recommender.training._step import Batch

BLOCK = 64
"""Events of a stretch whose samples are used."""
WARM_UP = 64
"""Events before them, for the state to form."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """Standardises raw features, as every graph of the artefact does.

    Attributes:
        event_mean, event_scale: float32[E].
        feature_mean, feature_scale: float32[F].
    """

    event_mean: FloatArray
    event_scale: FloatArray
    feature_mean: FloatArray
    feature_scale: FloatArray

    @classmethod
    def of(cls, artefact: Artefact) -> Self:
        """The constants of an artefact.

        Raises:
            ArtefactError: It lacks one.
        """
        names = ("event_mean", "event_scale", "feature_mean", "feature_scale")
        return cls(*(artefact.tensor(name) for name in names))

    def applied(self, samples: Samples) -> Samples:
        """The samples, standardised where they stand: they are large, and nobody needs the raw numbers again."""
        _standardise(samples.events, self.event_mean, self.event_scale)
        _standardise(samples.candidates, self.feature_mean, self.feature_scale)
        return samples

    def features(self, raw: FloatArray, columns: Sequence[int]) -> FloatArray:
        """Some columns of candidate features, standardised."""
        scaled = raw.copy()
        _standardise(scaled, self.feature_mean[columns], self.feature_scale[columns])
        return scaled


def _standardise(raw: FloatArray, mean: FloatArray, scale: FloatArray) -> None:
    np.subtract(raw, mean, out=raw)
    np.multiply(raw, scale, out=raw)
    np.clip(raw, -CLIP, CLIP, out=raw)


def batches(samples: Samples, chosen: LongArray, size: int, random: np.random.Generator | None) -> Iterator[Batch]:
    """Batches that hold every chosen sample once.

    Args:
        samples: Standardised.
        chosen: int64[n], rows of the samples to use.
        size: Samples a batch, about; a stretch is never cut.
        random: Orders the stretches; None keeps them in time order.
    """
    chosen = chosen[np.argsort(samples.at[chosen], kind="stable")]
    blocks = samples.at[chosen] // BLOCK
    groups = np.split(chosen, np.flatnonzero(np.diff(blocks)) + 1) if len(chosen) else []
    order = range(len(groups)) if random is None else random.permutation(len(groups)).tolist()
    batch: list[LongArray] = []
    for group in order:
        batch.append(groups[group])
        if sum(map(len, batch)) >= size:
            yield _batch(samples, batch)
            batch = []
    if batch:
        yield _batch(samples, batch)


def _batch(samples: Samples, groups: list[LongArray]) -> dict[str, npt.NDArray[Any]]:
    length = WARM_UP + BLOCK
    events = np.zeros((len(groups), length, samples.events.shape[1]), np.float32)
    places = []
    for row, group in enumerate(groups):
        begin = max(int(samples.at[group[0]]) // BLOCK * BLOCK - WARM_UP, 0)
        # What is missing at the end of the history stays zero: nothing reads behind its last sample.
        stretch = samples.events[begin : begin + length]
        events[row, : len(stretch)] = stretch
        places.append(row * length + samples.at[group] - begin)
    rows = np.concatenate(groups)
    skipped, known = samples.skipped[rows], samples.known[rows]
    return {
        "events": events,
        "at": np.concatenate(places),
        "candidates": samples.candidates[rows],
        "log_weight": samples.log_weight[rows],
        "rank_weight": (known & ~skipped).astype(np.float32),
        "skip_target": skipped.astype(np.float32),
        "skip_weight": known.astype(np.float32),
    }
