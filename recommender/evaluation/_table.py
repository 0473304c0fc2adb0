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
    """What Up Next looks like at 20 places, a line for each setting of the control."""
    lines = []
    for name, figures in models.items():
        for way, queue in figures.get("queue", {}).items():
            lines.append(
                f"{name}, {way}: {queue['new']:.0%} never played, {queue['artists']:.1f} artists in 20 places, "
                f"{queue['gap']:.1f} places between tracks of one artist, {queue['coverage']:.0%} of the library"
            )
    return [*lines, ""] if lines else []


def _cell(figures: Mapping[str, Any], column: str) -> str:
    if column not in figures:
        return "-"
    return f"{figures[column]:.2f}" if column in _TIMES else f"{figures[column]:.3f}"
