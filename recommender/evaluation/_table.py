"""A report as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_COLUMNS = (
    ("hr10", "HR@10"),
    ("ndcg10", "NDCG@10"),
    ("mrr20", "MRR@20"),
    ("hr10_repeat", "repeats"),
    ("hr10_new", "first plays"),
    ("skip_auc", "skip AUC"),
    ("ms_p50", "ms p50"),
    ("ms_p99", "ms p99"),
    ("train_s", "train s"),
)
_TIMES = frozenset({"ms_p50", "ms_p99", "train_s"})


def table(report: Mapping[str, Any]) -> str:
    """One line a model, best column values readable side by side; what was left out stands below."""
    rows = [["model", *(title for _, title in _COLUMNS)]]
    for name, figures in report["models"].items():
        rows.append([name, *(_cell(figures, column) for column, _ in _COLUMNS)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += ["", *_queues(report["models"])]
    lines.append(
        f"{report['users']} people, {report['events']} events, {report['test_events']} tested plays, "
        f"{report['seconds']} s, {report['peak_memory_mb']} MB"
    )
    if report["bad_rows"]:
        lines.append(f"{report['bad_rows']} bad rows were left out:")
        lines += [f"  line {bad['line']}: {bad['why']}" for bad in report["bad_row_examples"]]
        if more := report["bad_rows"] - len(report["bad_row_examples"]):
            lines.append(f"  and {more} more")
    if report["skipped_users"]:
        lines.append(f"too few plays: {', '.join(name or 'the log' for name in report['skipped_users'])}")
    return "\n".join(lines)


def _queues(models: Mapping[str, Any]) -> list[str]:
    """What Up Next's ten are worth by each model, and at each setting of the control."""
    lines = []
    for name, figures in models.items():
        ways = figures.get("control") or {"": figures.get("queue", {})}
        for way, queue in ways.items():
            if queue:
                lines.append(
                    f"Up Next by {name}{way and ', '}{way}: next play among the ten {queue['next10']:.3f}, played in "
                    f"the session {queue['session10']:.3f}, within 40 plays {queue['within40']:.3f}, "
                    f"skipped {_share(queue, 'skipped')}, {queue['new']:.0%} never played, "
                    f"{queue['artists']:.1f} artists, {queue['repeats']:.0%} heard in the session"
                )
    return [*lines, ""] if lines else []


def _share(queue: Mapping[str, float], name: str) -> str:
    return f"{queue[name]:.0%}" if name in queue else "-"


def _cell(figures: Mapping[str, Any], column: str) -> str:
    if column not in figures:
        return "-"
    return f"{figures[column]:.2f}" if column in _TIMES else f"{figures[column]:.3f}"
