"""Damaged `.npz` files raise nothing but what is caught where they are read."""

import io
import random

import numpy as np
import pytest

from recommender import NPZ_ERRORS


@pytest.mark.filterwarnings("ignore")
def test_no_damage_raises_anything_else() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **{f"a{number}": np.arange(20 + number) for number in range(4)}, text=np.array("text"))
    whole = buffer.getvalue()
    lot = random.Random(1)
    raised = set()
    for _ in range(3_000):
        content = bytearray(whole)
        for at in lot.sample(range(len(content)), lot.choice([1, 1, 2, 5])):
            content[at] = lot.randrange(256)
        try:
            with np.load(io.BytesIO(bytes(content)), allow_pickle=False) as archive:
                assert all(archive[name] is not None for name in archive.files)
        except (OSError, *NPZ_ERRORS) as error:
            raised.add(type(error))
    assert {NotImplementedError, ValueError} <= raised
