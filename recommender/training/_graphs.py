"""The graphs that training needs, for artefacts that are made at development time."""

from __future__ import annotations

from recommender.models import NetworkSpec


def training_graphs(spec: NetworkSpec) -> dict[str, bytes]:
    """Name -> serialised model: "train" and "measure".

    Raises:
        ImportError: The development package `onnx` is not installed; artefacts bring these graphs with them.
    """
    # Imported here: building needs the package onnx, running does not.
    from recommender.training._graph import measure, train_step  # noqa: PLC0415

    return {"train": train_step(spec), "measure": measure(spec)}
