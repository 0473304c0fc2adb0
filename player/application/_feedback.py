"""What the listener says about tracks: thumbs, "not now", more like this. Everything can be undone and redone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from player.application._changes import Changes, Kind, OperationRunner
from player.application._ports import Learner, Transport, Upcoming
from player.application._undo import UndoHistory, UndoStep
from player.domain import NOT_NOW_MS, Origin, ThumbGiven, Track, TrackId, UtcMs, now_ms
from player.storage import Database

MAX_SEEDS = 50
"""Number of tracks that "more like these" goes by."""

NEXT = 10
"""Number of upcoming tracks that are compared to tell what a thumb has changed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What Up Next made of a thumb.

    Attributes:
        tracks: Who got it.
        value: +1 or -1.
        changed: How many of the next places hold another track than before.
        of: How many places there are, at most `NEXT`.
    """

    tracks: frozenset[TrackId]
    value: int
    changed: int
    of: int


class FeedbackService(QObject):
    """Operations on thumbs, dismissals and the focus of Up Next; announces `Kind.THUMBS` and `Kind.DISMISSALS`.

    Signals:
        answered(Answered): Up Next has changed because of the last thumb.

    Args:
        runner: Runs the writes and announces them.
        history: Where the inverse of each operation goes.
        db: The database.
        learner: The recommender.
        queue: What comes next.
        transport: What plays.
        parent: Qt parent.
    """

    answered = Signal(object)

    def __init__(
        self,
        runner: OperationRunner,
        history: UndoHistory,
        db: Database,
        learner: Learner,
        queue: Upcoming,
        transport: Transport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._history = history
        self._db = db
        self._learner = learner
        self._queue = queue
        self._transport = transport
        self._unwritten: dict[TrackId, int] = {}
        self._focus_name = ""
        self._given: Mapping[TrackId, int] = {}
        """What the tracks of the last thumb had before."""
        self._put_back: Callable[[], None] = lambda: None
        self._awaited: tuple[int, list[TrackId]] | None = None
        learner.suggested.connect(self._tell_answer)

    # Thumbs

    def toggle_thumb(
        self, tracks: Sequence[Track], value: int, initiator: object | None = None
    ) -> tuple[int, list[Track]]:
        """Give tracks a thumb, or take it back if all have it already; returns the new value and who got it."""
        new = 0 if all(self._thumb_of(track) == value for track in tracks) else value
        return new, self.give_thumb(tracks, new, initiator)

    def give_thumb(self, tracks: Sequence[Track], value: int, initiator: object | None = None) -> list[Track]:
        """Give tracks a thumb: +1 for more like them, -1 to skip and leave them out, 0 to take it back.

        Returns those that had another one.
        """
        before = {track.id: self._thumb_of(track) for track in tracks}
        after = {track_id: value for track_id, old in before.items() if old != value}
        changed = [track for track in tracks if track.id in after]
        if not changed:
            return changed
        playing = self._transport.playing
        # A thumb down goes on to the next track at once: whoever takes it back has lost this one by mistake.
        left = playing.track_id if value < 0 and playing is not None and playing.track_id in after else None
        keep, shown = self._queue.keep(), self._upcoming()

        def put_back() -> None:
            played = self._queue.history
            keep(left is not None and bool(played) and played[-1].track_id == left)
            self._learner.hold()

        def undo() -> None:
            self._awaited = None
            self._write_thumbs(old, None, asks=False)
            put_back()

        old = {track.id: before[track.id] for track in changed}
        step = self._history.add(
            self._thumb_text(changed, value), undo=undo, redo=lambda: self._write_thumbs(after, None)
        )
        taken_back = self._given == after
        self._write_thumbs(after, initiator, step, asks=not taken_back)
        if taken_back:
            self._put_back()
        self._given, self._put_back = old, put_back
        self._awaited = (value, shown) if value else None
        return changed

    def _upcoming(self) -> list[TrackId]:
        return [entry.track_id for entry in self._queue.entries()[:NEXT]]

    def _tell_answer(self, _suggestions: object) -> None:
        """The queue was refilled: say what the last thumb has changed, once something has."""
        if self._awaited is None or self._unwritten:
            return
        value, before = self._awaited
        now = self._upcoming()
        changed = sum(track not in before[place : place + 1] for place, track in enumerate(now))
        if changed:
            self._awaited = None
            self.answered.emit(Answered(frozenset(self._given), value, changed, len(now)))

    def thumb_playing(self, value: int) -> bool:
        """Give what plays a thumb; returns False if nothing plays."""
        track = self._transport.current_track
        if track is not None:
            self.give_thumb([track], value)
        return track is not None

    def _thumb_of(self, track: Track) -> int:
        return self._unwritten.get(track.id, track.thumb)

    def _write_thumbs(
        self,
        values: Mapping[TrackId, int],
        initiator: object | None,
        step: UndoStep | None = None,
        *,
        asks: bool = True,
    ) -> None:
        """Write thumbs, leave out and skip what has a thumb down now, then teach the recommender."""
        playing, now = self._transport.playing, now_ms()
        sounding = playing.track_id if playing is not None else None
        given = [ThumbGiven(track_id, value, now, sounding) for track_id, value in values.items()]
        self._unwritten.update(values)

        def write() -> None:
            for one in given:
                self._db.thumbs.give(one)

        def settled() -> None:
            for track_id, value in values.items():
                if self._unwritten.get(track_id) == value:
                    del self._unwritten[track_id]

        def done(_none: None) -> None:
            settled()
            self._drop_suggestions(values)  # an answer on its way may have brought one back
            for one in given:
                self._learner.learn_thumb(one, asks=asks)

        def failed(_error: Exception) -> None:
            settled()
            if step is not None:
                self._history.retract(step)

        changes = Changes.of(Kind.THUMBS, ids=values, initiator=initiator)
        self._runner.run(write, changes, done=done, failed=failed)
        self._drop_suggestions(values)
        if values.get(sounding or TrackId(0), 0) < 0:
            self._transport.next()

    def _drop_suggestions(self, values: Mapping[TrackId, int]) -> None:
        for entry in self._queue.entries():
            if entry.origin is Origin.SUGGESTED and values.get(entry.track_id, 0) < 0:
                self._queue.drop(entry)

    def _thumb_text(self, tracks: Sequence[Track], value: int) -> str:
        one = f"“{tracks[0].title}”" if len(tracks) == 1 else self.tr("%Ln track(s)", "", len(tracks))
        return {
            1: self.tr("thumb up for {0}"),
            -1: self.tr("thumb down for {0}"),
            0: self.tr("thumb taken back from {0}"),
        }[value].format(one)

    # Not now

    def put_off(self, track_ids: Sequence[TrackId]) -> None:
        """Do not suggest these tracks for some days ("not now"); if one of them plays, skip it."""
        self._put_off(track_ids)
        self._history.add(
            self.tr("Not now"),
            undo=lambda: self._welcome_back(track_ids),
            redo=lambda: self._put_off(track_ids),
        )

    def welcome_back(self, track_ids: Sequence[TrackId]) -> None:
        """Suggest tracks again that were put off."""
        self._welcome_back(track_ids)
        self._history.add(
            self.tr("Suggested again"),
            undo=lambda: self._put_off(track_ids),
            redo=lambda: self._welcome_back(track_ids),
        )

    def _put_off(self, track_ids: Sequence[TrackId]) -> None:
        at = now_ms()

        def write() -> None:
            for track_id in track_ids:
                self._db.thumbs.dismiss(track_id, at, UtcMs(at + NOT_NOW_MS))

        self._runner.run(
            write,
            Changes.of(Kind.DISMISSALS, ids=track_ids),
            done=lambda _none: self._learner.learn_dismissals(track_ids, at),
        )
        playing = self._transport.playing
        if playing is not None and playing.track_id in track_ids:
            self._transport.next()

    def _welcome_back(self, track_ids: Sequence[TrackId]) -> None:
        def write() -> None:
            for track_id in track_ids:
                self._db.thumbs.undismiss(track_id, now_ms())

        changes = Changes.of(Kind.DISMISSALS, ids=track_ids)
        self._runner.run(write, changes, done=lambda _none: self._learner.reload())

    # More like this

    @property
    def focus(self) -> str:
        """What Up Next is close to, as the user asked for, in words; empty without such a wish."""
        return self._focus_name if self._learner.focus else ""

    def more_like(self, track_ids: Sequence[TrackId], name: str) -> None:
        """Choose what is close to these tracks from now on, until something else is picked.

        Args:
            track_ids: The tracks, of which the first `MAX_SEEDS` count; none ends it.
            name: What they are, to be shown: a title or an artist in quotation marks, or how many.
        """
        before, before_name = self._learner.focus, self._focus_name
        seeds = tuple(track_ids[:MAX_SEEDS])
        if not seeds and not before:
            return
        text = self.tr("Up Next: more like {0}").format(name) if seeds else self.tr("Up Next: as usual")
        self._history.add(
            text,
            undo=lambda: self._turn_to(before, before_name),
            redo=lambda: self._turn_to(seeds, name),
        )
        self._turn_to(seeds, name)

    def _turn_to(self, track_ids: Sequence[TrackId], name: str) -> None:
        self._focus_name = name
        self._learner.more_like(track_ids)
