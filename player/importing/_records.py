"""What another program's export says, in one form for all formats. Frozen values, no ids of ours."""

from __future__ import annotations

from dataclasses import dataclass, field

from player.domain import EndReason, StartReason


@dataclass(frozen=True, slots=True)
class Names:
    """How another program names a track.

    Attributes:
        title: Track title.
        artist: Artist as shown.
        album: Album title, empty where not given.
        duration_ms: Length, 0 where not given.
        recording_mbid: MusicBrainz recording id, empty where not given.
        path: Local file, None where not given.
    """

    title: str
    artist: str
    album: str = ""
    duration_ms: int = 0
    recording_mbid: str = ""
    path: str | None = None


@dataclass(frozen=True, slots=True)
class OwnPlay:
    """What only Segue's own log knows of a play; it becomes a row of the log as it was.

    Attributes:
        start: Why it started.
        end: Why it ended.
        duration_ms: Length of the track then.
        offset_min: Minutes local time was ahead of UTC.
        queue_position: Position in the queue.
        suggested_by: Version of the model that suggested it.
        score: Score with which it was suggested.
    """

    start: StartReason
    end: EndReason
    duration_ms: int
    offset_min: int
    queue_position: int = 0
    suggested_by: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedPlay:
    """One play with its time.

    Attributes:
        names: What was played.
        started_at: Start, UTC ms.
        listened_ms: Sound heard; None where the format does not tell.
        skipped: Whether the listener cut it short; None where the format does not tell.
        own: What Segue's own log says of it; None in every other format.
    """

    names: Names
    started_at: int
    listened_ms: int | None = None
    skipped: bool | None = None
    own: OwnPlay | None = None


@dataclass(frozen=True, slots=True)
class ImportedStats:
    """What another library knows in sum about one track.

    Attributes:
        names: The track.
        play_count: Plays without times.
        skip_count: Skips without times.
        last_played_at: UTC ms, None where never or unknown.
        rating: 0 to 1, None where unrated.
        added_at: When that library first saw it, UTC ms.
    """

    names: Names
    play_count: int = 0
    skip_count: int = 0
    last_played_at: int | None = None
    rating: float | None = None
    added_at: int | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a count or a rating in it."""
        return bool(self.play_count or self.skip_count or self.rating is not None)


@dataclass(frozen=True, slots=True)
class ImportedThumb:
    """A love or hate: `value` +1 or -1 at UTC ms `at`; in Segue's own history also 0, where it was taken back."""

    names: Names
    value: int
    at: int


@dataclass(frozen=True, slots=True)
class ImportedStars:
    """The listener's own stars, 0 to 5 in halves; in Segue's own history only."""

    names: Names
    value: float


@dataclass(frozen=True, slots=True)
class ImportedNotNow:
    """Not to be suggested from UTC ms `at` until `until`; in Segue's own history only."""

    names: Names
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class ImportedFreshStart:
    """An artist to be learned anew from UTC ms `at` on; in Segue's own history only."""

    artist: str
    at: int


@dataclass(frozen=True, slots=True)
class ImportedPlaylist:
    """A playlist of another program: its name and its tracks in order."""

    name: str
    tracks: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class ImportedHistory:
    """Everything one export holds.

    Attributes:
        format: Name of the format, for the user.
        plays: Plays with times, oldest first.
        stats: Sums per track.
        thumbs: Loves and hates.
        stars: Own stars; in every other format they are `ImportedStats.rating`.
        not_now: What was put off.
        fresh_starts: Artists learned anew.
        playlists: Playlists made by hand.
        own: Whether Segue wrote it, so that it is taken over as it is.
        problems: Rows that could not be read, in words, at most `MAX_PROBLEMS` kept.
        bad_rows: How many there were.
        ignored: Rows that are no music (podcasts, videos, radio).
    """

    format: str
    plays: tuple[ImportedPlay, ...] = ()
    stats: tuple[ImportedStats, ...] = ()
    thumbs: tuple[ImportedThumb, ...] = ()
    stars: tuple[ImportedStars, ...] = ()
    not_now: tuple[ImportedNotNow, ...] = ()
    fresh_starts: tuple[ImportedFreshStart, ...] = ()
    playlists: tuple[ImportedPlaylist, ...] = ()
    own: bool = False
    problems: tuple[str, ...] = ()
    bad_rows: int = 0
    ignored: int = 0


