"""Thousands of damaged files scanned and played: `python -m tests.benchmarks.fuzz [--seeds N] [--keep DIR]`.

Each seed is one mutant of every format at container, codec and tag level, about a hundred in all. Prints a table and
what went wrong; exit code 1 if anything did. Mutants at which something went wrong stay in DIR.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.media.fuzzing import run
from tests.media.mutants import mutants, originals


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=40, help="how many seeds (default 40)")
    parser.add_argument("--first", type=int, default=1_000, help="the first seed (default 1000)")
    parser.add_argument("--keep", type=Path, help="folder of the mutants")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keep = options.keep or Path(folder) / "mutants"
        seeds = range(options.first, options.first + options.seeds)
        report = run(mutants(originals(Path(folder) / "originals"), keep, seeds))
    by_format: dict[str, Counter[str]] = {}
    for (suffix, outcome), count in report.outcomes.items():
        by_format.setdefault(suffix, Counter())[outcome] += count
    for suffix, counts in sorted(by_format.items()):
        print(
            f"{suffix:14} "
            + "  ".join(f"{outcome} {counts[outcome]:5}" for outcome in ("played", "damaged", "refused"))
        )
    print(f"{sum(report.outcomes.values())} mutants, {len(report.crashes)} crashes, {len(report.hangs)} hangs")
    print(
        f"peak memory {report.peak_mb:.0f} MB, slowest {report.slowest_s:.1f} s of processor, "
        f"{report.left} children left"
    )
    print("\n".join(report.crashes + report.hangs))
    return int(bool(report.crashes or report.hangs or report.left))


if __name__ == "__main__":
    sys.exit(main())
