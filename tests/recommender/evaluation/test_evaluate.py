"""The protocol: nothing of the future, and figures that a person can check."""

from pathlib import Path

import numpy as np
import pytest

from recommender import Event, EventKind
from recommender.evaluation import LogError, Settings, evaluate, person, read_log, replay, table
from tests.recommender.evaluation.logs import DAY, HEADER, habit, write

BASE = Path(__file__).parents[3] / "resources/models/base"
RULES = ("frequency", "recency", "actr", "transitions", "seqknn", "artist", "blend_fixed")


class Oracle:
    """Remembers how it was used; gives every item the same score."""

    name = "oracle"

    def __init__(self, size):
        self.size = size
        self.asked = []
        self.seen = []

    def observe(self, event):
        """Remember it."""
        self.seen.append(event)

    def scores(self, now):
        """Remember when it was asked, and after how many events."""
        self.asked.append((now, len(self.seen)))
        return np.zeros(self.size, np.float32)


def log_of(tmp_path, rows, header=HEADER):
    return write(tmp_path / "log.csv", header, rows)


def person_of(tmp_path, rows, **options):
    ((name, found),) = read_log(log_of(tmp_path, rows)).users.items()
    return person(name, found, **options)


def test_the_first_four_fifths_train_and_the_rest_is_tested(tmp_path):
    one = person_of(tmp_path, habit(days=10, length=10))
    assert len(one.snapshot.plays) == 80
    assert one.tests == 20


def test_skips_are_revealed_but_never_tested(tmp_path):
    rows = [(*row[:4], 5_000 if row[2] == "t3" else row[4]) for row in habit(days=10)]
    one = person_of(tmp_path, rows)
    skips = [tested for event, tested in zip(one.later, one.tested, strict=True) if event.kind == EventKind.SKIPPED]
    assert skips
    assert not any(skips)
    assert one.tests == 14


def test_a_model_is_asked_at_the_end_of_what_it_has_seen(tmp_path):
    one = person_of(tmp_path, habit(days=10))
    oracle = Oracle(len(one.snapshot))
    replay(one, lambda _: oracle)
    for number, (now, seen) in enumerate(oracle.asked):
        assert seen == number
        before = [*one.snapshot.events(), *one.later][len(one.snapshot.plays) + seen - 1]
        assert now == before.at + before.listened_ms


def test_equal_scores_rank_in_the_middle(tmp_path):
    one = person_of(tmp_path, habit(days=10))
    assert set(replay(one, lambda _: Oracle(8)).ranks) == {4.5}


def test_scores_that_are_no_numbers_are_refused(tmp_path):
    class Broken(Oracle):
        def scores(self, now):
            """No numbers."""
            return np.full(self.size, np.nan, np.float32)

    one = person_of(tmp_path, habit(days=10))
    with pytest.raises(ValueError, match="oracle"):
        replay(one, lambda _: Broken(8))


def test_a_sample_of_the_test_is_even_and_everything_is_still_revealed(tmp_path):
    one = person_of(tmp_path, habit(days=10), max_test=4)
    assert one.tests == 4
    assert len(one.later) == 16
    assert one.tested[0]
    assert one.tested[-1]


def test_the_order_of_the_library_says_nothing_about_time(tmp_path):
    rows = habit(days=10)
    mirrored = [(user, ts, f"t{7 - int(track[1:])}", artist, ms) for user, ts, track, artist, ms in rows]
    ids = person_of(tmp_path, rows).snapshot.item_ids
    assert ids.tolist() == person_of(tmp_path, mirrored).snapshot.item_ids.tolist()


def test_a_daily_habit_is_foretold_by_what_follows_and_not_by_counts(tmp_path):
    report = evaluate(log_of(tmp_path, habit()), Settings(models=["frequency", "transitions", "blend_fixed"]))
    models = report["models"]
    assert models["transitions"]["mrr20"] > 0.95
    assert models["transitions"]["mrr20"] > models["frequency"]["mrr20"]
    assert report["users"] == 1
    assert report["test_events"] == 48
    assert report["bad_rows"] == 0


