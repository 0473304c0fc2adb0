"""Quality of the queue, on lists that can be checked by eye."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from recommender import Event, EventKind, Reason, ReasonKind, Snapshot, Suggestion, SuggestRequest
from recommender.evaluation import Settings, evaluate, table
from recommender.evaluation._people import Person
from recommender.evaluation._quality import QueueQuality, mean_quality

BASE = Path(__file__).parents[3] / "resources/models/base"
MINUTE = 60_000


class Fixed:
    """Suggests the same list whatever is wanted; at the adventurous end its reverse."""

    def __init__(self, items: list[int]) -> None:
        self.items = items

    def suggest(self, request: SuggestRequest) -> list[Suggestion]:
        """The list."""
        items = self.items[::-1] if request.adventurousness > 0 else self.items
        return [Suggestion(item, 0.0, (Reason(ReasonKind.NEW, 1.0),)) for item in items]


def someone() -> Person:
    snapshot = Snapshot.build(np.arange(8), artist=[0, 0, 1, 1, 2, 2, -1, -1])
    later = [Event(7, EventKind.PLAYED, 0, MINUTE)]
    return Person("x", snapshot, later, [True], [True], np.array([1, 1, 0, 0, 0, 0, 0, 1], np.int32))


def test_figures_of_a_list() -> None:
    quality = QueueQuality(someone())
    quality.watch(Fixed([0, 2, 1, 6]), 0)
    figures = quality.figures()["balanced"]
    assert figures["new"] == 0.5
    assert figures["artists"] == 3
    assert figures["pairs"] == pytest.approx(5 / 6)
    assert figures["gap"] == (2 + 20 + 20 + 20) / 4
    assert figures["repeats"] == 0
    assert figures["coverage"] == 0.5


def test_the_session_and_first_plays_are_counted() -> None:
    quality = QueueQuality(someone())
    quality.heard(0, 0, MINUTE, played=True)
    quality.heard(2, MINUTE, 2 * MINUTE, played=True)
    quality.watch(Fixed([0, 2, 4]), 3 * MINUTE)
    figures = quality.figures()["familiar"]
    assert figures["repeats"] == pytest.approx(2 / 3)
    assert figures["new"] == pytest.approx(1 / 3)
    assert figures["own_new"] == 0.5
    quality.watch(Fixed([0]), 90 * MINUTE)
    assert quality.figures()["familiar"]["repeats"] == pytest.approx(1 / 3)


def test_a_queue_is_compared_with_what_was_played_within_the_next_forty_plays() -> None:
    quality = QueueQuality(someone())
    quality.heard(1, 0, MINUTE, played=True)
    quality.watch(Fixed([0, 1, 2, 3]), MINUTE)
    quality.heard(0, MINUTE, 2 * MINUTE, played=True)
    quality.heard(2, 2 * MINUTE, 2 * MINUTE, played=False)
    assert quality.figures()["balanced"]["heard"] == 0.25
    for number in range(39):
        quality.heard(5, (3 + number) * MINUTE, (4 + number) * MINUTE, played=True)
    quality.heard(3, 50 * MINUTE, 51 * MINUTE, played=True)
    assert quality.figures()["balanced"]["heard"] == 0.25


def test_means_leave_out_who_has_none() -> None:
    quality = QueueQuality(someone())
    quality.watch(Fixed([0, 1]), 0)
    assert mean_quality([{}, quality.figures()])["familiar"]["new"] == 0
    assert mean_quality([{}]) == {}


def test_up_next_keeps_its_promises(tmp_path: Path) -> None:
    """No repeats, artists spaced, and newer from familiar to adventurous, on a made-up log."""
    random = np.random.default_rng(3)
    rows = ["ts,track,artist"]
    known: list[int] = []
    for number in range(700):
        new = random.random() < 0.3 or not known
        track = int(random.integers(0, 400)) if new else int(random.choice(known[-60:]))
        known.append(track)
        rows.append(f"{1_600_000_000 + number * 240 + number // 15 * 30_000},t{track},a{track // 8}")
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    report = evaluate(path, Settings(models=("segue",), base=BASE, max_test=20))
    queue = report["models"]["segue"]["queue"]
    assert {queue[way]["repeats"] for way in queue} == {0.0}
    new = [queue[way]["new"] for way in ("familiar", "balanced", "adventurous")]
    assert new[0] == 0
    assert new[0] < new[1] < new[2]
    assert queue["balanced"]["gap"] > 10
    assert queue["balanced"]["artists"] > 12
    assert "segue, familiar: 0% never played" in table(report)
