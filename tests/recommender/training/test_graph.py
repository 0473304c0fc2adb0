"""The training step's gradients against numeric ones, and against torch where it is installed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from recommender.models import PAD, NetworkSpec
from recommender.models._sessions import session

pytest.importorskip("onnx", reason="building the graphs needs the development package onnx")

from recommender.training._graph import measure, train_step

SPEC = NetworkSpec(events=3, features=4, kernel=3, channels=5, hidden=4, rank_hidden=6, skip_hidden=3)
Batch = dict[str, npt.NDArray[Any]]


def batch(seed: int = 0, stretches: int = 3, length: int = 7, samples: int = 13, width: int = 6) -> Batch:
    random = np.random.default_rng(seed)
    log_weight = random.normal(size=(samples, width)).astype(np.float32)
    log_weight[:, -1] = PAD
    skipped = random.random(samples) < 0.4
    return {
        "events": random.normal(size=(stretches, length, SPEC.events)).astype(np.float32),
        "at": random.integers(0, stretches * length, samples),
        "candidates": random.normal(size=(samples, width, SPEC.features)).astype(np.float32),
        "log_weight": log_weight,
        "rank_weight": np.where(skipped, 0, random.random(samples)).astype(np.float32),
        "skip_target": skipped.astype(np.float32),
        "skip_weight": (random.random(samples) < 0.8).astype(np.float32),
        "skip_share": np.array(0.5, np.float32),
    }


def parameters(seed: int = 1) -> npt.NDArray[np.float32]:
    return (np.random.default_rng(seed).normal(size=SPEC.size) * 0.4).astype(np.float32)


def knobs(theta: npt.NDArray[np.float32], **changes: float) -> Batch:
    zero = np.zeros_like(theta)
    scalars = {"step_size": 0.0, "second": 1.0, "pull": 0.0, "clip": 1e9} | changes
    return {"theta": theta, "m": zero, "v": zero, "anchor": zero, "rate": zero + 1} | {
        name: np.array(value, np.float32) for name, value in scalars.items()
    }


@pytest.fixture(scope="module")
def step() -> Any:
    return session(train_step(SPEC))


def softplus(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.logaddexp(0, x)


def loss_in_numpy(theta: npt.NDArray[np.float64], given: Batch) -> float:
    """The loss as the network's module describes it, in float64 and as plain as can be."""
    p = SPEC.views(theta)  # type: ignore[arg-type]
    events = given["events"].astype(np.float64)
    padded = np.concatenate([np.zeros((len(events), SPEC.kernel - 1, SPEC.events)), events], axis=1)
    contexts = []
    h = c = np.zeros((len(events), SPEC.hidden))
    for t in range(events.shape[1]):
        window = padded[:, t : t + SPEC.kernel].reshape(len(events), -1)
        gates = np.maximum(window @ p["conv_w"] + p["conv_b"], 0) @ p["lstm_w"].T + h @ p["lstm_r"].T + p["lstm_b"]
        i, o, f, z = np.split(gates, 4, axis=1)
        c = c / (1 + np.exp(-f)) + np.tanh(z) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        contexts.append(h)
    context = np.stack(contexts, 1).reshape(-1, SPEC.hidden)[given["at"]]
    x = given["candidates"].astype(np.float64)
    first = np.maximum(x @ p["rank_x"] + (context @ p["rank_h"] + p["rank_b"])[:, None], 0)
    second = np.maximum(first @ p["rank_w2"] + p["rank_b2"], 0)
    scores = np.einsum("skf,sf->sk", x, p["rank_linear"] + context @ p["rank_gate"]) + second @ p["rank_out"]
    scores += given["log_weight"]
    peak = scores.max(axis=1)
    rank = peak + np.log(np.exp(scores - peak[:, None]).sum(axis=1)) - scores[:, 0]
    hidden = np.maximum(x[:, 0] @ p["skip_x"] + context @ p["skip_h"] + p["skip_b"], 0)
    logit = hidden @ p["skip_out"] + x[:, 0] @ p["skip_linear"] + context @ p["skip_context"] + p["skip_bias"]
    skip = softplus(logit) - given["skip_target"] * logit
    rank_weight, skip_weight = given["rank_weight"].astype(np.float64), given["skip_weight"].astype(np.float64)
    mean = float(rank @ rank_weight / (rank_weight.sum() + 1e-6))
    return mean + float(given["skip_share"]) * float(skip @ skip_weight / (skip_weight.sum() + 1e-6))


def test_the_loss_is_the_one_described(step: Any) -> None:
    theta, given = parameters(), batch()
    (loss,) = step.run(["loss"], knobs(theta) | given)
    assert loss == pytest.approx(loss_in_numpy(theta.astype(np.float64), given), rel=1e-5)


def test_the_gradient_is_the_numeric_one_for_every_parameter(step: Any) -> None:
    theta, given = parameters(), batch()
    (gradient,) = step.run(["gradient"], knobs(theta) | given)
    wide = theta.astype(np.float64)
    numeric = np.zeros(SPEC.size)
    for index, nudge in enumerate(1e-6 * np.eye(SPEC.size)):
        numeric[index] = (loss_in_numpy(wide + nudge, given) - loss_in_numpy(wide - nudge, given)) / 2e-6
    largest = np.abs(numeric).max()
    for name, part in SPEC.views(np.abs(gradient - numeric).astype(np.float32)).items():
        assert part.max() <= 1e-4 * largest, name
        assert SPEC.views(gradient)[name].any(), name


