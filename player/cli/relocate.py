"""Tell the library that its music is at another place now."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from player.cli._session import INTERRUPTED, Progress, Session, interruptible, say, say_json
from player.cli.scan import progress_line, tell_report


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", type=Path, metavar="OLD", help="where the music was; need not exist any more")
    parser.add_argument("new", type=Path, metavar="NEW", help="the folder where it is now")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Relocate and scan; 1 where something could not be read or the scan was interrupted."""
    progress = Progress()
    with session.opened() as headless, interruptible() as interrupted:
        report = headless.library.relocate(
            options.old, options.new, lambda at: progress.show(progress_line(at)), lambda: bool(interrupted)
        )
    progress.end()
    if options.json:
        say_json(asdict(report))
    else:
        say(f"{report.relocated} tracks are in {report.new} now.")
        tell_report(report.scan)
    return INTERRUPTED if report.scan.cancelled else int(bool(report.scan.unreadable or report.scan.problems))
