"""From words to a sub-command, and from its end to an exit code."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from player.cli._commands import COMMANDS, load
from player.cli._logs import log_kept
from player.cli._session import INTERRUPTED, Parser, Session, complain
from player.domain import KnownError, UsageError
from player.paths import Profile, version

logger = logging.getLogger(__name__)

DONE, PROBLEMS, USAGE, CANNOT = 0, 1, 2, 3


def run(words: Sequence[str]) -> int:
    """Carry the words out; tells the exit code. Reasons go to standard error, a line each."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # help and names show on any terminal, if not all their letters
    parser = _parser()
    options, rest = _split(parser, list(words))
    try:
        session = Session(Profile.at(options.profile) if options.profile else Profile.standard())
        session.prepare()
        with log_kept(session.profile, verbose=options.verbose):
            return _logged(session, rest)
    except KnownError as error:
        return _fail(str(error), CANNOT)


def _split(parser: argparse.ArgumentParser, words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return the options that every sub-command has, and the other words with the sub-command first.

    They may stand before the sub-command or after it, up to a `--`.
    """
    end = words.index("--") if "--" in words else len(words)
    options, rest = parser.parse_known_args(words[:end])
    first = next((number for number, word in enumerate(rest) if not word.startswith("-")), None)
    if first is None or rest[first] not in COMMANDS:
        if options.help:
            parser.print_help()
            parser.exit()
    else:
        rest.insert(0, rest.pop(first))
        rest += ["--help"] if options.help else []
    return options, rest + words[end:]


def _logged(session: Session, words: list[str]) -> int:
    try:
        return _command(session, words)
    except KnownError as error:
        return _fail(str(error), USAGE if isinstance(error, UsageError) else CANNOT)
    except KeyboardInterrupt:
        return _fail("Interrupted.", INTERRUPTED)
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
        return _fail(
            f"Segue has failed by a fault of its own. {where} says more; segue doctor names the report.", CANNOT
        )


def _command(session: Session, words: list[str]) -> int:
    if not words or words[0] not in COMMANDS:
        from player.cli.window import open_window  # noqa: PLC0415 - Qt only where a window is wanted

        return open_window(session, [word for word in words if word != "--"])
    return load(words[0]).run(session, command_parser(words[0]).parse_args(words[1:]))


def command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of a sub-command's own arguments."""
    command = load(name)
    about = COMMANDS[name].about
    parser = Parser(prog=f"segue {name}", description=f"{about[0].upper()}{about[1:]}.")
    command.arguments(parser)
    return parser


def _parser() -> argparse.ArgumentParser:
    table = "\n".join(f"  {name:12}{entry.about}" for name, entry in COMMANDS.items())
    parser = Parser(
        prog="segue",
        usage="segue [--profile DIR] [FILE|DIR …]\n       segue [--profile DIR] SUBCOMMAND …",
        description="A music player that learns, on your own computer, what to play next.",
        epilog=f"sub-commands (segue SUBCOMMAND --help says more):\n{table}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="store_true", help="show this, or the help of the sub-command")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep everything of this run in DIR")
    parser.add_argument("-v", "--verbose", action="store_true", help="say on standard error what is going on")
    parser.add_argument("--version", action="version", version=f"Segue {version()}")
    return parser


def _fail(text: str, code: int) -> int:
    complain(f"segue: {text}")
    return code
