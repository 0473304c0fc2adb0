"""A model moves to another Segue: its numbers for tracks become that one's, and what is no model is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from player.domain import FileError, ModelVersion, TrackId, TrackQuery, UsageError, UtcMs
from player.paths import Profile
from player.recommending import base_model, export_model, import_model, is_model_file
from player.storage import Database
from recommender import Artefact
from tests.recommending.world import World, song


def names_of(db: Database, ids: Any) -> list[dict[str, Any]]:
    found = {track.id: {"title": track.title} for track in db.tracks.get([TrackId(key) for key in ids])}
    return [found.get(key, {}) for key in ids]


def title_finder(db: Database) -> Any:
    by_title = {track.title: track.id for track in db.tracks.get(db.tracks.find(TrackQuery()))}
    return lambda names: by_title.get(names["title"])


@pytest.fixture
def trained(world: World, profile: Profile) -> Artefact:
    """A model in use, with factors for ten tracks and for one that is gone."""
    base = Artefact.load(base_model())
    ids = np.array([*(int(track.id) for track in world.tracks[:10]), 9_999], np.int64)
    factors = np.arange(11 * 4, dtype=np.float32).reshape(11, 4)
    own = replace(
        base,
        version="own-0123abcd",
        tensors={**base.tensors, "als_item_ids": ids, "als_factors": factors, "als_support": factors[:, 0].copy()},
        trained_at=5,
        events=120,
    )
    own.save(profile.models / own.version)
    world.db.models.add(ModelVersion(own.version, UtcMs(5), 120, {"mrr20": 0.1}, {"mrr20": 0.2}, active=True))
    return own


@pytest.fixture
def elsewhere(_database_file: Path, tmp_path: Path) -> Iterator[tuple[Database, Profile]]:
    """Another computer with some of the music, under other numbers."""
    profile = Profile.at(tmp_path / "elsewhere")
    profile.make()
    profile.database.write_bytes(_database_file.read_bytes())
    db = Database.open(profile.database)
    db.files.write_scan([song(9, 9, 9), *(song(0, 1, n) for n in (4, 3, 2, 1))], UtcMs(1))
    yield db, profile
    db.close()


@pytest.fixture
def file(world: World, profile: Profile, trained: Artefact, tmp_path: Path) -> Path:
    out = tmp_path / "model.zip"
    assert export_model(world.db, profile, out, lambda ids: names_of(world.db, ids)) == trained.version
    return out


def test_a_model_is_used_elsewhere_under_that_librarys_numbers(
    world: World, trained: Artefact, file: Path, elsewhere: tuple[Database, Profile]
) -> None:
    db, profile = elsewhere
    assert is_model_file(file)
    version = import_model(db, profile, file, title_finder(db))
    assert db.models.active() == replace(version, active=True)
    assert (version.after, version.events) == ({"mrr20": 0.2}, 120)
    there = Artefact.load(profile.models / version.version)
    assert np.array_equal(there.tensor("theta"), trained.tensor("theta"))
    titles = {track.id: track.title for track in db.tracks.get(db.tracks.find(TrackQuery()))}
    row_of = {track.title: row for row, track in enumerate(world.tracks[:10])}
    ids = there.tensor("als_item_ids").tolist()
    assert ids == sorted(ids)
    assert [titles[TrackId(key)] for key in ids] == [f"Song 0.1.{n}" for n in (4, 3, 2, 1)]
    for key, factors, support in zip(ids, there.tensor("als_factors"), there.tensor("als_support"), strict=True):
        row = row_of[titles[TrackId(key)]]
        assert np.array_equal(factors, trained.tensor("als_factors")[row])
        assert support == trained.tensor("als_support")[row]


def test_without_a_model_of_ones_own_there_is_nothing_to_write(world: World, profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="came with Segue"):
        export_model(world.db, profile, tmp_path / "model.zip", lambda ids: [])
    assert not list(tmp_path.glob("model.zip*"))


def changed(file: Path, name: str, change: Any) -> None:
    """Write the archive anew with one member changed."""
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def refused(file: Path, elsewhere: tuple[Database, Profile]) -> str:
    """Why it is; nothing may have changed."""
    db, profile = elsewhere
    with pytest.raises(FileError) as why:
        import_model(db, profile, file, title_finder(db))
    assert db.models.all() == []
    assert not list(profile.models.iterdir())
    return str(why.value)


def test_a_damaged_file_is_refused_and_changes_nothing(file: Path, elsewhere: tuple[Database, Profile]) -> None:
    whole = file.read_bytes()
    dice = random.Random(3)
    for size in range(0, len(whole), len(whole) // 12):
        file.write_bytes(whole[:size])
        refused(file, elsewhere)
    with zipfile.ZipFile(file.with_name("whole.zip"), "w"):
        pass
    file.write_bytes(whole)
    with zipfile.ZipFile(file) as archive:
        spans = [
            (info.header_offset, info.compress_size) for info in archive.infolist() if info.filename != "README.txt"
        ]
    for start, size in spans:
        broken = bytearray(whole)
        broken[start + 60 + dice.randrange(max(size - 60, 1))] ^= 0xFF
        file.write_bytes(bytes(broken))
        refused(file, elsewhere)


def test_foreign_networks_and_numbers_that_do_not_fit_are_refused(
    file: Path, elsewhere: tuple[Database, Profile], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(own)
    artefact = Artefact.load(own)
    for worse, words in (
        (replace(artefact, graphs={**artefact.graphs, "ranker": b"another program"}), "networks are others"),
        (replace(artefact, spec={}), "networks are others"),
        (replace(artefact, tensors={**artefact.tensors, "theta": np.zeros(3, np.float32)}), "theta is of another form"),
        (
            replace(artefact, tensors={**artefact.tensors, "als_support": np.full(11, np.nan, np.float32)}),
            "als_support holds what is no number",
        ),
        (replace(artefact, tensors={**artefact.tensors, "als_support": np.zeros(3, np.float32)}), "not one a track"),
        (replace(artefact, version="../../x"), "its name is no model's"),
    ):
        worse.save(tmp_path / "worse")
        bad = tmp_path / "bad.zip"
        bad.write_bytes(file.read_bytes())
        for part in (tmp_path / "worse").iterdir():
            changed(bad, part.name, lambda _old, part=part: part.read_bytes())
        assert words in refused(bad, elsewhere)


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("model.json", lambda old: json.dumps({**json.loads(old), "version": "own-x/../y"}).encode()),
        ("model.json", lambda _old: b"[]"),
        ("tracks.jsonl", lambda _old: b"[" * 100_000),
        ("tracks.jsonl", lambda _old: b'{"id": "x"}'),
        ("manifest.json", lambda _old: b"null"),
        ("README.txt", lambda _old: bytes(1 << 28) + b"a bomb"),
    ],
)
def test_what_is_told_of_it_is_checked(
    file: Path, elsewhere: tuple[Database, Profile], member: str, change: Any
) -> None:
    changed(file, member, change)
    refused(file, elsewhere)


def test_other_files_are_no_models(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("listens.jsonl", "{}")
    assert not any(is_model_file(tmp_path / name) for name in ("text", "other.zip", "nowhere"))


def test_bombs_in_a_model_are_refused(world: World, profile: Profile, trained: Artefact, tmp_path: Path) -> None:
    whole, bomb = tmp_path / "model.segue", tmp_path / "bomb.segue"
    export_model(world.db, profile, whole, lambda ids: names_of(world.db, ids))
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    header = (
        np.lib.format.magic(1, 0) + b"\x76\0" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as tensors:
        tensors.writestr("theta.npy", header.ljust(128 - 1) + b"\n")
    digest = hashlib.sha256(buffer.getvalue()).hexdigest()
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"]["tensors.npz"] = digest
    bombs: dict[str, bytes] = {
        "tracks.jsonl": b"{}\n" * 2_000_001,
        "model.json": b"[" + b"[]," * 11_000_000 + b"0]",
        "tensors.npz": buffer.getvalue(),
    }
    for name, content in bombs.items():
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            changed = {name: content} | ({"manifest.json": json.dumps(manifest)} if name == "tensors.npz" else {})
            for other, data in (members | changed).items():
                archive.writestr(other, data)
        with pytest.raises(FileError):
            import_model(world.db, profile, bomb, title_finder(world.db))
    assert not list(profile.models.glob(".import*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_model(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "model.segue")
    assert not is_model_file(tmp_path / "model.segue")
