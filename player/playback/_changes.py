"""Changes of the queue: told to the views, taken back by undo, and kept across restarts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from PySide6.QtCore import QObject, Signal

from player.domain import EntryId, Ms, Origin, QueueEntry, RepeatMode, SavedQueue, now_ms
from player.playback import _layers
from player.playback._layers import Layers
from player.playback._rows import Rows

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class QueueEdit:
    """A change that the user made to the queue, for `PlayQueue.revert` and `PlayQueue.reapply`.

    Attributes:
        text: What it did, for the menu.
        before: The queue before it.
        after: The queue after it.
        position_ms: Position in the track that sounded before it.
        plays: Whether it started another track; to revert it goes back to the one before.
    """

    text: str
    before: Layers
    after: Layers
    position_ms: Ms
    plays: bool


class Changes(Rows):
    """Holds the present queue, the ones before it, and those that were left.

    Signals:
        changed(): Something changed; after the steps of `Rows`.
        current_changed(QueueEntry | None): Another entry sounds.
        modes_changed(): Repeat, shuffle or stop-after-current changed.
        edited(QueueEdit): The user changed the queue.
        play_requested(QueueEntry, int): This entry shall sound now, from this position in ms.
        left(SavedQueue): A queue was replaced; worth remembering.

    Args:
        seed: Seed of the shuffle; None for a different one each time.
        parent: Qt parent.
    """

    changed = Signal()
    current_changed = Signal(object)
    modes_changed = Signal()
    edited = Signal(object)
    play_requested = Signal(object, int)
    left = Signal(object)

    def __init__(self, *, seed: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = Layers()
        self._ids = count(1)
        self._dice = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
        self._past: list[SavedQueue] = []
        self._position: Callable[[], int] = lambda: 0

    # Undo and past queues

    def revert(self, edit: QueueEdit) -> None:
        """Take a change back. What was played since is not queued again."""
        target = edit.before
        suggested = self._suggested_before(target) if target.suggested != edit.after.suggested else None
        self._return_to(target, suggested, plays=edit.plays, position_ms=edit.position_ms)

    def reapply(self, edit: QueueEdit) -> None:
        """Make a change again that was reverted. What was played since is not queued again."""
        target = edit.after
        suggested = self._suggested_after(edit) if target.suggested != edit.before.suggested else None
        self._return_to(target, suggested, plays=edit.plays, position_ms=Ms(0))

    def past_queues(self) -> tuple[SavedQueue, ...]:
        """Queues that were replaced or cleared, the newest first."""
        return tuple(self._past)

    # Across restarts

    def set_position_source(self, position: Callable[[], int]) -> None:
        """Where to ask for the position (ms) in the current track."""
        self._position = position

    def saved(self) -> SavedQueue:
        """Everything that survives a restart."""
        now = self._now
        return SavedQueue(
            entries=now.upcoming,
            current=now.current,
            position_ms=Ms(self._position()),
            history=now.history,
            repeat=now.repeat,
            shuffle=now.shuffle,
            stop_after_current=now.stop_after_current,
            saved_at=now_ms(),
            played=now.played,
            unshuffled=now.unshuffled,
        )

    def restore(self, saved: SavedQueue, past: Sequence[SavedQueue] = ()) -> None:
        """Take up a saved queue, and the past ones, newest first. Earlier edits mean nothing then."""
        now = Layers(
            user=tuple(entry for entry in saved.entries if entry.origin is Origin.USER),
            suggested=tuple(entry for entry in saved.entries if entry.origin is Origin.SUGGESTED),
            current=saved.current,
            history=saved.history,
            played=saved.played,
            unshuffled=saved.unshuffled,
            repeat=saved.repeat,
            shuffle=saved.shuffle,
            stop_after_current=saved.stop_after_current,
        )
        used = [entry.id for entry in (*now.upcoming, *now.history, *now.played)]
        self._ids = count(max([*used, saved.current.id if saved.current else 0, 0]) + 1)
        self._past = list(past)[:MOST_PAST]
        self._become(now)

    # Inside

    def _new_id(self) -> EntryId:
        return EntryId(next(self._ids))

    def _renewed(self, entry: QueueEntry) -> QueueEntry:
        return replace(entry, id=self._new_id())

    def _advance(self, now: Layers, entry: QueueEntry) -> Layers:
        return self._wrapped(_layers.advanced(now, entry))

    def _wrapped(self, now: Layers) -> Layers:
        return _layers.next_round(now, self._new_id, self._dice)

    def _leave(self) -> None:
        """Put the present queue among the past ones, if there is anything of the user's in it."""
        if self._now.user:
            past = self.saved()
            self._past = [past, *self._past][:MOST_PAST]
            self.left.emit(past)

    def _change(self, text: str, after: Layers, *, plays: bool = False) -> None:
        """Make a change of the user's: it is announced, so that it can be taken back."""
        if after == self._now:
            return
        edit = QueueEdit(text, self._now, after, Ms(self._position()), plays)
        self._become(after)
        self.edited.emit(edit)

    def _return_to(
        self, target: Layers, suggested: tuple[QueueEntry, ...] | None, *, plays: bool, position_ms: Ms
    ) -> None:
        """Become `target`, less what was played since, with the current modes; None keeps the current suggestions."""
        now = self._now
        entry = target.current if plays else None
        back_to = entry or now.current
        gone = {one.id for one in now.history}
        if back_to is not None:
            gone.add(back_to.id)
        kept = now.suggested if suggested is None else suggested
        back = replace(
            now,
            user=tuple(one for one in target.user if one.id not in gone),
            suggested=tuple(one for one in kept if suggested is None or one.id not in gone),
            played=target.played,
            unshuffled=target.unshuffled,
        )
        if back_to is not None and back_to != now.current:
            queued = {one.id for one in back.upcoming}
            heard = (*now.history, now.current) if now.current is not None else now.history
            history = tuple(one for one in heard if one.id != back_to.id and one.id not in queued)
            back = replace(back, current=back_to, history=history)
        self._become(back)
        if entry is not None:
            self.play_requested.emit(entry, int(position_ms))

    def _suggested_before(self, before: Layers) -> tuple[QueueEntry, ...]:
        """The suggestions of then; what had been taken out is pinned, or the next refill would drop it."""
        kept = {entry.id for entry in self._now.suggested}
        return tuple(entry if entry.id in kept else replace(entry, pinned=True) for entry in before.suggested)

    def _suggested_after(self, edit: QueueEdit) -> tuple[QueueEntry, ...]:
        """The current suggestions with what the edit did to them: other ones may have come since."""
        before, after = edit.before.suggested, edit.after.suggested
        now = self._now.suggested
        if {entry.id for entry in now} == {entry.id for entry in before}:
            return after
        remaining = {entry.id: entry for entry in after}
        taken = {entry.id for entry in before} - remaining.keys()
        changed = {entry.id: remaining[entry.id] for entry in before if entry != remaining.get(entry.id, entry)}
        return tuple(changed.get(entry.id, entry) for entry in now if entry.id not in taken)

    def _become(self, after: Layers) -> None:
        """Take `after` as the present and tell the views, step by step."""
        before, self._now = self._now, after
        self._show(after.upcoming)
        if before != after:
            self.changed.emit()
        if _modes(before) != _modes(after):
            self.modes_changed.emit()
        if before.current != after.current:
            self.current_changed.emit(after.current)


def _modes(now: Layers) -> tuple[RepeatMode, bool, bool]:
    return now.repeat, now.shuffle, now.stop_after_current
