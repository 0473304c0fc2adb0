"""The model trained here as one open file, and into another Segue again.

The file is a zip archive: `README.txt` says what is what, `manifest.json`, `tensors.npz` and the ONNX graphs are the
model as it lies in the profile, `model.json` is what was measured when it was trained, and `tracks.jsonl` names the
tracks that its numbers speak of, since every computer has its own numbers for them.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from player.bounded import open_ordinary, parse_json
from player.domain import FileError, ModelVersion, TrackId, UsageError, UtcMs
from player.paths import Profile
from player.recommending._ask import base_model
from player.recommending._ports import Write
from player.storage import Database
from recommender import Artefact, ArtefactError

MANIFEST, TENSORS, TOLD, TRACKS, README = "manifest.json", "tensors.npz", "model.json", "tracks.jsonl", "README.txt"
MAX_BYTES = 1 << 28
"""Of everything unpacked; a model of a million tracks is smaller."""
MAX_TRACKS = 2_000_000
PER_ITEM = ("als_factors", "als_support")
"""Tensors with a row for each track of `als_item_ids`."""
ITEMS = "als_item_ids"
ABOUT = """\
The model that Segue trained on its listener's own plays.

manifest.json   what the tensors mean, metrics, when it was trained, SHA-256 of the files
tensors.npz     named arrays (numpy.load): theta are the network's weights; event_* and feature_* scale its inputs;
                als_* are the factors of implicit ALS, a row for each track of als_item_ids
*.onnx          the networks, in standard ONNX operators; they take theta as an input
model.json      version, metrics before and after the training
tracks.jsonl    the tracks that als_item_ids means: {"id", "title", "artist", "album", "duration_ms", ...}

`segue import FILE` takes it into another Segue of the same version.
"""

NamesOf = Callable[[Sequence[int]], list[dict[str, Any]]]
"""Names of tracks as they are told to other computers, in the same order; {} for one that is unknown."""
Finder = Callable[[dict[str, Any]], TrackId | None]
"""The track of this library that such names mean; None where it is not owned. ValueError for nonsense."""


def is_model_file(path: Path) -> bool:
    """Whether a file is such a model, as far as its table of contents tells."""
    try:
        with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
            return {MANIFEST, TENSORS, TOLD} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def export_model(db: Database, profile: Profile, path: Path, names_of: NamesOf) -> str:
    """Write the model in use to `path`, whole or not at all; returns its version.

    Raises:
        UsageError: the model in use is the one that Segue came with.
        FileError: it cannot be read or written.
    """
    active = db.models.active()
    if active is None:
        raise UsageError("No model trained here is in use; the one in use came with Segue.")
    beside = path.with_name(path.name + ".part")
    try:
        artefact = Artefact.load(profile.models / active.version)
        items = artefact.tensors[ITEMS].tolist() if ITEMS in artefact.tensors else []
        rows = [{"id": key, **names} for key, names in zip(items, names_of(items), strict=True)]
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(README, ABOUT)
            archive.writestr(TOLD, json.dumps(asdict(active), indent=2))
            archive.writestr(TRACKS, "".join(json.dumps(row) + "\n" for row in rows))
            for file in sorted((profile.models / active.version).iterdir()):
                if file.name == MANIFEST or file.suffix in {".npz", ".onnx"}:
                    archive.write(file, file.name)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FileError(str(path), error.strerror or str(error)) from error
    except ArtefactError as error:
        raise FileError(str(path), f"the model cannot be read ({error})") from error
    return active.version


def import_model(
    db: Database, profile: Profile, path: Path, find: Finder, write: Write = lambda run: run()
) -> ModelVersion:
    """Take a model of another Segue and use it from now on.

    Args:
        db: The database.
        profile: Where models are kept.
        path: What `export_model` wrote.
        find: Finds the tracks that it speaks of.
        write: Where writes run.

    Raises:
        FileError: it is damaged, of another version of Segue, or no model; nothing was changed.
    """
    profile.models.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".import.", dir=profile.models))
    try:
        told, tracks = _unpack(path, work)
        artefact = _checked(Artefact.load(work / "model"))
        version = _version(told, artefact)
        artefact = _here(artefact, tracks, find)
        artefact.save(profile.models / artefact.version)
        write(lambda: db.models.add(version))
    except (ValueError, KeyError, TypeError, ArtefactError, RecursionError, MemoryError) as error:
        raise FileError(str(path), f"is no whole model of a Segue of this version ({error})") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileError(str(path), f"is a damaged archive ({error})") from error
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return version


def _unpack(path: Path, work: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Put the model's files where it can be loaded from; what is told of it, and of its tracks."""
    (work / "model").mkdir()
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
            raise ValueError("it unpacks to far more than a model")
        names = {MANIFEST, TENSORS, *(file.name for file in base_model().glob("*.onnx"))}
        for name in names & set(archive.namelist()):
            (work / "model" / name).write_bytes(archive.read(name))
        told = parse_json(archive.read(TOLD))
        tracks = [parse_json(line) for line in _lines(archive.read(TRACKS))]
    with zipfile.ZipFile(work / "model" / TENSORS) as inner:
        if sum(info.file_size for info in inner.infolist()) > MAX_BYTES:
            raise ValueError("its tensors unpack to far more than a model")
    return told, tracks


