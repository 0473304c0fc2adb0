"""Killed at random moments, Segue loses no play and leaves no damage behind.

A few rounds here; SEGUE_KILL_ROUNDS asks for more, `python -m tests.faults.kills` runs two hundred and prints figures.
"""

import os
from pathlib import Path

import pytest

from tests.faults.kills import run

ROUNDS = int(os.environ.get("SEGUE_KILL_ROUNDS", "6"))


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signal")
@pytest.mark.timeout(120 + 15 * ROUNDS)
def test_killed_at_random_moments_it_loses_nothing(tmp_path: Path) -> None:
    tally = run(tmp_path, ROUNDS, seed=int(os.environ.get("SEGUE_KILL_SEED", "7")))
    assert tally.faults == []
    assert sum(tally.rounds.values()) == ROUNDS
    assert sum(tally.finished.values()) < ROUNDS
