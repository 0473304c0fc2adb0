"""Playlists, manual and smart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from player.domain._ids import Ms, PlaylistId, TrackId, UtcMs
from player.domain._queries import SortKey, TrackOrder, TrackQuery


@dataclass(frozen=True, slots=True)
class SmartRules:
    """What a smart playlist holds, as typed into the search field.

    Attributes:
        text: The rules ("genre:jazz year:1950..1969 -live").
        order: Sorted by what.
        descending: Turn the order round.
        limit: Maximum number of tracks.
        limit_ms: Maximum length of all tracks together, ms.
        limit_bytes: Maximum size of all files together.
    """

    text: str
    order: TrackOrder = TrackOrder.ARTIST
    descending: bool = False
    limit: int | None = None
    limit_ms: Ms | None = None
    limit_bytes: int | None = None

    def query(self, seed: int = 0) -> TrackQuery:
        """The tracks that it holds now, in its order; its text is in the search language.

        Args:
            seed: Another one gives another random order.
        """
        by = SortKey(self.order, self.descending)
        return TrackQuery(
            self.text,
            limit=self.limit,
            limit_ms=self.limit_ms,
            limit_bytes=self.limit_bytes,
            chosen_by=(by,),
            seed=seed,
        ).sorted_by((by,))


class ReadyMade(StrEnum):
    """Smart playlists that are offered ready-made."""

    FORGOTTEN_FAVOURITES = "forgotten favourites"
    NEVER_PLAYED = "never played"
    ADDED_THIS_MONTH = "added this month"
    MOST_SKIPPED = "most skipped"


READY_MADE: dict[ReadyMade, SmartRules] = {
    ReadyMade.FORGOTTEN_FAVOURITES: SmartRules(
        "(thumb:up OR rating:>=4 OR plays:>=5) lastplayed:>180d -thumb:down", TrackOrder.LAST_PLAYED, limit=100
    ),
    ReadyMade.NEVER_PLAYED: SmartRules("plays:0 skips:0", TrackOrder.RANDOM, limit=100),
    ReadyMade.ADDED_THIS_MONTH: SmartRules("added:<30d", TrackOrder.ADDED, descending=True),
    ReadyMade.MOST_SKIPPED: SmartRules("skips:>=3", TrackOrder.SKIPS, descending=True, limit=50),
}
"""What each of them holds."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist.

    Attributes:
        id: Primary key.
        name: Its name.
        rules: What a smart playlist holds; None for a manual one.
        track_count: Entries of a manual playlist.
        duration_ms: Their total length.
        created_at: When it was made.
        changed_at: When it was last changed.
    """

    id: PlaylistId
    name: str
    rules: SmartRules | None = None
    track_count: int = 0
    duration_ms: Ms = Ms(0)
    created_at: UtcMs = UtcMs(0)
    changed_at: UtcMs = UtcMs(0)


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """One entry of a manual playlist.

    Attributes:
        track_id: The track; None while the entry is unresolved: nothing in the library matches what is known of it.
        path: Path as the playlist's file had it.
        title: Title as the playlist's file had it.
        artist: Artist likewise.
        duration_ms: Length likewise.
    """

    track_id: TrackId | None
    path: str = ""
    title: str = ""
    artist: str = ""
    duration_ms: Ms = Ms(0)


def rearranged(before: Sequence[PlaylistEntry], shown: Collection[int], ids: Sequence[TrackId]) -> list[PlaylistEntry]:
    """A playlist after what is shown of it was rearranged; each entry not shown stays behind the one it followed.

    Args:
        before: All its entries.
        shown: Tracks that are shown; entries without a track, and those of folders taken out, are not.
        ids: What is shown now, in order.
    """
    left, met, behind = Counter(ids), Counter[TrackId](), dict[tuple[TrackId, int] | None, list[PlaylistEntry]]()
    place: tuple[TrackId, int] | None = None
    for entry in before:
        if entry.track_id is None or entry.track_id not in shown:
            behind.setdefault(place, []).append(entry)
        else:
            if met[entry.track_id] < left[entry.track_id]:
                place = (entry.track_id, met[entry.track_id])
            met[entry.track_id] += 1
    after, placed = list(behind.get(None, ())), Counter[TrackId]()
    for track_id in ids:
        after.append(PlaylistEntry(track_id))
        after += behind.get((track_id, placed[track_id]), ())
        placed[track_id] += 1
    return after
