"""The network: its flat vector, its graphs, and stepping against whole sequences."""

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from recommender import Artefact, ArtefactError
from recommender.models import CLIP, Network, NetworkSpec, inference_provider, spec_of, spec_values
from recommender.models._features import COLUMN, EVENT_COLUMN, FEATURE_GROUPS, UNTRAINED, UNTRAINED_EVENT
from recommender.models._priors import priors
from recommender.models._sessions import providers, told

BASE = Path(__file__).parents[3] / "resources/models/base"


@pytest.fixture(scope="module")
def base():
    """The shipped weights."""
    return Artefact.load(BASE)


@pytest.fixture(scope="module")
def network(base):
    """The shipped weights, ready to run."""
    return Network(base)


def by_hand(artefact, spec, raw):
    """Contexts of raw events float64[L, H], worked out step by step from the formulas."""
    part = {name: value.astype(np.float64) for name, value in spec.views(artefact.tensor("theta")).items()}
    x = np.clip((raw - artefact.tensor("event_mean")) * artefact.tensor("event_scale"), -CLIP, CLIP)
    x = np.concatenate([np.zeros((spec.kernel - 1, spec.events)), x])
    h = c = np.zeros(spec.hidden)
    contexts = []
    for step in range(len(raw)):
        y = np.maximum(x[step : step + spec.kernel].reshape(-1) @ part["conv_w"] + part["conv_b"], 0)
        gates = part["lstm_w"] @ y + part["lstm_r"] @ h + part["lstm_b"]
        i, o, f, z = np.split(gates, 4)
        c = c / (1 + np.exp(-f)) + np.tanh(z) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        contexts.append(h)
    return np.array(contexts)


def test_views_cover_the_vector_without_copies():
    spec = NetworkSpec()
    theta = np.arange(spec.size, dtype=np.float32)
    views = spec.views(theta)
    assert sum(view.size for view in views.values()) == spec.size
    views["skip_bias"][0] = -1
    assert theta[-1] == -1
    with pytest.raises(ValueError, match="parameters"):
        spec.views(theta[:-1])


def test_the_start_is_repeatable_and_knows_nothing_of_what_no_log_shows():
    spec = NetworkSpec()
    np.testing.assert_array_equal(spec.initial(3), spec.initial(3))
    assert (spec.initial(3) != spec.initial(4)).any()
    views = spec.views(spec.initial())
    assert not views["rank_x"][[COLUMN[name] for name in UNTRAINED]].any()
    taps = views["conv_w"].reshape(spec.kernel, spec.events, spec.channels)
    assert not taps[:, [EVENT_COLUMN[name] for name in UNTRAINED_EVENT]].any()


def test_stepping_equals_reading_the_whole_sequence(network):
    events = np.random.default_rng(0).normal(0, 2, (60, network.spec.events)).astype(np.float32)
    whole, _ = network.sequence.contexts(network.sequence.start(), events)
    state = network.sequence.start()
    for row, wanted in zip(events, whole, strict=True):
        state = network.sequence.step(state, row[None])
        np.testing.assert_allclose(state.context, wanted, atol=1e-5)


def test_a_sequence_can_be_read_in_pieces(network):
    events = np.random.default_rng(1).normal(0, 2, (50, network.spec.events)).astype(np.float32)
    whole = network.sequence.step(network.sequence.start(), events)
    state = network.sequence.start()
    for first, last in ((0, 1), (1, 20), (20, 50)):
        state = network.sequence.step(state, events[first:last])
    np.testing.assert_allclose(state.context, whole.context, atol=1e-5)
    np.testing.assert_allclose(state.tail, whole.tail, atol=1e-6)


def test_the_graph_computes_the_formulas(base, network):
    events = np.random.default_rng(2).normal(0, 2, (12, network.spec.events)).astype(np.float32)
    found, _ = network.sequence.contexts(network.sequence.start(), events)
    np.testing.assert_allclose(found, by_hand(base, network.spec, events), atol=1e-5)


