"""`python -m recommender.basetrain LOGS OUT`: base weights from listening logs, judged on people left out.

LOGS is a folder of CSV files in the format of `segue evaluate`, one or more people each. OUT becomes the artefact's
folder with `report.json` beside the weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from recommender._artefact import Artefact
from recommender.basetrain._collect import Gathered, gather
from recommender.basetrain._fit import FitSettings, Weights, fit
from recommender.basetrain._graphs import graphs
from recommender.basetrain._judge import Logs, judge, means
from recommender.basetrain._libraries import FULL, PLAIN, library
from recommender.evaluation import Row, read_log
from recommender.models import NetworkSpec, spec_values

MOST_OF_FULL = 25_000
"""Events replayed in a library full of tracks never played: enough to learn what that changes."""
SETTINGS = ("own", "others", "artists")


def main(arguments: list[str] | None = None) -> int:
    """Train, judge, write; the exit code."""
    options = _parser().parse_args(arguments)
    logs = _logs(options.logs)
    spec, settings = NetworkSpec(), FitSettings(epochs=options.epochs)
    gathered = [
        gather(library(name, rows, kind, seed), options.plays, seed, None if kind == PLAIN else MOST_OF_FULL)
        for seed, (name, rows) in enumerate(sorted(logs.items()))
        for kind in (PLAIN, FULL)
        if _say(f"replaying {name}, {kind}")
    ]
    report: dict[str, Any] = {"people": {}}
    if options.folds:
        report = _leave_out(logs, gathered, spec, settings, options)
    _say("training on everybody")
    plays = sum(len(rows) for rows in logs.values())
    report["training"] = {"people": sorted(logs), "plays": plays, "samples": sum(len(one.at) for one in gathered)}
    report["settings"] = asdict(settings) | {"plays_per_person": options.plays}
    artefact = _artefact(fit(gathered, spec, settings), spec, options.version, report.get("mean", {}), plays)
    artefact.save(options.out)
    (options.out / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender.basetrain", description=__doc__)
    parser.add_argument("logs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", default="base-1")
    parser.add_argument("--plays", type=int, default=8000, help="sampled plays of each person and library")
    parser.add_argument("--epochs", type=int, default=FitSettings().epochs)
    parser.add_argument("--folds", type=int, default=5, help="groups of people left out in turn; 0: do not judge")
    parser.add_argument("--max-test", type=int, help="judge on so many plays of a person")
    return parser


def _logs(folder: Path) -> dict[str, list[Row]]:
    logs: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.csv*")):
        for user, rows in read_log(path).users.items():
            logs[user or path.name.split(".")[0]] = rows
    if not logs:
        raise SystemExit(f"there is no log (*.csv, *.csv.gz) in {folder}")
    return logs


def _leave_out(
    logs: Logs, gathered: Sequence[Gathered], spec: NetworkSpec, settings: FitSettings, options: argparse.Namespace
) -> dict[str, Any]:
    """Train without each group of people in turn, and judge on them."""
    names = np.random.default_rng(1).permutation(sorted(logs)).tolist()
    people: dict[str, Any] = {}
    for fold in range(options.folds):
        left_out = names[fold :: options.folds]
        weights = fit([one for one in gathered if one.person not in left_out], spec, settings)
        artefact = _artefact(weights, spec, "judged", {}, 0)
        for name in left_out:
            people[name] = judge(name, logs, artefact, SETTINGS, options.max_test, rules=True)
            figures = people[name]["own"]["segue"]
            _say(f"left out {name}: HR@10 {figures['hr10']:.3f}, MRR@20 {figures['mrr20']:.3f}")
    return {"people": people, "mean": means(people)}


def _artefact(weights: Weights, spec: NetworkSpec, version: str, metrics: dict[str, Any], plays: int) -> Artefact:
    return Artefact(
        version=version,
        spec=spec_values(spec),
        tensors=weights.tensors(),
        graphs=graphs(spec),
        metrics={setting: models["segue"] for setting, models in metrics.items()},
        trained_at=int(time.time() * 1000),
        events=plays,
    )


def _say(text: str) -> bool:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
