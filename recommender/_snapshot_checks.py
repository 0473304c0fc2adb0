"""What must hold for a snapshot; the errors name the column and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender._api import EventKind, FloatArray, IntArray, LongArray, PlaySource
from recommender._columns import MOST_TAGS, Array, Content, Marks, Plays, Ragged
from recommender._errors import SnapshotError

_ROWS = {
    "item_ids": np.int64,
    "artist": np.int32,
    "album": np.int32,
    "disc": np.int32,
    "track_no": np.int32,
    "duration_ms": np.int32,
    "year": np.int32,
    "added_at": np.int64,
    "has_content": np.bool_,
    "copy_of": np.int32,
    "available": np.bool_,
    "named": np.bool_,
}


class Columns(Protocol):
    """The columns of a snapshot that are checked."""

    @property
    def item_ids(self) -> LongArray:
        """The ids of the items."""

    @property
    def artist(self) -> IntArray:
        """The artist of each item."""

    @property
    def genres(self) -> Ragged:
        """The genres of each item."""

    @property
    def content(self) -> Content:
        """The content vectors."""

    @property
    def content_basis(self) -> FloatArray:
        """What compact content vectors are along."""

    @property
    def tags(self) -> npt.NDArray[np.int16]:
        """The tags of each item."""

    @property
    def tag_names(self) -> tuple[str, ...]:
        """The tags."""

    @property
    def copy_of(self) -> IntArray:
        """The first row of the same recording."""

    @property
    def plays(self) -> Plays:
        """The play log."""

    @property
    def thumbs(self) -> Marks:
        """The thumbs."""

    @property
    def dismissals(self) -> Marks:
        """The dismissals."""

    @property
    def playlists(self) -> Ragged:
        """The playlists."""

    @property
    def elsewhere(self) -> Marks:
        """Plays of the artists' other tracks."""


def check(snapshot: Columns) -> None:
    """Check everything.

    Raises:
        SnapshotError: Says what is wrong, and where.
    """
    size = len(snapshot.item_ids)
    for name, dtype in _ROWS.items():
        column = getattr(snapshot, name)
        if column.shape != (size,) or column.dtype != dtype:
            raise SnapshotError(
                f"{name} is {column.dtype}{list(column.shape)}, but must be {np.dtype(dtype)}[{size}], one row an item"
            )
    ascending = bool((np.diff(snapshot.item_ids) > 0).all())
    if not ascending and len(np.unique(snapshot.item_ids)) != size:
        raise SnapshotError("item_ids holds an id twice")
    for name in ("artist", "album"):
        if size and int(getattr(snapshot, name).min()) < -1:
            raise SnapshotError(f"{name} holds a number below -1")
    _check_content(snapshot, size)
    if snapshot.tags.dtype != np.int16 or snapshot.tags.shape != (size, MOST_TAGS):
        raise SnapshotError(f"tags is {snapshot.tags.dtype}{list(snapshot.tags.shape)}, but must be int16[{size}, 3]")
    if int(snapshot.tags.max(initial=-1)) >= len(snapshot.tag_names) or int(snapshot.tags.min(initial=-1)) < -1:
        raise SnapshotError(f"tags points outside the {len(snapshot.tag_names)} tag_names")
    if size and (snapshot.copy_of.min() < 0 or (snapshot.copy_of[snapshot.copy_of] != snapshot.copy_of).any()):
        raise SnapshotError("copy_of points to a row that is a copy itself")
    _check_ragged("genres", snapshot.genres, None)
    _check_ragged("playlists", snapshot.playlists, size)
    if len(snapshot.genres) != size:
        raise SnapshotError(f"genres has {len(snapshot.genres)} lists for {size} items")
    _check_log("plays", snapshot.plays, snapshot.plays.started_at, size)
    _check_log("thumbs", snapshot.thumbs, snapshot.thumbs.at, size)
    _check_log("dismissals", snapshot.dismissals, snapshot.dismissals.at, size)
    artists = int(snapshot.artist.max(initial=-1)) + 1
    _check_log("elsewhere", snapshot.elsewhere, snapshot.elsewhere.at, artists)
    _check_values("plays.kind", snapshot.plays.kind, (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN))
    _check_values("plays.source", snapshot.plays.source, tuple(PlaySource))
    _check_values("thumbs.value", snapshot.thumbs.value, (-1, 0, 1))


def _check_content(snapshot: Columns, size: int) -> None:
    matrix, basis = snapshot.content, snapshot.content_basis
    if matrix.ndim != 2 or len(matrix) != size or matrix.dtype not in (np.float32, np.int8):
        raise SnapshotError(f"content is {matrix.dtype}{list(matrix.shape)}, but must be float32 or int8 [{size}, …]")
    if basis.ndim != 2 or basis.dtype != np.float32 or (len(basis) != matrix.shape[1] if len(basis) else False):
        raise SnapshotError(f"content_basis is {basis.dtype}{list(basis.shape)}: it does not fit the content")
    # One sum tells of every value: infinities and NaN go through it.
    if matrix.dtype == np.float32 and not np.isfinite(matrix.sum(dtype=np.float64)):
        raise SnapshotError("content holds a value that is not a number")


def _check_ragged(name: str, lists: Ragged, bound: int | None) -> None:
    ends = lists.indptr
    if not len(ends) or ends[0] != 0 or ends[-1] != len(lists.items) or (np.diff(ends) < 0).any():
        raise SnapshotError(f"{name}: the ends of its lists do not fit its {len(lists.items)} entries")
    if len(lists.items) and (lists.items.min() < 0 or (bound is not None and lists.items.max() >= bound)):
        raise SnapshotError(f"{name} points outside the items")


def _check_log(name: str, log: Plays | Marks, at: LongArray, size: int) -> None:
    lengths = {part.name: len(getattr(log, part.name)) for part in fields(log)}
    if len(set(lengths.values())) != 1:
        raise SnapshotError(f"{name} has columns of different lengths: {lengths}")
    if len(log) and (log.item.min() < 0 or log.item.max() >= size):
        raise SnapshotError(f"{name}.item points outside 0 to {size - 1}")
    if (np.diff(at) < 0).any():
        raise SnapshotError(f"{name} is not in time order")


def _check_values(name: str, column: Array, allowed: Sequence[int]) -> None:
    strange = np.setdiff1d(column, np.asarray([int(value) for value in allowed]))
    if len(strange):
        raise SnapshotError(f"{name} holds {strange[0]}, which is none of {[int(value) for value in allowed]}")
