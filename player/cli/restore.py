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
    from player.storage import restore_database  # noqa: PLC0415 - SQLAlchemy takes its time

    done = restore_database(session.profile.database, options.file)
    with session.database() as database:  # which brings an older form to the present one
        tracks, plays = database.tracks.count(), database.plays.count()
    if options.json:
        aside = str(done.aside) if done.aside else None
        say_json({"restored": str(done.source), "kept": aside, "tracks": tracks, "plays": plays})
    else:
        say(f"{done.source} was brought back: {tracks} tracks, {plays} plays.")
        if done.aside:
            say(f"What was there before is kept as {done.aside}.")
    return 0
