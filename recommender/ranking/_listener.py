"""What the rules of the queue need to know of the listener: counted event by event."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import Self

import numpy as np
import numpy.typing as npt

from recommender._api import SESSION_GAP_MS, Event, EventKind, IntArray, LongArray, PlaySource
from recommender._snapshot import Snapshot
from recommender.ranking._turn import turn

NEVER = -(1 << 62)
"""Stands for "at no time" in columns of UTC ms."""
MEMORY = 60
"""Plays remembered one by one."""
THUMBS = 1000
"""Thumbs before the start that are remembered in their order."""
HINTS = 10
"""Things queued or put off that are remembered."""
MIXED = 10
"""Suggested plays over which familiar and new are mixed."""
JUDGED = 20
"""Suggested plays that tell which of the two is skipped less."""
PRIOR_NEW = 0.26
"""Share of first plays among the plays of the listeners measured; where a listener's own estimate starts from."""
PRIOR_SAME_ARTIST = 0.26
"""Share of plays by the artist of the play before, likewise."""
PRIOR_AGAIN = 0.001
"""Share of plays of tracks that were played in the same session before: less than the listeners measured have, so that
nobody hears a track twice who was not seen to want it."""
PRIOR_PLAYS = 60
HALF_LIFE_PLAYS = 300

_PLAY_KINDS = (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)
_HINTS = {EventKind.DISMISSED: -1.0, EventKind.WANTED: 1.0}
_THUMBS = {EventKind.THUMB_UP: 1, EventKind.THUMB_DOWN: -1, EventKind.THUMB_CLEARED: 0}