def test_scores_and_skip_probabilities_follow_the_formulas(base, network):
    random = np.random.default_rng(3)
    spec = network.spec
    x = random.normal(0, 2, (9, spec.features)).astype(np.float32)
    h = random.normal(0, 1, spec.hidden).astype(np.float32)
    p = spec.views(base.tensor("theta"))
    z = np.clip((x - base.tensor("feature_mean")) * base.tensor("feature_scale"), -CLIP, CLIP)
    inner = np.maximum(z @ p["rank_x"] + h @ p["rank_h"] + p["rank_b"], 0)
    outer = np.maximum(inner @ p["rank_w2"] + p["rank_b2"], 0)
    scores = z @ (p["rank_linear"] + h @ p["rank_gate"]) + outer @ p["rank_out"]
    np.testing.assert_allclose(network.ranker.scores(x, h), scores, atol=1e-3)
    bent = np.maximum(z @ p["skip_x"] + h @ p["skip_h"] + p["skip_b"], 0)
    logit = bent @ p["skip_out"] + z @ p["skip_linear"] + h @ p["skip_context"] + p["skip_bias"]
    np.testing.assert_allclose(network.ranker.skip_probability(x, h), 1 / (1 + np.exp(-logit)), atol=1e-4)


def test_contributions_are_what_the_score_owes_to_each_group(network):
    random = np.random.default_rng(4)
    x = random.normal(0, 1, (6, network.spec.features)).astype(np.float32)
    h = random.normal(0, 1, network.spec.hidden).astype(np.float32)
    usual, few = x[5], x[:5].copy()
    # Candidates that differ from the usual one in one group owe everything to it.
    groups = [group.value for group in FEATURE_GROUPS]
    own = ("memory", "sequence", "artist", "session", "time")
    for row, group in enumerate(own):
        few[row, [other != group for other in groups]] = usual[[other != group for other in groups]]
    scores = network.ranker.scores(np.vstack([few, usual[None]]), h)
    for row, parts in enumerate(network.ranker.contributions(few, h, usual)):
        assert parts.pop(own[row]) == pytest.approx(float(scores[row] - scores[5]), abs=1e-3)
        assert set(parts.values()) == {0.0}
    assert network.ranker.contributions(few[:0], h, usual) == []


def test_a_model_of_other_features_is_refused(base):
    other = replace(base, spec={**base.spec, "candidate_features": ["popularity"]})
    with pytest.raises(ArtefactError, match="other features"):
        Network(other)


def test_the_spec_survives_a_manifest():
    spec = NetworkSpec(hidden=8)
    assert spec_of(Artefact("v", spec_values(spec), {})) == spec


def test_what_no_log_shows_gets_a_modest_weight_and_nothing_else_changes():
    spec = NetworkSpec()
    constants = {
        "feature_mean": np.zeros(spec.features, np.float32),
        "feature_scale": np.ones(spec.features, np.float32),
        "event_mean": np.zeros(spec.events, np.float32),
        "event_scale": np.ones(spec.events, np.float32),
    }
    theta = spec.initial()
    changed, _ = priors(spec, theta, constants)
    moved = np.flatnonzero(changed != theta)
    linear = np.flatnonzero(spec.views(np.arange(spec.size, dtype=np.float32))["rank_linear"] >= 0)
    assert 0 < len(moved) <= len(UNTRAINED) < len(linear)
    assert spec.views(changed)["rank_linear"][COLUMN["album_next"]] > 1


def test_the_best_provider_that_is_there_is_taken():
    assert providers(["CPUExecutionProvider"]) == ["CPUExecutionProvider"]
    offered = ["TensorrtExecutionProvider", "CPUExecutionProvider", "CUDAExecutionProvider"]
    assert providers(offered) == ["CUDAExecutionProvider", "CPUExecutionProvider"]


def test_the_log_names_the_provider_that_is_used_and_not_the_one_wanted(caplog, base, expect_log):
    expect_log("did not start")
    assert inference_provider(base) in providers(onnxruntime.get_available_providers())
    wanted = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    with caplog.at_level(logging.DEBUG):
        told(wanted, wanted)
        told(["CPUExecutionProvider"], ["CPUExecutionProvider"])
    assert [record.getMessage() for record in caplog.records] == [
        "inference by CUDAExecutionProvider",
        "inference by CPUExecutionProvider",
    ]
    caplog.clear()
    told(wanted, ["CPUExecutionProvider"])
    assert caplog.records[0].levelno == logging.WARNING
    assert "inference by CPUExecutionProvider: CUDAExecutionProvider is installed but did not start" in caplog.text
