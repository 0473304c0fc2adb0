"""Find tracks by words of their title, artists, album, genre."""

from __future__ import annotations

import argparse

from player.cli._session import Session, clock_text, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="WORDS")
    parser.add_argument("-n", type=int, default=20, metavar="N", help="at most so many (20)")
    parser.add_argument("--json", action="store_true", help="print the tracks as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Search; finding nothing is no problem."""
    with session.database() as database:
        ids = database.tracks.search(" ".join(options.words), max(0, options.n))
        tracks = database.tracks.get(ids)
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
    for track in tracks:
        say(f"{track.id:>7}  {track.artist} - {track.title}  ({track.album or '-'}, {clock_text(track.duration_ms)})")
    return 0
