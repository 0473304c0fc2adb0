"""Lanes: jobs in order in one thread, answers on the owner's."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.workers import Lane
from tests.bed.logs import ExpectLog


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test lane")
    yield lane
    lane.close()


def test_jobs_run_in_order_and_answer_on_the_owners_thread(qtbot: QtBot, lane: Lane) -> None:
    answers: list[tuple[int, str]] = []
    for number in range(5):
        lane.submit(lambda n=number: n, done=lambda n: answers.append((n, threading.current_thread().name)))
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert answers == [(n, threading.main_thread().name) for n in range(5)]


def test_a_failure_is_handed_on(qtbot: QtBot, lane: Lane) -> None:
    failures: list[Exception] = []
    lane.submit(lambda: 1 // 0, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_a_failure_nobody_listens_to_is_logged(lane: Lane, expect_log: ExpectLog) -> None:
    expect_log("a job of lane test lane failed")
    lane.submit(lambda: 1 // 0)
    lane.close()


def test_a_worker_can_wait_for_an_answer(lane: Lane) -> None:
    assert lane.call(threading.current_thread).name == "test lane"
    with pytest.raises(ZeroDivisionError):
        lane.call(lambda: 1 // 0)


def test_closing_finishes_what_was_given_and_takes_no_more(lane: Lane) -> None:
    done: list[int] = []
    lane.submit(lambda: done.append(1))
    lane.close()
    lane.submit(lambda: done.append(2))
    assert done == [1]
    with pytest.raises(RuntimeError, match="closed"):
        lane.call(lambda: 1)


def test_a_lane_of_computations_drops_what_waits(qtbot: QtBot) -> None:
    lane = Lane("test lane")
    begun, go_on, done = threading.Event(), threading.Event(), []

    def long_job() -> None:
        begun.set()
        go_on.wait()
        done.append("at hand")

    lane.submit(long_job)
    for _ in range(100):
        lane.submit(lambda: done.append("waiting"))
    begun.wait()
    threading.Timer(0.05, go_on.set).start()
    lane.close(finish=False)
    assert done == ["at hand"]
