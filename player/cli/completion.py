"""Print completions for a shell: `segue completion bash > ~/.local/share/bash-completion/completions/segue`."""

from __future__ import annotations

import argparse
from pathlib import Path

from player.cli._commands import COMMANDS, load
from player.cli._session import Parser, Session, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(_session: Session, options: argparse.Namespace) -> int:
    """Print the completions."""
    import shtab  # noqa: PLC0415 - only where needed

    say(shtab.complete(whole_parser(), options.shell).rstrip())
    return 0


def whole_parser() -> argparse.ArgumentParser:
    """Return one parser of all sub-commands; it loads the module of each."""
    import shtab  # noqa: PLC0415 - only where needed

    parser = Parser(prog="segue")
    profile = parser.add_argument("--profile", type=Path, help="keep everything of this run in DIR")
    profile.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command")
    for name, entry in COMMANDS.items():
        sub = commands.add_parser(name, help=entry.about, prog=f"segue {name}")
        load(name).arguments(sub)
        for action in sub._actions:
            if action.type is Path or action.dest == "files":
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    return parser
