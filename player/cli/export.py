"""Write your history (JSON Lines), your playlists (XSPF, one file each) or your model (arrays, ONNX) to open files."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import Session, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=("history", "playlists", "model"))
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="a file for the history or the model (zip), a folder for playlists"
    )
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Write.

    Raises:
        FileError: that cannot be written.
        UsageError: no model has been trained here.
    """
    with session.database() as database:
        if options.what == "history":
            from player.importing import write_history  # noqa: PLC0415 - only where needed

            lines = write_history(database, options.out)
            files = [options.out]
        elif options.what == "model":
            from player.importing import names_of  # noqa: PLC0415 - only where needed
            from player.recommending import export_model  # noqa: PLC0415 - likewise

            export_model(database, session.profile, options.out, lambda ids: names_of(database, ids))
            lines, files = 1, [options.out]
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
