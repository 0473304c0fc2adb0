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
    with session.opened() as headless:
        if options.what == "history":
            lines, files = headless.exchange.export_history(options.out), [options.out]
        elif options.what == "model":
            headless.exchange.export_model(options.out)
            lines, files = 1, [options.out]
        else:
            files = headless.exchange.export_playlists(options.out)
            lines = len(files)
    if options.json:
        say_json({"written": lines, "files": [str(path) for path in files]})
    else:
        for path in files:
            say(f"wrote {path}")
    return 0
