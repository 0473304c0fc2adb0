"""Uniting two stored tracks that are one: a vanished file, and the file in which its sound or recording lives on.

While files are scanned, `_identity` decides which stored track each is. What that cannot see is settled here when the
scan has ended: a new place that was seen before the old one was empty, two copies of which one went later, a better
encode under another name. Nothing is lost in this: plays, thumbs, playlists and the date of adding of both go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, text, update

from player.storage._aggregates import touched_by
from player.storage._revisions import STATS, TRACKS, advance
from player.storage._vectors import chunks
from player.storage.listening import refresh_counters
from player.storage.schema import (
    SEARCH_TABLE,
    AlbumPinRow,
    CopyChoiceRow,
    DismissalRow,
    PlaylistEntryRow,
    PlayRow,
    PositionRow,
    PriorRow,
    QueueEntryRow,
    QueuePlayedRow,
    QueueRow,
    Role,
    StarRow,
    ThumbRow,
    TrackArtistRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackState,
    ident,
)
from player.storage.search import path_below

SAME_LENGTH_MS = 2_000
"""Two encodes of one recording differ by no more than this in length."""

_KEPT = ("id", "added_at")
_TAKEN = [column for column in TrackRow.__table__.columns if column.name not in _KEPT]
_HISTORY = (
    PlayRow,
    ThumbRow,
    DismissalRow,
    PlaylistEntryRow,
    QueueEntryRow,
    QueuePlayedRow,
    PriorRow,
    PositionRow,
    StarRow,
)
"""Tables of what the listener did with a track."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """A stored track as far as it matters for uniting.

    Attributes:
        id: Primary key.
        present: Whether its file is there.
        sound: Digest of its sound and where it begins; the digest is None where unknown.
        recording: MusicBrainz recording id, empty without.
        name: Title, artist, album and number in it, as they are compared.
        duration_ms: Length.
    """

    id: int
    present: bool
    sound: tuple[str | None, int]
    recording: str
    name: tuple[str, str, str, int | None]
    duration_ms: int

    def is_same_recording(self, other: _Facts) -> bool:
        """Whether another file is most likely an encode of the same recording."""
        if self.recording and other.recording:
            return self.recording == other.recording
        near = abs(self.duration_ms - other.duration_ms) <= SAME_LENGTH_MS
        return near and self.name == other.name and all(self.name[:2])


def settle(
    connection: Connection, gone: Iterable[int], written: Iterable[int], absent_roots: Sequence[str] = ()
) -> dict[int, int]:
    """Unite vanished tracks with the files in which they live on.

    Args:
        connection: A writing connection.
        gone: Tracks whose files have just been found gone, or whose folder was taken out of the library.
        written: Tracks that were just stored.
        absent_roots: Music folders that are not there: a track below them counts as gone where its very sound
            stands elsewhere.

    Returns:
        The track that went on, by the id that no longer exists.
    """
    gone, written = frozenset(gone), frozenset(written)
    lost = _lost(connection, absent_roots) if gone or written or absent_roots else {}
    pairs = _pairs(connection, lost, gone, written) if lost else []
    united: dict[int, int] = {}
    while pairs:  # in turns where several lost tracks live on in one
        turn = [(old, new) for new, old in {new: old for old, new in reversed(pairs)}.items()]
        gone_on = unite(connection, turn)
        united = {key: gone_on.get(kept, kept) for key, kept in united.items()} | gone_on
        done = set(turn)
        pairs = [(old, gone_on.get(new, new)) for old, new in pairs if (old, new) not in done]
    return united


def _lost(connection: Connection, absent_roots: Sequence[str]) -> dict[int, _Facts]:
    """Tracks whose files are not there, by id."""
    lost = {facts.id: facts for facts in _facts(connection, _FACTS.where(text("state <> 'present'")))}
    other = TrackRow.__table__.alias("other")
    same_sound = (other.c.audio_key == TrackRow.audio_key) & (other.c.start_ms == TrackRow.start_ms)
    elsewhere = exists().where(same_sound, other.c.id != TrackRow.id, other.c.state == TrackState.PRESENT)
    for root in absent_roots:
        below = _FACTS.where(path_below(TrackRow.path, root), _PRESENT, elsewhere)
        lost |= {facts.id: facts for facts in _facts(connection, below)}
    return lost


def _facts(connection: Connection, statement: Any) -> Iterable[_Facts]:
    for row in connection.execute(statement):
        name = (ident(row.title), ident(row.artist), ident(row.album), row.track_no)
        present = row.state is TrackState.PRESENT
        yield _Facts(row.id, present, (row.audio_key, row.start_ms), row.mb_recording_id.lower(), name, row.duration_ms)


_PRESENT = TrackRow.state == TrackState.PRESENT
_FACTS = select(
    TrackRow.id,
    TrackRow.state,
    TrackRow.audio_key,
    TrackRow.start_ms,
    TrackRow.title,
    TrackRow.artist,
    TrackRow.track_no,
    TrackRow.duration_ms,
    TrackDetailRow.album,
    TrackDetailRow.mb_recording_id,
).join(TrackDetailRow, TrackDetailRow.track_id == TrackRow.id)


def _pairs(
    connection: Connection, lost: Mapping[int, _Facts], gone: frozenset[int], written: frozenset[int]
) -> list[tuple[int, int]]:
    """(lost track, track in which it lives on), at most one for each lost one; the sound decides before names."""
    parted, joined = _choices(connection)
    pairs: dict[int, int] = {}
    for old in lost.values():
        for other in joined.get(old.id, ()):
            if old.id in gone and other not in lost:
                pairs.setdefault(old.id, other)
    by_sound: dict[tuple[str | None, int], list[_Facts]] = defaultdict(list)
    keys = [old.sound[0] for old in lost.values() if old.sound[0] is not None]
    for part in chunks(list(dict.fromkeys(keys))):
        for new in _facts(connection, _FACTS.where(TrackRow.audio_key.in_(part), _PRESENT)):
            if new.id not in lost:
                by_sound[new.sound].append(new)
    for old in lost.values():
        found = [new for new in by_sound.get(old.sound, ()) if frozenset((old.id, new.id)) not in parted]
        named = [new for new in found if new.name == old.name] or [new for new in found if new.name[0] == old.name[0]]
        # Of many files of one sound (silence, say) none is meant unless a name tells.
        meant = named or (found if len(found) == 1 else [])
        if meant and old.id not in pairs:
            pairs[old.id] = meant[0].id
    rest = [old for old in lost.values() if old.id not in pairs and not old.present]
    for old_id, new_id in _recordings(connection, rest, gone, written):
        if frozenset((old_id, new_id)) not in parted and new_id not in lost:
            pairs.setdefault(old_id, new_id)
    return list(pairs.items())


def _recordings(
    connection: Connection, lost: Sequence[_Facts], gone: frozenset[int], written: frozenset[int]
) -> Iterable[tuple[int, int]]:
    """(lost track, another encode of its recording): of what has just gone or just come."""
    if not lost or not (gone or written):
        return
    newly_gone = [old for old in lost if old.id in gone]
    candidates = {new.id: new for new in _of_same_artist(connection, newly_gone)}
    for part in chunks(sorted(written)):
        candidates |= {new.id: new for new in _facts(connection, _FACTS.where(TrackRow.id.in_(part), _PRESENT))}
    by_recording: dict[str, list[_Facts]] = defaultdict(list)
    by_name: dict[tuple[str, str, str, int | None], list[_Facts]] = defaultdict(list)
    for new in candidates.values():
        by_name[new.name].append(new)
        if new.recording:
            by_recording[new.recording].append(new)
    for old in lost:
        found = by_recording.get(old.recording, []) + by_name.get(old.name, [])
        meant = [new for new in found if old.is_same_recording(new)]
        if meant:
            yield old.id, min(meant, key=lambda new: (new.name != old.name, abs(new.duration_ms - old.duration_ms))).id


def _of_same_artist(connection: Connection, lost: Sequence[_Facts]) -> Iterable[_Facts]:
    """Present tracks of the artists of some tracks, and of their recordings."""
    for part in chunks([old.id for old in lost]):
        artists = select(TrackArtistRow.artist_id).where(TrackArtistRow.track_id.in_(part))
        tracks = select(TrackArtistRow.track_id).where(
            TrackArtistRow.artist_id.in_(artists), TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0
        )
        yield from _facts(connection, _FACTS.where(TrackRow.id.in_(tracks), _PRESENT))
    for some in chunks([old.recording for old in lost if old.recording]):
        yield from _facts(connection, _FACTS.where(TrackDetailRow.mb_recording_id.in_(some), _PRESENT))


def _choices(connection: Connection) -> tuple[set[frozenset[int]], dict[int, list[int]]]:
    """Pairs that the user said are not copies, and for each track those that are."""
    parted: set[frozenset[int]] = set()
    joined: dict[int, list[int]] = defaultdict(list)
    for one, other, same in connection.execute(
        select(CopyChoiceRow.track_id, CopyChoiceRow.other_id, CopyChoiceRow.same)
    ):
        if same:
            joined[one].append(other)
            joined[other].append(one)
        else:
            parted.add(frozenset((one, other)))
    return parted, joined


def unite(connection: Connection, pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Make one track of each lost one and the one whose file is there; returns what went on, by the id that is gone.

    That is the lost one, to which playlists and queues of this run point, unless it has no history or the other one
    stands in the queue.

    Args:
        connection: A writing connection.
        pairs: (lost track, track whose file is there); each track in one pair at most.
    """
    if not pairs:
        return {}
    ids = [key for pair in pairs for key in pair]
    told, queued = _with_history(connection, ids), _queued(connection, ids)
    united = dict((old, new) if old not in told or new in queued else (new, old) for old, new in pairs)
    touched = touched_by(connection, ids)
    dates = _dates(connection, ids)
    added = [{"of": keep, "at": min(dates[keep], dates[drop])} for drop, keep in united.items()]
    changes = [{"drop": drop, "keep": keep} for drop, keep in united.items()]
    _hand_over(connection, united, changes)
    _take_files(connection, [(old, new) for old, new in pairs if united.get(new) == old])
    connection.execute(text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :drop"), changes)  # noqa: S608 - constant
    connection.execute(delete(TrackRow).where(TrackRow.id == bindparam("drop")), changes)
    connection.execute(update(TrackRow).where(TrackRow.id == bindparam("of")).values(added_at=bindparam("at")), added)
    refresh_counters(connection, united.values())
    touched.recount(connection)
    advance(connection, TRACKS, STATS)
    return united


def _with_history(connection: Connection, ids: Sequence[int]) -> set[int]:
    told: set[int] = set()
    for part in chunks(ids):
        for table in _HISTORY:
            of_them = select(table.track_id).where(table.track_id.in_(part))
            told.update(key for key in connection.execute(of_them).scalars() if key is not None)
    return told


def _queued(connection: Connection, ids: Sequence[int]) -> set[int]:
    queued = select(QueueEntryRow.track_id).join(QueueRow, QueueRow.id == QueueEntryRow.queue_id)
    found = set(connection.execute(queued.where(~QueueRow.past)).scalars())
    return found.intersection(ids)


def _dates(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    dates: dict[int, int] = {}
    for part in chunks(ids):
        rows = connection.execute(select(TrackRow.id, TrackRow.added_at).where(TrackRow.id.in_(part)))
        dates.update((key, at) for key, at in rows)
    return dates


def _hand_over(connection: Connection, united: Mapping[int, int], changes: list[dict[str, int]]) -> None:
    """Let everything that refers to the tracks that go refer to those that go on."""
    for table in (*_HISTORY, AlbumPinRow):
        here = table.track_id == bindparam("drop")
        # What stands in both, such as one imported play, stays once.
        connection.execute(
            update(table).where(here).values(track_id=bindparam("keep")).prefix_with("OR IGNORE"), changes
        )
        connection.execute(delete(table).where(here), changes)
    during_these = connection.execute(select(ThumbRow.while_playing).distinct()).scalars()
    for during in [key for key in during_these if key is not None and key in united]:
        statement = update(ThumbRow).where(ThumbRow.while_playing == during)
        connection.execute(statement.values(while_playing=united[during]))
    choices = connection.execute(select(CopyChoiceRow.track_id, CopyChoiceRow.other_id, CopyChoiceRow.same)).all()
    for one, other, same in choices:
        if one in united or other in united:
            set_choice(connection, one, other, None)
            set_choice(connection, united.get(one, one), united.get(other, other), same)


def set_choice(connection: Connection, one: int, other: int, same: bool | None) -> bool | None:
    """Store whether two tracks are copies of one recording, None to go by their tags; returns what was stored."""
    low, high = sorted((one, other))
    here = (CopyChoiceRow.track_id == low, CopyChoiceRow.other_id == high)
    before = connection.execute(select(CopyChoiceRow.same).where(*here)).scalar()
    connection.execute(delete(CopyChoiceRow).where(*here))
    if same is not None and low != high:
        connection.execute(insert(CopyChoiceRow).values(track_id=low, other_id=high, same=same))
    return before


def _take_files(connection: Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Give each first track the file of the second, which is left without."""
    if not pairs:
        return
    olds = {new: old for old, new in pairs}
    values: list[dict[str, Any]] = []
    for part in chunks(list(olds)):
        for row in connection.execute(select(TrackRow.id.label("new"), *_TAKEN).where(TrackRow.id.in_(part))):
            facts = row._asdict()
            values.append({"of": olds[facts.pop("new")], **facts})
    changes = [{"old": old, "new": new} for old, new in pairs]
    for table in (TrackDetailRow, TrackArtistRow, TrackGenreRow):
        connection.execute(delete(table).where(table.track_id == bindparam("old")), changes)
        moving = update(table).where(table.track_id == bindparam("new")).values(track_id=bindparam("old"))
        connection.execute(moving, changes)
    off_its_place = update(TrackRow).where(TrackRow.id == bindparam("new")).values(superseded=TrackRow.id)
    connection.execute(off_its_place, changes)
    connection.execute(update(TrackRow).where(TrackRow.id == bindparam("of")), values)
    connection.execute(text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :old"), changes)  # noqa: S608 - constant
    connection.execute(text(f"UPDATE {SEARCH_TABLE} SET rowid = :old WHERE rowid = :new"), changes)  # noqa: S608
