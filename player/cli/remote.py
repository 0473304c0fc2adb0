"""Remote control of the running window."""

from __future__ import annotations

import argparse
import time
from typing import Any

from player.cli._session import Session, clock_text, say, say_json
from player.domain import UsageError

FULL_VOLUME = 100.0
SETTLING = frozenset({"play-pause", "next-track", "previous", "seek", "thumb-down"})
"""What the sound follows a moment later: what is said about it afterwards should be true."""
SETTLE_S = 0.2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command that `parser` is for."""
    command = parser.prog.rpartition(" ")[2]
    parser.set_defaults(command=command, value=None)
    if command == "seek":
        parser.add_argument("value", type=float, metavar="SECONDS", help="from the start of the track")
    elif command == "volume":
        parser.add_argument("value", type=float, metavar="PERCENT", help="0 to 100")
    parser.add_argument("--json", action="store_true", help="print what plays as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Ask the window.

    Raises:
        UsageError: the value is out of range.
        KnownError: no window is running, or it refused.
    """
    from player.desktop import Request, ask  # noqa: PLC0415 - only where needed

    result = ask(session.profile.data, Request(options.command, _arguments(options)))
    if options.command in SETTLING:
        time.sleep(SETTLE_S)
        result = ask(session.profile.data, Request("status"))
    if options.json:
        say_json(result)
    elif options.command == "queue":
        for entry in result:
            say(f"{entry.get('artist', '')} - {entry.get('title', '')}  {'; '.join(entry['reasons'])}".rstrip())
    else:
        _tell(result)
    return 0


def _arguments(options: argparse.Namespace) -> tuple[float, ...]:
    if options.value is None:
        return ()
    if options.command == "volume" and not 0 <= options.value <= FULL_VOLUME:
        raise UsageError("The volume goes from 0 to 100.")
    return (options.value / FULL_VOLUME if options.command == "volume" else options.value,)


def _tell(status: dict[str, Any]) -> None:
    track = status["track"]
    if track is None:
        say(status["state"])
        return
    at = f"{clock_text(status['position_ms'])} / {clock_text(track['duration_ms'])}"
    say(f"{status['state']}: {track['artist']} - {track['title']}  ({track['album'] or '-'})  {at}")
