"""Bring back a copy of the database; the present one is kept beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import Session, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="the copy; without it, the newest whole one in the profile"
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Put the copy in the database's place; nothing is deleted.

    Raises:
        FileError: it is no whole copy; nothing was changed.
        ProfileError: Segue is running, there is no copy, or the disk cannot be written; nothing was changed.
    """
    from player.application.headless import restore  # noqa: PLC0415 - only where needed

    done = restore(session.profile, options.file)
    if options.json:
        aside = str(done.aside) if done.aside else None
        say_json({"restored": str(done.source), "kept": aside, "tracks": done.tracks, "plays": done.plays})
    else:
        say(f"{done.source} was brought back: {done.tracks} tracks, {done.plays} plays.")
        if done.aside:
            say(f"What was there before is kept as {done.aside}.")
    return 0
