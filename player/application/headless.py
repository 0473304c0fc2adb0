"""Operations and queries while no window is open: they run at once and return what came of it.

The command line's sub-commands call these. What takes time to load is loaded by the operation that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.domain import (
    KnownError,
    LoggedPlay,
    ModelVersion,
    ScanProgress,
    ScanReport,
    Suggestion,
    Track,
    TrackId,
    TrackOrder,
    TrackQuery,
    UsageError,
    now_ms,
)
from player.paths import Profile

if TYPE_CHECKING:
    from player.importing import ImportPreview, ImportReport
    from player.library import ImportedPlaylist, RelocationReport, SearchAdvice
    from player.recommending import AnalysisReport, TrainingReport
    from player.storage import Database

Tell = Callable[[ScanProgress], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Health:
    """What the database holds, for `doctor`.

    Attributes:
        problems: What is wrong with it.
        tracks: Tracks, missing ones too.
        plays: Plays in the log.
        roots: The library's folders.
        analysed: Tracks with a content vector.
        analysable: Tracks that should have one.
    """

    problems: Sequence[str]
    tracks: int
    plays: int
    roots: Sequence[str]
    analysed: int
    analysable: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        source: The copy that was used.
        aside: Where the database before is kept; None if there was none.
        tracks: Tracks in it.
        plays: Plays in it.
    """

    source: Path
    aside: Path | None
    tracks: int
    plays: int


@dataclass(frozen=True, slots=True)
class Headless:
    """Everything that can be done to a profile without a window.

    Attributes:
        library: Its library.
        listening: Its play log and what was learned from it.
        exchange: Imports, exports and copies.
    """

    library: LibraryJobs
    listening: ListeningJobs
    exchange: ExchangeJobs


@contextmanager
def opened(profile: Profile) -> Iterator[Headless]:
    """Open a profile's database and close it afterwards.

    Raises:
        ProfileError: it cannot be used.
    """
    with _database(profile) as db:
        yield Headless(LibraryJobs(db), ListeningJobs(db, profile), ExchangeJobs(db, profile))


@contextmanager
def _database(profile: Profile) -> Iterator[Database]:
    from player.storage import Database  # noqa: PLC0415 - SQLAlchemy takes its time

    database = Database.open(profile.database)
    try:
        yield database
    finally:
        database.close()


def restore(profile: Profile, copy: Path | None = None) -> Restored:
    """Put a copy in the database's place; nothing is deleted.

    Raises:
        FileError: it is no whole copy; nothing was changed.
        ProfileError: Segue is running, there is no copy, or the disk cannot be written; nothing was changed.
    """
    from player.storage import restore_database  # noqa: PLC0415 - as above

    done = restore_database(profile.database, copy)
    with _database(profile) as db:  # which brings an older form to the current one
        return Restored(done.source, done.aside, db.tracks.count(), db.plays.count())


