"""Snapshot: everything the recommender is told about one library and its listener, at one moment.

Numbers only, in columns; one .npz file without pickle, so that reading a file can never run code.
Items are rows 0..N-1; `item_ids` maps them to the caller's ids.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, IntArray, LongArray, PlaySource
from recommender._errors import SnapshotError

FORMAT = 1
"""Version of the file's layout; another one is refused."""

BoolArray = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists of different lengths in two columns: list i is `items[indptr[i]:indptr[i + 1]]`.

    Attributes:
        indptr: int64[lists + 1], from 0, never falling.
        items: int32[total].
    """

    indptr: LongArray
    items: IntArray

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Self:
        """The same lists in columns."""
        ends = np.cumsum([0, *(len(one) for one in lists)], dtype=np.int64)
        return cls(ends, np.fromiter((i for one in lists for i in one), np.int32, int(ends[-1])))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def __getitem__(self, index: int) -> IntArray:
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.items[self.indptr[index] : self.indptr[index + 1]]


@dataclass(frozen=True, slots=True)
class Plays:
    """The play log, in order of `started_at`; P rows.

    Attributes:
        item: int32[P], dense index.
        started_at: int64[P], UTC ms.
        listened_ms: int32[P].
        kind: int8[P], `EventKind` PLAYED, SKIPPED or UNKNOWN.
        source: int8[P], `PlaySource`.
        utc_offset_min: int16[P].
    """

    item: IntArray
    started_at: LongArray
    listened_ms: IntArray
    kind: npt.NDArray[np.int8]
    source: npt.NDArray[np.int8]
    utc_offset_min: npt.NDArray[np.int16]

    @classmethod
    def build(
        cls,
        item: npt.ArrayLike,
        started_at: npt.ArrayLike,
        *,
        listened_ms: npt.ArrayLike | None = None,
        kind: npt.ArrayLike | None = None,
        source: npt.ArrayLike | None = None,
        utc_offset_min: npt.ArrayLike | None = None,
    ) -> Self:
        """Columns in any integer type; what is left out is three minutes heard, played, unknown source, UTC."""
        length = len(np.asarray(item))
        return cls(
            _column(item, np.int32, length, 0),
            _column(started_at, np.int64, length, 0),
            _column(listened_ms, np.int32, length, 180_000),
            _column(kind, np.int8, length, int(EventKind.PLAYED)),
            _column(source, np.int8, length, int(PlaySource.UNKNOWN)),
            _column(utc_offset_min, np.int16, length, 0),
        )

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Marks:
    """Judgements in order of `at`: thumbs (`value` +1, -1, 0 taken back) or dismissals (`value` 0).

    Attributes:
        item: int32[M], dense index.
        value: int8[M].
        at: int64[M], UTC ms.
    """

    item: IntArray
    value: npt.NDArray[np.int8]
    at: LongArray

    @classmethod
    def build(cls, item: npt.ArrayLike = (), at: npt.ArrayLike = (), value: npt.ArrayLike | None = None) -> Self:
        """Columns in any integer type; without `value` all are 0."""
        length = len(np.asarray(item))
        return cls(
            _column(item, np.int32, length, 0), _column(value, np.int8, length, 0), _column(at, np.int64, length, 0)
        )

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One library and its listener; checked when made.

    Attributes:
        item_ids: int64[N], the caller's ids, all different.
        artist: int32[N], dense artist number, -1 without.
        album: int32[N], dense album number, -1 without.
        disc: int32[N], 0 unknown.
        track_no: int32[N], 0 unknown.
        duration_ms: int32[N].
        year: int32[N], 0 unknown.
        added_at: int64[N], UTC ms.
        genres: Dense genre numbers of each item; N lists.
        content: float32[N, D], rows of zeros where `has_content` is False; D = 0 when nothing was analysed.
        has_content: bool[N].
        tags: float32[N, T], how much each of `tag_names` describes the sound, 0 to 1.
        tag_names: T words.
        plays: The play log.
        thumbs: Every thumb given or taken back.
        dismissals: Every "not now".
        playlists: Items of each playlist, in its order.

    Raises:
        SnapshotError: A column has another length or type than it must, or points outside the items.
    """

    item_ids: LongArray
    artist: IntArray
    album: IntArray
    disc: IntArray
    track_no: IntArray
    duration_ms: IntArray
    year: IntArray
    added_at: LongArray
    genres: Ragged
    content: FloatArray
    has_content: BoolArray
    tags: FloatArray
    tag_names: tuple[str, ...]
    plays: Plays
    thumbs: Marks
    dismissals: Marks
    playlists: Ragged

    def __post_init__(self) -> None:
        _check(self)

    @classmethod
    def build(
        cls,
        item_ids: npt.ArrayLike,
        *,
        artist: npt.ArrayLike | None = None,
        album: npt.ArrayLike | None = None,
        disc: npt.ArrayLike | None = None,
        track_no: npt.ArrayLike | None = None,
        duration_ms: npt.ArrayLike | None = None,
        year: npt.ArrayLike | None = None,
        added_at: npt.ArrayLike | None = None,
        genres: Ragged | None = None,
        content: FloatArray | None = None,
        has_content: BoolArray | None = None,
        tags: FloatArray | None = None,
        tag_names: Sequence[str] = (),
        plays: Plays | None = None,
        thumbs: Marks | None = None,
        dismissals: Marks | None = None,
        playlists: Ragged | None = None,
    ) -> Self:
        """A snapshot from what is known; the rest is "unknown" (-1 for artist and album, 0, empty)."""
        ids = np.asarray(item_ids, np.int64).reshape(-1)
        size = len(ids)
        if content is None:
            content = np.zeros((size, 0), np.float32)
        if has_content is None:
            has_content = np.full(size, content.shape[1] > 0)
        return cls(
            item_ids=ids,
            artist=_column(artist, np.int32, size, -1),
            album=_column(album, np.int32, size, -1),
            disc=_column(disc, np.int32, size, 0),
            track_no=_column(track_no, np.int32, size, 0),
            duration_ms=_column(duration_ms, np.int32, size, 0),
            year=_column(year, np.int32, size, 0),
            added_at=_column(added_at, np.int64, size, 0),
            genres=genres or Ragged(np.zeros(size + 1, np.int64), np.zeros(0, np.int32)),
            content=np.asarray(content, np.float32),
            has_content=has_content,
            tags=np.zeros((size, 0), np.float32) if tags is None else np.asarray(tags, np.float32),
            tag_names=tuple(tag_names),
            plays=plays or Plays.build([], []),
            thumbs=thumbs or Marks.build(),
            dismissals=dismissals or Marks.build(),
            playlists=playlists or Ragged.of([]),
        )

    def __len__(self) -> int:
        return len(self.item_ids)

    def events(self) -> Iterator[Event]:
        """Plays, thumbs and dismissals as events, in time order; at the same time plays come first."""
        plays, thumbs, dismissals = self.plays, self.thumbs, self.dismissals
        at = np.concatenate([plays.started_at, thumbs.at, dismissals.at])
        first_thumb, first_dismissal = len(plays), len(plays) + len(thumbs)
        for row in np.argsort(at, kind="stable").tolist():
            if row < first_thumb:
                yield self.play(row)
            elif row < first_dismissal:
                thumb = row - first_thumb
                yield Event(int(thumbs.item[thumb]), _THUMBS[int(thumbs.value[thumb])], int(thumbs.at[thumb]))
            else:
                mark = row - first_dismissal
                yield Event(int(dismissals.item[mark]), EventKind.DISMISSED, int(dismissals.at[mark]))

    def play(self, row: int) -> Event:
        """One row of the play log as an event."""
        plays = self.plays
        return Event(
            item=int(plays.item[row]),
            kind=EventKind(int(plays.kind[row])),
            at=int(plays.started_at[row]),
            listened_ms=int(plays.listened_ms[row]),
            source=PlaySource(int(plays.source[row])),
            utc_offset_min=int(plays.utc_offset_min[row]),
        )

    def save(self, path: Path) -> None:
        """Write to one file, whole or not at all: a new file takes the old one's place when it is complete.

        Raises:
            OSError: The disk is full or may not be written.
        """
        partial = path.with_name(path.name + ".partial")
        try:
            with partial.open("wb") as file:
                np.savez(file, allow_pickle=False, **_columns(self))
            os.replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file written by `save`.

        Raises:
            SnapshotError: Not a snapshot, damaged, or of another format version; says which.
            OSError: The file is not there or may not be read.
        """
        try:
            # NumPy does not close a path's file when its archive turns out to be damaged.
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                columns = {name: file[name] for name in file.files}
        except (ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise SnapshotError(f"{path} is not a snapshot, or is damaged: {error}") from error
        try:
            return cls(**_from_columns(columns))
        except KeyError as error:
            raise SnapshotError(f"{path} lacks the column {error}") from error


_THUMBS = {1: EventKind.THUMB_UP, -1: EventKind.THUMB_DOWN, 0: EventKind.THUMB_CLEARED}
_GROUPS: dict[str, type[Any]] = {
    "genres": Ragged,
    "plays": Plays,
    "thumbs": Marks,
    "dismissals": Marks,
    "playlists": Ragged,
}
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
}


def _column(values: npt.ArrayLike | None, dtype: type[Any], length: int, default: int) -> Any:
    if values is None:
        return np.full(length, default, dtype)
    return np.asarray(values, dtype).reshape(-1)


def _columns(snapshot: Snapshot) -> dict[str, Array]:
    columns: dict[str, Array] = {"format": np.array(FORMAT), "tag_names": np.array(snapshot.tag_names, dtype=np.str_)}
    for field in fields(Snapshot):
        value = getattr(snapshot, field.name)
        if field.name in _GROUPS:
            columns |= {f"{field.name}.{part.name}": getattr(value, part.name) for part in fields(value)}
        elif field.name != "tag_names":
            columns[field.name] = value
    return columns


def _from_columns(columns: Mapping[str, Array]) -> dict[str, Any]:
    version = int(columns["format"])
    if version != FORMAT:
        raise SnapshotError(f"this snapshot has format {version}; only format {FORMAT} can be read")
    values: dict[str, Any] = {}
    for field in fields(Snapshot):
        group = _GROUPS.get(field.name)
        if group is None:
            values[field.name] = columns[field.name]
        else:
            values[field.name] = group(*(columns[f"{field.name}.{part.name}"] for part in fields(group)))
    values["tag_names"] = tuple(str(name) for name in columns["tag_names"])
    return values


def _check(snapshot: Snapshot) -> None:
    size = len(snapshot.item_ids)
    for name, dtype in _ROWS.items():
        column = getattr(snapshot, name)
        if column.shape != (size,) or column.dtype != dtype:
            raise SnapshotError(
                f"{name} is {column.dtype}{list(column.shape)}, but must be {np.dtype(dtype)}[{size}], one row an item"
            )
    if len(np.unique(snapshot.item_ids)) != size:
        raise SnapshotError("item_ids holds an id twice")
    for name in ("artist", "album"):
        if size and int(getattr(snapshot, name).min()) < -1:
            raise SnapshotError(f"{name} holds a number below -1")
    _check_matrix("content", snapshot.content, size)
    _check_matrix("tags", snapshot.tags, size)
    if snapshot.tags.shape[1] != len(snapshot.tag_names):
        raise SnapshotError(f"tags has {snapshot.tags.shape[1]} columns for {len(snapshot.tag_names)} tag_names")
    _check_ragged("genres", snapshot.genres, None)
    _check_ragged("playlists", snapshot.playlists, size)
    if len(snapshot.genres) != size:
        raise SnapshotError(f"genres has {len(snapshot.genres)} lists for {size} items")
    _check_log("plays", snapshot.plays, snapshot.plays.started_at, size)
    _check_log("thumbs", snapshot.thumbs, snapshot.thumbs.at, size)
    _check_log("dismissals", snapshot.dismissals, snapshot.dismissals.at, size)
    _check_values("plays.kind", snapshot.plays.kind, (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN))
    _check_values("plays.source", snapshot.plays.source, tuple(PlaySource))
    _check_values("thumbs.value", snapshot.thumbs.value, (-1, 0, 1))


def _check_matrix(name: str, matrix: FloatArray, size: int) -> None:
    if matrix.ndim != 2 or len(matrix) != size or matrix.dtype != np.float32:
        raise SnapshotError(f"{name} is {matrix.dtype}{list(matrix.shape)}, but must be float32[{size}, …]")
    if not np.isfinite(matrix).all():
        raise SnapshotError(f"{name} holds a value that is not a number")


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
        raise SnapshotError(f"{name}.item points outside the {size} items")
    if (np.diff(at) < 0).any():
        raise SnapshotError(f"{name} is not in time order")


def _check_values(name: str, column: Array, allowed: Sequence[int]) -> None:
    strange = np.setdiff1d(column, np.asarray([int(value) for value in allowed]))
    if len(strange):
        raise SnapshotError(f"{name} holds {strange[0]}, which is none of {[int(value) for value in allowed]}")
