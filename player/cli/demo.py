"""Make a small library of synthesised music with a listening history, and open the window on it.

All of it is kept in a profile of its own, apart from your library. Started again, it is opened as it was left.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING

from player.cli._session import Progress, Session, say, say_json
from player.domain import ProfileError
from player.paths import Profile

if TYPE_CHECKING:
    from player.application.demo_profile import DemoMade


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--no-window", action="store_true", help="make it, but do not open the window")
    parser.add_argument("--anew", action="store_true", help="delete the demo made before and make it again")
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Make what is missing of the demo, then open the window on it."""
    own = Session(demo_profile(session.profile))
    if options.anew:
        _delete(own.profile)
    own.prepare()
    made = _make(own)
    if options.json:
        say_json(asdict(made))
    else:
        say(f"{made.tracks} tracks in {made.music}, {made.plays} plays and {made.thumbs} thumbs in the past weeks.")
        say(f'Look into it with: segue --profile "{made.profile}" next')
    if options.no_window:
        return 0
    from player.cli.window import open_window  # noqa: PLC0415 - Qt only where a window is wanted

    return open_window(own, [])


def demo_profile(profile: Profile) -> Profile:
    """The demo's profile: a folder in the standard place, or the profile that was asked for by name."""
    return Profile.at(profile.data / "demo") if profile == Profile.standard() else profile


def _delete(profile: Profile) -> None:
    """Delete an earlier demo, and nothing else.

    Raises:
        ProfileError: the folder holds something else, or cannot be deleted.
    """
    if not profile.data.exists():
        return
    if not (profile.data / "demo-music").is_dir():
        raise ProfileError(f"{profile.data} holds no demo; nothing was deleted.")
    try:
        shutil.rmtree(profile.data)
    except OSError as error:
        raise ProfileError(f"The demo in {profile.data} cannot be deleted: {error.strerror or error}.") from error


def _make(session: Session) -> DemoMade:
    from player.application.demo_profile import make_demo  # noqa: PLC0415 - numpy and PyAV take their time

    progress = Progress()
    try:
        return make_demo(session.profile, lambda done, total: progress.show(f"Making music: {done} of {total}"))
    finally:
        progress.end()
