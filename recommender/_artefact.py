"""Artefact: one version of a trained model as a folder.

    manifest.json    format, version, spec, metrics, trained_at, events, SHA-256 of every other file
    tensors.npz      named arrays, no pickle
    NAME.onnx        graphs

A folder appears whole or not at all: it is written beside its place and renamed. Loading checks every
digest, so that half-copied or damaged weights are named instead of played.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._errors import ArtefactError
from recommender._npz import NPZ_ERRORS

FORMAT = 1
"""Version of the folder's layout; another one is refused."""

MANIFEST = "manifest.json"
TENSORS = "tensors.npz"
_GRAPH_NAME = re.compile(r"[a-z0-9_]+")
_FILE_NAME = re.compile(r"[a-z0-9_]+\.(onnx|npz)")


@dataclass(frozen=True, slots=True)
class Artefact:
    """A trained model, which never changes.

    Attributes:
        version: Its name, unique among the versions a listener keeps.
        spec: What the tensors mean: the network's sizes and features, as plain JSON values.
        tensors: Named arrays of numbers.
        graphs: ONNX models by name (lower-case letters, digits, underscores), serialised.
        metrics: Held-out figures measured when it was trained.
        trained_at: UTC ms.
        events: Plays it has learned from.
    """

    version: str
    spec: Mapping[str, Any]
    tensors: Mapping[str, npt.NDArray[Any]]
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    trained_at: int = 0
    events: int = 0

    def tensor(self, name: str) -> npt.NDArray[Any]:
        """One array.

        Raises:
            ArtefactError: There is none of this name.
        """
        try:
            return self.tensors[name]
        except KeyError:
            raise ArtefactError(f"model {self.version} has no tensor “{name}”") from None

    def graph(self, name: str) -> bytes:
        """One serialised ONNX model.

        Raises:
            ArtefactError: There is none of this name.
        """
        try:
            return self.graphs[name]
        except KeyError:
            raise ArtefactError(f"model {self.version} has no graph “{name}”") from None

    def save(self, folder: Path) -> None:
        """Write the folder, replacing an older one of that name in one step.

        Raises:
            ArtefactError: A graph's name cannot be a file's name.
            OSError: The disk is full or may not be written.
        """
        files = self._files()
        manifest = {
            "format": FORMAT,
            "version": self.version,
            "spec": dict(self.spec),
            "metrics": dict(self.metrics),
            "trained_at": self.trained_at,
            "events": self.events,
            "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        }
        files[MANIFEST] = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False).encode()
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, data in files.items():
                (fresh / name).write_bytes(data)
            # mkdtemp makes private folders; models shipped with the program are read by everybody.
            fresh.chmod(0o755)
            _take_place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a folder written by `save`.

        Raises:
            ArtefactError: A file is missing, damaged or unknown, or the folder has another format version.
        """
        manifest = _manifest(folder)
        files = {name: _checked(folder, name, digest) for name, digest in manifest["sha256"].items()}
        try:
            with np.load(io.BytesIO(files[TENSORS]), allow_pickle=False) as archive:
                tensors = {name: archive[name] for name in archive.files}
        except NPZ_ERRORS as error:
            raise ArtefactError(f"the tensors of the model in {folder} cannot be read: {error}") from error
        return cls(
            version=str(manifest["version"]),
            spec=manifest["spec"],
            tensors=tensors,
            graphs={name.removesuffix(".onnx"): data for name, data in files.items() if name.endswith(".onnx")},
            metrics=manifest["metrics"],
            trained_at=int(manifest["trained_at"]),
            events=int(manifest["events"]),
        )

    def _files(self) -> dict[str, bytes]:
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **dict(self.tensors))
        files = {TENSORS: buffer.getvalue()}
        for name, data in self.graphs.items():
            if not _GRAPH_NAME.fullmatch(name):
                raise ArtefactError(f"“{name}” cannot name a graph: lower-case letters, digits and underscores can")
            files[f"{name}.onnx"] = data
        return files


def _take_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        os.replace(fresh, folder)
        return
    # A folder that is not empty cannot be replaced by renaming: the old one steps aside first.
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent)) / "old"
    os.replace(folder, aside)
    try:
        os.replace(fresh, folder)
    except OSError:
        os.replace(aside, folder)
        raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ArtefactError(f"there is no model in {folder}: {error.strerror or error}") from error
    except ValueError as error:
        raise ArtefactError(f"{path} is not a manifest: {error}") from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise ArtefactError(f"{path} is not a manifest")
    if manifest["format"] != FORMAT:
        raise ArtefactError(f"the model in {folder} has format {manifest['format']}; only format {FORMAT} can be used")
    missing = {"version", "spec", "metrics", "trained_at", "events", "sha256"} - manifest.keys()
    if missing:
        raise ArtefactError(f"{path} lacks {', '.join(sorted(missing))}")
    return manifest


def _checked(folder: Path, name: str, digest: str) -> bytes:
    if not _FILE_NAME.fullmatch(name):
        raise ArtefactError(f"the manifest in {folder} names “{name}”, which is no file of a model")
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArtefactError(f"the model's file {path} cannot be read: {error.strerror or error}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ArtefactError(f"the model's file {path} is damaged: its checksum differs from the manifest's")
    return data
