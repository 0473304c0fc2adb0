"""Find tracks by words of their title, artists, album, genre, and by fields: `artist:bach year:1970..1979 -live`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from player.cli._session import Session, clock_text, complain, count, say, say_json

if TYPE_CHECKING:
    from player.library import SearchProblem


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("-n", type=count, default=20, metavar="N", help="at most so many (20)")
    parser.add_argument("--json", action="store_true", help="print the tracks as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Search; finding nothing is no problem."""
    from player.library import ProblemKind  # noqa: PLC0415 - only where needed

    text = " ".join(options.words)
    with session.opened() as headless:
        tracks, advice = headless.library.search(text, options.n)
    unknown = () if tracks and not advice.corrected else (ProblemKind.UNKNOWN_FIELD,)
    for problem in advice.problems:
        if problem.kind in (ProblemKind.BAD_VALUE, *unknown):
            complain(_sentence(problem))
    if advice.corrected:
        complain(f"Results for “{advice.corrected}”; nothing was found for “{text}”.")
    if options.json:
        say_json(
            [
                {
                    "id": track.id,
                    "title": track.title,
                    "artist": track.artist,
                    "album": track.album,
                    "path": track.path,
                    "duration_ms": track.duration_ms,
                }
                for track in tracks
            ]
        )
        return 0
    if not tracks:
        say("Nothing found.")
    for track in tracks:
        say(f"{track.id:>7}  {track.artist} - {track.title}  ({track.album or '-'}, {clock_text(track.duration_ms)})")
    return 0


def _sentence(problem: SearchProblem) -> str:
    """What is wrong with a part of a search, and what to do."""
    if problem.kind == "bad value":
        return f"“{problem.value}” says nothing about {problem.field}: it was left out."
    meant = f" Did you mean {problem.near}:{problem.value}?" if problem.near else ""
    return f"{problem.field}: is no field of a track; it was taken as words.{meant}"
