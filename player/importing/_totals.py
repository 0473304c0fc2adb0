"""What an export says in sum of the library's tracks, and its playlists with the library's tracks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from player import storage
from player.domain import Ms, PlaylistEntry, TrackId, UtcMs
from player.importing._match import How, Matcher
from player.importing._records import ImportedHistory, ImportedPlaylist, ImportedStats, Names
from player.importing._values import in_stars

_TRUST = list(How)


def totals_by_track(stats: Iterable[ImportedStats], matcher: Matcher) -> dict[TrackId, ImportedStats]:
    """One total for each of the library's tracks.

    Where several tracks of the export are one of the library's (on two albums, say, of which it holds one), their
    counts are added: each play of the export counts for one recording, once. The rating is that of the surest match.
    """
    rows: dict[TrackId, list[tuple[int, ImportedStats]]] = defaultdict(list)
    for told in stats:
        match = matcher.match(told.names)
        if match is not None:
            rows[match.track_id].append((_TRUST.index(match.how), told))
    return {track_id: _total([told for _, told in sorted(of, key=lambda row: row[0])]) for track_id, of in rows.items()}


def _total(rows: Sequence[ImportedStats]) -> ImportedStats:
    return ImportedStats(
        rows[0].names,
        sum(row.play_count for row in rows),
        sum(row.skip_count for row in rows),
        max((row.last_played_at for row in rows if row.last_played_at is not None), default=None),
        next((row.rating for row in rows if row.rating is not None), None),
        min((row.added_at for row in rows if row.added_at is not None), default=None),
    )


def stars_of(
    history: ImportedHistory, totals: Mapping[TrackId, ImportedStats], matcher: Matcher
) -> dict[TrackId, float]:
    """The stars that ratings are, to the half star; of another Segue the listener's own."""
    if history.own:
        own = ((matcher.match(stars.names), stars.value) for stars in history.stars)
        return {match.track_id: value for match, value in own if match is not None}
    return {track_id: in_stars(total.rating) for track_id, total in totals.items() if total.rating is not None}


def dates_of(totals: Mapping[TrackId, ImportedStats]) -> dict[TrackId, UtcMs]:
    """When tracks were added to the other library."""
    return {track_id: UtcMs(total.added_at) for track_id, total in totals.items() if total.added_at}


def make_playlists(db: storage.Database, playlists: Iterable[ImportedPlaylist], matcher: Matcher) -> int:
    """Make the playlists that are not there yet, with the same name and entries; returns how many. Writes."""
    there = {
        (playlist.name, _songs(db.playlists.entries(playlist.id)))
        for playlist in db.playlists.all()
        if playlist.rules is None
    }
    made = 0
    for playlist in playlists:
        entries = [_entry(names, matcher) for names in playlist.tracks]
        if (playlist.name, _songs(entries)) not in there:
            db.playlists.set_entries(db.playlists.create(playlist.name), entries)
            made += 1
    return made


def _songs(entries: Iterable[PlaylistEntry]) -> tuple[tuple[str, str, str], ...]:
    return tuple((entry.title, entry.artist, entry.path) for entry in entries)


def _entry(names: Names, matcher: Matcher) -> PlaylistEntry:
    match = matcher.match(names)
    track_id = match.track_id if match is not None else None
    return PlaylistEntry(track_id, names.path or "", names.title, names.artist, Ms(names.duration_ms))
