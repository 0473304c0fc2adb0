"""Artefact: a folder that is whole, checked, and of a version we know."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, ArtefactError


def small(version: str = "v1") -> Artefact:
    return Artefact(
        version=version,
        spec={"hidden": 24},
        tensors={"theta": np.arange(5, dtype=np.float32), "scale": np.float32(2) * np.ones((), np.float32)},
        graphs={"encode": b"graph bytes"},
        metrics={"mrr20": 0.2},
        trained_at=1_700_000_000_000,
        events=1234,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small().save(tmp_path / "model")
    return tmp_path / "model"


def test_a_folder_keeps_everything(folder: Path) -> None:
    loaded = Artefact.load(folder)
    assert (loaded.version, loaded.spec, loaded.metrics) == ("v1", {"hidden": 24}, {"mrr20": 0.2})
    assert (loaded.trained_at, loaded.events) == (1_700_000_000_000, 1234)
    assert loaded.graph("encode") == b"graph bytes"
    assert np.array_equal(loaded.tensor("theta"), np.arange(5))
    assert loaded.tensor("scale").shape == ()


def test_saving_replaces_the_folder_and_leaves_nothing_else(folder: Path) -> None:
    small("v2").save(folder)
    assert Artefact.load(folder).version == "v2"
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_unserialisable_manifests_leave_the_old_folder(folder: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        Artefact("v3", {}, {}, metrics={"loss": float("nan")}).save(folder)
    assert Artefact.load(folder).version == "v1"


def test_unknown_names_are_errors() -> None:
    with pytest.raises(ArtefactError, match="no tensor “x”"):
        small().tensor("x")
    with pytest.raises(ArtefactError, match="no graph “x”"):
        small().graph("x")


def test_a_graph_cannot_be_named_like_a_path(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="cannot name a graph"):
        Artefact("v", {}, {}, {"../x": b""}).save(tmp_path / "model")


@pytest.mark.parametrize("name", ["tensors.npz", "encode.onnx"])
def test_damage_is_found(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[-1] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ArtefactError, match=f"{name} is damaged"):
        Artefact.load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "encode.onnx").unlink()
    with pytest.raises(ArtefactError, match=r"encode\.onnx cannot be read"):
        Artefact.load(folder)


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="there is no model"):
        Artefact.load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "has format 2"),
        ({"sha256": {"../secret.npz": "0"}}, "no file of a model"),
        ({"sha256": {}}, "tensors"),
    ],
)
def test_other_manifests_are_refused(folder: Path, change: dict[str, object], words: str) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ArtefactError, match=words):
        Artefact.load(folder)


@pytest.mark.parametrize("text", ["no json", "[]", '{"format": 1}'])
def test_what_is_no_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ArtefactError, match=r"manifest|lacks"):
        Artefact.load(folder)
