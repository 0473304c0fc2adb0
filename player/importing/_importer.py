"""From an export to the log: match, show what would happen, then add it. A second import adds nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player import storage
from player.domain import EndReason, Ms, Track, TrackId, TrackQuery, UtcMs
from player.importing._detect import read_history
from player.importing._match import Candidate, Doubt, How, Matcher
from player.importing._opinions import give_opinions
from player.importing._own import names_from
from player.importing._records import ImportedHistory, ImportedPlay, ImportedStats, ImportedThumb, Names
from player.importing._totals import dates_of, make_playlists, stars_of, totals_by_track

Write = Callable[[Callable[[], Any]], Any]
"""Runs a function where writes run, and returns its result."""
BATCH = 1_000
MAX_SHOWN = 200
"""Tracks without a match, and doubts, that a preview lists."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A track the library does not hold, and how many plays the export has of it."""

    artist: str
    title: str
    plays: int


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        format: Name of the format.
        plays: Plays with times in the export.
        plays_matched: Those of tracks in the library.
        tracks: Different tracks in the export.
        tracks_matched: Those in the library.
        how: Tracks by what their match rests on.
        thumbs: Loves and hates of tracks in the library.
        rated: Ratings of tracks in the library.
        dated: Dates of adding of tracks in the library.
        playlists: Playlists.
        unmatched: Tracks not in the library, most played first, at most `MAX_SHOWN`.
        doubts: Tracks that may be one of several, or none, most played first, at most `MAX_SHOWN`;
            `HistoryImport.decide` settles one.
        bad_rows: Rows that could not be read.
        problems: The first of them, in words.
        ignored: Rows that are no music.
    """

    format: str
    plays: int
    plays_matched: int
    tracks: int
    tracks_matched: int
    how: dict[How, int]
    thumbs: int
    rated: int
    dated: int
    playlists: int
    unmatched: tuple[Unmatched, ...]
    doubts: tuple[Doubt, ...]
    bad_rows: int
    problems: tuple[str, ...]
    ignored: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        preview: What it found.
        plays_added: Plays new to the log.
        plays_kept: Plays new to those that wait for their tracks to come into the library.
        counts_kept: Tracks whose counts by the other program are kept as priors.
        thumbs_added: Thumbs new to the log.
        counts_waiting: Tracks not in the library whose counts, rating or love are new, and wait for them to come.
        playlists_made: Playlists that were not there yet.
        stars_given: Tracks that got stars, having had none.
        dates_taken: Tracks that are known to be there for longer now.
    """

    preview: ImportPreview
    plays_added: int
    plays_kept: int
    counts_kept: int
    thumbs_added: int
    counts_waiting: int = 0
    playlists_made: int = 0
    stars_given: int = 0
    dates_taken: int = 0


class HistoryImport:
    """One export, matched to the library as it is now. Synchronous; for a lane or the command line.

    Args:
        db: The database.
        path: The export.

    Raises:
        FileError: the export cannot be read; nothing was changed.
    """

    def __init__(self, db: storage.Database, path: Path) -> None:
        self._db = db
        self._history = read_history(path)
        self._matcher = Matcher(candidates(db))
        self._matcher.match_all(self._names())

    def decide(self, names: Names, track_id: TrackId | None) -> None:
        """Settle a doubt: these names mean that track, or none of the library's."""
        self._matcher.decide(names, track_id)

    def decide_likeliest(self) -> None:
        """Take every track in doubt for the likeliest one of the library."""
        for doubt in self._matcher.doubts():
            self._matcher.decide(doubt.names, doubt.near[0].id)

    def _names(self) -> list[Names]:
        history = self._history
        return list(
            dict.fromkeys(
                [
                    *(play.names for play in history.plays),
                    *(stats.names for stats in history.stats),
                    *(thumb.names for thumb in history.thumbs),
                    *(stars.names for stars in history.stars),
                    *(names for playlist in history.playlists for names in playlist.tracks),
                ]
            )
        )

    def preview(self) -> ImportPreview:
        """What `apply` would do."""
        history = self._history
        played = Counter(play.names for play in history.plays)
        counted = Counter({stats.names: max(stats.play_count, 1) for stats in history.stats})
        matches = {names: self._matcher.match(names) for names in self._names()}
        plays = {names: played[names] or counted[names] for names in matches}
        unmatched = [
            Unmatched(names.artist, names.title, plays[names]) for names, match in matches.items() if match is None
        ]
        doubts = [doubt for doubt in self._matcher.doubts() if doubt.names in plays]
        return ImportPreview(
            history.format,
            len(history.plays),
            sum(count for names, count in played.items() if matches[names]),
            len(matches),
            sum(match is not None for match in matches.values()),
            dict(Counter(match.how for match in matches.values() if match)),
            sum(matches[thumb.names] is not None for thumb in history.thumbs),
            sum(stats.rating is not None and matches[stats.names] is not None for stats in history.stats),
            sum(stats.added_at is not None and matches[stats.names] is not None for stats in history.stats),
            len(history.playlists),
            tuple(sorted(unmatched, key=lambda one: (-one.plays, one.artist, one.title))[:MAX_SHOWN]),
            tuple(sorted(doubts, key=lambda doubt: -plays[doubt.names])[:MAX_SHOWN]),
            history.bad_rows,
            history.problems,
            history.ignored,
        )

    def apply(self, write: Write = lambda run: run()) -> ImportReport:
        """Add plays, counts, thumbs and playlists. What is there already is left as it is.

        Args:
            write: Where writes run.

        Raises:
            ProfileError: the database cannot be written.
        """
        source = source_of(self._history)
        lengths = {track.id: track.duration_ms for track in _tracks(self._db)}
        plays, strangers = [], []
        for play in self._history.plays:
            match = self._matcher.match(play.names)
            if match is not None:
                plays.append(logged_play(play, match.track_id, lengths.get(match.track_id, Ms(0))))
            elif play.names.artist:
                strangers.append(_foreign(source, play))
        totals = totals_by_track(self._history.stats, self._matcher)
        priors = [_prior(track_id, total) for track_id, total in totals.items() if total.says_something]
        added = write(lambda: self._db.plays.import_plays(source, plays))
        kept = write(lambda: self._db.foreign_plays.add(strangers))
        write(lambda: self._db.plays.set_priors(source, priors))
        stars = write(lambda: self._db.stars.take_over(stars_of(self._history, totals, self._matcher)))
        dates = write(lambda: self._db.tracks.take_over_added(dates_of(totals)))
        thumbs = write(lambda: give_opinions(self._db, self._history, self._matcher))
        waiting = write(lambda: self._db.foreign_counts.put(list(self._strange_counts(source))))
        made = write(lambda: make_playlists(self._db, self._history.playlists, self._matcher))
        return ImportReport(self.preview(), added, kept, len(priors), thumbs, waiting, made, stars, dates)

    def _strange_counts(self, source: str) -> Iterator[storage.ForeignCount]:
        """Counts, ratings and loves of tracks that the library does not hold."""
        loved = {thumb.names: thumb for thumb in sorted(self._history.thumbs, key=lambda one: one.at)}
        for stats in self._history.stats:
            thumb = loved.pop(stats.names, None)
            if (stats.says_something or thumb) and stats.names.title and self._matcher.match(stats.names) is None:
                yield _foreign_count(source, stats, thumb)
        for own in self._history.stars:
            if self._matcher.match(own.names) is None:
                yield _foreign_count(source, ImportedStats(own.names, rating=own.value / 5), loved.pop(own.names, None))
        for names, thumb in loved.items():
            if names.title and self._matcher.match(names) is None:
                yield _foreign_count(source, ImportedStats(names), thumb)


