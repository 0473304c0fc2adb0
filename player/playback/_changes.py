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

MOST_UNDO = 50
MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class _Undo:
    """What a change can be taken back to.

    Attributes:
        text: What the change did, for the menu.
        before: The queue before it.
        position_ms: Position in the track that sounded then.
        plays: Whether the change started another track; undo goes back to the one before.
        suggested: Whether the change was to the suggestions.
    """

    text: str
    before: Layers
    position_ms: Ms
    plays: bool
    suggested: bool


class Changes(Rows):
    """Holds the present queue, the ones before it, and those that were left.

    Signals:
        changed(): Something changed; after the steps of `Rows`.
        current_changed(QueueEntry | None): Another entry sounds.
        modes_changed(): Repeat, shuffle or stop-after-current changed.
        undo_changed(str): What `undo` would take back; empty where there is nothing.
        play_requested(QueueEntry, int): This entry shall sound now, from this position in ms.
        left(SavedQueue): A queue was replaced; worth remembering.

    Args:
        seed: Seed of the shuffle; None for a different one each time.
        parent: Qt parent.
    """

    changed = Signal()
    current_changed = Signal(object)
    modes_changed = Signal()
    undo_changed = Signal(str)
    play_requested = Signal(object, int)
    left = Signal(object)

    def __init__(self, *, seed: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = Layers()
        self._ids = count(1)
        self._dice = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
        self._undo: list[_Undo] = []
        self._past: list[SavedQueue] = []
        self._position: Callable[[], int] = lambda: 0

    @property
    def undo_text(self) -> str:
        """What `undo` would take back; empty where there is nothing."""
        return self._undo[-1].text if self._undo else ""

    # Undo and past queues

    def undo(self) -> None:
        """Take the last change back. What was played since is not queued again."""
        if not self._undo:
            return
        step = self._undo.pop()
        restored = self._restored(step)
        entry = step.before.current
        self._become(restored)
        self.undo_changed.emit(self.undo_text)
        if step.plays and entry is not None:
            self.play_requested.emit(entry, int(step.position_ms))

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
        """Take up a saved queue, and the past ones, newest first. There is nothing to undo then."""
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
        self._undo.clear()
        self._become(now)
        self.undo_changed.emit("")

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
        """A change of the user's: remembered for undo."""
        if after == self._now:
            return
        suggested = after.suggested != self._now.suggested
        step = _Undo(text, self._now, Ms(self._position()), plays, suggested)
        self._undo = [*self._undo, step][-MOST_UNDO:]
        self._become(after)
        self.undo_changed.emit(text)

    def _restored(self, step: _Undo) -> Layers:
        """The queue before `step`, less what was played since, with the modes of now."""
        now, before = self._now, step.before
        back_to = (before.current if step.plays else None) or now.current
        gone = {entry.id for entry in now.history}
        if back_to is not None:
            gone.add(back_to.id)
        back = replace(
            now,
            user=tuple(entry for entry in before.user if entry.id not in gone),
            suggested=self._suggested_before(before, gone) if step.suggested else now.suggested,
            played=before.played,
            unshuffled=before.unshuffled,
        )
        if back_to is None or back_to == now.current:
            return back
        queued = {entry.id for entry in back.upcoming}
        heard = (*now.history, now.current) if now.current is not None else now.history
        history = tuple(entry for entry in heard if entry.id != back_to.id and entry.id not in queued)
        return replace(back, current=back_to, history=history)

    def _suggested_before(self, before: Layers, gone: set[EntryId]) -> tuple[QueueEntry, ...]:
        """The suggestions of then; what had been taken out is pinned, or the next refill would drop it."""
        kept = {entry.id for entry in self._now.suggested}
        return tuple(
            entry if entry.id in kept else replace(entry, pinned=True)
            for entry in before.suggested
            if entry.id not in gone
        )

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
