"""Base training on a handful of habits: libraries, samples, weights, and people left out."""

import json

import numpy as np
import pytest

from recommender import Artefact, EventKind, Recommender, Snapshot
from recommender.evaluation import read_log
from recommender.models import EVENT_FEATURES, FEATURE_NAMES, NetworkSpec
from tests.recommender.evaluation.logs import HEADER, habit, write

pytest.importorskip("onnx")

from recommender.basetrain.__main__ import main
from recommender.basetrain._collect import Window, gather, kept
from recommender.basetrain._fit import FitSettings, fit, one_cycle
from recommender.basetrain._judge import libraries, means
from recommender.basetrain._libraries import FULL, PLAIN, library

WHOLE = Window(events=10_000, plays=40, late=False, outcomes=True)
SMALL = NetworkSpec(channels=4, hidden=4, rank_hidden=4, skip_hidden=4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three people with habits of different lengths; every seventh play is a skip."""
    folder = tmp_path_factory.mktemp("logs")
    for name, length in (("ann", 7), ("bob", 9), ("cat", 11)):
        rows = [
            (*row[:4], 4_000 if number % 7 == 3 else row[4])
            for number, row in enumerate(habit(days=12, length=length, user=name))
        ]
        write(folder / f"{name}.csv", HEADER, rows)
    return folder


@pytest.fixture(scope="module")
def logs(folder):
    """The same, read."""
    return {name: rows for path in sorted(folder.glob("*.csv")) for name, rows in read_log(path).users.items()}


@pytest.fixture(scope="module")
def people(logs):
    """Samples of everybody."""
    return [gather(library(name, rows, PLAIN, 0), WHOLE, 0) for name, rows in sorted(logs.items())]


def test_a_full_library_holds_tracks_nobody_plays(logs):
    plain, full = (library("ann", logs["ann"], kind, 1) for kind in (PLAIN, FULL))
    assert len(plain.catalogue) == 7
    assert len(full.catalogue) > 7
    assert [event.at for event in plain.events] == [event.at for event in full.events]
    assert max(event.item for event in full.events) < len(full.catalogue)


def test_samples_are_plays_and_outcomes_are_everything(people):
    one = people[0]
    assert one.candidates.shape[2] == len(FEATURE_NAMES)
    assert len(one.outcomes) == len(one.skipped) == len(one.events)
    assert not one.skipped[one.at + 1].any()
    assert (np.diff(one.at) > 0).all()


def test_a_window_bounds_what_a_person_weighs(logs):
    whole = library("ann", logs["ann"], PLAIN, 0)
    early, late = (gather(whole, Window(30, 40, late=late, outcomes=False), 0) for late in (False, True))
    assert len(early.events) == len(late.events) == 30
    assert len(early.outcomes) == 0
    assert len(early.at) > 0
    known = gather(whole, WHOLE, 0)
    # The end of the history is read with what lay before it known.
    np.testing.assert_allclose(late.events[-1], known.events[-1], atol=1e-4)
    assert late.events[0][EVENT_FEATURES.index("plays")] > early.events[0][EVENT_FEATURES.index("plays")]


def test_replays_are_kept_for_the_next_run(logs, tmp_path):
    made = []

    def make():
        made.append(1)
        return gather(library("ann", logs["ann"], PLAIN, 0), WHOLE, 0)

    first, again = (kept(tmp_path / "samples" / "ann-plain", make) for _ in range(2))
    assert len(made) == 1
    assert first.person == again.person == "ann"
    np.testing.assert_array_equal(first.candidates, again.candidates)


def test_outcomes_that_a_log_does_not_tell_are_no_skips_and_no_plays(tmp_path):
    rows = [row[:4] for row in habit(days=4)]
    ((_, found),) = read_log(write(tmp_path / "lastfm.csv", "user,ts,track,artist", rows)).users.items()
    assert not gather(library("ann", found, PLAIN, 0), WHOLE, 0).known.any()


def test_training_is_repeatable_and_learns(people):
    settings = FitSettings(epochs=1, length=32, stretches=2)
    first, again = (fit(people, SMALL, settings, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.theta, again.theta)
    assert np.isfinite(first.theta).all()
    assert (first.theta != SMALL.initial(3)).mean() > 0.5


def test_constant_features_get_no_scale_but_those_set_by_hand(people):
    constants = fit(people, SMALL, FitSettings(epochs=1, length=64)).constants
    assert constants["feature_scale"][FEATURE_NAMES.index("album_next")] == 1
    assert np.isfinite(constants["feature_scale"]).all()
    assert constants["feature_scale"].max() <= 1001


def test_the_schedule_rises_and_falls():
    rates = [one_cycle(part) for part in np.linspace(0, 1, 50)]
    assert rates[0] < 0.1
    assert max(rates) == pytest.approx(1, abs=0.02)
    assert rates[-1] < 0.01


def test_libraries_to_judge_in_never_hold_what_was_played_twice(logs):
    extra = libraries("ann", logs)
    own = {row.track for row in logs["ann"]}
    assert not extra["own"]
    assert extra["others"].keys().isdisjoint(own)
    assert len(extra["artists"]) == 10 * len({artist for artist, _ in own})


def test_means_leave_out_what_nobody_has():
    each = {"a": {"own": {"segue": {"hr10": 0.2, "skip_auc": 0.8}}}, "b": {"own": {"segue": {"hr10": 0.4}}}}
    assert means(each) == {"own": {"segue": {"hr10": 0.3, "skip_auc": 0.8}}}


def test_the_program_writes_weights_that_run_and_a_report(folder, tmp_path):
    out = tmp_path / "base"
    options = ["--samples", str(tmp_path / "samples"), "--epochs", "1", "--folds", "2", "--max-test", "5"]
    assert main([str(folder), str(out), "--version", "v1", "--same", "ann=cat", *options]) == 0
    artefact = Artefact.load(out)
    assert artefact.version == "v1"
    assert {"sequence", "ranker", "skip", "train", "measure"} <= set(artefact.graphs)
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert set(report["people"]) == {"ann", "bob", "cat"}
    assert 0 <= report["mean"]["own"]["segue"]["hr10"] <= 1
    recommender = Recommender(Snapshot.build(np.arange(5), artist=np.zeros(5, int)), artefact)
    assert np.isfinite(recommender.scores(0)).all()


def test_a_folder_without_logs_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="no log"):
        main([str(tmp_path), str(tmp_path / "out"), "--samples", str(tmp_path / "samples")])


def test_rows_know_skips(logs):
    assert {row.kind for row in logs["ann"]} == {EventKind.PLAYED, EventKind.SKIPPED}
