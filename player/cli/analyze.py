"""Listen to the tracks: what they sound like, for Up Next, and how loud they are."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from player.cli._session import INTERRUPTED, Progress, Session, count, interruptible, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--limit", type=count, metavar="N", help="at most so many tracks")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Analyse; 1 where a track could not be, or it was interrupted."""
    progress = Progress()
    with session.opened() as headless, interruptible() as interrupted:
        report = headless.library.analyze(
            options.limit,
            lambda done, total: progress.show(f"Analysing {done} of {total}"),
            lambda: bool(interrupted),
        )
    progress.end()
    if options.json:
        say_json(asdict(report))
    else:
        for file in report.failed:
            say(f"{file.path}: {file.why}")
        say(f"{report.analysed} tracks analysed in {report.seconds:.1f} s, {report.remaining} to go.")
    return INTERRUPTED if report.cancelled else int(bool(report.failed))
