"""Forget for good: what was learned (the models), or everything about your listening (the log too)."""

from __future__ import annotations

import argparse
import sys

from player.cli._session import Session, complain, say, say_json
from player.domain import KnownError, UsageError

LEARNED = "learned"
ABOUT = {
    LEARNED: "deletes the models trained here; the log of your plays stays",
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
    from player.recommending import others_playing  # noqa: PLC0415 - takes its time

    if others_playing(session.profile):
        raise KnownError("Segue runs with this profile. Quit it first, or forget on its page “Your data”.")
    if options.artist is not None or options.undo:
        return _artist(session, options)
    if not options.yes and not _agreed(options.what):
        complain("nothing was deleted")
        return 1
    with session.opened() as headless:
        document = headless.listening.forget(options.what)
    if options.json:
        say_json(document)
    else:
        say(f"deleted {document['plays']} plays, {document['thumbs']} thumbs and {document['models']} models")
    return 0


def _artist(session: Session, options: argparse.Namespace) -> int:
    """Learn about one artist again from now on, or take that back: there is nothing to ask, as it can be undone."""
    if options.what != LEARNED or not options.artist:
        raise UsageError("--artist NAME goes with “learned”, and --undo with --artist.")
    with session.opened() as headless:
        name, anew = headless.listening.forget_artist(options.artist, undo=options.undo)
    if options.json:
        say_json({"forgotten": options.what, "artist": name, "anew": anew})
    else:
        say(f"{name} is {'learned anew from now on' if anew else 'known again by all of the log'}")
    return 0


def _agreed(what: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"This {ABOUT[what]}. It cannot be undone. Say --yes to do it.")
    sys.stderr.write(f"This {ABOUT[what]}. It cannot be undone. Type yes to do it: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"
