"""Forget for good: what was learned (the models), or everything about your listening (the log too)."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from player.cli._session import Session, complain, say, say_json
from player.domain import KnownError, UsageError, now_ms

if TYPE_CHECKING:
    from player.recommending import Forgetting

ABOUT = {
    "learned": "deletes the models trained here; the log of your plays stays",
    "everything": "deletes plays, skips, thumbs, queues, imported counts and models; music and playlists stay",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=tuple(ABOUT), help="; ".join(f"{what}: {text}" for what, text in ABOUT.items()))
    parser.add_argument("--artist", metavar="NAME", help="with learned: only about this artist; log and models stay")
    parser.add_argument("--undo", action="store_true", help="with --artist: remember it again")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="print what was deleted as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Forget.

    Raises:
        KnownError: a player runs with this profile, or something cannot be deleted.
        UsageError: nobody is there to ask.
    """
    from player.recommending import Forgetting, others_playing  # noqa: PLC0415 - takes its time

    what = Forgetting(options.what)
    if others_playing(session.profile):
        raise KnownError("Segue runs with this profile. Quit it first, or forget on its page “Your data”.")
    if options.artist is not None or options.undo:
        return _artist(session, options, what)
    if not options.yes and not _agreed(options.what):
        complain("nothing was deleted")
        return 1
    document = _forget(session, what)
    if options.json:
        say_json(document)
    else:
        say(f"deleted {document['plays']} plays, {document['thumbs']} thumbs and {document['models']} models")
    return 0


def _artist(session: Session, options: argparse.Namespace, what: Forgetting) -> int:
    """Learn of one artist anew from now on, or take that back: there is nothing to ask, because it can be undone."""
    from player.recommending import Forgetting  # noqa: PLC0415 - as above

    if what is not Forgetting.LEARNED or not options.artist:
        raise UsageError("--artist NAME goes with “learned”, and --undo with --artist.")
    with session.database() as database:
        named = [
            one for one in database.tracks.artists(options.artist) if one.name.casefold() == options.artist.casefold()
        ]
        if not named:
            raise UsageError(f"There is no artist “{options.artist}” in the library.")
        for artist in named:
            if options.undo:
                database.fresh_starts.take_back(artist.id)
            else:
                database.fresh_starts.begin(artist.id, now_ms())
        anew = named[0].id in database.fresh_starts.current()
    if options.json:
        say_json({"forgotten": str(what), "artist": named[0].name, "anew": anew})
    else:
        say(f"{named[0].name} is {'learned anew from now on' if anew else 'known again by all of the log'}")
    return 0


def _forget(session: Session, what: Forgetting) -> dict[str, int | str]:
    from player.recommending import Forgetting, forget  # noqa: PLC0415 - as above

    with session.database() as database:
        everything = what is Forgetting.EVERYTHING
        document: dict[str, int | str] = {
            "forgotten": str(what),
            "plays": database.plays.count() if everything else 0,
            "thumbs": len(database.thumbs.log().track_id) if everything else 0,
            "models": len(database.models.all()),
        }
        forget(database, session.profile, what)
    return document


def _agreed(what: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"This {ABOUT[what]}. It cannot be undone. Say --yes to do it.")
    sys.stderr.write(f"This {ABOUT[what]}. It cannot be undone. Type yes to do it: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"
