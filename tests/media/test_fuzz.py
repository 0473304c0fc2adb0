"""A few hundred mutants in every run; thousands by `python -m tests.benchmarks.fuzz`."""

import json

from tests.media.fuzzing import run
from tests.media.mutants import mutants, originals

SEEDS = range(3)


def test_no_damage_ends_or_stalls_a_process(tmp_path):
    report = run(mutants(originals(tmp_path / "originals"), tmp_path / "mutants", SEEDS))
    assert (report.crashes, report.hangs, report.left) == ([], [], 0)
    assert report.peak_mb < 600
    outcomes = {outcome for _, outcome in report.outcomes}
    assert outcomes == {"played", "damaged", "refused"}, "the damage is too small, or too great"


def test_equal_seeds_make_equal_mutants(tmp_path):
    made = originals(tmp_path / "originals")
    first = [mutant.path.read_bytes() for mutant in mutants(made, tmp_path / "a", range(1))]
    again = [mutant.path.read_bytes() for mutant in mutants(made, tmp_path / "b", range(1))]
    assert first == again
    assert len(set(first)) > 0.9 * len(first), json.dumps([len(content) for content in first])