class LibraryJobs:
    """Scans, relocates, searches and analyses."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def scan(self, folders: Sequence[str], progress: Tell, cancelled: Cancelled) -> tuple[ScanReport, int]:
        """Add folders and index them, or all known ones; returns the report and how many imported plays it claimed.

        Raises:
            UsageError: no folder is known.
        """
        from player.library import scan  # noqa: PLC0415 - as above

        for folder in folders:
            self._db.files.add_root(folder)
        roots = folders or self._db.files.roots()
        if not roots:
            raise UsageError("No music folder is known yet. Name one: segue scan DIR")
        report = scan(self._db, roots, progress=progress, cancelled=cancelled)
        return report, self._claim() if report.added or report.updated else 0

    def _claim(self) -> int:
        from player.importing import claim_plays  # noqa: PLC0415 - only if there is something new

        return claim_plays(self._db)

    def relocate(self, old: Path, new: Path, progress: Tell, cancelled: Cancelled) -> RelocationReport:
        """Tell the library that its music is at another place, and scan that."""
        from player.library import relocate  # noqa: PLC0415 - as above

        return relocate(self._db, old, new, progress=progress, cancelled=cancelled)

    def search(self, text: str, limit: int) -> tuple[list[Track], SearchAdvice]:
        """Return the tracks that a text in the search language finds, the most relevant first, and advice on it.

        If nothing is found, the tracks are those of the corrected text that the advice names.
        """
        from player.library import SearchAdvice, advise, parse_search, searched  # noqa: PLC0415 - as above

        query = TrackQuery(text=text, order=TrackOrder.RELEVANCE, limit=limit)
        ids = self._db.tracks.find(searched(query))
        advice = SearchAdvice("", parse_search(text).problems) if ids else advise(self._db, text)
        if advice.corrected:
            ids = self._db.tracks.find(searched(replace(query, text=advice.corrected)))
        return self._db.tracks.get(ids), advice

    def analyze(self, limit: int | None, progress: Callable[[int, int], None], cancelled: Cancelled) -> AnalysisReport:
        """Make content vectors and measure loudness for tracks that lack them."""
        from player.recommending import analyze  # noqa: PLC0415 - as above

        return analyze(self._db, limit=limit, progress=progress, cancelled=cancelled)

    def health(self) -> Health:
        """Check the database and count what it holds."""
        from player.recommending import EXTRACTOR  # noqa: PLC0415 - as above

        problems, roots = self._db.check(), self._db.files.roots()
        analysed, analysable = self._db.features.counts(EXTRACTOR)
        tracks, plays = self._db.tracks.count(), self._db.plays.count()
        return Health(problems, tracks, plays, roots, analysed, analysable)


class ListeningJobs:
    """The play log, suggestions, training, forgetting."""

    def __init__(self, db: Database, profile: Profile) -> None:
        self._db = db
        self._profile = profile

    def log(self, count: int) -> list[LoggedPlay]:
        """Return the last plays, newest first; one that a crash has left open is closed first."""
        self._close_crashed()
        return self._db.plays.recent(count)

    def suggest(self, count: int, after: Sequence[TrackId]) -> list[tuple[Suggestion, Track]]:
        """Return what Up Next would play now, after some tracks or after what plays in a running window.

        Raises:
            UsageError: one of the tracks is not in the library.
            KnownError: the library is empty.
        """
        from player.recommending import suggest_now  # noqa: PLC0415 - ONNX Runtime takes its time

        self._close_crashed()
        known = {track.id for track in self._db.tracks.get(after)}
        if lost := [track for track in after if track not in known]:
            raise UsageError(f"There is no track with the id {lost[0]}. segue search finds ids.")
        if self._db.tracks.empty():
            raise KnownError("The library is empty. Fill it first: segue scan DIR")
        if not after:
            after = [play.track_id for play in self._db.plays.recent(1) if play.end_reason is None]
        adventurousness = self._db.settings.load().adventurousness
        chosen = suggest_now(self._db, self._profile, count, after, adventurousness=adventurousness)
        tracks = {track.id: track for track in self._db.tracks.get([one.track_id for one in chosen])}
        return [(one, tracks[one.track_id]) for one in chosen]

    def active_model(self) -> ModelVersion | None:
        """Return the version of the model in use; None while it is the one that Segue came with."""
        return self._db.models.active()

    def models(self) -> list[ModelVersion]:
        """Return all versions of the model, newest first."""
        return self._db.models.all()

    def use_model(self, version: str | None) -> None:
        """Use a version of the model from now on; None for the one that Segue came with."""
        self._db.models.activate(version)

    def train(self, progress: Callable[[dict[str, Any]], None]) -> TrainingReport:
        """Fine-tune the model to the log now."""
        from player.recommending import train_now  # noqa: PLC0415 - it takes its time

        self._close_crashed()
        return train_now(self._db, self._profile, progress=progress)

    def forget(self, what: str) -> dict[str, int | str]:
        """Forget what was learned, or everything; returns how much that was.

        Raises:
            ProfileError: something cannot be deleted.
        """
        from player.recommending import Forgetting, forget  # noqa: PLC0415 - as above

        chosen = Forgetting(what)
        everything = chosen is Forgetting.EVERYTHING
        document: dict[str, int | str] = {
            "forgotten": str(chosen),
            "plays": self._db.plays.count() if everything else 0,
            "thumbs": len(self._db.thumbs.log().track_id) if everything else 0,
            "models": len(self._db.models.all()),
        }
        forget(self._db, self._profile, chosen)
        return document

    def forget_artist(self, name: str, *, undo: bool) -> tuple[str, bool]:
        """Learn about an artist again from now on, or take that back; returns the name as it is spelt, and which.

        Raises:
            UsageError: there is no such artist.
        """
        named = [one for one in self._db.tracks.artists(name) if one.name.casefold() == name.casefold()]
        if not named:
            raise UsageError(f"There is no artist “{name}” in the library.")
        for artist in named:
            if undo:
                self._db.fresh_starts.take_back(artist.id)
            else:
                self._db.fresh_starts.begin(artist.id, now_ms())
        return named[0].name, named[0].id in self._db.fresh_starts.current()

    def _close_crashed(self) -> None:
        from player.recommending import close_crashed_plays  # noqa: PLC0415 - as above

        close_crashed_plays(self._db, self._profile)


class ExchangeJobs:
    """Imports, exports, copies of the database."""

    def __init__(self, db: Database, profile: Profile) -> None:
        self._db = db
        self._profile = profile

    def import_history(
        self, file: Path, *, likeliest: bool, dry_run: bool
    ) -> tuple[ImportPreview, ImportReport | None]:
        """Add another program's history, or only look at it.

        Raises:
            FileError: the file cannot be read; nothing was changed.
        """
        from player.importing import HistoryImport  # noqa: PLC0415 - as above

        job = HistoryImport(self._db, file)
        if likeliest:
            job.decide_likeliest()
        report = None if dry_run else job.apply()
        return (report.preview if report else job.preview()), report

    def import_playlist(self, file: Path) -> ImportedPlaylist:
        """Make a playlist out of a file.

        Raises:
            FileError: the file cannot be read; nothing was changed.
        """
        from player.library import import_playlist  # noqa: PLC0415 - as above

        return import_playlist(self._db, file)

    def import_model(self, file: Path) -> ModelVersion:
        """Take another Segue's model and use it."""
        from player.importing import finder  # noqa: PLC0415 - as above
        from player.recommending import import_model  # noqa: PLC0415 - as above

        return import_model(self._db, self._profile, file, finder(self._db))

    def export_history(self, out: Path) -> int:
        """Write the history to a file; returns how many lines."""
        from player.importing import write_history  # noqa: PLC0415 - as above

        return write_history(self._db, out)

    def export_model(self, out: Path) -> None:
        """Write the model in use to a file.

        Raises:
            UsageError: no model has been trained here.
        """
        from player.importing import names_of  # noqa: PLC0415 - as above
        from player.recommending import export_model  # noqa: PLC0415 - as above

        export_model(self._db, self._profile, out, lambda ids: names_of(self._db, ids))

    def export_playlists(self, out: Path) -> list[Path]:
        """Write every playlist to a file of its own; returns the files."""
        from player.library import export_playlists  # noqa: PLC0415 - as above

        return export_playlists(self._db, out)

    def back_up(self, file: Path | None) -> Path:
        """Write a complete copy of the database that was checked; None among the daily copies.

        Raises:
            ProfileError: the disk is full or cannot be written, or the database is damaged.
        """
        if file is None:
            made = self._db.back_up_beside()
            assert made is not None  # only a daily one may not be due
            return made
        target = file.absolute()
        if target.is_dir():
            target /= "segue-backup.db"
        self._db.back_up(target)
        return target