def _lines(data: bytes) -> list[bytes]:
    if data.count(b"\n") > MAX_TRACKS:
        raise ValueError("it names far more tracks than a model knows")
    return data.splitlines()


def _checked(artefact: Artefact) -> Artefact:
    """The same model, where its networks are those of this Segue and its numbers fit them.

    Networks of other people's would be programs of theirs; the numbers alone cannot do harm.

    Raises:
        ValueError: they are others, or do not fit.
    """
    base = Artefact.load(base_model())
    if dict(artefact.graphs) != dict(base.graphs) or artefact.spec != base.spec:
        raise ValueError("its networks are others")
    for name, wanted in base.tensors.items():
        found = artefact.tensor(name)
        if found.shape != wanted.shape or found.dtype != wanted.dtype:
            raise ValueError(f"{name} is of another form")
    for name, found in artefact.tensors.items():
        if found.dtype.kind not in "fi" or not np.isfinite(found).all():
            raise ValueError(f"{name} holds what is no number")
    if ITEMS in artefact.tensors:
        rows = len(artefact.tensors[ITEMS])
        if any(len(artefact.tensor(name)) != rows for name in PER_ITEM):
            raise ValueError("its factors are not one a track")
    return artefact


def _here(artefact: Artefact, tracks: Sequence[dict[str, Any]], find: Finder) -> Artefact:
    """The model with this library's numbers for its tracks; what is not owned is left out."""
    if ITEMS not in artefact.tensors:
        return artefact
    row_of = {int(key): row for row, key in enumerate(artefact.tensors[ITEMS].tolist())}
    found: dict[int, int] = {}
    for names in tracks:
        row, track_id = row_of.get(int(names["id"])), find(names) if names.get("title") else None
        if row is not None and track_id is not None:
            found.setdefault(int(track_id), row)
    ids = np.array(sorted(found), np.int64)
    rows = np.array([found[key] for key in ids.tolist()], np.int64)
    here = {ITEMS: ids, **{name: artefact.tensor(name)[rows] for name in PER_ITEM}}
    return replace(artefact, tensors={**artefact.tensors, **here})


def _version(told: dict[str, Any], artefact: Artefact) -> ModelVersion:
    """What is told of a model, in use from now on.

    Raises:
        ValueError: that is not told.
    """
    name = artefact.version
    if told["version"] != name or not name.startswith("own-") or not name[4:].isalnum() or len(name) > 40:
        raise ValueError("its name is no model's")
    before, after = ({str(metric): float(value) for metric, value in told[key].items()} for key in ("before", "after"))
    at, events, seconds = UtcMs(int(told["trained_at"])), int(told["events"]), float(told["seconds"])
    return ModelVersion(name, at, events, before, after, active=True, seconds=seconds, promoted=True)
