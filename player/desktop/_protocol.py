"""The remote control's words: one JSON object a line, request and answer.

Request: `{"command": NAME, "args": [...]}`. Answer: `{"ok": true, "result": …}` or
`{"ok": false, "error": "a sentence"}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from player.domain import KnownError, UsageError

MAX_LINE = 1 << 20
"""Longest request in bytes: thousands of file names fit."""

ARGUMENTS: dict[str, tuple[type, ...]] = {
    "status": (),
    "play-pause": (),
    "play": (),
    "pause": (),
    "stop": (),
    "next-track": (),
    "previous": (),
    "seek": (float,),
    "seek-by": (float,),
    "volume": (float,),
    "volume-by": (float,),
    "shuffle": (str,),
    "repeat": (str,),
    "thumb-up": (),
    "thumb-down": (),
    "undo": (),
    "redo": (),
    "queue": (),
    "queue-add": (list,),
    "queue-clear": (),
    "watch": (),
    "raise": (),
    "open": (list,),
    "quit": (),
}
"""Every command with the types of its arguments.

Seconds for `seek` and `seek-by`; 0 to 1 for `volume`, -1 to 1 for `volume-by`; on, off or toggle for `shuffle`;
off, all, one or next for `repeat`. `watch` is answered by what plays, and by a line for every event until the client
goes; all others are answered once."""


@dataclass(frozen=True, slots=True)
class Request:
    """One command with its arguments, checked."""

    command: str
    args: tuple[Any, ...] = ()

    def line(self) -> bytes:
        """The request as it goes over the socket."""
        return json.dumps({"command": self.command, "args": list(self.args)}).encode() + b"\n"


def parse_request(line: bytes) -> Request:
    """A request from one line.

    Raises:
        UsageError: the line is no request, the command unknown, or its arguments are wrong.
    """
    try:
        document = json.loads(line)
        command, args = document["command"], document.get("args", [])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError("That is no request; send one JSON object with a command.") from error
    if not isinstance(command, str) or command not in ARGUMENTS or not isinstance(args, list):
        raise UsageError(f"Unknown command. Known: {', '.join(ARGUMENTS)}.")
    return Request(command, _checked(command, args))


def _checked(command: str, args: list[Any]) -> tuple[Any, ...]:
    wanted = ARGUMENTS[command]
    if len(args) != len(wanted):
        raise UsageError(f"{command} takes {len(wanted)} arguments, not {len(args)}.")
    return tuple(_value(command, value, kind) for value, kind in zip(args, wanted, strict=True))


def _value(command: str, value: Any, kind: type) -> Any:
    if kind is float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e9:
            raise UsageError(f"{command} takes a number.")
        return float(value)
    if kind is str:
        if not isinstance(value, str):
            raise UsageError(f"{command} takes a word.")
        return value
    if not isinstance(value, list) or not all(isinstance(item, str) and "\0" not in item for item in value):
        raise UsageError(f"{command} takes a list of file names.")
    return value


def answer(result: Any) -> bytes:
    """The line for success."""
    return json.dumps({"ok": True, "result": result}).encode() + b"\n"


def refusal(why: str) -> bytes:
    """The line for failure."""
    return json.dumps({"ok": False, "error": why}).encode() + b"\n"


def parse_answer(line: bytes) -> Any:
    """The result in an answer.

    Raises:
        KnownError: the answer is a refusal, or no answer.
    """
    try:
        document = json.loads(line)
        if document["ok"]:
            return document.get("result")
        why = str(document["error"])
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError("The running window did not answer in time; try again.") from error
    raise KnownError(why)
