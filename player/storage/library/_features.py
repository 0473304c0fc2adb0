"""The store of what was computed from the sound: content vectors, tags, loudness; by audio key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import AlbumId, Track, TrackId, UtcMs, now_ms
from player.storage._engine import Connections
from player.storage._revisions import CONTENT, advance
from player.storage._vectors import LongArray, chunks
from player.storage.library._album_gain import AlbumGain, read_album_gains
from player.storage.library._expected_gain import read_expected_gains
from player.storage.library._pages import read_tracks
from player.storage.schema import ContentRow, LoudnessRow, TrackRow, TrackState

_AT_ONCE = 4_096
_LITTLE = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class Content:
    """What the content model heard in a piece of audio.

    Attributes:
        vector: float32[d]; None where the analysis failed.
        extractor: Name and version of what computed it; vectors of different extractors are not comparable.
        tags: (word, probability), strongest first.
        tempo: Beats per minute.
        musical_key: Key ("A minor"); empty where unknown.
        problem: Why the analysis failed, in words.
    """

    vector: npt.NDArray[np.float32] | None
    extractor: str
    tags: tuple[tuple[str, float], ...] = field(default=())
    tempo: float | None = None
    musical_key: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Loudness:
    """EBU R128 loudness of a piece of audio.

    Attributes:
        lufs: Integrated loudness in LUFS; None where it cannot be measured.
        range_lu: Loudness range in LU.
        peak: True peak, 1.0 is full scale.
        problem: Why the measurement failed, in words.
    """

    lufs: float | None
    range_lu: float | None = None
    peak: float | None = None
    problem: str = ""


class FeatureStore:
    """Content vectors, tags and loudness by audio key: copies share them, a moved file keeps them.

    A failed analysis is stored too, with its reason, so that it is not tried again at every start.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put(self, audio_key: str, content: Content, now: UtcMs | None = None) -> None:
        """Keep what the content model heard."""
        self.put_all([(audio_key, content)], now)

    def put_all(self, contents: Sequence[tuple[str, Content]], now: UtcMs | None = None) -> None:
        """Keep several in one transaction."""
        self._upsert(ContentRow, [_content_row(key, content, now or now_ms()) for key, content in contents])

    def put_loudness(self, audio_key: str, loudness: Loudness, now: UtcMs | None = None) -> None:
        """Keep a loudness; tracks without gain tags use it from then on."""
        row = {
            "audio_key": audio_key,
            "lufs": loudness.lufs,
            "range_lu": loudness.range_lu,
            "peak": loudness.peak,
            "problem": loudness.problem,
            "made_at": now or now_ms(),
        }
        self._upsert(LoudnessRow, [row])

    def get(self, audio_key: str) -> Content | None:
        """What was heard in a piece of audio; None where it was not analysed yet."""
        statement = select(
            ContentRow.vector,
            ContentRow.extractor,
            ContentRow.tags,
            ContentRow.tempo,
            ContentRow.musical_key,
            ContentRow.problem,
        ).where(ContentRow.audio_key == audio_key)
        with self._connections.reading() as connection:
            row = connection.execute(statement).first()
        if row is None:
            return None
        tags = tuple((word, share) for word, share in row.tags)
        return Content(_vector(row.vector), row.extractor, tags, row.tempo, row.musical_key, row.problem)

    def loudness(self, audio_key: str) -> Loudness | None:
        """The loudness of a piece of audio; None where it was not measured yet."""
        statement = select(LoudnessRow.lufs, LoudnessRow.range_lu, LoudnessRow.peak, LoudnessRow.problem)
        with self._connections.reading() as connection:
            row = connection.execute(statement.where(LoudnessRow.audio_key == audio_key)).first()
        return None if row is None else Loudness(*row)

    def album_gains(self, albums: Sequence[AlbumId]) -> dict[AlbumId, AlbumGain]:
        """Gains of albums as wholes; albums with a track of unknown loudness are left out."""
        with self._connections.reading() as connection:
            return read_album_gains(connection, albums)

    def expected_gains(self, tracks: Sequence[Track]) -> dict[TrackId, float]:
        """Track gain in dB that tracks of unknown loudness probably have; see `read_expected_gains`."""
        with self._connections.reading() as connection:
            return read_expected_gains(connection, tracks)

    def lacking(self, limit: int, extractor: str | None = None) -> list[Track]:
        """Playable tracks whose sound was not analysed yet (by this extractor), most recently added first.

        Of several tracks with one sound, one is given.
        """
        done = exists().where(ContentRow.audio_key == TrackRow.audio_key)
        if extractor is not None:
            done = done.where(ContentRow.extractor == extractor)
        return self._without(done, limit)

    def lacking_among(self, ids: Sequence[TrackId], extractor: str) -> list[Track]:
        """Those of some tracks that `lacking` would name, in this order, each sound once."""
        done = exists().where(ContentRow.audio_key == TrackRow.audio_key, ContentRow.extractor == extractor)
        usable = (TrackRow.audio_key.is_not(None), TrackRow.state == TrackState.PRESENT, TrackRow.playable)
        statement = select(TrackRow.id).where(TrackRow.id.in_(list(ids)), *usable, ~done)
        with self._connections.reading() as connection:
            left = set(connection.execute(statement).scalars())
            tracks = read_tracks(connection, [key for key in dict.fromkeys(ids) if key in left])
        return list({track.audio_key: track for track in reversed(tracks)}.values())[::-1]

    def lacking_loudness(self, limit: int) -> list[Track]:
        """Playable tracks without gain tags whose loudness was not measured yet, most recently added first."""
        measured = exists().where(LoudnessRow.audio_key == TrackRow.audio_key)
        return self._without(measured | TrackRow.track_gain_db.is_not(None), limit)

    def counts(self, extractor: str | None = None) -> tuple[int, int]:
        """(sounds analysed, sounds in the library): how far the analysis has come."""
        present = (TrackRow.state == TrackState.PRESENT, TrackRow.audio_key.is_not(None), TrackRow.playable)
        everything = select(func.count(TrackRow.audio_key.distinct())).where(*present)
        done = exists().where(ContentRow.audio_key == TrackRow.audio_key)
        if extractor is not None:
            done = done.where(ContentRow.extractor == extractor)
        with self._connections.reading() as connection:
            analysed = connection.execute(everything.where(done)).scalar_one()
            return int(analysed), int(connection.execute(everything).scalar_one())

    def matrix(
        self, ids: Sequence[TrackId], extractor: str | None = None
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Content vectors of tracks: (float32[n, d], bool[n]); rows without a vector are zero and False.

        Args:
            ids: Tracks in the order of the rows.
            extractor: Whose vectors; None: of the extractor with the most vectors among these tracks' length.
        """
        by_id: dict[int, bytes | None] = {}
        statement = select(TrackRow.id, ContentRow.vector).join(ContentRow, ContentRow.audio_key == TrackRow.audio_key)
        statement = statement.where(ContentRow.vector.is_not(None))
        if extractor is not None:
            statement = statement.where(ContentRow.extractor == extractor)
        with self._connections.reading() as connection:
            for part in chunks([int(key) for key in ids]):
                by_id.update(
                    (key, vector) for key, vector in connection.execute(statement.where(TrackRow.id.in_(part)))
                )
        return _stacked([by_id.get(int(key)) for key in ids])

    def vectors(self, extractor: str) -> Iterator[tuple[LongArray, npt.NDArray[np.float32]]]:
        """All content vectors of an extractor, some thousands at a time: (track ids int64[n], float32[n, d])."""
        statement = (
            select(TrackRow.id, ContentRow.vector)
            .join(ContentRow, ContentRow.audio_key == TrackRow.audio_key)
            .where(ContentRow.vector.is_not(None), ContentRow.extractor == extractor)
        )
        with self._connections.reading() as connection:
            cursor: Any = connection.execute(statement).cursor
            while rows := cursor.fetchmany(_AT_ONCE):
                width = len(rows[0][1])
                same = [row for row in rows if len(row[1]) == width]
                values = np.frombuffer(b"".join(row[1] for row in same), _LITTLE).reshape(len(same), -1)
                yield np.fromiter((row[0] for row in same), np.int64, len(same)), values.astype(np.float32, copy=False)

    def tags(self, ids: Sequence[TrackId]) -> tuple[npt.NDArray[np.float32], tuple[str, ...]]:
        """How much each word describes each track: (float32[n, t], the t words); rows of zeros without an analysis."""
        row_of = {int(key): row for row, key in enumerate(ids)}
        words: dict[str, int] = {}
        cells: list[tuple[int, int, float]] = []
        statement = select(TrackRow.id, ContentRow.tags).join(ContentRow, ContentRow.audio_key == TrackRow.audio_key)
        with self._connections.reading() as connection:
            for part in chunks([int(key) for key in ids]):
                for key, described in connection.execute(statement.where(TrackRow.id.in_(part))):
                    cells += [(row_of[key], words.setdefault(word, len(words)), share) for word, share in described]
        matrix = np.zeros((len(ids), len(words)), np.float32)
        for row, word, share in cells:
            matrix[row, word] = share
        return matrix, tuple(words)

    def _without(self, done: ColumnElement[bool], limit: int) -> list[Track]:
        statement = (
            select(func.min(TrackRow.id))
            .where(TrackRow.audio_key.is_not(None), TrackRow.state == TrackState.PRESENT, TrackRow.playable, ~done)
            .group_by(TrackRow.audio_key)
            .order_by(func.max(TrackRow.added_at).desc(), func.min(TrackRow.id))
            .limit(limit)
        )
        with self._connections.reading() as connection:
            return read_tracks(connection, list(connection.execute(statement).scalars()))

    def _upsert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = upsert(table)
        replaced = {name: statement.excluded[name] for name in rows[0] if name != "audio_key"}
        with self._connections.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["audio_key"], set_=replaced), rows)
            if table is ContentRow:
                advance(connection, CONTENT)


def _content_row(audio_key: str, content: Content, now: UtcMs) -> dict[str, Any]:
    vector = None if content.vector is None else content.vector.astype(_LITTLE).tobytes()
    return {
        "audio_key": audio_key,
        "extractor": content.extractor,
        "vector": vector,
        "tags": [[word, round(float(share), 4)] for word, share in content.tags],
        "tempo": content.tempo,
        "musical_key": content.musical_key,
        "problem": content.problem,
        "made_at": now,
    }


def _vector(blob: bytes | None) -> npt.NDArray[np.float32] | None:
    return None if blob is None else np.frombuffer(blob, _LITTLE).astype(np.float32)


def _stacked(blobs: Sequence[bytes | None]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Vectors under each other; those of another length than most are left out."""
    lengths = [len(blob) for blob in blobs if blob is not None]
    length = max(set(lengths), key=lengths.count) if lengths else 0
    mask = np.array([blob is not None and len(blob) == length for blob in blobs], np.bool_)
    matrix = np.zeros((len(blobs), length // _LITTLE.itemsize), np.float32)
    if lengths:
        joined = b"".join(blob for blob in blobs if blob is not None and len(blob) == length)
        matrix[mask] = np.frombuffer(joined, _LITTLE).reshape(-1, matrix.shape[1])
    return matrix, mask
