"""Opinions from elsewhere: loves and hates become thumbs; another Segue's are taken over as they were."""

from __future__ import annotations

from collections import defaultdict

from player import storage
from player.domain import ArtistId, ThumbGiven, TrackId, TrackQuery, UtcMs
from player.importing._match import Matcher
from player.importing._records import ImportedHistory
from player.importing._versions import folded

BATCH = 1_000


def give_opinions(db: storage.Database, history: ImportedHistory, matcher: Matcher) -> int:
    """Give what an export thinks of tracks, where the listener has said nothing here; returns how many thumbs.

    Args:
        db: The database.
        history: The export.
        matcher: Finds its tracks.

    Raises:
        ProfileError: the database cannot be written.
    """
    if history.own:
        _begin_anew(db, history)
        _put_off(db, history, matcher)
        return _give_all(db, history, matcher)
    return _give_last(db, history, matcher)


def _judged(db: storage.Database) -> set[int]:
    """Tracks that the listener has ever given a thumb, be it taken back since."""
    return set(db.thumbs.log().track_id.tolist())


def _give_last(db: storage.Database, history: ImportedHistory, matcher: Matcher) -> int:
    """One thumb a track: its last love or hate."""
    judged = _judged(db)
    wanted: dict[TrackId, ThumbGiven] = {}
    for thumb in sorted(history.thumbs, key=lambda one: -one.at):
        match = matcher.match(thumb.names)
        if match is not None and match.track_id not in judged:
            wanted.setdefault(match.track_id, ThumbGiven(match.track_id, thumb.value, UtcMs(thumb.at)))
    for given in wanted.values():
        db.thumbs.give(given)
    return len(wanted)


def _give_all(db: storage.Database, history: ImportedHistory, matcher: Matcher) -> int:
    """Every thumb in its time, and every taking back."""
    judged = _judged(db)
    given = 0
    for thumb in sorted(history.thumbs, key=lambda one: one.at):
        match = matcher.match(thumb.names)
        if match is not None and match.track_id not in judged:
            db.thumbs.give(ThumbGiven(match.track_id, thumb.value, UtcMs(thumb.at)))
            given += 1
    return given


def _put_off(db: storage.Database, history: ImportedHistory, matcher: Matcher) -> None:
    known = db.thumbs.dismissals()
    have = set(zip(known.track_id.tolist(), known.at.tolist(), strict=True))
    for put_off in history.not_now:
        match = matcher.match(put_off.names)
        if match is not None and (match.track_id, put_off.at) not in have:
            db.thumbs.dismiss(match.track_id, UtcMs(put_off.at), UtcMs(put_off.until))


def _begin_anew(db: storage.Database, history: ImportedHistory) -> None:
    """Before the thumbs: those given since then are the listener's new ones."""
    if not history.fresh_starts:
        return
    artists = _artists(db)
    begun = db.fresh_starts.current()
    for fresh in history.fresh_starts:
        for artist_id in artists.get(folded(fresh.artist), ()):
            if begun.get(artist_id, -1) < fresh.at:
                db.fresh_starts.begin(artist_id, UtcMs(fresh.at))


def _artists(db: storage.Database) -> dict[str, set[ArtistId]]:
    """Those who perform the library's tracks, by their folded names."""
    first: set[ArtistId] = set()
    ids = db.tracks.find(TrackQuery())
    for start in range(0, len(ids), BATCH):
        first |= {track.artist_ids[0] for track in db.tracks.get(ids[start : start + BATCH]) if track.artist_ids}
    named: dict[str, set[ArtistId]] = defaultdict(set)
    for artist_id, name in db.fresh_starts.names(first).items():
        named[folded(name)].add(artist_id)
    return named
