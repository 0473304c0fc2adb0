"""Bring in another program's listening history (plays, counts, ratings, loves), a playlist or another Segue's model."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.cli._session import Session, say, say_json
from player.domain import UsageError

if TYPE_CHECKING:
    from player.importing import ImportPreview, ImportReport

SHOWN = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the export, the folder of a Spotify export, a playlist, or a model"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    parser.add_argument(
        "--likeliest", action="store_true", help="take a track in doubt for the likeliest one of the library"
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Import; rows that cannot be read are a problem, tracks that are not owned are none.

    Raises:
        FileError: the file cannot be read; nothing was changed.
    """
    from player.library import PLAYLIST_SUFFIXES  # noqa: PLC0415 - SQLAlchemy takes its time

    if options.file.suffix.lower() in PLAYLIST_SUFFIXES:
        return _import_playlist(session, options)
    from player.recommending import is_model_file  # noqa: PLC0415 - likewise

    if is_model_file(options.file):
        return _import_model(session, options)
    with session.opened() as headless:
        preview, report = headless.exchange.import_history(
            options.file, likeliest=options.likeliest, dry_run=options.dry_run
        )
    if options.json:
        say_json(_document(preview, report))
    else:
        _tell(preview, report)
    return 1 if preview.bad_rows else 0


def _import_playlist(session: Session, options: argparse.Namespace) -> int:
    if options.dry_run:
        from player.library import read_playlist  # noqa: PLC0415 - as above

        playlist = read_playlist(options.file)
        name, entries, unresolved = playlist.name, len(playlist.entries), None
    else:
        with session.opened() as headless:
            done = headless.exchange.import_playlist(options.file)
        name, entries, unresolved = done.name, done.entries, done.unresolved
    if options.json:
        say_json({"format": "playlist", "name": name, "entries": entries, "unresolved": unresolved})
    else:
        missing = f", {unresolved} of them not in your library yet" if unresolved else ""
        say(f"playlist “{name}”: {entries} tracks{missing}")
    return 0


def _import_model(session: Session, options: argparse.Namespace) -> int:
    if options.dry_run:
        raise UsageError("A model is taken as a whole; --dry-run has nothing to say about it.")
    with session.opened() as headless:
        model = headless.exchange.import_model(options.file)
    if options.json:
        say_json({"format": "model", "version": model.version, "events": model.events})
    else:
        say(f"model {model.version}, trained on {model.events} events, is in use now")
    return 0


def _document(preview: ImportPreview, report: ImportReport | None) -> dict[str, Any]:
    document = asdict(preview)
    document["how"] = {str(how): count for how, count in preview.how.items()}
    if report is not None:
        document |= {
            "plays_added": report.plays_added,
            "plays_kept": report.plays_kept,
            "counts_kept": report.counts_kept,
            "thumbs_added": report.thumbs_added,
            "counts_waiting": report.counts_waiting,
            "playlists_made": report.playlists_made,
        }
    return document


def _tell(preview: ImportPreview, report: ImportReport | None) -> None:
    say(f"{preview.format}: {preview.plays} plays, {preview.tracks} tracks, {preview.tracks_matched} in your library")
    if report is not None:
        say(f"added {report.plays_added} plays and {report.thumbs_added} thumbs")
        if report.plays_kept:
            say(f"kept {report.plays_kept} plays of tracks that are not in your library, until they are")
        say(f"kept the counts and ratings of {report.counts_kept} tracks")
        if report.counts_waiting:
            say(f"kept those of {report.counts_waiting} tracks that are not in your library, until they are")
        if report.playlists_made:
            say(f"made {report.playlists_made} playlists")
    if preview.doubts:
        say(f"in doubt: {len(preview.doubts)} tracks; --likeliest takes them for the likeliest track of your library:")
    for doubt in preview.doubts[:SHOWN]:
        near = doubt.near[0]
        taken = "taken for" if doubt.chosen is not None else "not taken for"
        say(f"  {doubt.names.artist} - {doubt.names.title}: {taken} “{near.title}” ({doubt.reason})")
    if preview.unmatched:
        say(f"not in your library: {preview.tracks - preview.tracks_matched} tracks, most played first:")
    for one in preview.unmatched[:SHOWN]:
        say(f"  {one.plays:>5}  {one.artist} - {one.title}")
    if preview.bad_rows:
        say(f"{preview.bad_rows} rows could not be read:")
    for problem in preview.problems[:SHOWN]:
        say(f"  {problem}")
