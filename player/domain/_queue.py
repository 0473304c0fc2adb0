"""Entries of the queue, and why something was suggested."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.domain._ids import EntryId, Ms, TrackId, UtcMs
from player.domain._plays import StartReason


class Origin(StrEnum):
    """Who put an entry into the queue."""

    USER = "user"
    SUGGESTED = "suggested"


class ReasonKind(StrEnum):
    """The kind of a reason; each has an icon and a sentence."""

    FOLLOWS = "follows"  # usually follows what plays
    SIMILAR = "similar"  # sounds alike
    LIKED = "liked"  # thumbs, or finished often
    KIN = "kin"  # goes with something that has a thumb up
    ARTIST = "artist"  # this artist, lately
    ALBUM = "album"  # the album goes on
    SESSION = "session"  # played together in past sessions
    LONG_AGO = "long_ago"  # not heard for long
    RECENT = "recent"  # on repeat these days
    TIME_OF_DAY = "time_of_day"
    ADDED = "added"  # has just come into the library
    NEW = "new"  # never played, close to what is
    EXPLORE = "explore"  # adventurous
    VARIETY = "variety"  # nothing known yet: something different
    SOUND = "sound"  # how it sounds, in words
    GENRE = "genre"  # of a genre of the library
    OPENER = "opener"  # the first track of its album
    COLLECTION = "collection"  # the library holds many of the artist
    DECADE = "decade"  # when it came out
    SOURCE = "source"  # the album it is from
    LENGTH = "length"  # it is short or long


@dataclass(frozen=True, slots=True)
class ReasonText:
    """One reason in words.

    Attributes:
        kind: What kind of reason it is.
        text: The sentence, for the listener.
        share: Its share of the score's positive contributions, 0 to 1.
    """

    kind: ReasonKind
    text: str
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One track suggested for Up Next.

    Attributes:
        track_id: The track.
        score: Its score; higher is better, comparable within one answer only.
        reasons: Why, strongest first; never empty.
        model_version: The model that chose it.
    """

    track_id: TrackId
    score: float
    reasons: tuple[ReasonText, ...]
    model_version: str


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One entry of the queue.

    Attributes:
        id: Identity of the entry; stays with it when it is moved.
        track_id: What it plays.
        origin: Who put it there.
        start_reason: What the play log will say when it starts.
        pinned: A suggestion that the user wants to keep; never replaced.
        suggestion: Why it was suggested; None for what the user queued.
    """

    id: EntryId
    track_id: TrackId
    origin: Origin
    start_reason: StartReason
    pinned: bool = False
    suggestion: Suggestion | None = None


class RepeatMode(StrEnum):
    """What happens at the end of a track or of the queue."""

    OFF = "off"
    ONE = "one"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SavedQueue:
    """The queue and what sounds, as they survive a restart; also a past queue to bring back.

    Attributes:
        entries: Upcoming, in order: first the user's, then what was suggested.
        current: What sounds; None in silence.
        position_ms: Position in the current track.
        history: Entries played before the current one, oldest first.
        repeat: Repeat mode.
        shuffle: Whether the user's part is shuffled.
        stop_after_current: Whether to stop after the current track.
        saved_at: When it was saved.
        played: The user's entries of this round that were played already, in order, the current one
            included; with `RepeatMode.ALL` they come again.
        unshuffled: While shuffled, the user's part in its natural order.
    """

    entries: tuple[QueueEntry, ...] = ()
    current: QueueEntry | None = None
    position_ms: Ms = Ms(0)
    history: tuple[QueueEntry, ...] = ()
    repeat: RepeatMode = RepeatMode.OFF
    shuffle: bool = False
    stop_after_current: bool = False
    saved_at: UtcMs = UtcMs(0)
    played: tuple[QueueEntry, ...] = ()
    unshuffled: tuple[EntryId, ...] = ()
