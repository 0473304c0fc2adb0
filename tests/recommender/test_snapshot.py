"""Snapshot: columns are checked, one file without pickle keeps them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from recommender import Event, EventKind, Marks, Plays, PlaySource, Ragged, Snapshot, SnapshotError
from recommender._snapshot import FORMAT


def small() -> Snapshot:
    return Snapshot.build(
        [10, 20, 30],
        artist=[0, 0, 1],
        album=[0, -1, 1],
        genres=Ragged.of([[0], [], [0, 1]]),
        content=np.eye(3, 4, dtype=np.float32),
        has_content=np.array([True, True, False]),
        tags=np.full((3, 2), 0.5, np.float32),
        tag_names=("piano", "mellow"),
        plays=Plays.build(
            [0, 1, 0], [1000, 2000, 9000], kind=[0, 1, 6], source=[1, 4, 5], utc_offset_min=[60, 60, 120]
        ),
        thumbs=Marks.build([1, 1], [2000, 5000], [1, 0]),
        dismissals=Marks.build([2], [3000]),
        playlists=Ragged.of([[0, 1], [], [2]]),
        elsewhere=Marks.build([1, 0], [500, 700]),
    )


def same(a: object, b: object) -> bool:
    if dataclasses.is_dataclass(a):
        return all(same(getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(a))
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)  # type: ignore[attr-defined]
    return a == b


def test_events_may_begin_later_in_the_log_and_keep_every_mark():
    log = Plays.build([0, 1, 0], [10, 20, 30])
    snapshot = Snapshot.build([5, 6], plays=log, thumbs=Marks.build([1], [15], [1]))
    kinds = [(event.item, event.at) for event in snapshot.events(2)]
    assert kinds == [(1, 15), (0, 30)]


def test_a_file_keeps_every_column(tmp_path: Path) -> None:
    small().save(tmp_path / "one.npz")
    assert same(Snapshot.load(tmp_path / "one.npz"), small())
    assert [path.name for path in tmp_path.iterdir()] == ["one.npz"]


def test_an_empty_library_is_a_snapshot(tmp_path: Path) -> None:
    Snapshot.build([]).save(tmp_path / "none.npz")
    assert len(Snapshot.load(tmp_path / "none.npz")) == 0


def test_events_come_in_time_order_plays_first() -> None:
    assert [(event.kind, event.item) for event in small().events()] == [
        (EventKind.PLAYED, 0),
        (EventKind.SKIPPED, 1),
        (EventKind.THUMB_UP, 1),
        (EventKind.DISMISSED, 2),
        (EventKind.THUMB_CLEARED, 1),
        (EventKind.UNKNOWN, 0),
    ]


def test_a_play_carries_its_columns() -> None:
    first = next(small().events())
    assert first == Event(0, EventKind.PLAYED, 1000, 180_000, PlaySource.PICKED, 60)


def test_ragged_lists_are_read_by_number() -> None:
    lists = Ragged.of([[1, 2], [], [3]])
    assert [one.tolist() for one in lists] == [[1, 2], [], [3]]
    assert len(lists) == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"artist": np.zeros(2, np.int32)}, "artist is int32"),
        ({"artist": np.array([0, 0, -2], np.int32)}, "artist holds a number below"),
        ({"year": np.zeros(3, np.int64)}, "year is int64"),
        ({"item_ids": np.array([1, 1, 2])}, "an id twice"),
        ({"content": np.zeros((2, 4), np.float32)}, "content is"),
        ({"content": np.full((3, 4), np.nan, np.float32)}, "not a number"),
        ({"tag_names": ("piano",)}, "tags points outside the 1"),
        ({"genres": Ragged.of([[0]])}, "genres has 1 lists"),
        ({"playlists": Ragged.of([[7]])}, "playlists points outside"),
        ({"playlists": Ragged(np.array([0, 5]), np.zeros(1, np.int32))}, "playlists: the ends"),
        ({"plays": Plays.build([3], [0])}, "plays.item points outside"),
        ({"elsewhere": Marks.build([2], [0])}, "elsewhere.item points outside"),
        ({"plays": Plays.build([0, 1], [5, 4])}, "plays is not in time order"),
        ({"plays": Plays.build([0], [0], kind=[2])}, "plays.kind holds 2"),
        ({"plays": Plays.build([0, 1], [0])}, "different lengths"),
        ({"thumbs": Marks.build([0], [0], [2])}, "thumbs.value holds 2"),
    ],
)
def test_what_contradicts_itself_is_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(SnapshotError, match=words):
        dataclasses.replace(small(), **change)  # type: ignore[arg-type]


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    path.write_bytes(b"something else")
    with pytest.raises(SnapshotError, match="not a snapshot"):
        Snapshot.load(path)
    with path.open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(SnapshotError, match="not a snapshot"):
        Snapshot.load(path)


def test_a_truncated_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    small().save(path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SnapshotError, match="damaged"):
        Snapshot.load(path)


def test_pickled_objects_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", format=np.array([{"a": 1}], dtype=object))
    with pytest.raises(SnapshotError):
        Snapshot.load(tmp_path / "x.npz")


def test_another_format_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", format=np.array(99))
    with pytest.raises(SnapshotError, match="format 99"):
        Snapshot.load(tmp_path / "x.npz")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", format=np.array(FORMAT))
    with pytest.raises(SnapshotError, match="lacks the column"):
        Snapshot.load(tmp_path / "x.npz")
