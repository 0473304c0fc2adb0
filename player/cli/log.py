"""The play log, newest first."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from typing import Any

from player.cli._session import Session, clock_text, count, say, say_json
from player.domain import LoggedPlay


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("-n", type=count, default=50, metavar="N", help="at most so many (50)")
    parser.add_argument("--json", action="store_true", help="print the plays as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Show the log."""
    with session.opened() as headless:
        plays = headless.listening.log(options.n)
    if options.json:
        say_json([_document(play) for play in plays])
        return 0
    if not plays:
        say("Nothing was played yet.")
    for play in plays:
        ended = play.end_reason.value if play.end_reason else "plays now"
        why = f"  [{play.message}]" if play.message else ""
        heard = f"{clock_text(play.listened_ms)} of {clock_text(play.duration_ms)}"
        say(f"{_local(play)}  {ended:9} {heard:>14}  {play.artist} - {play.title}  ({play.start_reason.value}){why}")
    return 0


def _document(play: LoggedPlay) -> dict[str, Any]:
    return {**asdict(play), "outcome": play.outcome.value}


def _local(play: LoggedPlay) -> str:
    """When it began by the clock on the wall then and there."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(play.started_at / 1000 + 60 * play.utc_offset_min))
