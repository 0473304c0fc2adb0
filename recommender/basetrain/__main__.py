"""`python -m recommender.basetrain LOGS OUT`: base weights from listening logs, judged on people left out.

LOGS are folders of CSV files in the format of `segue evaluate`, one or more people each. OUT becomes the artefact's
folder with `report.json` beside the weights. A person's weight is bounded: so many events are replayed of each.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from recommender._artefact import Artefact
from recommender.basetrain._collect import Gathered, Window, gather, kept
from recommender.basetrain._fit import FitSettings, Weights, fit
from recommender.basetrain._graphs import graphs
from recommender.basetrain._judge import Logs, judge, means
from recommender.basetrain._libraries import FULL, PLAIN, library
from recommender.evaluation import Row, read_log
from recommender.models import NetworkSpec, spec_values

WINDOWS = {
    PLAIN: Window(events=7000, plays=2500, late=True, outcomes=True),
    FULL: Window(events=5000, plays=1500, late=False, outcomes=False),
}
"""What is replayed of each person: the end of the history in a library of what they played, its beginning in one with
tracks never played besides."""
SETTINGS = ("own", "others", "artists")


def main(arguments: list[str] | None = None) -> int:
    """Train, judge, write; the exit code."""
    options = _parser().parse_args(arguments)
    logs = _logs(options.logs)
    spec, settings = NetworkSpec(), FitSettings(epochs=options.epochs)
    gathered = [
        kept(options.samples / f"{name}-{kind}", partial(_replayed, name, rows, kind, seed))
        for seed, (name, rows) in enumerate(sorted(logs.items()))
        for kind in WINDOWS
    ]
    report: dict[str, Any] = {"people": {}}
    if options.folds:
        report = _leave_out(logs, gathered, spec, settings, options)
    _say("training on everybody")
    plays = sum(len(rows) for rows in logs.values())
    report["training"] = {"people": sorted(logs), "plays": plays, "samples": sum(len(one.at) for one in gathered)}
    report["settings"] = asdict(settings) | {kind: asdict(window) for kind, window in WINDOWS.items()}
    artefact = _artefact(fit(gathered, spec, settings), spec, options.version, report.get("mean", {}), plays)
    artefact.save(options.out)
    (options.out / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender.basetrain", description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--samples", type=Path, required=True, help="folder where replays are kept for the next run")
    parser.add_argument(
        "--same", action="append", default=[], metavar="A=B", help="logs of one person: left out together"
    )
    parser.add_argument("--version", default="base-1")
    parser.add_argument("--epochs", type=int, default=FitSettings().epochs)
    parser.add_argument("--folds", type=int, default=5, help="groups of people left out in turn; 0: do not judge")
    parser.add_argument("--max-test", type=int, help="judge on so many plays of a person")
    return parser


def _replayed(name: str, rows: Sequence[Row], kind: str, seed: int) -> Gathered:
    _say(f"replaying {name}, {kind}")
    return gather(library(name, rows, kind, seed), WINDOWS[kind], seed)


def _logs(folders: Sequence[Path]) -> dict[str, list[Row]]:
    logs: dict[str, list[Row]] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.csv*")):
        for user, rows in read_log(path).users.items():
            logs[user or path.name.split(".")[0]] = rows
    if not logs:
        raise SystemExit(f"there is no log (*.csv, *.csv.gz) in {', '.join(map(str, folders))}")
    return logs


def _leave_out(
    logs: Logs, gathered: Sequence[Gathered], spec: NetworkSpec, settings: FitSettings, options: argparse.Namespace
) -> dict[str, Any]:
    """Train without each group of people in turn, and judge on them."""
    twin = {one: other for pair in options.same for one, other in [pair.split("="), pair.split("=")[::-1]]}
    names = (
        np.random.default_rng(1).permutation([name for name in sorted(logs) if name <= twin.get(name, name)]).tolist()
    )
    people: dict[str, Any] = {}
    for fold in range(options.folds):
        left_out = [one for name in names[fold :: options.folds] for one in dict.fromkeys([name, twin.get(name, name)])]
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
