"""`python -m recommender.training SNAPSHOT OUT --base DIR`: trains as a process of its own.

Writes JSON lines of progress to standard output, and the folder OUT: the new model (an artefact) and `report.json`
with "version", "events", "seconds", "before", "after", "promoted" and "text". With too few plays OUT holds the report
alone. OUT appears whole or not at all. SIGTERM, SIGINT, and the end of a pipe at standard input stop it within
a second.

Exit codes: 0 done (promoted or not), 2 wrong usage, 3 cannot run, or stopped before it had finished.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from recommender._artefact import Artefact
from recommender._errors import RecommenderError
from recommender._snapshot import Snapshot
from recommender.training._progress import MAX_STEPS, Progress
from recommender.training._run import Outcome, train
from recommender.training._stop import Stop

REPORT = "report.json"
STDIN = 0


def main(arguments: list[str] | None = None) -> int:
    """Run; returns the exit code."""
    options = _parser().parse_args(arguments)
    stop = Stop(STDIN)
    try:
        outcome = _run(options, stop)
        _write(options.out, outcome)
    except (RecommenderError, OSError) as error:
        _emit({"stage": "failed", "text": str(error)})
        print(error, file=sys.stderr)
        return 3
    finally:
        stop.finished()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender.training", description="Learn from one play log.")
    parser.add_argument("snapshot", type=Path, help="file written by Snapshot.save")
    parser.add_argument("out", type=Path, help="folder to write the model and the report to")
    parser.add_argument("--base", type=Path, required=True, help="folder of the model to start from")
    parser.add_argument("--champion", type=Path, help="folder of the model in use; the base by default")
    parser.add_argument("--steps", type=int, default=MAX_STEPS, help=f"budget in training steps (default {MAX_STEPS})")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def _run(options: argparse.Namespace, stop: Stop) -> Outcome:
    progress = Progress(options.steps, _emit, stop.requested)
    progress.say("load")
    snapshot = Snapshot.load(options.snapshot)
    base = Artefact.load(options.base)
    champion = Artefact.load(options.champion) if options.champion else None
    return train(snapshot, base, champion, progress, now=time.time_ns() // 1_000_000, seed=options.seed)


def _write(out: Path, outcome: Outcome) -> None:
    """Write the folder beside its place, then move it there."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        folder = fresh / "out"
        if outcome.artefact is not None:
            outcome.artefact.save(folder)
        folder.mkdir(exist_ok=True)
        text = json.dumps(outcome.report, indent=2, ensure_ascii=False)
        (folder / REPORT).write_text(text, encoding="utf-8")
        if out.exists():
            shutil.rmtree(out)
        folder.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _emit(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
