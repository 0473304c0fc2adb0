"""Remote control of the running window."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from typing import Any

from player.cli._session import Session, clock_text, say, say_json
from player.domain import UsageError

FULL_VOLUME = 100.0
SETTLING = frozenset(
    {"play-pause", "play", "pause", "stop", "next-track", "previous", "seek", "seek-by", "thumb-down", "undo", "redo"}
)
"""Commands that the sound follows a moment later; the answer describes what plays then."""
SETTLE_S = 0.2
CHANGED = {"undo": "undone", "redo": "done again"}
"""Commands that say what they did."""

_VALUES: dict[str, dict[str, Any]] = {
    "seek": {
        "metavar": "[+-]POSITION",
        "help": "seconds or MIN:SEC from the start of the track; with a sign, from where it is",
    },
    "volume": {"metavar": "[+-]PERCENT", "help": "0 to 100; with a sign, by so much more or less"},
    "shuffle": {"nargs": "?", "choices": ("on", "off", "toggle"), "default": "toggle", "help": "toggle by default"},
    "repeat": {
        "nargs": "?",
        "choices": ("off", "all", "one", "next"),
        "default": "next",
        "help": "the next of off, all and one by default",
    },
}
_TIME = re.compile(r"([+-]?)(?:(\d+):)?(?:(\d+):)?(\d+(?:[.]\d+)?)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command that `parser` is for."""
    command = parser.prog.rpartition(" ")[2]
    parser.set_defaults(command=command, value=None)
    if command in _VALUES:
        parser.add_argument("value", **_VALUES[command])
    if command == "queue":
        parser.add_argument(
            "action", nargs="?", choices=("list", "add", "clear"), default="list", help="list by default"
        )
        parser.add_argument("files", nargs="*", metavar="FILE|DIR", help="what to add: files, folders or playlists")
    if command == "watch":
        parser.add_argument("--json", action="store_true", help="accepted for symmetry: events are JSON lines anyway")
    else:
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Ask the window.

    Raises:
        UsageError: the value is out of range.
        KnownError: no window is running, or it refused.
    """
    if options.command == "watch":
        return _watch(session)
    from player.desktop import Request, ask  # noqa: PLC0415 - only where needed

    request = _request(options)
    result = ask(session.profile.data, request)
    change = {"change": result["change"]} if request.command in CHANGED else {}
    if request.command in SETTLING:
        time.sleep(SETTLE_S)
        result = ask(session.profile.data, Request("status")) | change
    if options.json:
        say_json(result)
    elif request.command == "queue":
        _list(result)
    elif request.command == "quit":
        say("The window closes.")
    else:
        if change:
            say(f"{CHANGED[request.command]}: {change['change']}")
        _tell(result)
    return 0


def _watch(session: Session) -> int:
    """Print a line of JSON for what plays, and for every event, until the window or the reader goes."""
    from player.desktop import watch  # noqa: PLC0415 - only where needed

    for document in watch(session.profile.data):
        sys.stdout.write(json.dumps(document) + "\n")
        sys.stdout.flush()
    return 0


def _request(options: argparse.Namespace) -> Any:
    from pathlib import Path  # noqa: PLC0415 - only where needed

    from player.desktop import Request  # noqa: PLC0415 - likewise

    command, value = options.command, options.value
    if command == "seek":
        return Request("seek-by" if value[:1] in "+-" else "seek", (_seconds(value),))
    if command == "volume":
        return _volume(value)
    if command == "queue" and options.action != "list":
        files = tuple(str(Path(file).absolute()) for file in options.files)
        if options.action == "add" and not files:
            raise UsageError("Name what to add: segue queue add FILE|DIR …")
        if lost := [file for file in files if not Path(file).exists()]:
            raise UsageError(f"{lost[0]} is not there.")
        return Request("queue-add", (list(files),)) if options.action == "add" else Request("queue-clear")
    return Request(command, () if value is None else (value,))


def _seconds(text: str) -> float:
    """Return the seconds of a position such as `90`, `1:30` or `-10`.

    Raises:
        UsageError: it is none.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise UsageError(f"“{text}” is no position: seconds, or minutes and seconds as in 1:30.")
    sign, first, second, seconds = found.groups()
    parts = [int(part) for part in (first, second) if part is not None]
    minutes = parts[0] * 60 + parts[1] if len(parts) > 1 else sum(parts)
    return (-1 if sign == "-" else 1) * (minutes * 60 + float(seconds))


def _volume(text: str) -> Any:
    from player.desktop import Request  # noqa: PLC0415 - only where needed

    try:
        percent = float(text.removesuffix("%"))
    except ValueError as error:
        raise UsageError(f"“{text}” is no volume: 0 to 100, or a change as +5.") from error
    if not abs(percent) <= FULL_VOLUME or (percent < 0 and text[:1] not in "+-"):
        raise UsageError("The volume goes from 0 to 100.")
    return Request("volume-by" if text[:1] in "+-" else "volume", (percent / FULL_VOLUME,))


def _list(entries: list[dict[str, Any]]) -> None:
    if not entries:
        say("Nothing is queued.")
    for number, entry in enumerate(entries, 1):
        by = f"{entry.get('artist', '')} - {entry.get('title', '')}"
        say(f"{number:>3}  {by}  {'; '.join(entry['reasons'])}".rstrip())


def _tell(status: dict[str, Any]) -> None:
    track = status["track"]
    modes = [f"volume {status['volume']:.0%}" + (" (muted)" if status["muted"] else "")]
    modes += ["shuffle"] if status["shuffle"] else []
    modes += [f"repeat {status['repeat']}"] if status["repeat"] != "off" else []
    if track is None:
        say(f"{status['state']}  [{', '.join(modes)}]")
        return
    at = f"{clock_text(status['position_ms'])} / {clock_text(track['duration_ms'])}"
    by = f"{track['artist'] or '-'} - {track['title']}  ({track['album'] or '-'})"
    say(f"{status['state']}: {by}  {at}  [{', '.join(modes)}]")