def test_every_model_gives_every_figure(tmp_path):
    rows = [(*row[:4], 5_000 if number % 9 == 4 else row[4]) for number, row in enumerate(habit(days=20))]
    report = evaluate(log_of(tmp_path, rows), Settings(models=[*RULES, "als", "lstm_ids", "segue"], base=BASE))
    assert list(report["models"]) == [*RULES, "als", "lstm_ids", "segue"]
    for figures in report["models"].values():
        assert {"hr10", "ndcg10", "mrr20", "hr10_repeat", "ms_p50", "ms_p99", "train_s"} <= set(figures)
        assert figures["per_user"]["ann"]["mrr20"] == pytest.approx(figures["mrr20"], abs=1e-4)
    assert 0 <= report["models"]["segue"]["skip_auc"] <= 1
    assert "skip_auc" not in report["models"]["actr"]


def test_the_base_weights_foretell_a_habit(tmp_path):
    report = evaluate(log_of(tmp_path, habit()), Settings(models=["segue"], base=BASE))
    assert report["models"]["segue"]["mrr20"] > 0.8


def test_first_plays_and_repeats_are_measured_apart(tmp_path):
    rows = [*habit(days=10), ("ann", 20 * DAY, "new", "fresh", 180_000)]
    figures = evaluate(log_of(tmp_path, rows), Settings(models=["recency"]))["models"]["recency"]
    assert figures["hr10_repeat"] == 1
    assert "hr10_new" in figures


def test_a_larger_library_makes_it_harder(tmp_path):
    library = write(tmp_path / "lib.csv", "track,artist", [(f"x{number}", f"a{number % 4}") for number in range(300)])
    log = log_of(tmp_path, habit(days=10))
    alone = evaluate(log, Settings(models=["artist"]))["models"]["artist"]
    among = evaluate(log, Settings(models=["artist"], library=library))["models"]["artist"]
    assert among["mrr20"] < alone["mrr20"]


def test_the_same_log_gives_the_same_figures(tmp_path):
    log = log_of(tmp_path, habit(days=12))
    settings = Settings(models=["lstm_ids", "als", "segue"], base=BASE)
    first, second = (
        {name: model["mrr20"] for name, model in evaluate(log, settings)["models"].items()} for _ in range(2)
    )
    assert first == second


def test_people_with_next_to_nothing_are_named(tmp_path):
    report = evaluate(log_of(tmp_path, [*habit(days=5), ("bob", 1, "t", "a", 60_000)]), Settings(models=["recency"]))
    assert report["skipped_users"] == ["bob"]
    with pytest.raises(LogError, match="nobody"):
        evaluate(log_of(tmp_path, [("bob", 1, "t", "a", 60_000)]), Settings(models=["recency"]))


def test_an_unknown_model_or_missing_weights_are_refused(tmp_path):
    log = log_of(tmp_path, habit(days=5))
    with pytest.raises(ValueError, match="no model oracle"):
        evaluate(log, Settings(models=["oracle"]))
    with pytest.raises(ValueError, match="base weights"):
        evaluate(log, Settings(models=["segue"]))


def test_the_table_names_models_and_bad_rows(tmp_path):
    report = evaluate(log_of(tmp_path, [*habit(days=5), ("ann", "x", "t", "a", 1)]), Settings(models=["recency"]))
    text = table(report)
    assert "recency" in text
    assert "1 bad rows" in text
    assert "line 42" in text
    assert "more" not in text
    many = log_of(tmp_path, [*habit(days=5), *([("ann", "x", "t", "a", 1)] * 27)])
    report = evaluate(many, Settings(models=["recency"]))
    left = 27 - len(report["bad_row_examples"])
    assert left > 0
    assert f"and {left} more" in table(report)


def test_events_of_a_person_are_plain_events(tmp_path):
    one = person_of(tmp_path, habit(days=5))
    assert all(isinstance(event, Event) for event in one.later)
