"""Play files without a window, to the end of the arguments, logging every play."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._session import INTERRUPTED, Session, complain, say_json
from player.domain import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE|DIR",
        help="files, folders of files, or playlists; without any, the running window plays on",
    )
    parser.add_argument("--output", choices=("default", "null"), default="default", help="where the sound goes")
    parser.add_argument(
        "--speed",
        choices=("realtime", "max"),
        default="realtime",
        help="max: as fast as it decodes, with --output null",
    )
    parser.add_argument("--radio", action="store_true", help="go on with what Up Next suggests, until you quit")
    parser.add_argument("--json", action="store_true", help="print what was played as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Play; 1 where something could not be played.

    Raises:
        UsageError: options that do not go together.
        KnownError: no files were named and no window is running, or there is no sound output.
    """
    if not options.files:
        from player.cli import remote  # noqa: PLC0415 - only where needed

        return remote.run(session, argparse.Namespace(command="play", value=None, json=options.json))
    if options.speed == "max" and options.output != "null":
        raise UsageError("--speed max works with --output null only: a sound card plays in real time.")
    if options.radio and options.speed == "max":
        raise UsageError("--radio plays without end; --speed max would never come to one.")
    from player.cli._playing import TerminalPlayer  # noqa: PLC0415 - Qt and PyAV take their time

    player = TerminalPlayer(session.profile, options.output, options.speed, quiet=options.json, radio=options.radio)
    played = player.play([str(file) for file in options.files])
    problems, interrupted = player.problems, player.interrupted
    for problem in problems:
        complain(problem)
    if options.json:
        say_json({"played": played, "problems": problems})
    return INTERRUPTED if interrupted else int(bool(problems))
