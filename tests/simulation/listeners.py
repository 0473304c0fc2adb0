"""Simulated listeners with hidden tastes of several kinds, who skip what does not fit, in runs.

Six styles with eight artists of twelve tracks each. Constants of the recommender's rules are tuned on `TUNING` alone;
`HELD_OUT` are other people: other seeds, and kinds of taste that the tuning has never seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender import Event, EventKind, Plays, PlaySource, Recommender, Snapshot, SuggestRequest

STYLES, ARTISTS, TRACKS = 6, 8, 12
SIZE = STYLES * ARTISTS * TRACKS
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START = 20_000 * DAY
SESSION = 15
LIKES = (2.0, 1.5, 0.0, -1.5, -2.0, -2.5)
AFTERWARDS = (-2.5, -2.0, 0.0, 0.5, 1.5, 2.0)
"""Appeal of the styles before and after a change of taste."""
CLEAR, SAYS_SO = 1.5, 0.3
"""How far from indifferent what gets a thumb is, and how often that is given one."""

Doubles = npt.NDArray[np.float64]
STYLE_OF = np.arange(SIZE) // (ARTISTS * TRACKS)
ARTIST_OF = np.arange(SIZE) // TRACKS


class SimulatedListener:
    """Loves some styles and hates others. Decides about what is played.

    Args:
        seed: Of the taste and of every decision.
    """

    sound_tells = True
    """Whether tracks of a style sound alike."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.styles = np.array(LIKES)
        own, artists = self.random.normal(0, 0.7, SIZE), self.random.normal(0, 0.5, STYLES * ARTISTS)
        self.favour: Doubles = own + np.repeat(artists, TRACKS)
        self.heard_at = np.full(SIZE, -(1 << 60))
        self.times = np.zeros(SIZE)
        self.last = -1
        self.skipping = 0.0

    def taste(self, now: int) -> Doubles:
        """What each track is worth at this time, whatever was heard of late."""
        del now
        return np.asarray(self.styles[STYLE_OF] + self.favour)

    def appeals(self, now: int) -> Doubles:
        """How much each track is wanted now: one that was just heard is not."""
        return self.taste(now) - 2.5 * np.exp(-(now - self.heard_at) / (8 * HOUR))

    def change(self) -> None:
        """From now on the taste is another one."""
        self.styles = np.array(AFTERWARDS)

    def skips(self, item: int, now: int) -> bool:
        """Hear it, and decide."""
        appeal = float(self.appeals(now)[item])
        skipped = bool(self.random.random() < 1 / (1 + np.exp(appeal - self.skipping)))
        self.skipping = min(1.2, self.skipping + 0.6) if skipped else 0.0
        self.heard(item, now)
        return skipped

    def thumb(self, item: int, now: int) -> EventKind | None:
        """What the listener, who says so now and then, thinks of a track: only what is clearly loved or hated."""
        taste = float(self.taste(now)[item])
        if abs(taste) < CLEAR or self.random.random() >= SAYS_SO:
            return None
        return EventKind.THUMB_UP if taste > 0 else EventKind.THUMB_DOWN

    def heard(self, item: int, now: int) -> None:
        """Remember it."""
        self.heard_at[item], self.last = now, item
        self.times[item] += 1

    def sleep(self) -> None:
        """Tomorrow the taste is a little different."""
        self.favour += self.random.normal(0, 0.05, SIZE)
        self.skipping = 0.0
        self.last = -1

    def picks(self, now: int) -> int:
        """What the listener would choose by hand."""
        chance = np.exp(self.appeals(now))
        return int(self.random.choice(SIZE, p=chance / chance.sum()))


class Fan(SimulatedListener):
    """Loves nine artists of all styles; the style says nothing."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._choose(range(STYLES * ARTISTS))

    def _choose(self, among: range) -> None:
        loved = self.random.choice(among, 9, replace=False)
        self.artists = np.where(np.isin(np.arange(STYLES * ARTISTS), loved), 1.8, -1.6)

    def taste(self, now: int) -> Doubles:
        """By artist."""
        del now
        return np.asarray(self.artists[ARTIST_OF] + self.favour)

    def change(self) -> None:
        """Nine others."""
        before = self.artists
        while (before + self.artists).max() > 1:
            self._choose(range(STYLES * ARTISTS))


class ByTheClock(SimulatedListener):
    """Other styles in the morning than in the evening."""

    def taste(self, now: int) -> Doubles:
        """The styles the other way round in the second half of the day."""
        styles = self.styles if now % DAY < DAY // 2 else self.styles[[2, 3, 0, 1, 4, 5]]
        return np.asarray(styles[STYLE_OF] + self.favour)


class Seeker(SimulatedListener):
    """Wants what is new, and not for days again what was heard."""

    def appeals(self, now: int) -> Doubles:
        """Every play takes some of the charm, for weeks."""
        return super().appeals(now) - 1.2 * np.minimum(self.times, 3) * np.exp(-(now - self.heard_at) / (14 * DAY))


class Keeper(SimulatedListener):
    """Wants the forty tracks they love, over and over, and little else."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._choose(0)

    def _choose(self, style: int) -> None:
        inside = np.flatnonzero((STYLE_OF - style) % STYLES < 3)
        self.loved = np.isin(np.arange(SIZE), self.random.choice(inside, 40, replace=False))

    def taste(self, now: int) -> Doubles:
        """Loved or not."""
        del now
        return np.where(self.loved, 2.2, -1.4) + 0.5 * self.favour

    def appeals(self, now: int) -> Doubles:
        """An hour later it may come again."""
        return self.taste(now) - 2.5 * np.exp(-(now - self.heard_at) / HOUR)

    def change(self) -> None:
        """Forty others, of the other styles."""
        self._choose(3)


