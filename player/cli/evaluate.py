"""Replay a listening log without sound and measure how well each model foretells it."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import Progress, Session, count, say, say_json
from player.domain import FileError, UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("log", type=Path, metavar="LOG.csv[.gz]", help="columns ts, track, artist and more")
    parser.add_argument("--library", type=Path, metavar="LIB.csv[.gz]", help="tracks never played (track, artist)")
    parser.add_argument("--models", metavar="A,B", default="", help="which models; all of them by default")
    parser.add_argument("--max-test", type=count, metavar="N", help="test at most so many plays of a person")
    parser.add_argument("--plot", type=Path, metavar="OUT.png", help="draw the comparison and the learning curve")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Measure; 1 where rows of the log were bad."""
    from player.recommending import base_model  # noqa: PLC0415 - they take their time
    from recommender.evaluation import MODELS, LogError, PlotError, Settings, evaluate, plot, table  # noqa: PLC0415

    names = [name for name in options.models.split(",") if name]
    if unknown := [name for name in names if name not in MODELS]:
        raise UsageError(f"There is no model {unknown[0]}; there are: {', '.join(MODELS)}.")
    progress = Progress()
    settings = Settings(
        models=names,
        base=base_model(),
        library=options.library,
        max_test=options.max_test,
        curve=options.plot is not None,
        told=progress.show,
    )
    try:
        report = evaluate(options.log, settings)
        if options.plot is not None:
            plot(report, options.plot)
    except LogError as error:
        raise FileError(str(error.path), error.why) from error
    except (PlotError, OSError) as error:
        raise FileError(str(options.plot), str(error)) from error
    finally:
        progress.end()
    if options.json:
        say_json(report)
    else:
        say(table(report))
    return int(report["bad_rows"] > 0)
