"""A plausible past: some weeks in which an invented listener lived with the demo's library."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from player.demo._catalogue import ALBUMS, ARTISTS
from player.domain import (
    EndReason,
    Ms,
    PlayFinished,
    StartReason,
    ThumbGiven,
    Track,
    TrackStarted,
    UtcMs,
    utc_offset_minutes,
)
from player.domain import Outcome as Heard

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
DAYS = 40
"""How far the history reaches back."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A time of the week at which the listener likes to listen, and to whom.

    Attributes:
        weekdays: From Monday (0) to Sunday (6).
        hour: Local time of day, give or take half an hour.
        chance: That it happens on such a day.
        tracks: Plays of such a session, on average.
        likes: Artist's key -> weight.
    """

    weekdays: range
    hour: float
    chance: float
    tracks: int
    likes: dict[str, float]


HABITS = (
    Habit(range(5), 7.6, 0.75, 7, {"ada": 3, "marrow": 2, "sol": 1}),
    Habit(range(5), 14.2, 0.5, 10, {"machines": 3, "kestrel": 1.5, "marrow": 1, "paperclip": 0.3}),
    Habit(range(7), 19.4, 0.65, 9, {"haru": 2.5, "tram": 2, "nujum": 1.2, "sol": 1, "copper": 0.7, "ferro": 0.3}),
    Habit(range(5, 7), 10.5, 0.7, 9, {"sol": 2, "copper": 1.5, "haru": 1.5, "nujum": 1}),
    Habit(range(4, 6), 22.3, 0.7, 12, {"machines": 2, "kestrel": 2, "tram": 1.5, "haru": 1, "paperclip": 0.6}),
)
DISLIKED = {"paperclip": 0.75, "ferro": 0.7}
"""Artists the listener tries now and then and mostly skips: how likely."""

NEWCOMER = ("Night Shift", 18)
"""An album that joined the library this many days ago, and was on repeat for a while."""

UNHEARD = "Snow on the Line"
"""An album by an artist the listener likes, who has not come to it yet."""

FOLLOWS = {"Огни на мосту": "Third Lane", "Lamp": "Grey Heron", "レモンと砂時計": "Café sin prisa"}
"""What the listener likes to hear after what."""


@dataclass(frozen=True, slots=True)
class History:
    """What the listener did.

    Attributes:
        plays: In order of time.
        thumbs: In order of time.
    """

    plays: tuple[PlayFinished, ...]
    thumbs: tuple[ThumbGiven, ...]


class _Listener:
    """The listener, day by day. Tastes come from the tracks' titles, so ids do not matter."""

    def __init__(self, tracks: Iterable[Track], now: UtcMs, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._now = now
        key_of = {artist.name: key for key, artist in ARTISTS.items()}
        self._tracks = sorted(tracks, key=lambda track: (track.album, track.track_no or 0, track.path))
        self._key = {track.id: key_of.get(track.artist, "") for track in self._tracks}
        self._by_title = {track.title: track for track in self._tracks}
        self._taste = {track.id: (zlib.crc32(track.title.encode()) % 1000) / 1000 for track in self._tracks}
        self._last = dict.fromkeys(self._taste, 0)
        self._plays: list[PlayFinished] = []
        self._thumbs: list[ThumbGiven] = []

    def live(self) -> History:
        """Live through all days up to yesterday's end."""
        offset = utc_offset_minutes(self._now) * 60_000
        today = (self._now + offset) // DAY_MS
        self._look_through(UtcMs((today - DAYS - 1) * DAY_MS + 12 * HOUR_MS - offset))
        for day in range(today - DAYS, today):
            weekday = (day + 3) % 7  # 1970-01-01 was a Thursday
            for habit in sorted(HABITS, key=lambda habit: habit.hour):
                if weekday in habit.weekdays and self._rng.random() < habit.chance:
                    hour = habit.hour + self._rng.uniform(-0.5, 0.5)
                    self._session(habit, UtcMs(int(day * DAY_MS + hour * HOUR_MS) - offset))
        return History(tuple(self._plays), tuple(self._thumbs))

    def _look_through(self, at: UtcMs) -> None:
        """Before all else the listener once looked through the music that turned out not to please."""
        habit = Habit(range(7), 12, 1, 0, {})
        for position, track in enumerate(track for track in self._tracks if self._key[track.id] in DISLIKED):
            at = self._play(track, at, StartReason.ALBUM, position, habit)
        self._stop(at)

    def _session(self, habit: Habit, at: UtcMs) -> None:
        count = max(3, int(self._rng.poisson(habit.tracks)))
        album = self._album(habit, at) if self._rng.random() < 0.4 else []
        for position in range(count):
            if position < len(album):
                track, reason = album[position], StartReason.ALBUM
            else:
                track = self._choose(habit, at)
                reason = StartReason.UP_NEXT if position else StartReason.PICKED
            at = self._play(track, at, reason, position, habit)
        self._stop(at)

    def _album(self, habit: Habit, at: UtcMs) -> list[Track]:
        """The tracks of one of the albums of the habit's artists, in order."""
        albums = [album for album in ALBUMS if habit.likes.get(album.artist, 0) >= 1 and self._there(album.title, at)]
        title = albums[int(self._rng.integers(len(albums)))].title
        return [track for track in self._tracks if track.album == title]

    def _there(self, album: str, at: UtcMs) -> bool:
        title, days_ago = NEWCOMER
        return album != UNHEARD and (album != title or at > self._now - days_ago * DAY_MS)

    def _choose(self, habit: Habit, at: UtcMs) -> Track:
        """A track for this time of the week: liked, not heard just now, or what usually follows."""
        before = self._plays[-1] if self._plays else None
        follower = self._follower(before)
        if follower is not None and self._rng.random() < 0.75:
            return follower
        weights = np.array([self._weight(track, habit, at, before) for track in self._tracks])
        return self._tracks[int(self._rng.choice(len(self._tracks), p=weights / weights.sum()))]

    def _follower(self, before: PlayFinished | None) -> Track | None:
        if before is None or before.reason is not EndReason.FINISHED:
            return None
        title = next(track.title for track in self._tracks if track.id == before.start.track_id)
        return self._by_title.get(FOLLOWS.get(title, ""))

    def _weight(self, track: Track, habit: Habit, at: UtcMs, before: PlayFinished | None) -> float:
        if not self._there(track.album, at):
            return 0.0
        weight = habit.likes.get(self._key[track.id], 0.04) * (0.1 + self._taste[track.id] ** 2)
        hours = (at - self._last[track.id]) / HOUR_MS
        weight *= 0.02 if hours < 6 else min(1.0, 0.25 + hours / 96)
        if track.album == NEWCOMER[0] and self._key[track.id] in habit.likes:
            weight *= 3
        if before is not None and self._key[before.start.track_id] == self._key[track.id]:
            weight *= 1.8
        return weight

    def _play(self, track: Track, at: UtcMs, reason: StartReason, position: int, habit: Habit) -> UtcMs:
        """Log one play and what the listener says to it; returns when the next one begins."""
        listened, ended = track.duration_ms, EndReason.FINISHED
        if self._rng.random() < self._boredom(track, reason, habit):
            listened = Ms(int(min(track.duration_ms - 1, 2_000 + self._rng.exponential(9_000))))
            ended = EndReason.SKIPPED
        start = TrackStarted(track.id, at, track.duration_ms, reason, queue_position=position)
        play = PlayFinished(start, UtcMs(at + listened), listened, ended)
        self._plays.append(play)
        self._last[track.id] = at
        self._judge(track, play)
        return UtcMs(play.ended_at + int(self._rng.uniform(200, 900)))

    def _boredom(self, track: Track, reason: StartReason, habit: Habit) -> float:
        if reason is StartReason.PICKED:
            return 0.02
        key = self._key[track.id]
        if key in DISLIKED:
            return DISLIKED[key]
        return 0.03 + 0.3 * (1 - self._taste[track.id]) ** 2 + (0.25 if habit.likes.get(key, 0) < 0.5 else 0)

    def _judge(self, track: Track, play: PlayFinished) -> None:
        said = [thumb.track_id for thumb in self._thumbs]
        heard = play.outcome
        loved = heard is Heard.PLAYED and self._taste[track.id] > 0.8
        hated = heard is Heard.SKIPPED and self._key[track.id] in DISLIKED and said.count(track.id) == 0
        if track.id not in said and self._rng.random() < (0.04 if loved else 0.1 if hated else 0):
            at = UtcMs(int(play.start.started_at + play.listened_ms * 0.7))
            self._thumbs.append(ThumbGiven(track.id, 1 if loved else -1, at, track.id))

    def _stop(self, at: UtcMs) -> None:
        """The session ends in the middle of a track."""
        last = self._plays[-1]
        if last.reason is EndReason.FINISHED:
            listened = Ms(int(last.listened_ms * self._rng.uniform(0.2, 0.95)))
            ended_at = UtcMs(last.start.started_at + listened)
            self._plays[-1] = PlayFinished(last.start, min(ended_at, at), listened, EndReason.QUIT)


def make_history(tracks: Sequence[Track], now: UtcMs, seed: int = 7) -> History:
    """Invent the weeks before `now` with the demo's tracks; the same seed and day make the same history.

    Raises:
        ValueError: none of the tracks is one of the demo's.
    """
    names = {artist.name for artist in ARTISTS.values()}
    if not any(track.artist in names for track in tracks):
        raise ValueError("these are not the demo's tracks")
    return _Listener(tracks, now, seed).live()
