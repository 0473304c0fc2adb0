"""Make a small library of synthesised music with a listening history, and open the window on it.

All of it is kept in a profile of its own, apart from your library. Started again, it is opened as it was left.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli._session import Progress, Session, say, say_json
from player.domain import ProfileError, TrackQuery, now_ms
from player.paths import Profile

if TYPE_CHECKING:
    from player.demo import DemoAlbum
    from player.storage import Database


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--no-window", action="store_true", help="make it, but do not open the window")
    parser.add_argument("--anew", action="store_true", help="delete the demo made before and make it again")
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


@dataclass(frozen=True, slots=True)
class _Made:
    """What the demo consists of, and what of it was made just now.

    Attributes:
        profile: Its folder.
        music: The folder with its music.
        tracks: Tracks in the library.
        plays: Plays in the log.
        thumbs: Tracks with a thumb.
        written: Music files written just now.
        seconds: Time that took.
    """

    profile: str
    music: str
    tracks: int
    plays: int
    thumbs: int
    written: int
    seconds: float


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


def _make(session: Session) -> _Made:
    from player.demo import ALBUMS, EARLIER  # noqa: PLC0415 - numpy and PyAV take their time

    began = time.monotonic()
    music = session.profile.data / "demo-music"
    with session.database() as database:
        written = sum(_add(database, music, albums) for albums in (EARLIER, ALBUMS))
        if not database.plays.count():
            _pretend(database, music)
        return _Made(
            str(session.profile.data),
            str(music),
            database.tracks.count(),
            database.plays.count(),
            len(database.thumbs.current()),
            written,
            round(time.monotonic() - began, 2),
        )


def _add(database: Database, music: Path, albums: Sequence[DemoAlbum]) -> int:
    """Make what is missing of these albums and index it; returns how many files were made."""
    from player.demo import make_music  # noqa: PLC0415 - numpy and PyAV take their time
    from player.library import scan  # noqa: PLC0415 - SQLAlchemy takes its time

    progress = Progress()
    try:
        written = make_music(music, lambda done, total: progress.show(f"Making music: {done} of {total}"), albums)
    except OSError as error:
        raise ProfileError(f"The demo's music cannot be written to {music}: {error.strerror or error}.") from error
    finally:
        progress.end()
    if written or database.tracks.empty():
        database.tracks.add_root(str(music))
        scan(database, [str(music)])
    return written


def _pretend(database: Database, music: Path) -> None:
    """Log the weeks in which somebody listened to this music."""
    from player.demo import make_history  # noqa: PLC0415 - numpy takes its time

    tracks = database.tracks.get(database.tracks.find(TrackQuery(folder=str(music))))
    history = make_history(tracks, now_ms())
    database.plays.append(history.plays)
    for thumb in history.thumbs:
        database.thumbs.give(thumb)
