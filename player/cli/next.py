"""What Up Next would play now, and why."""

from __future__ import annotations

import argparse
from typing import Any

from player.cli._session import Session, count, say, say_json
from player.domain import KnownError, Suggestion, Track, TrackId, UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("-n", type=count, default=10, metavar="N", help="how many (10)")
    parser.add_argument(
        "--after", nargs="+", type=int, default=[], metavar="TRACK_ID", help="as if these had been played before"
    )
    parser.add_argument("--json", action="store_true", help="print the tracks as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Choose; fewer than were asked for where the library holds no more."""
    from player.recommending import close_crashed_plays, suggest_now  # noqa: PLC0415 - ONNX Runtime takes its time

    with session.database() as database:
        close_crashed_plays(database, session.profile)
        after = [TrackId(track) for track in options.after]
        known = {track.id for track in database.tracks.get(after)}
        if lost := [track for track in after if track not in known]:
            raise UsageError(f"There is no track with the id {lost[0]}. segue search finds ids.")
        if database.tracks.empty():
            raise KnownError("The library is empty. Fill it first: segue scan DIR")
        if not after:
            # A player runs: what comes after the track that sounds in it.
            after = [play.track_id for play in database.plays.recent(1) if play.end_reason is None]
        adventurousness = database.settings.load().adventurousness
        chosen = suggest_now(database, session.profile, options.n, after, adventurousness=adventurousness)
        tracks = {track.id: track for track in database.tracks.get([one.track_id for one in chosen])}
    if options.json:
        say_json([_document(one, tracks[one.track_id]) for one in chosen])
    else:
        for one in chosen:
            track = tracks[one.track_id]
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
