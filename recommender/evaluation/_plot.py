"""A report as a picture: the models side by side, and accuracy against plays so far."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recommender._errors import RecommenderError

_OWN = "#d9480f"
_OTHER = "#868e96"


class PlotError(RecommenderError):
    """There is nothing to draw with."""


def plot(report: Mapping[str, Any], path: Path) -> None:
    """Draw a report of `evaluate` (with its curves, if it has any) into a PNG.

    Raises:
        PlotError: matplotlib is not installed.
        OSError: The file cannot be written.
    """
    try:
        # Needed for this alone: an extra, not a dependency.
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        install = f"{sys.executable} -m pip install matplotlib"
        raise PlotError(f"drawing needs matplotlib, which is not installed: {install}") from None
    models = report["models"]
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    bars, lines = figure.subplots(1, 2)
    names = list(models)
    colours = [_OWN if name.startswith("segue") else _OTHER for name in names]
    bars.barh(names[::-1], [models[name]["hr10"] for name in names[::-1]], color=colours[::-1])
    bars.set_xlabel("HR@10")
    bars.set_title(f"{report['test_events']} plays of {report['users']} people")
    for name in names:
        curve = models[name].get("curve", [])
        if curve:
            own = name.startswith("segue")
            plays, hits = [point["plays_from"] for point in curve], [point["hr10"] for point in curve]
            lines.plot(
                plays, hits, marker="o", label=name, **({"color": _OWN, "linewidth": 2.5} if own else {"linewidth": 1})
            )
    lines.set_xscale("log")
    lines.set_xlabel("plays so far")
    lines.set_ylabel("HR@10")
    if lines.lines:
        lines.legend(fontsize="small")
    figure.savefig(path, format="png", dpi=120)
