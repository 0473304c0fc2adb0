"""The sub-commands: names, one line about each, and the module that carries each one out."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from player.cli._session import Session


class Command(Protocol):
    """What the module of a sub-command offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, session: Session, options: argparse.Namespace) -> int:
        """Carry it out; tells the exit code.

        Raises:
            KnownError: it cannot be carried out; the message says why.
        """


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table.

    Attributes:
        module: Module within `player.cli`.
        about: One line for the help.
    """

    module: str
    about: str


COMMANDS: dict[str, Entry] = {
    "scan": Entry("scan", "index music folders"),
    "relocate": Entry("relocate", "tell the library that music is at a new place"),
    "search": Entry("search", "find tracks"),
    "analyze": Entry("analyze", "listen to tracks: how they sound and how loud they are"),
    "next": Entry("next", "what Up Next would play now, and why"),
    "play": Entry("play", "play files without a window; without files, let the running window play"),
    "log": Entry("log", "the play log, newest first"),
    "train": Entry("train", "fine-tune the model to your listening now"),
    "models": Entry("models", "versions of the model; go back to the one before"),
    "evaluate": Entry("evaluate", "replay a listening log and measure the models"),
    "import": Entry("importing", "bring in another program's history, a playlist or a model"),
    "export": Entry("export", "write your history, playlists or model to open files"),
    "backup": Entry("backup", "copy the database, also while Segue runs"),
    "restore": Entry("restore", "bring back a copy of the database"),
    "forget": Entry("forget", "delete what was learned, or everything about your listening"),
    "status": Entry("remote", "what the running window plays"),
    "play-pause": Entry("remote", "pause the running window, or let it go on"),
    "pause": Entry("remote", "pause the running window"),
    "stop": Entry("remote", "stop the running window"),
    "next-track": Entry("remote", "skip to the next track"),
    "previous": Entry("remote", "back to the start of the track, or to the track before"),
    "seek": Entry("remote", "go to a position in the track, or forward and back"),
    "volume": Entry("remote", "set the volume, or turn it up and down"),
    "shuffle": Entry("remote", "shuffle the albums and lists in the queue"),
    "repeat": Entry("remote", "repeat nothing, the queue or the track"),
    "thumb-up": Entry("remote", "more like what plays now"),
    "thumb-down": Entry("remote", "less like what plays now: skip it and suggest it no more"),
    "undo": Entry("remote", "take the latest change back"),
    "redo": Entry("remote", "do again what was taken back"),
    "queue": Entry("remote", "what the running window plays next and why; add to it or clear it"),
    "watch": Entry("remote", "print events of the running window as lines of JSON"),
    "quit": Entry("remote", "quit the running window"),
    "demo": Entry("demo", "a small made-up library with a listening history, to try Segue with"),
    "doctor": Entry("doctor", "what works, what does not, and what to do"),
    "completion": Entry("completion", "print completions for bash, zsh or fish"),
}


def load(name: str) -> Command:
    """The module of a sub-command."""
    module: Any = import_module(f"player.cli.{COMMANDS[name].module}")
    command: Command = module
    return command
