"""Quality of the queue, on lists that can be checked by eye."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from recommender import Event, EventKind, FloatArray, Reason, ReasonKind, Snapshot, Suggestion, SuggestRequest
from recommender.evaluation import Settings, evaluate, table
from recommender.evaluation._people import Person
from recommender.evaluation._quality import HEADLINE, QueueQuality, RankedQueue, mean_quality, suggester_of

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


def quality_of(*events: Event, ways: tuple[str, ...] = ("balanced",)) -> QueueQuality:
    quality = QueueQuality(someone(), ways)
    for event in events:
        quality.observe(event)
    return quality


def play(item: int, minute: int) -> Event:
    return Event(item, EventKind.PLAYED, minute * MINUTE, MINUTE)


def skip(item: int, minute: int) -> Event:
    return Event(item, EventKind.SKIPPED, minute * MINUTE, 5_000)


def test_what_a_list_is_like() -> None:
    quality = quality_of()
    quality.watch(Fixed([0, 2, 1, 6]), 0)
    figures = quality.figures()["balanced"]
    assert figures["new"] == 0.5
    assert figures["artists"] == 3
    assert figures["pairs"] == pytest.approx(5 / 6)
    assert figures["gap"] == (2 + 10 + 10 + 10) / 4
    assert figures["repeats"] == 0
    assert figures["coverage"] == 0.5


def test_the_session_and_first_plays_are_counted() -> None:
    quality = quality_of(play(0, 0), play(2, 1))
    quality.watch(Fixed([0, 2, 4]), 3 * MINUTE)
    figures = quality.figures()["balanced"]
    assert figures["repeats"] == pytest.approx(2 / 3)
    assert figures["new"] == pytest.approx(1 / 3)
    assert figures["own_new"] == 0.5
    quality.watch(Fixed([0]), 90 * MINUTE)
    assert quality.figures()["balanced"]["repeats"] == pytest.approx(1 / 3)


def test_a_queue_is_compared_with_the_next_play_the_session_and_forty_plays() -> None:
    quality = quality_of(play(1, 0))
    quality.watch(Fixed([0, 1, 2, 3]), MINUTE)
    for event in (skip(5, 1), play(2, 2), play(7, 3), play(0, 100)):
        quality.observe(event)
    figures = quality.figures()["balanced"]
    assert figures["next10"] == 1
    assert figures["session10"] == 0.25
    assert figures["within40"] == 0.5
    assert figures["skipped"] == 0
    for number in range(37):
        quality.observe(play(5, 102 + number))
    quality.observe(play(3, 200))
    assert quality.figures()["balanced"]["within40"] == 0.5


def test_after_silence_the_session_to_come_is_the_one_asked_for() -> None:
    quality = quality_of(play(1, 0))
    quality.watch(Fixed([0, 2]), 100 * MINUTE)
    quality.observe(play(2, 101))
    quality.observe(play(0, 200))
    assert quality.figures()["balanced"]["session10"] == 0.5


def test_what_was_suggested_and_then_skipped_first_counts_as_skipped() -> None:
    quality = quality_of()
    quality.watch(Fixed([0, 1, 2, 3]), 0)
    for event in (skip(0, 1), play(0, 2), play(1, 3), play(7, 4)):
        quality.observe(event)
    figures = quality.figures()["balanced"]
    assert figures["skipped"] == 0.5
    assert figures["next10"] == 1


def test_a_list_of_which_nothing_is_heard_has_no_share_of_skips() -> None:
    quality = quality_of()
    quality.watch(Fixed([0, 1]), 0)
    quality.observe(play(7, 1))
    assert "skipped" not in quality.figures()["balanced"]
    assert quality.figures()["balanced"]["next10"] == 0


class Counting:
    """Scores items by their number; the last one is best."""

    name = "counting"

    def observe(self, event: Event) -> None:
        """Nothing is learned."""

    def scores(self, now: int) -> FloatArray:
        """The item's number."""
        return np.arange(8, dtype=np.float32)


def test_the_rules_of_up_next_hold_for_every_model() -> None:
    """What is sounding, or was given a thumb down, is not suggested, whatever the model scores it."""
    queue = RankedQueue(Counting(), someone())
    queue.observe(Event(6, EventKind.THUMB_DOWN, 0))
    items = [one.item for one in queue.suggest(SuggestRequest(3, MINUTE, playing=5))]
    assert not {5, 6} & set(items)
    assert items
    assert suggester_of(Counting(), someone()) is not None


def test_means_leave_out_who_has_none() -> None:
    quality = quality_of()
    quality.watch(Fixed([0, 1]), 0)
    assert mean_quality([{}, quality.figures()])["balanced"]["new"] == 0
    assert mean_quality([{}]) == {}


def test_up_next_keeps_its_promises(tmp_path: Path) -> None:
    """Newer and more varied from familiar to adventurous, on a made-up log."""
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
    report = evaluate(path, Settings(models=("recency", "segue"), base=BASE, max_test=20))
    model = report["models"]["segue"]
    assert model["queue"] == {key: model["control"]["balanced"][key] for key in HEADLINE}
    assert set(model["per_user"][""]["queue"]) == set(HEADLINE)
    assert set(report["models"]["recency"]["queue"]) == set(HEADLINE)
    control = model["control"]
    new = [control[way]["new"] for way in ("familiar", "balanced", "adventurous")]
    assert new[0] == 0
    assert new[0] < new[1] < new[2]
    assert control["adventurous"]["artists"] >= control["familiar"]["artists"]
    assert "Up Next by segue, familiar: next play among the ten" in table(report)
    assert "Up Next by recency: next play among the ten" in table(report)
