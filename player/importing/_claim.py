"""What was imported before its tracks were there: when the tracks come, they get their plays, counts and opinions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from player import storage
from player.domain import Ms, ThumbGiven, UtcMs
from player.importing._importer import Write, candidates, logged_play
from player.importing._match import How, Match, Matcher
from player.importing._records import ImportedPlay, Names
from player.importing._values import in_stars


def claim_plays(db: storage.Database, write: Write = lambda run: run()) -> int:
    """Give tracks that have come since the plays, counts and opinions kept for them; returns how many plays.

    For after a scan; in a lane, or on the command line. Does nothing quickly where nothing is kept.

    Args:
        db: The database.
        write: Where writes run.

    Raises:
        ProfileError: the database cannot be read or written.
    """
    if not (db.foreign_plays.count() or db.foreign_counts.count()):
        return 0
    tracks = list(candidates(db))
    lengths = {track.id: Ms(track.duration_ms) for track in tracks}
    matcher = Matcher(tracks)
    found: dict[str, list[storage.ImportedPlay]] = defaultdict(list)
    claimed: list[storage.ForeignPlay] = []
    for kept in db.foreign_plays.all():
        play = _play(kept)
        match = matcher.match(play.names)
        if match is not None and match.how is not How.FUZZY:
            claimed.append(kept)
            found[kept.source].append(logged_play(play, match.track_id, lengths[match.track_id]))
    for source, plays in found.items():
        write(partial(db.plays.import_plays, source, plays))
    write(lambda: db.foreign_plays.remove(claimed))
    _claim_counts(db, matcher, write)
    return len(claimed)


def _claim_counts(db: storage.Database, matcher: Matcher, write: Write) -> None:
    known = db.plays.prior_sources()  # one source never counts twice for a track
    found = []
    for kept in db.foreign_counts.all():
        match = matcher.match(_names(kept))
        if match is not None and match.how is not How.FUZZY and (match.track_id, kept.source) not in known:
            known.add((match.track_id, kept.source))
            found.append((kept, match))
    if not found:
        return
    priors: dict[str, list[storage.Prior]] = defaultdict(list)
    for kept, match in found:
        if kept.play_count or kept.skip_count or kept.rating is not None:
            prior = storage.Prior(match.track_id, kept.play_count, kept.skip_count, kept.rating, kept.last_played_at)
            priors[kept.source].append(prior)
    for source, of_source in priors.items():
        write(partial(db.plays.set_priors, source, of_source))
    ratings = {match.track_id: in_stars(kept.rating) for kept, match in found if kept.rating is not None}
    dates = {match.track_id: kept.added_at for kept, match in found if kept.added_at}
    write(lambda: db.stars.take_over(ratings))
    write(lambda: db.tracks.take_over_added(dates))
    write(partial(_give_thumbs, db, found))
    write(lambda: db.foreign_counts.remove([kept for kept, _match in found]))


def _give_thumbs(db: storage.Database, found: Sequence[tuple[storage.ForeignCount, Match]]) -> None:
    """Loves and hates become thumbs, where the listener has given none here."""
    given = set(db.thumbs.current())
    for kept, match in found:
        if kept.thumb and match.track_id not in given:
            given.add(match.track_id)
            at = kept.thumb_at or kept.last_played_at or UtcMs(0)
            db.thumbs.give(ThumbGiven(match.track_id, kept.thumb, at))


def _play(kept: storage.ForeignPlay) -> ImportedPlay:
    names = Names(kept.title, kept.artist, kept.album, kept.duration_ms, kept.recording_mbid)
    return ImportedPlay(names, kept.started_at, kept.listened_ms, kept.skipped)


def _names(kept: storage.ForeignCount) -> Names:
    return Names(kept.title, kept.artist, kept.album, kept.duration_ms, kept.recording_mbid, kept.path or None)
