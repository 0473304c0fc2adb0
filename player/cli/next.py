"""What Up Next would play now, and why."""

from __future__ import annotations

import argparse
from typing import Any

from player.cli._session import Session, count, say, say_json
from player.domain import Suggestion, Track, TrackId


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("-n", type=count, default=10, metavar="N", help="how many (10)")
    parser.add_argument(
        "--after", nargs="+", type=int, default=[], metavar="TRACK_ID", help="as if these had been played before"
    )
    parser.add_argument("--json", action="store_true", help="print the tracks as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Choose; fewer than were asked for where the library holds no more."""
    with session.opened() as headless:
        chosen = headless.listening.suggest(options.n, [TrackId(track) for track in options.after])
    if options.json:
        say_json([_document(one, track) for one, track in chosen])
    else:
        for one, track in chosen:
            say(f"{track.id:>7}  {track.artist} - {track.title}")
            say(f"         {'; '.join(reason.text for reason in one.reasons)}")
    return 0


def _document(one: Suggestion, track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "path": track.path,
        "score": round(one.score, 4),
        "reasons": [reason.text for reason in one.reasons],
        "model": one.model_version,
    }
