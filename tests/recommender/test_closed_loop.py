"""The closed loop: a simulated listener with a hidden taste, who skips what does not fit, in runs.

Six styles with eight artists of twelve tracks each. The listener likes two styles much, one a little, has favourites
among the tracks, tires of what was just played, drifts a little every day, and skips more easily after a skip.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, Event, EventKind, Plays, PlaySource, Recommender, Snapshot, SuggestRequest

BASE = Path(__file__).parents[2] / "resources/models/base"
STYLES, ARTISTS, TRACKS = 6, 8, 12
SIZE = STYLES * ARTISTS * TRACKS
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START = 20_000 * DAY

style_of = np.arange(SIZE) // (ARTISTS * TRACKS)
Chooser = Callable[[int], int]


class SimulatedListener:
    """Decides about what is played.

    Args:
        seed: Of the taste and of every decision.
        styles: Appeal of each style.
    """

    def __init__(self, seed: int, styles: tuple[float, ...] = (2.0, 1.5, 0.0, -1.5, -2.0, -2.5)) -> None:
        self.random = np.random.default_rng(seed)
        self.styles = np.array(styles)
        self.favour = self.random.normal(0, 0.7, SIZE) + np.repeat(self.random.normal(0, 0.5, STYLES * ARTISTS), TRACKS)
        self.heard_at = np.full(SIZE, -(1 << 60))
        self.skipping = 0.0

    def appeal(self, item: int, now: int) -> float:
        """How much it is wanted now."""
        tired = 2.5 * np.exp(-(now - self.heard_at[item]) / (8 * HOUR))
        return float(self.styles[style_of[item]] + self.favour[item] - tired)

    def skips(self, item: int, now: int) -> bool:
        """Hear it, and decide."""
        skipped = bool(self.random.random() < 1 / (1 + np.exp(self.appeal(item, now) - self.skipping)))
        self.skipping = min(1.2, self.skipping + 0.6) if skipped else 0.0
        self.heard_at[item] = now
        return skipped

    def sleep(self) -> None:
        """Tomorrow the taste is a little different."""
        self.favour += self.random.normal(0, 0.05, SIZE)
        self.skipping = 0.0

    def picks(self, now: int) -> int:
        """What the listener would choose by hand."""
        appeals = np.array([self.appeal(item, now) for item in range(SIZE)])
        return int(self.random.choice(SIZE, p=np.exp(appeals) / np.exp(appeals).sum()))


def library(plays: Plays) -> Snapshot:
    """Tracks sound like their style, a little like their artist, and like themselves."""
    random = np.random.default_rng(99)
    content = random.normal(size=(STYLES, 16)).repeat(ARTISTS * TRACKS, axis=0)
    content += 0.5 * random.normal(size=(STYLES * ARTISTS, 16)).repeat(TRACKS, axis=0)
    content += 0.5 * random.normal(size=(SIZE, 16))
    return Snapshot.build(
        np.arange(SIZE), artist=np.arange(SIZE) // TRACKS, content=content.astype(np.float32), plays=plays
    )


def picked(listener: SimulatedListener, sessions: int) -> Plays:
    """A past of sessions of eight tracks chosen by hand, two a day, up to START."""
    items, times = [], []
    for session in range(sessions):
        now = START - (sessions - session) * 12 * HOUR
        for _ in range(8):
            items.append(listener.picks(now))
            times.append(now)
            listener.heard_at[items[-1]] = now
            now += 3 * MINUTE
    return Plays.build(items, times, source=np.full(len(items), int(PlaySource.PICKED)))


def live(
    listener: SimulatedListener, choose: Chooser, told: Callable[[Event], None], sessions: int, start: int
) -> list[list[bool]]:
    """Sessions of fifteen tracks, two a day; for each whether its tracks were skipped."""
    outcomes: list[list[bool]] = []
    for session in range(sessions):
        now = start + session * 12 * HOUR
        outcomes.append([])
        for _ in range(15):
            item = choose(now)
            skipped = listener.skips(item, now)
            heard = 5000 if skipped else 3 * MINUTE
            kind = EventKind.SKIPPED if skipped else EventKind.PLAYED
            told(Event(item, kind, now, heard, PlaySource.SUGGESTED))
            now += heard
            outcomes[-1].append(skipped)
        listener.sleep()
    return outcomes


def shuffled(seed: int) -> Chooser:
    """Any track, none twice until all were played."""
    order = iter(np.random.default_rng(seed).permutation(SIZE).tolist())
    return lambda _now: next(order)


def suggesting(recommender: Recommender) -> Chooser:
    """The first track of Up Next, asked anew every time."""
    return lambda now: recommender.suggest(SuggestRequest(5, now, seed=now))[0].item


def rate(outcomes: list[list[bool]]) -> float:
    """Share of skips."""
    return float(np.mean(outcomes))


@pytest.fixture(scope="module")
def base() -> Artefact:
    return Artefact.load(BASE)


@pytest.fixture(scope="module")
def weeks(base: Artefact) -> list[tuple[float, float]]:
    """Skip rates of a week with shuffle and with Up Next, of three listeners."""
    rates = []
    for seed in range(3):
        by_chance, guided = SimulatedListener(seed), SimulatedListener(seed)
        picked(by_chance, 10)
        recommender = Recommender(library(picked(guided, 10)), base)
        chance = rate(live(by_chance, shuffled(seed), lambda event: None, 14, START))
        rates.append((chance, rate(live(guided, suggesting(recommender), recommender.observe, 14, START))))
    return rates


def test_a_week_has_at_least_thirty_per_cent_fewer_skips_than_shuffle(weeks: list[tuple[float, float]]) -> None:
    for chance, guided in weeks:
        assert guided <= 0.7 * chance


def test_a_change_of_taste_is_followed_within_two_sessions(base: Artefact) -> None:
    rates = []
    for seed in range(6):
        listener = SimulatedListener(seed)
        recommender = Recommender(library(picked(listener, 10)), base)
        live(listener, suggesting(recommender), recommender.observe, 4, START)
        listener.styles = np.array((-2.5, -2.0, 0.0, 0.5, 1.5, 2.0))
        first = live(listener, suggesting(recommender), recommender.observe, 2, START + 3 * DAY)
        later = live(listener, suggesting(recommender), recommender.observe, 2, START + 5 * DAY)
        chance = live(listener, shuffled(1), lambda event: None, 4, START + 7 * DAY)
        rates.append([rate(first), rate(later), rate(chance)])
    first_two, two_later, by_chance = np.mean(rates, axis=0)
    assert two_later < first_two - 0.15
    assert two_later < 0.9 * by_chance


def test_a_week_without_any_past_is_better_than_shuffle(base: Artefact) -> None:
    by_chance, guided = SimulatedListener(11), SimulatedListener(11)
    recommender = Recommender(library(Plays.build([], [])), base)
    chance = rate(live(by_chance, shuffled(1), lambda event: None, 14, START))
    found = rate(live(guided, suggesting(recommender), recommender.observe, 14, START))
    assert found <= 0.85 * chance
