"""Write your history (JSON Lines) or your playlists (XSPF, one file each) to open files."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import Session, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=("history", "playlists"))
    parser.add_argument("out", type=Path, metavar="OUT", help="a file for the history, a folder for playlists")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Write.

    Raises:
        FileError: that cannot be written.
    """
    with session.database() as database:
        if options.what == "history":
            from player.importing import write_history  # noqa: PLC0415 - only where needed

            lines = write_history(database, options.out)
            files = [options.out]
        else:
            from player.library import export_playlists  # noqa: PLC0415 - only where needed

            files = export_playlists(database, options.out)
            lines = len(files)
    if options.json:
        say_json({"written": lines, "files": [str(path) for path in files]})
    else:
        for path in files:
            say(f"wrote {path}")
    return 0
