"""The comparison of models on a listening log: people x models, one table."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from recommender._artefact import Artefact
from recommender.evaluation._contenders import MODELS, OWN, contenders
from recommender.evaluation._curve import GROWING, learning_curve
from recommender.evaluation._log import Identity, Log, LogError, read_library, read_log
from recommender.evaluation._people import Person, person
from recommender.evaluation._quality import WAYS, QueueQuality, headline, mean_quality
from recommender.evaluation._replay import replay

LEAST_PLAYS = 5
"""A person with fewer plays is left out."""
_ACCURACY = ("hr10", "ndcg10", "mrr20", "hr10_repeat", "hr10_new", "mrr20_repeat", "mrr20_new", "skip_auc")

Report = dict[str, Any]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is compared.

    Attributes:
        models: Names of `MODELS`; all of those possible when empty.
        base: Folder of the base weights; without it "segue" and "segue_tuned" are not possible.
        library: CSV of further tracks in the library.
        max_test: Test at most so many plays of a person.
        seed: Of everything random.
        curve: Also measure accuracy against plays so far, for the models that learn event by event.
        told: Receives a line for people when a model is through with a person.
    """

    models: Sequence[str] = ()
    base: Path | None = None
    library: Path | None = None
    max_test: int | None = None
    seed: int = 0
    curve: bool = False
    told: Told = field(default=lambda line: None)


def evaluate(log_path: Path, settings: Settings | None = None) -> Report:
    """Replay a listening log (CSV, see the package) through models and measure how well they foretell it.

    Args:
        log_path: The log, plain or gzipped.
        settings: What is compared.

    Returns:
        Plain JSON values: "users", "events", "test_events", "bad_rows", "bad_row_examples", "skipped_users",
        "seconds" (of processor time, as all times here), "peak_memory_mb" and "models": name -> metrics, means over
        people, "per_user", and "queue", the quality of Up Next (see `_quality`); for our own also "control", the same
        at every setting of it.

    Raises:
        LogError: A file cannot be read as a log, or nobody in it has enough plays.
        ArtefactError: The base weights cannot be used.
        ValueError: A model is unknown or needs weights.
    """
    settings = settings or Settings()
    started = time.process_time()
    base = Artefact.load(settings.base) if settings.base is not None else None
    names = list(settings.models) or [name for name in MODELS if base is not None or name not in OWN]
    builders = contenders(dict.fromkeys(names), base, settings.seed)
    log = read_log(log_path)
    library = _library(settings.library, log)
    people, too_few = _people(log, library, settings.max_test)
    if not people:
        raise LogError(log_path, f"nobody in it has the {LEAST_PLAYS} plays that a test needs ({_why(log)})")
    models: dict[str, Report] = {}
    for name, build in builders.items():
        per_user, queues = {}, []
        for one in people:
            quality = QueueQuality(one, tuple(WAYS) if name in OWN else ("balanced",))
            per_user[one.name] = replay(one, build, quality).figures()
            queues.append(quality.figures())
            settings.told(f"{name}: {one.name or log_path.name}, HR@10 {per_user[one.name].get('hr10', 0):.3f}")
        models[name] = _summary(per_user)
        models[name] |= _queues(queues, whole_control=name in OWN)
        for one, queue in zip(people, queues, strict=True):
            models[name]["per_user"][one.name]["queue"] = headline(queue.get("balanced", {}))
        if settings.curve and name in GROWING:
            models[name]["curve"] = learning_curve(people, build)
    return {
        "users": len(people),
        "events": sum(len(rows) for rows in log.users.values()),
        "test_events": sum(one.tests for one in people),
        "bad_rows": log.bad_count,
        "bad_row_examples": [{"line": bad.line, "why": bad.why} for bad in log.bad],
        "skipped_users": too_few,
        "seconds": round(time.process_time() - started, 2),
        "peak_memory_mb": peak_memory_mb(),
        "models": models,
    }


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB (the present amount where the system does not keep the peak)."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return round(float(memory.peak_wset) / 2**20, 1)
    import resource  # noqa: PLC0415 - not on Windows

    # Linux counts in KiB, macOS in bytes.
    unit = 2**20 if psutil.MACOS else 2**10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def _library(path: Path | None, log: Log) -> dict[Identity, str]:
    if path is None:
        return {}
    library, problems = read_library(path)
    log.bad_count += problems.bad_count
    log.bad += problems.bad
    return library


def _people(log: Log, library: Mapping[Identity, str], max_test: int | None) -> tuple[list[Person], list[str]]:
    people, too_few = [], []
    for name, rows in sorted(log.users.items()):
        one = person(name, rows, library, max_test)
        if len(one.snapshot.plays) and sum(one.played_before) + one.tests >= LEAST_PLAYS and one.tests:
            people.append(one)
        else:
            too_few.append(name)
    return people, too_few


def _why(log: Log) -> str:
    if not log.bad:
        return "no row was bad"
    return f"{log.bad_count} bad rows, the first in line {log.bad[0].line}: {log.bad[0].why}"


def _queues(queues: Sequence[Mapping[str, Mapping[str, float]]], *, whole_control: bool) -> Report:
    control = mean_quality(queues)
    found = {"queue": headline(control.get("balanced", {}))}
    return found | {"control": control} if whole_control else found


def _summary(per_user: Mapping[str, Mapping[str, float]]) -> Report:
    """Means over people; the slowest person's tail for the times."""
    summary: Report = {}
    for name in (*_ACCURACY, "ms_p50", "train_s"):
        values = [figures[name] for figures in per_user.values() if name in figures]
        if values:
            summary[name] = round(float(np.mean(values)), 5)
    tails = [figures["ms_p99"] for figures in per_user.values() if "ms_p99" in figures]
    if tails:
        summary["ms_p99"] = round(max(tails), 3)
    summary["per_user"] = {
        user: {name: round(value, 5) for name, value in figures.items()} for user, figures in per_user.items()
    }
    return summary