MAX_PROBLEMS = 50
MAX_RECORDS = 2_000_000
"""Plays, counts and thumbs of one export: a file of some megabytes can hold as many as fill the memory."""


class TooManyRecordsError(Exception):
    """An export holds more than can be kept in memory."""


@dataclass(slots=True)
class HistoryBuilder:
    """Collects rows while a file is read; `build` freezes them.

    Attributes:
        format: Name of the format.
        own: Whether it is Segue's.
    """

    format: str
    own: bool = False
    _not_now: list[ImportedNotNow] = field(default_factory=list)
    _fresh_starts: list[ImportedFreshStart] = field(default_factory=list)
    _plays: list[ImportedPlay] = field(default_factory=list)
    _stats: list[ImportedStats] = field(default_factory=list)
    _thumbs: list[ImportedThumb] = field(default_factory=list)
    _stars: list[ImportedStars] = field(default_factory=list)
    _playlists: list[ImportedPlaylist] = field(default_factory=list)
    _problems: list[str] = field(default_factory=list)
    _records: int = 0
    _bad_rows: int = 0
    _ignored: int = 0
    _ends_badly: bool = False

    @property
    def ends_badly(self) -> bool:
        """Whether the last row so far could not be read."""
        return self._ends_badly

    def play(self, play: ImportedPlay) -> None:
        """Add one play."""
        self._added()
        self._plays.append(play)

    def stat(self, stats: ImportedStats) -> None:
        """Add one track's sums."""
        self._added()
        self._stats.append(stats)

    def stars(self, stars: ImportedStars) -> None:
        """Add one track's own stars."""
        self._ends_badly = False
        self._stars.append(stars)

    def not_now(self, put_off: ImportedNotNow) -> None:
        """Add one track that was put off."""
        self._ends_badly = False
        self._not_now.append(put_off)

    def fresh_start(self, fresh: ImportedFreshStart) -> None:
        """Add one artist who is learned anew."""
        self._ends_badly = False
        self._fresh_starts.append(fresh)

    def thumb(self, thumb: ImportedThumb) -> None:
        """Add one love or hate."""
        self._added()
        self._thumbs.append(thumb)

    def bad(self, where: str, why: str | Exception) -> None:
        """Note a row that could not be read, and why."""
        self._ends_badly = True
        self._bad_rows += 1
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(f"{where}: {why if isinstance(why, str) else _words(why)}")

    def playlist(self, playlist: ImportedPlaylist) -> None:
        """Add a playlist; one without tracks is left out."""
        if playlist.tracks:
            self._playlists.append(playlist)

    def ignore(self) -> None:
        """Count a row that is no music."""
        self._ignored += 1

    def extend(self, other: ImportedHistory) -> None:
        """Add everything of another file of the same export."""
        self._added(len(other.plays) + len(other.stats) + len(other.thumbs))
        self._plays.extend(other.plays)
        self._stats.extend(other.stats)
        self._thumbs.extend(other.thumbs)
        self._stars.extend(other.stars)
        self._not_now.extend(other.not_now)
        self._fresh_starts.extend(other.fresh_starts)
        self._playlists.extend(other.playlists)
        self._problems = [*self._problems, *other.problems][:MAX_PROBLEMS]
        self._bad_rows += other.bad_rows
        self._ignored += other.ignored

    def _added(self, count: int = 1) -> None:
        self._ends_badly = False
        self._records += count
        if self._records > MAX_RECORDS:
            raise TooManyRecordsError(f"holds more than {MAX_RECORDS:,} plays; export a part of it")

    def build(self) -> ImportedHistory:
        """The frozen whole, plays oldest first, exact repetitions left out."""
        plays = sorted(dict.fromkeys(self._plays), key=lambda play: play.started_at)
        return ImportedHistory(
            self.format,
            tuple(plays),
            tuple(self._stats),
            tuple(self._thumbs),
            tuple(self._stars),
            tuple(self._not_now),
            tuple(self._fresh_starts),
            tuple(self._playlists),
            self.own,
            tuple(self._problems),
            self._bad_rows,
            self._ignored,
        )


def _words(error: Exception) -> str:
    """What is wrong with a row, in words."""
    if isinstance(error, KeyError):
        return f"no {error.args[0]}"
    if isinstance(error, IndexError):
        return "too few columns"
    if isinstance(error, TypeError | AttributeError):
        return "is not of the form expected"
    return str(error) or "cannot be read"
