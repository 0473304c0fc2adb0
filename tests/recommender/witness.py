"""Counts what reasons claim once more, slowly and plainly, from the events alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from recommender import Event, EventKind, Reason, ReasonKind, Snapshot, Suggestion, day_part

THUMBS = (EventKind.THUMB_UP, EventKind.THUMB_DOWN, EventKind.THUMB_CLEARED)
DAY_MS = 86_400_000
GAP_MS = 1_800_000


class PlainWitness:
    """What is true after some events. Plays of tracks with copies or with imported plays elsewhere are not known here.

    Args:
        snapshot: The library.
        events: Everything that was heard, in time order.
        playing: What sounds now, begun at the time of the question.
    """

    def __init__(self, snapshot: Snapshot, events: Sequence[Event], playing: int | None = None) -> None:
        self.snapshot = snapshot
        self.events = [
            event for event in events if event.kind in (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)
        ]
        self.plays = [event for event in self.events if event.kind is EventKind.PLAYED]
        self.thumbs = {event.item: event for event in events if event.kind in THUMBS}
        self.before = playing if playing is not None else self.events[-1].item if self.events else -1
        self.playing = playing
        self.sessions: list[list[Event]] = []
        ended = None
        for event in self.events:
            if ended is None or event.at - ended > GAP_MS:
                self.sessions.append([])
            self.sessions[-1].append(event)
            ended = max(ended or 0, event.at + event.listened_ms)

    def times(self, item: int) -> int:
        """How often an item was listened to."""
        return sum(event.item == item for event in self.plays)

    def followed(self, first: int, second: int) -> int:
        """How often the next thing listened to after something was another thing."""
        places = [place for place, event in enumerate(self.events) if event.item == first][-201:]
        if self.playing is None and places and places[-1] == len(self.events) - 1:
            places.pop()
        count = 0
        for place in places[-200:]:
            later = (event.item for event in self.events[place + 1 :] if event.kind is EventKind.PLAYED)
            count += next(later, None) == second
        return count

    def together(self, item: int) -> bool:
        """Whether it was listened to in an earlier session with one of the last things listened to."""
        last = {event.item for event in self.plays[-20:]} | ({self.playing} if self.playing is not None else set())
        return any(
            {event.item for event in session if event.kind is EventKind.PLAYED} & last
            and any(event.item == item and event.kind is EventKind.PLAYED for event in session)
            for session in self.sessions
        )

    def then(self, item: int, hour: int) -> int:
        """How often it was listened to in the part of the day of this hour."""
        ends = [event for event in self.plays if event.item == item]
        return sum(day_part(local(event).hour) == day_part(hour) for event in ends)

    def untrue(self, one: Suggestion, now: int) -> list[str]:
        """What is not as its reasons say."""
        return [f"{reason}" for reason in one.reasons if not self._true(reason, one.item, now)]

    def _true(self, reason: Reason, item: int, now: int) -> bool:
        checks: dict[ReasonKind, Callable[[], bool]] = {
            ReasonKind.FOLLOWS: lambda: (
                reason.other == self.before and reason.count == self.followed(self.before, item) > 0
            ),
            ReasonKind.LIKED: lambda: reason.count == self.times(item) or self.liked(item),
            ReasonKind.KIN: lambda: (
                reason.other is not None
                and reason.other != item
                and self.liked(reason.other)
                and now - self.thumbs[reason.other].at < 90 * DAY_MS
                and self.akin(reason.other, item)
            ),
            ReasonKind.RECENT: lambda: (
                reason.count == self.times(item) > 0 and now - self.listened(item)[-1] <= 7 * DAY_MS
            ),
            ReasonKind.LONG_AGO: lambda: (
                now - self.heard(item)[-1] >= 90 * DAY_MS and reason.days == (now - self.listened(item)[-1]) / DAY_MS
            ),
            ReasonKind.ARTIST: lambda: reason.count == self.by_artist(item) > 0,
            ReasonKind.ALBUM: lambda: int(self.snapshot.album[item]) == int(self.snapshot.album[self.before]) >= 0,
            ReasonKind.SESSION: lambda: self.together(item),
            ReasonKind.TIME_OF_DAY: lambda: (
                reason.count == self.then(item, reason.hour or 0) > 1
                and self.then(item, reason.hour or 0) >= self.times(item) / 3
            ),
            ReasonKind.NEW: lambda: not self.times(item),
            ReasonKind.EXPLORE: lambda: not self.times(item),
            ReasonKind.ADDED: lambda: not self.times(item) and self.has_just_come(item),
            ReasonKind.SIMILAR: lambda: (
                reason.other in {event.item for event in self.events[-60:]}
                and set(reason.tags) <= set(self.snapshot.words(item)) & set(self.snapshot.words(reason.other))
            ),
            ReasonKind.SOUND: lambda: reason.tags == self.snapshot.words(item) != (),
            ReasonKind.GENRE: lambda: reason.count == self.of_genre(item) > 0,
            ReasonKind.COLLECTION: lambda: (
                reason.count == np.count_nonzero(self.snapshot.artist == self.snapshot.artist[item]) >= 5
            ),
            ReasonKind.OPENER: lambda: (
                int(self.snapshot.track_no[item]) == 1
                and self.snapshot.disc[item] < 2
                and self.snapshot.album[item] >= 0
            ),
            ReasonKind.SOURCE: lambda: self.snapshot.album[item] >= 0,
            ReasonKind.DECADE: lambda: self.snapshot.year[item] > 0,
            ReasonKind.LENGTH: lambda: not 120_000 < self.snapshot.duration_ms[item] < 420_000,
        }
        return bool(checks.get(reason.kind, lambda: True)())

    def heard(self, item: int) -> list[int]:
        """When an item was begun, UTC ms."""
        return [event.at for event in self.events if event.item == item]

    def listened(self, item: int) -> list[int]:
        """When an item that was listened to was begun, UTC ms."""
        return [event.at for event in self.plays if event.item == item]

    def liked(self, item: int) -> bool:
        """Whether the last thumb on an item is up."""
        return item in self.thumbs and self.thumbs[item].kind is EventKind.THUMB_UP

    def akin(self, one: int, other: int) -> bool:
        """Whether two have an artist, an album, a genre or a session in common, or sound alike."""
        snapshot = self.snapshot
        shared = any(column[one] == column[other] >= 0 for column in (snapshot.artist, snapshot.album))
        shared |= bool(set(snapshot.genres[one]) & set(snapshot.genres[other]))
        beside = any(
            {one, other} <= {event.item for event in session if event.kind is EventKind.PLAYED}
            for session in self.sessions
        )
        return shared or beside or self.alike(one, other)

    def alike(self, one: int, other: int) -> bool:
        """Whether two sound more alike than two tracks do that are drawn by lot."""
        sound = self.snapshot.content / np.linalg.norm(self.snapshot.content, axis=1, keepdims=True)
        return bool(sound[one] @ sound[other] > np.square(sound.mean(axis=0)).sum())

    def by_artist(self, item: int) -> int:
        """How often tracks by the artist of an item were listened to; 0 without an artist."""
        artist = self.snapshot.artist
        return sum(artist[event.item] == artist[item] for event in self.plays) if artist[item] >= 0 else 0

    def of_genre(self, item: int) -> int:
        """How many items have the first genre of one; 0 without a genre."""
        own = self.snapshot.genres[item]
        return sum(own[0] in self.snapshot.genres[other] for other in range(len(self.snapshot))) if len(own) else 0

    def has_just_come(self, item: int) -> bool:
        """Whether it is among the tenth of the library that came last."""
        return bool((self.snapshot.added_at >= self.snapshot.added_at[item]).mean() <= 0.1)


def local(event: Event) -> datetime:
    """When an event ended, by the listener's clock."""
    return datetime.fromtimestamp((event.at + event.listened_ms) / 1000, UTC) + timedelta(minutes=event.utc_offset_min)
