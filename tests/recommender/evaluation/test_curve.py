"""Accuracy against plays so far, and its picture."""

import sys

import pytest

from recommender.evaluation import PlotError, Settings, evaluate, person, plot, read_log
from recommender.evaluation._people import from_the_start
from tests.recommender.evaluation.logs import HEADER, habit, write


@pytest.fixture
def log(tmp_path):
    """Forty days of the same eight tracks."""
    return write(tmp_path / "log.csv", HEADER, habit(days=40))


def test_a_person_from_the_start_has_learned_nothing_and_is_tested_all_along(log):
    ((name, rows),) = read_log(log).users.items()
    fresh = from_the_start(person(name, rows), (10, 100), each=5)
    assert len(fresh.snapshot.plays) == 0
    assert len(fresh.later) == 320
    assert sum(fresh.tested[:10]) == 0
    assert sum(fresh.tested[10:100]) == 5
    assert sum(fresh.tested[100:]) == 5


def test_a_curve_has_a_point_for_each_stretch_and_models_that_learn_event_by_event(log):
    report = evaluate(log, Settings(models=["transitions", "lstm_ids"], curve=True))
    curve = report["models"]["transitions"]["curve"]
    assert [point["plays_from"] for point in curve] == [10, 30, 100, 300]
    assert curve[-1]["mrr20"] > 0.9
    assert all(point["people"] == 1 for point in curve)
    assert "curve" not in report["models"]["lstm_ids"]


def test_without_matplotlib_the_picture_says_what_to_install(log, tmp_path, monkeypatch):
    report = evaluate(log, Settings(models=["recency"]))
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(PlotError, match="matplotlib"):
        plot(report, tmp_path / "out.png")


def test_the_picture_is_a_png(log, tmp_path):
    pytest.importorskip("matplotlib")
    plot(evaluate(log, Settings(models=["recency"], curve=True)), tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
