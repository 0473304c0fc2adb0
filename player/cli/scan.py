"""Index music folders, or bring the known ones up to date."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.cli._session import INTERRUPTED, Progress, Session, interruptible, say, say_json
from player.domain import ScanPhase, ScanProgress, ScanReport, UsageError

if TYPE_CHECKING:
    pass


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="DIR", help="music folders; without any, the known ones"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Scan; 1 where something could not be read or the scan was interrupted."""
    folders = [os.path.abspath(folder) for folder in options.folders]
    for folder in options.folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder.")
    progress = Progress()
    with session.opened() as headless, interruptible() as interrupted:
        report, claimed = headless.library.scan(
            folders, lambda at: progress.show(progress_line(at)), lambda: bool(interrupted)
        )
    progress.end()
    if options.json:
        say_json(_document(report))
    else:
        tell_report(report)
        if claimed:
            say(f"{claimed} plays imported earlier have found their tracks.")
    return INTERRUPTED if report.cancelled else int(bool(report.unreadable or report.problems))


def progress_line(at: ScanProgress) -> str:
    """Return how far a scan is, as a line for people."""
    if at.phase is ScanPhase.WALKING:
        return f"Comparing {at.done} of {at.total}{_left(at)}" if at.total else f"Looking for music: {at.done} files"
    if at.phase is ScanPhase.READING:
        return f"Reading {at.done} of {at.total}{_left(at)}"
    return "Finishing"


def _left(at: ScanProgress) -> str:
    return f", about {at.remaining_s:.0f} s left" if at.remaining_s is not None else ""


def _document(report: ScanReport) -> dict[str, Any]:
    return asdict(report)


def tell_report(report: ScanReport) -> None:
    """Print what a scan did, for people."""
    for file in (*report.problems, *report.unreadable):
        say(f"{file.path}: {file.why}")
    say(
        f"{report.seen} files seen: {report.added} added, {report.updated} updated, {report.moved} moved, "
        f"{report.missing} missing, {len(report.unreadable)} unreadable. "
        f"{report.tracks} tracks in the library ({report.seconds:.1f} s)."
    )
    if report.cancelled:
        say("Interrupted; the next scan goes on from here.")