class Listener:
    """Counters over one listener's events.

    What is counted by item is counted for the recording (`Snapshot.copy_of`): the entries of other copies stay empty.

    Attributes:
        recording: int32[N], the entry of each item.
        plays: int32[N], times listened to.
        last_at: int64[N], start of the last play or skip, `NEVER` without.
        listened_at: int64[N], start of the last play that was listened to, 0 without.
        thumb: int8[N], -1, 0, 1.
        thumbed: For each that ever had a thumb, the item that was given the last one, and when; the last given last.
        dismissed_at: Last "not now" of each that had one.
        recent: The last plays and skips, oldest first.
        hints: What was queued or put off lately, +1 or -1, and when, oldest first.
        refused_at: int64[N], start of the last suggestion of it if that was skipped and it was not listened to since,
            else `NEVER`.
        judged: For each of the last `JUDGED` suggested ones: had it never been listened to before, was it skipped.
        skips_in_a_row: Skips since the last track that was listened to.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        size = len(snapshot)
        self._snapshot = snapshot
        self.recording = snapshot.copy_of
        self.plays: IntArray = np.zeros(size, np.int32)
        self.last_at: LongArray = np.full(size, NEVER, np.int64)
        self.listened_at: LongArray = np.zeros(size, np.int64)
        self.refused_at: LongArray = np.full(size, NEVER, np.int64)
        self.thumb: npt.NDArray[np.int8] = np.zeros(size, np.int8)
        self.thumbed: dict[int, tuple[int, int]] = {}
        self.dismissed_at: dict[int, int] = {}
        self.recent: deque[Event] = deque(maxlen=MEMORY)
        self.hints: deque[tuple[int, float, int]] = deque(maxlen=HINTS)
        self.judged: deque[tuple[bool, bool]] = deque(maxlen=JUDGED)
        self.skips_in_a_row = 0
        self._session: set[int] = set()
        self._played: set[int] = set()
        self._ended_at = NEVER
        self._new = PRIOR_NEW * PRIOR_PLAYS
        self._same_artist = PRIOR_SAME_ARTIST * PRIOR_PLAYS
        self._counted = float(PRIOR_PLAYS)
        self._again = PRIOR_AGAIN * PRIOR_PLAYS
        self._chosen = float(PRIOR_PLAYS)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """The state after all events of a snapshot."""
        listener = cls(snapshot)
        log = snapshot.plays
        # Columns serve for the long past; the last plays go one by one, because sessions and runs need their order.
        head = max(0, len(log) - 10 * HALF_LIFE_PLAYS)
        long_ago = listener.recording[log.item[:head]]
        listened = log.kind[:head] == EventKind.PLAYED
        np.add.at(listener.plays, long_ago[listened], 1)
        listener.listened_at[long_ago[listened]] = log.started_at[:head][listened]
        listener.last_at[long_ago] = log.started_at[:head]
        for event in snapshot.play_events(head, len(log)):
            listener.observe(event)
        thumbs = snapshot.thumbs
        listener.thumb[listener.recording[thumbs.item]] = thumbs.value
        for item, at in zip(thumbs.item[-THUMBS:].tolist(), thumbs.at[-THUMBS:].tolist(), strict=True):
            listener._remember_thumb(item, at)
        for item, at in zip(snapshot.dismissals.item.tolist(), snapshot.dismissals.at.tolist(), strict=True):
            listener.observe(Event(item, EventKind.DISMISSED, at))
        return listener

    @property
    def new_share(self) -> float:
        """The listener's own share of first plays among plays, the last months weighing most."""
        return self._new / self._counted

    @property
    def same_artist_share(self) -> float:
        """How often a play keeps the artist of the play before."""
        return self._same_artist / self._counted

    @property
    def again_share(self) -> float:
        """How often the listener chooses a track that the session had already; what was suggested is no choice."""
        return self._again / self._chosen

    def answers(self) -> list[Event]:
        """Those of `recent` that were suggested and then listened to or skipped, oldest first."""
        said = (EventKind.PLAYED, EventKind.SKIPPED)
        return [event for event in self.recent if event.source is PlaySource.SUGGESTED and event.kind in said]

    def declines(self) -> bool:
        """Whether any of the last answers was a skip."""
        return any(answer.kind is EventKind.SKIPPED for answer in self.answers())

    def turned(self) -> tuple[float, int]:
        """How far suggestions are doubted, 0 to 1, and when what the listener wants turned last, UTC ms or `NEVER`."""
        answers = self.answers()
        found = turn([answer.kind is EventKind.SKIPPED for answer in answers])
        return found.doubt, answers[found.since].at if found.since else NEVER

    def new_lately(self) -> list[bool]:
        """For each of the last `MIXED` suggested plays whether it had never been listened to, oldest first."""
        return [was_new for was_new, _ in self.judged][-MIXED:]

    def observe(self, event: Event) -> None:
        """Count one event."""
        if event.kind in _PLAY_KINDS:
            self._play(event)
        elif event.kind in _HINTS:
            self.hints.append((event.item, _HINTS[event.kind], event.at))
            if event.kind is EventKind.DISMISSED:
                self.dismissed_at[int(self.recording[event.item])] = event.at
        else:
            self.thumb[self.recording[event.item]] = _THUMBS[event.kind]
            self._remember_thumb(event.item, event.at)

    def latest_thumbs(self, value: int, most: int) -> list[tuple[int, int]]:
        """Items whose recording has a thumb of this value now, and when it was given; the last `most`, latest first."""
        given = (pair for recording, pair in reversed(self.thumbed.items()) if self.thumb[recording] == value)
        return list(islice(given, most))

    def _remember_thumb(self, item: int, at: int) -> None:
        recording = int(self.recording[item])
        self.thumbed.pop(recording, None)
        self.thumbed[recording] = (item, at)

    def played(self, items: IntArray) -> IntArray:
        """Times the recordings of some items were listened to, int32[len(items)]."""
        return self.plays[self.recording[items]]

    def session(self, now: int) -> set[int]:
        """Recordings heard or skipped in the session that is running at `now` (empty after a gap of 30 minutes)."""
        return self._session if now - self._ended_at <= SESSION_GAP_MS else set()

    def refused_in_session(self, now: int) -> list[int]:
        """Those of `session` that were suggested and skipped, and not listened to since."""
        return [recording for recording in self.session(now) if self.refused_at[recording] != NEVER]

    def played_in_session(self, now: int) -> set[int]:
        """Those of `session` that were listened to."""
        return self._played if now - self._ended_at <= SESSION_GAP_MS else set()

    def put_off(self, now: int, during_ms: int) -> list[int]:
        """Recordings with a "not now" in the last `during_ms`."""
        return [recording for recording, at in self.dismissed_at.items() if now - at < during_ms]

    def skipped_run(self) -> list[int]:
        """The suggested items among those skipped one after the other up to now, oldest first.

        Who skips through what they chose themselves hunts for something near it.
        """
        count = min(self.skips_in_a_row, len(self.recent))
        run = list(self.recent)[len(self.recent) - count :]
        return [event.item for event in run if event.source is PlaySource.SUGGESTED]

    def album_playing(self, now: int) -> int:
        """The album being played through: by choice, or two of its tracks in order; -1 for none."""
        if not self.session(now) or not self.recent or self.skips_in_a_row:
            return -1
        last = self.recent[-1]
        album = int(self._snapshot.album[last.item])
        if album < 0:
            return -1
        if last.source is PlaySource.ALBUM:
            return album
        if len(self.recent) < 2:
            return -1
        before = self.recent[-2]
        in_order = self._snapshot.album[before.item] == album and self.place(before.item) < self.place(last.item)
        return album if in_order and int(self.recording[before.item]) in self._session else -1

    def place(self, item: int) -> tuple[int, int]:
        """Disc and track number: the order on an album."""
        return int(self._snapshot.disc[item]), int(self._snapshot.track_no[item])

    def _play(self, event: Event) -> None:
        if event.at - self._ended_at > SESSION_GAP_MS:
            self._session.clear()
            self._played.clear()
        recording = int(self.recording[event.item])
        if event.source is PlaySource.SUGGESTED:
            self.judged.append((bool(self.plays[recording] == 0), event.kind is EventKind.SKIPPED))
            if event.kind is EventKind.SKIPPED:
                self.refused_at[recording] = event.at
        if event.kind is EventKind.PLAYED:
            self.refused_at[recording] = NEVER
            self._count(event)
            self._played.add(recording)
            self.plays[recording] += 1
            self.listened_at[recording] = event.at
        self.skips_in_a_row = self.skips_in_a_row + 1 if event.kind is EventKind.SKIPPED else 0
        self.last_at[recording] = event.at
        self._session.add(recording)
        # Logs of several devices overlap: a play may end before the one that began earlier.
        self._ended_at = max(self._ended_at, event.at + event.listened_ms)
        self.recent.append(event)

    def _count(self, event: Event) -> None:
        item, keep = event.item, 0.5 ** (1 / HALF_LIFE_PLAYS)
        artist = int(self._snapshot.artist[item])
        same = bool(self.recent) and artist >= 0 and int(self._snapshot.artist[self.recent[-1].item]) == artist
        self._new = keep * self._new + float(self.plays[self.recording[item]] == 0)
        self._same_artist = keep * self._same_artist + float(same)
        self._counted = keep * self._counted + 1
        if event.source is not PlaySource.SUGGESTED:
            self._again = keep * self._again + float(int(self.recording[item]) in self._played)
            self._chosen = keep * self._chosen + 1
