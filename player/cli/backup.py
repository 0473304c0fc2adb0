"""Copy the database, while Segue may be running."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import Session, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="where to; without it, among the daily copies in the profile"
    )
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Write a complete copy that was checked.

    Raises:
        ProfileError: the disk is full or cannot be written, or the database is damaged.
    """
    with session.opened() as headless:
        made = headless.exchange.back_up(options.file)
    size = made.stat().st_size
    if options.json:
        say_json({"file": str(made), "bytes": size})
    else:
        say(f"The database was copied to {made} ({size / 1e6:.1f} MB).")
    return 0