def _prior(track_id: TrackId, total: ImportedStats) -> storage.Prior:
    last = UtcMs(total.last_played_at) if total.last_played_at is not None else None
    return storage.Prior(track_id, total.play_count, total.skip_count, total.rating, last)


def source_of(history: ImportedHistory) -> str:
    """Short name of an export's format, as the log keeps it."""
    return re.sub(r"[^a-z0-9]+", "-", history.format.lower()).strip("-")


def _foreign(source: str, play: ImportedPlay) -> storage.ForeignPlay:
    names = play.names
    return storage.ForeignPlay(
        source,
        UtcMs(play.started_at),
        names.title,
        names.artist,
        names.album,
        names.duration_ms,
        names.recording_mbid,
        play.listened_ms,
        play.skipped,
    )


def _foreign_count(source: str, stats: ImportedStats, thumb: ImportedThumb | None) -> storage.ForeignCount:
    names = stats.names
    return storage.ForeignCount(
        source,
        names.title,
        names.artist,
        names.album,
        names.duration_ms,
        names.recording_mbid,
        names.path or "",
        stats.play_count,
        stats.skip_count,
        stats.rating,
        UtcMs(stats.last_played_at) if stats.last_played_at is not None else None,
        thumb.value if thumb else 0,
        UtcMs(thumb.at) if thumb else UtcMs(0),
        UtcMs(stats.added_at) if stats.added_at is not None else None,
    )


def logged_play(play: ImportedPlay, track_id: TrackId, duration_ms: Ms) -> storage.ImportedPlay:
    """The row of the log that a play of another program becomes.

    Args:
        play: The play.
        track_id: Its track.
        duration_ms: Length of that, 0 where unknown.
    """
    if (own := play.own) is not None:
        return storage.ImportedPlay(
            track_id,
            UtcMs(play.started_at),
            Ms(play.listened_ms or 0),
            Ms(own.duration_ms),
            own.end,
            own.start,
            own.offset_min,
            own.queue_position,
            own.suggested_by,
            own.score,
        )
    unknown = duration_ms or Ms(play.names.duration_ms)
    if play.skipped:
        listened, reason = Ms(play.listened_ms or 0), EndReason.SKIPPED
    else:
        listened, reason = Ms(unknown if play.listened_ms is None else play.listened_ms), EndReason.FINISHED
    return storage.ImportedPlay(track_id, UtcMs(play.started_at), listened, unknown, reason)


def finder(db: storage.Database) -> Callable[[dict[str, Any]], TrackId | None]:
    """Finds the library's tracks by their names as our own exports have them; ValueError for what is no name."""
    matcher = Matcher(candidates(db))

    def find(told: dict[str, Any]) -> TrackId | None:
        match = matcher.match(names_from(told))
        return match.track_id if match is not None else None

    return find


def _tracks(db: storage.Database) -> Iterator[Track]:
    ids = db.tracks.find(TrackQuery())
    for start in range(0, len(ids), BATCH):
        yield from db.tracks.get(ids[start : start + BATCH])


def candidates(db: storage.Database) -> Iterator[Candidate]:
    """All tracks of the library, as far as matching needs them."""
    recordings = db.tracks.recordings()
    for track in _tracks(db):
        artists = tuple(name for name in dict.fromkeys((track.artist, track.album_artist)) if name)
        yield Candidate(
            track.id,
            track.title,
            artists,
            track.album,
            track.duration_ms,
            recordings.get(track.id, ""),
            track.path,
        )