def test_measuring_gives_the_forward_pass(step: Any) -> None:
    theta, given = parameters(), batch()
    feeds = {name: given[name] for name in ("events", "at", "candidates", "log_weight")}
    scores, logits = session(measure(SPEC)).run(["scores", "skip_logits"], {"theta": theta} | feeds)
    rank = np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)) + scores.max(1) - scores[:, 0]
    (rank_loss, skip_loss) = step.run(["rank_loss", "skip_loss"], knobs(theta) | given)
    assert rank_loss == pytest.approx(rank @ given["rank_weight"] / given["rank_weight"].sum(), rel=1e-5)
    skip = softplus(logits) - given["skip_target"] * logits
    assert skip_loss == pytest.approx(skip @ given["skip_weight"] / given["skip_weight"].sum(), rel=1e-5)


def test_a_rate_of_zero_leaves_a_parameter_where_it_is(step: Any) -> None:
    theta = parameters()
    feeds = knobs(theta, step_size=0.01)
    feeds["rate"] = (np.arange(SPEC.size) % 2).astype(np.float32)
    (after,) = step.run(["theta_next"], feeds | batch())
    assert np.array_equal(after[::2], theta[::2])
    assert (after[1::2] != theta[1::2]).any()


def test_the_pull_goes_to_the_anchor(step: Any) -> None:
    theta = parameters()
    feeds = knobs(theta, pull=0.25)
    feeds["anchor"] = theta + 1
    (after,) = step.run(["theta_next"], feeds | batch())
    assert np.allclose(after, theta + 0.25, atol=1e-6)


def test_without_samples_nothing_is_learned(step: Any) -> None:
    given = batch()
    given["rank_weight"][:] = given["skip_weight"][:] = 0
    loss, gradient = step.run(["loss", "gradient"], knobs(parameters()) | given)
    assert loss == 0
    assert not gradient.any()


def torch_loss(torch: Any, theta: Any, given: Batch) -> Any:
    """The same network written with torch's own layers' functions."""
    functional = torch.nn.functional
    p, start = {}, 0
    for name, shape in SPEC.parameters():
        size = int(np.prod(shape))
        p[name], start = theta[start : start + size].reshape(shape), start + size
    t = {name: torch.from_numpy(value) for name, value in given.items()}
    kernel = p["conv_w"].reshape(SPEC.kernel, SPEC.events, SPEC.channels).permute(2, 1, 0)
    padded = functional.pad(t["events"].transpose(1, 2), (SPEC.kernel - 1, 0))
    conv = torch.relu(functional.conv1d(padded, kernel, p["conv_b"])).transpose(1, 2)

    def order(weights: Any) -> Any:
        i, o, f, c = weights.split(SPEC.hidden, 0)
        return torch.cat([i, f, c, o], 0)

    weights = [order(p["lstm_w"]), order(p["lstm_r"]), order(p["lstm_b"]), torch.zeros(4 * SPEC.hidden)]
    zero = torch.zeros(1, len(conv), SPEC.hidden)
    states = torch._VF.lstm(conv, (zero, zero), weights, True, 1, 0.0, False, False, True)[0]
    context = states.reshape(-1, SPEC.hidden)[t["at"]]
    x = t["candidates"]
    first = torch.relu(x @ p["rank_x"] + (context @ p["rank_h"] + p["rank_b"])[:, None])
    second = torch.relu(first @ p["rank_w2"] + p["rank_b2"])
    scores = (x * (p["rank_linear"] + context @ p["rank_gate"])[:, None]).sum(-1) + second @ p["rank_out"]
    rank = functional.cross_entropy(scores + t["log_weight"], torch.zeros(len(x), dtype=torch.long), reduction="none")
    hidden = torch.relu(x[:, 0] @ p["skip_x"] + context @ p["skip_h"] + p["skip_b"])
    logit = hidden @ p["skip_out"] + x[:, 0] @ p["skip_linear"] + context @ p["skip_context"] + p["skip_bias"]
    skip = functional.binary_cross_entropy_with_logits(logit, t["skip_target"], reduction="none")
    mean = (rank * t["rank_weight"]).sum() / (t["rank_weight"].sum() + 1e-6)
    return mean + t["skip_share"] * (skip * t["skip_weight"]).sum() / (t["skip_weight"].sum() + 1e-6)


def test_gradients_and_steps_are_those_of_torch(step: Any) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed: the numeric gradients are the check")
    theta = parameters()
    tensor = torch.from_numpy(theta.copy()).requires_grad_()
    given = batch()
    (gradient,) = torch.autograd.grad(torch_loss(torch, tensor, given), [tensor])
    (ours,) = step.run(["gradient"], knobs(theta) | given)
    assert np.abs(ours - gradient.numpy()).max() <= 1e-4 * np.abs(gradient.numpy()).max()

    optimizer = torch.optim.Adam([tensor], 1e-3)
    state = knobs(theta, clip=0.5)
    for number in range(1, 31):
        given = batch(number)
        optimizer.zero_grad()
        torch_loss(torch, tensor, given).backward()
        torch.nn.utils.clip_grad_norm_([tensor], 0.5)
        optimizer.step()
        state["step_size"] = np.array(1e-3 / (1 - 0.9**number), np.float32)
        state["second"] = np.array((1 - 0.999**number) ** 0.5, np.float32)
        state["theta"], state["m"], state["v"] = step.run(["theta_next", "m_next", "v_next"], state | given)
    theirs = tensor.detach().numpy()
    # Adam divides by the size of a gradient: where that is noise, one parameter may go its own way.
    assert np.linalg.norm(state["theta"] - theirs) <= 2e-3 * np.linalg.norm(theirs - theta)
