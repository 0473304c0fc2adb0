"""Find tracks by words of their title, artists, album, genre, and by fields: `artist:bach year:1970..1979 -live`."""

from __future__ import annotations

import argparse

from player.cli._session import Session, clock_text, count, say, say_json
from player.domain import TrackOrder, TrackQuery


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("-n", type=count, default=20, metavar="N", help="at most so many (20)")
    parser.add_argument("--json", action="store_true", help="print the tracks as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Search; finding nothing is no problem."""
    from player.library import searched  # noqa: PLC0415 - only where needed

    query = TrackQuery(text=" ".join(options.words), order=TrackOrder.RELEVANCE, limit=options.n)
    with session.database() as database:
        tracks = database.tracks.get(database.tracks.find(searched(query)))
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