class Gliding(SimulatedListener):
    """Does not like one style after another."""

    def appeals(self, now: int) -> Doubles:
        """What is of the style of the track before is better."""
        same = STYLE_OF[self.last] == STYLE_OF if self.last >= 0 else np.ones(SIZE, np.bool_)
        return super().appeals(now) + np.where(same, 0.4, -0.8)


class Deaf(SimulatedListener):
    """Loves styles that no sound tells apart."""

    sound_tells = False


People = tuple[tuple[type[SimulatedListener], int], ...]
SEEN = (SimulatedListener, Fan, Seeker)
UNSEEN = (ByTheClock, Keeper, Gliding, Deaf)
TUNING: People = tuple((kind, seed) for kind in SEEN for seed in range(6))
HELD_OUT: People = tuple((kind, 100 + seed) for kind in (*SEEN, *UNSEEN) for seed in range(6))

Chooser = Callable[[int], int]


def library(plays: Plays, *, sound_tells: bool = True) -> Snapshot:
    """Tracks sound like their style, a little like their artist, and like themselves; or like nothing else."""
    random = np.random.default_rng(99)
    style = random.normal(size=(STYLES, 16)).repeat(ARTISTS * TRACKS, axis=0)
    content = style + 0.5 * random.normal(size=(STYLES * ARTISTS, 16)).repeat(TRACKS, axis=0)
    content += 0.5 * random.normal(size=(SIZE, 16))
    if not sound_tells:
        content = random.normal(size=(SIZE, 16))
    return Snapshot.build(np.arange(SIZE), artist=ARTIST_OF, content=content.astype(np.float32), plays=plays)


def picked(listener: SimulatedListener, sessions: int) -> Plays:
    """A past of sessions of eight tracks chosen by hand, two a day, up to START."""
    items, times = [], []
    for session in range(sessions):
        now = START - (sessions - session) * 12 * HOUR
        for _ in range(8):
            items.append(listener.picks(now))
            times.append(now)
            listener.heard(items[-1], now)
            now += 3 * MINUTE
        listener.last = -1
    return Plays.build(items, times, source=np.full(len(items), int(PlaySource.PICKED)))


def live(
    listener: SimulatedListener,
    choose: Chooser,
    told: Callable[[Event], None],
    sessions: int,
    start: int,
    *,
    thumbs: bool = False,
) -> list[list[bool]]:
    """Sessions of fifteen tracks, two a day; for each whether its tracks were skipped.

    Args:
        listener: Who.
        choose: Gives the next track.
        told: Hears what became of it.
        sessions: How many.
        start: Of the first, UTC ms.
        thumbs: Whether the listener also gives some.
    """
    outcomes: list[list[bool]] = []
    for session in range(sessions):
        now = start + session * 12 * HOUR
        outcomes.append([])
        for _ in range(SESSION):
            item = choose(now)
            skipped = listener.skips(item, now)
            heard = 5000 if skipped else 3 * MINUTE
            kind = EventKind.SKIPPED if skipped else EventKind.PLAYED
            told(Event(item, kind, now, heard, PlaySource.SUGGESTED))
            now += heard
            thumb = listener.thumb(item, now) if thumbs else None
            if thumb is not None:
                told(Event(item, thumb, now))
            outcomes[-1].append(skipped)
        listener.sleep()
    return outcomes


def shuffled(seed: int) -> Chooser:
    """Any track, none twice until all were played."""

    def order() -> Iterator[int]:
        random = np.random.default_rng(seed)
        while True:
            yield from random.permutation(SIZE).tolist()

    tracks = order()
    return lambda _now: next(tracks)


def suggesting(recommender: Recommender) -> Chooser:
    """The first track of Up Next, asked anew every time."""
    return lambda now: recommender.suggest(SuggestRequest(5, now, seed=now))[0].item


def rate(outcomes: list[list[bool]]) -> float:
    """Share of skips."""
    return float(np.mean(outcomes))


@dataclass(frozen=True)
class Followed:
    """Skip rates around a change of taste.

    Attributes:
        before: In the sessions before it.
        first: In the two sessions after it.
        later: In the two sessions after those.
        chance: With shuffle, after it.
    """

    before: float
    first: float
    later: float
    chance: float


Build = Callable[[Snapshot], Recommender]


def week(
    kind: type[SimulatedListener], seed: int, build: Build, *, past: int = 10, thumbs: bool = False
) -> tuple[float, float]:
    """Skip rates of a week with shuffle and with Up Next, after `past` sessions picked by hand."""
    by_chance, guided = kind(seed), kind(seed)
    picked(by_chance, past)
    recommender = build(library(picked(guided, past), sound_tells=kind.sound_tells))
    chance = rate(live(by_chance, shuffled(seed), lambda event: None, 14, START))
    return chance, rate(live(guided, suggesting(recommender), recommender.observe, 14, START, thumbs=thumbs))


def change(kind: type[SimulatedListener], seed: int, build: Build) -> Followed:
    """How a change of taste after two days is followed."""
    listener = kind(seed)
    recommender = build(library(picked(listener, 10), sound_tells=kind.sound_tells))
    choose = suggesting(recommender)
    before = live(listener, choose, recommender.observe, 4, START)
    listener.change()
    first = live(listener, choose, recommender.observe, 2, START + 3 * DAY)
    later = live(listener, choose, recommender.observe, 2, START + 5 * DAY)
    chance = live(listener, shuffled(1), lambda event: None, 4, START + 7 * DAY)
    return Followed(rate(before[2:]), rate(first), rate(later), rate(chance))
