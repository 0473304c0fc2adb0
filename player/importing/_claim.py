"""Plays that were imported before their tracks were there: when the tracks come, they get their plays."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from player import storage
from player.domain import Ms
from player.importing._importer import Write, candidates, logged_play
from player.importing._match import Matcher
from player.importing._records import ImportedPlay, Names


def claim_plays(db: storage.Database, write: Write = lambda run: run()) -> int:
    """Move the plays kept for tracks that have come since into the log; returns how many.

    For after a scan; in a lane, or on the command line. Does nothing quickly where none are kept.

    Args:
        db: The database.
        write: Where writes run.

    Raises:
        ProfileError: the database cannot be read or written.
    """
    if not db.foreign_plays.count():
        return 0
    tracks = list(candidates(db))
    lengths = {track.id: Ms(track.duration_ms) for track in tracks}
    matcher = Matcher(tracks)
    found: dict[str, list[storage.ImportedPlay]] = defaultdict(list)
    claimed: list[storage.ForeignPlay] = []
    for kept in db.foreign_plays.all():
        play = _play(kept)
        match = matcher.match(play.names)
        if match is not None:
            claimed.append(kept)
            found[kept.source].append(logged_play(play, match.track_id, lengths[match.track_id]))
    for source, plays in found.items():
        write(partial(db.plays.import_plays, source, plays))
    write(lambda: db.foreign_plays.remove(claimed))
    return len(claimed)


def _play(kept: storage.ForeignPlay) -> ImportedPlay:
    names = Names(kept.title, kept.artist, kept.album, kept.duration_ms, kept.recording_mbid)
    return ImportedPlay(names, kept.started_at, kept.listened_ms, kept.skipped)
