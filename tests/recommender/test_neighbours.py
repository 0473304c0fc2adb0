"""Neighbours by sound and taste are those of a plain comparison of all with all."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import FloatArray
from recommender._neighbours import similar
from recommender._vectors import Vectors
from recommender.models import ItemFactors

SIZE, WIDTH, FACTORS = 300, 12, 5


def unit(rows: FloatArray) -> FloatArray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)


def vectors(seed: int) -> tuple[FloatArray, ItemFactors]:
    """Sound of four fifths of the items, taste of a fifth; the taste of others that sound is what their sound says."""
    random = np.random.default_rng(seed)
    content = random.normal(size=(SIZE, WIDTH)).astype(np.float32)
    content[random.random(SIZE) < 0.2] = 0
    own = np.sort(random.choice(SIZE, SIZE // 5, replace=False)).astype(np.int32)
    factors = random.normal(size=(len(own), FACTORS)).astype(np.float32)
    trust = random.random(len(own)).astype(np.float32)
    mapping = random.normal(size=(WIDTH + 1, FACTORS)).astype(np.float32)
    taste = ItemFactors(SIZE, own, factors, trust, Vectors(content), np.any(content, axis=1), mapping)
    return content, taste


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kinds", ["sound", "taste", "both"])
def test_likeness_is_the_mean_of_both_cosines(seed: int, kinds: str) -> None:
    content, taste = vectors(seed)
    items = np.array([3, 50, 120], np.int32)
    sound = content if kinds != "taste" else np.zeros((SIZE, 0), np.float32)
    found, likeness = similar(Vectors(sound), taste if kinds != "sound" else None, items, 20)
    total, known = np.zeros(SIZE), np.zeros(SIZE)
    for matrix in ([content] if kinds != "taste" else []) + (
        [taste.vectors(np.arange(SIZE))] if kinds != "sound" else []
    ):
        units = unit(matrix)
        total += (units @ unit(units[items].sum(axis=0, keepdims=True)).T)[:, 0]
        known += units.any(axis=1)
    # What only one of two is known of counts less than what is known by both: by the root of two, not by half.
    expected = total / np.sqrt(np.maximum(known, 1) * (2 if kinds == "both" else 1))
    if kinds == "taste":
        # Without sound to find others by, only those with a vector of their own are compared.
        expected[np.setdiff1d(np.arange(SIZE), taste.items)] = -np.inf
    expected[items] = -np.inf
    np.testing.assert_allclose(likeness, np.sort(expected)[::-1][:20], rtol=1e-4)
    np.testing.assert_allclose(expected[found], likeness, rtol=1e-4)
