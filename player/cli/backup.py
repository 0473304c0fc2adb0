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
    with session.database() as database:
        if options.file is None:
            made = database.back_up_beside()
            assert made is not None  # only a daily one may not be due
        else:
            made = options.file.absolute()
            if made.is_dir():
                made /= "segue-backup.db"
            database.back_up(made)
    size = made.stat().st_size
    if options.json:
        say_json({"file": str(made), "bytes": size})
    else:
        say(f"The database was copied to {made} ({size / 1e6:.1f} MB).")
    return 0
