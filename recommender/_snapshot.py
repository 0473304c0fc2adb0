"""Snapshot: everything the recommender is told about one library and its listener, at one moment.

Numbers only, in columns; one .npz file without pickle, so that reading a file can never run code.
Items are rows 0..N-1; `item_ids` maps them to the caller's ids.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender._api import Event, EventKind, FloatArray, IntArray, LongArray, PlaySource
from recommender._columns import Array, BoolArray, Content, Marks, Plays, Ragged, best_tags, column
from recommender._errors import SnapshotError
from recommender._npz import NPZ_ERRORS
from recommender._snapshot_checks import check

FORMAT = 3
"""Version of the file's layout; another one is refused."""


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
        content: float32[N, D], or int8[N, K] along `content_basis`; only directions matter. Rows of zeros where
            `has_content` is False; D = 0 when nothing was analysed.
        content_basis: float32[K, D], what the columns of a compact `content` mean; no rows for a float32 one.
        has_content: bool[N].
        tags: int16[N, 3], the words that describe the sound best (numbers in `tag_names`, -1 none), the fittest first.
        tag_names: T words.
        copy_of: int32[N], the first row that holds the same recording; the row itself without copies.
        available: bool[N], whether it can be played now; what cannot is never suggested.
        named: bool[N], whether its title says what it is.
        plays: The play log.
        thumbs: Every thumb given or taken back.
        dismissals: Every "not now".
        playlists: Items of each playlist, in its order.
        elsewhere: Plays of the artists' other tracks, which are not among the items; `item` is the artist's number.

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
    content: Content
    content_basis: FloatArray
    has_content: BoolArray
    tags: npt.NDArray[np.int16]
    tag_names: tuple[str, ...]
    copy_of: IntArray
    available: BoolArray
    named: BoolArray
    plays: Plays
    thumbs: Marks
    dismissals: Marks
    playlists: Ragged
    elsewhere: Marks

    def __post_init__(self) -> None:
        check(self)

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
        content: Content | None = None,
        content_basis: FloatArray | None = None,
        has_content: BoolArray | None = None,
        tags: npt.NDArray[Any] | None = None,
        tag_names: Sequence[str] = (),
        copy_of: npt.ArrayLike | None = None,
        available: npt.ArrayLike | None = None,
        named: npt.ArrayLike | None = None,
        plays: Plays | None = None,
        thumbs: Marks | None = None,
        dismissals: Marks | None = None,
        playlists: Ragged | None = None,
        elsewhere: Marks | None = None,
    ) -> Self:
        """A snapshot from what is known; the rest is "unknown" (-1 for artist and album, 0, empty).

        `tags` may also be float[N, T], how much each word describes each item.
        """
        ids = np.asarray(item_ids, np.int64).reshape(-1)
        size = len(ids)
        if content is None:
            content = np.zeros((size, 0), np.float32)
        if has_content is None:
            has_content = np.full(size, content.shape[1] > 0)
        return cls(
            item_ids=ids,
            artist=column(artist, np.int32, size, -1),
            album=column(album, np.int32, size, -1),
            disc=column(disc, np.int32, size, 0),
            track_no=column(track_no, np.int32, size, 0),
            duration_ms=column(duration_ms, np.int32, size, 0),
            year=column(year, np.int32, size, 0),
            added_at=column(added_at, np.int64, size, 0),
            genres=genres or Ragged(np.zeros(size + 1, np.int64), np.zeros(0, np.int32)),
            content=content if content.dtype == np.int8 else np.asarray(content, np.float32),
            content_basis=np.zeros((0, content.shape[1]), np.float32) if content_basis is None else content_basis,
            has_content=has_content,
            tags=best_tags(np.zeros((size, 0)) if tags is None else tags),
            tag_names=tuple(tag_names),
            copy_of=np.arange(size, dtype=np.int32) if copy_of is None else np.asarray(copy_of, np.int32),
            available=np.ones(size, np.bool_) if available is None else np.asarray(available, np.bool_),
            named=np.ones(size, np.bool_) if named is None else np.asarray(named, np.bool_),
            plays=plays or Plays.build([], []),
            thumbs=thumbs or Marks.build(),
            dismissals=dismissals or Marks.build(),
            playlists=playlists or Ragged.of([]),
            elsewhere=elsewhere or Marks.build(),
        )

    def __len__(self) -> int:
        return len(self.item_ids)

    def words(self, item: int) -> tuple[str, ...]:
        """What describes an item's sound, the fittest first."""
        return tuple(self.tag_names[tag] for tag in self.tags[item].tolist() if tag >= 0)

    def events(self, first: int = 0) -> Iterator[Event]:
        """Plays from row `first` on, thumbs and dismissals as events, in time order; at the same time plays first."""
        thumbs, dismissals = self.thumbs, self.dismissals
        events = self.play_events(first, len(self.plays))
        marks = zip(thumbs.item.tolist(), thumbs.value.tolist(), thumbs.at.tolist(), strict=True)
        events += [Event(item, _THUMBS[value], at) for item, value, at in marks]
        gone = zip(dismissals.item.tolist(), dismissals.at.tolist(), strict=True)
        events += [Event(item, EventKind.DISMISSED, at) for item, at in gone]
        at = np.concatenate([self.plays.started_at[first:], thumbs.at, dismissals.at])
        return (events[row] for row in np.argsort(at, kind="stable").tolist())

    def play_events(self, first: int, end: int) -> list[Event]:
        """Rows `first` to `end` (without it) of the play log as events."""
        part = slice(first, end)
        plays = self.plays
        # Whole columns at once: a long log is read at every start.
        return [
            Event(item, kind, at, heard, source, offset)
            for item, kind, at, heard, source, offset in zip(
                plays.item[part].tolist(),
                map(_KINDS.__getitem__, plays.kind[part].tolist()),
                plays.started_at[part].tolist(),
                plays.listened_ms[part].tolist(),
                map(_SOURCES.__getitem__, plays.source[part].tolist()),
                plays.utc_offset_min[part].tolist(),
                strict=True,
            )
        ]

    def save(self, path: Path) -> None:
        """Write to one file, whole or not at all: a new file takes the old one's place when it is complete.

        Raises:
            OSError: The disk is full or may not be written.
        """
        partial = path.with_name(path.name + ".partial")
        try:
            with partial.open("wb") as file:
                np.savez(file, allow_pickle=False, **self.columns())
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
        except NPZ_ERRORS as error:
            raise SnapshotError(f"{path} is not a snapshot, or is damaged: {error}") from error
        return cls.from_columns(columns)

    def columns(self) -> dict[str, Array]:
        """Everything as named arrays, for a file."""
        return _columns(self)

    @classmethod
    def from_columns(cls, columns: Mapping[str, Array]) -> Self:
        """The reverse of `columns`.

        Raises:
            SnapshotError: A column is missing or wrong, or they are of another format version.
        """
        try:
            return cls(**_from_columns(columns))
        except KeyError as error:
            raise SnapshotError(f"the snapshot lacks the column {error}") from error


_THUMBS = {1: EventKind.THUMB_UP, -1: EventKind.THUMB_DOWN, 0: EventKind.THUMB_CLEARED}
_KINDS = tuple(EventKind)
_SOURCES = tuple(PlaySource)
_GROUPS: dict[str, type[Any]] = {
    "genres": Ragged,
    "plays": Plays,
    "thumbs": Marks,
    "dismissals": Marks,
    "playlists": Ragged,
    "elsewhere": Marks,
}


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
