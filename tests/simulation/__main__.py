"""How the recommender does with simulated listeners: `python -m tests.simulation [--held-out] [--few N]`.

Prints, for each kind of taste, the skip rate of a week against shuffle and what a change of taste does to it, with the
standard deviation over people. The constants of the rules may be tuned on the listeners shown without `--held-out`.
"""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path

import numpy as np

from recommender import Artefact, Recommender
from tests.simulation.listeners import HELD_OUT, TUNING, change, week

BASE = Path(__file__).parents[2] / "resources/models/base"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--few", type=int, default=100, help="people of each kind")
    options = parser.parse_args()
    base = Artefact.load(BASE)
    sys.stdout.write(
        f"{'kind':18} {'shuffle':>7} {'Up Next':>8} {'fewer skips':>27}"
        f" | change of taste: {'before':>5} {'first two':>10} {'next two':>16} {'shuffle':>8}\n"
    )
    means = []
    for kind, people in groupby(HELD_OUT if options.held_out else TUNING, key=lambda person: person[0]):
        seeds = [seed for _, seed in people][: options.few]
        weeks = np.array([week(kind, seed, lambda snapshot: Recommender(snapshot, base)) for seed in seeds])
        after = [change(kind, seed, lambda snapshot: Recommender(snapshot, base)) for seed in seeds]
        fewer = 1 - weeks[:, 1] / weeks[:, 0]
        moved = np.array([[one.before, one.first, one.later, one.chance] for one in after])
        means.append([fewer.mean(), *moved.mean(axis=0)])
        chance, guided = weeks.mean(axis=0)
        before, first, later, shuffle = moved.mean(axis=0)
        sys.stdout.write(
            f"{kind.__name__:18} {chance:7.3f} {guided:8.3f} {fewer.mean():6.1%} ± {fewer.std():5.1%}"
            f" least {fewer.min():6.1%} | {before:22.3f} {first:10.3f} {later:8.3f} ± {moved[:, 2].std():.3f}"
            f" {shuffle:8.3f}\n"
        )
        sys.stdout.flush()
    total = np.mean(means, axis=0)
    sys.stdout.write(f"all kinds: fewer skips {total[0]:.1%}; change {np.round(total[1:], 3).tolist()}\n")


if __name__ == "__main__":
    main()
