"""Play files without a window, to the end of the arguments, logging every play."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from player.cli._session import Session, say_json
from player.domain import FileError, TrackId, UsageError, now_ms

if TYPE_CHECKING:
    from player.storage import Database


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or folders of files")
    parser.add_argument("--output", choices=("default", "null"), default="default", help="where the sound goes")
    parser.add_argument(
        "--speed",
        choices=("realtime", "max"),
        default="realtime",
        help="max: as fast as it decodes, with --output null",
    )
    parser.add_argument("--json", action="store_true", help="print what was played as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Play; 1 where something could not be played."""
    from player.cli._playing import Jukebox  # noqa: PLC0415 - Qt and PyAV take their time

    if options.speed == "max" and options.output != "null":
        raise UsageError("--speed max works with --output null only: a sound card plays in real time.")
    with session.database() as database:
        tracks, problems = find_tracks(database, _expanded(options.files))
        jukebox = Jukebox(database, session.profile, options.output, options.speed, quiet=options.json)
        played = jukebox.play(tracks) if tracks else []
        problems += jukebox.problems
    if options.json:
        say_json({"played": played, "problems": problems})
    return int(bool(problems))


def find_tracks(database: Database, files: list[str]) -> tuple[list[TrackId], list[str]]:
    """The tracks of some files, and what is wrong with the others; a file unknown so far comes into the library."""
    from player.tags import read  # noqa: PLC0415 - mutagen takes its time

    tracks, problems = [], []
    for file in files:
        track = database.tracks.by_path(file)
        if track is None:
            try:
                database.tracks.write_scan([read(file)], now_ms())
            except FileError as error:
                problems.append(str(error))
                continue
            track = database.tracks.by_path(file)
        if track is not None:
            tracks.append(track.id)
    return tracks, problems


def _expanded(paths: list[Path]) -> list[str]:
    """Absolute paths; a folder stands for the audio files in it, in order of their names."""
    from player.tags import AUDIO_SUFFIXES  # noqa: PLC0415

    files: list[str] = []
    for path in paths:
        if path.is_dir():
            found = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
            files += sorted(str(file.absolute()) for file in found if file.suffix.lower() in AUDIO_SUFFIXES)
        else:
            files.append(str(path.absolute()))
    return files
