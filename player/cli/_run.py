"""From words to a sub-command, and from its end to an exit code."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from player.cli._commands import COMMANDS, load
from player.cli._logs import log_kept
from player.cli._session import Session, complain
from player.domain import KnownError, UsageError
from player.paths import Profile

logger = logging.getLogger(__name__)

DONE, PROBLEMS, USAGE, CANNOT = 0, 1, 2, 3


def run(words: Sequence[str]) -> int:
    """Carry the words out; tells the exit code. Reasons go to standard error, a line each."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # help and names show on any terminal, if not all their letters
    parser = _parser()
    options = parser.parse_args(list(words))
    session = Session(Profile.at(options.profile) if options.profile else Profile.standard())
    try:
        session.prepare()
        with log_kept(session.profile, verbose=options.verbose):
            return _logged(session, options.words)
    except KnownError as error:
        return _fail(str(error), CANNOT)


def _logged(session: Session, words: list[str]) -> int:
    try:
        return _command(session, words)
    except KnownError as error:
        return _fail(str(error), USAGE if isinstance(error, UsageError) else CANNOT)
    except KeyboardInterrupt:
        return _fail("Interrupted.", PROBLEMS)
    except BrokenPipeError:
        # The reader of our output has gone; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        logger.exception("the command failed")
        what = f"{error.filename}: " if error.filename else ""
        return _fail(f"The system refused: {what}{error.strerror or error}.", CANNOT)
    except Exception:  # the border of the process: a fault of ours is logged, not thrown at the user
        logger.exception("the command failed")
        where = session.profile.logs / "segue.log"
        return _fail(f"Segue has failed by a fault of its own. {where} says more.", CANNOT)


def _command(session: Session, words: list[str]) -> int:
    if not words or words[0] not in COMMANDS:
        from player.cli.window import open_window  # noqa: PLC0415 - Qt only where a window is wanted

        return open_window(session, words)
    command = load(words[0])
    parser = argparse.ArgumentParser(prog=f"segue {words[0]}", description=command.__doc__)
    command.arguments(parser)
    return command.run(session, parser.parse_args(words[1:]))


def _parser() -> argparse.ArgumentParser:
    table = "\n".join(f"  {name:12}{entry.about}" for name, entry in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="segue",
        usage="segue [--profile DIR] [FILE|DIR …]\n       segue [--profile DIR] SUBCOMMAND …",
        description="A music player that learns, on your own computer, what to play next.",
        epilog=f"sub-commands (segue SUBCOMMAND --help says more):\n{table}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep everything of this run in DIR")
    parser.add_argument("-v", "--verbose", action="store_true", help="say on standard error what is going on")
    parser.add_argument("--version", action="version", version=f"Segue {_version()}")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _version() -> str:
    try:
        return metadata.version("segue-player")
    except metadata.PackageNotFoundError:
        return "(from a checkout)"


def _fail(text: str, code: int) -> int:
    complain(f"segue: {text}")
    return code
