"""The play queue: the one owner of what sounds now and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from player.domain import EntryId, Ms, Origin, QueueEntry, RepeatMode, StartReason, Suggestion, TrackId
from player.playback import _layers
from player.playback._changes import Changes


class PlayQueue(Changes):
    """What comes next, in two layers, and what was.

    First stands what the user queued, in order; nothing automatic touches it. Then follow the
    suggestions, which `refill` replaces, except for pinned ones. What `entries` shows is what will
    play: shuffle and repeat are carried out by putting entries into the queue.

    Playing an album or a list (`play_now` with several tracks) queues the rest of it as the user's;
    playing a single track plays that one, and the suggestions follow. Either leaves what the user
    queued by hand where it is, and puts aside the rest of an earlier album or list; `revert` and
    `past_queues` bring it back.

    All methods run on the GUI thread.

    Signals:
        (those of `Rows` around every step, rows counting through both layers, and those of `Changes`)

    Args:
        seed: Seed of the shuffle; None for a different one each time.
        parent: Qt parent.
    """

    # What is there

    @property
    def current(self) -> QueueEntry | None:
        """What sounds, or sounded last; None before anything was played."""
        return self._now.current

    @property
    def history(self) -> tuple[QueueEntry, ...]:
        """Entries played before the current one, oldest first."""
        return self._now.history

    @property
    def user_count(self) -> int:
        """How many of the upcoming entries are the user's; they stand first."""
        return len(self._now.user)

    @property
    def suggested_count(self) -> int:
        """How many suggestions are upcoming."""
        return len(self._now.suggested)

    @property
    def repeat(self) -> RepeatMode:
        """Repeat mode."""
        return self._now.repeat

    @property
    def shuffle(self) -> bool:
        """Whether albums and lists in the queue are shuffled."""
        return self._now.shuffle

    @property
    def stop_after_current(self) -> bool:
        """Whether playing stops after the current track."""
        return self._now.stop_after_current

    def peek(self, *, automatic: bool = True) -> QueueEntry | None:
        """What plays next; `automatic` at the end of a track, else because the user goes on.

        With `RepeatMode.ONE` a track that ends by itself is followed by itself; with
        `stop_after_current` by nothing.
        """
        if automatic and self._now.stop_after_current:
            return None
        if automatic and self._now.repeat is RepeatMode.ONE and self._now.current is not None:
            return replace(self._now.current, start_reason=StartReason.REPEAT)
        return self._rows[0] if self._rows else None

    # What the user does

    def play_now(self, track_ids: Sequence[TrackId], start: int = 0, reason: StartReason = StartReason.PICKED) -> None:
        """Play `track_ids[start]` now and queue the tracks after it, behind what was queued by hand."""
        if not track_ids:
            return
        start = min(max(start, 0), len(track_ids) - 1)
        entries = [QueueEntry(self._new_id(), track, Origin.USER, reason) for track in track_ids]
        hand_made = tuple(entry for entry in self._now.user if _layers.is_hand_made(entry))
        self._leave()
        rest = entries[:start] + entries[start + 1 :] if self._now.shuffle else entries[start + 1 :]
        new = replace(self._now, user=(*hand_made, *rest), unshuffled=(), shuffle=False)
        new = replace(new, played=() if self._now.shuffle else tuple(entries[:start]))
        if self._now.shuffle:
            new = _layers.shuffled(new, self._dice)
            new = replace(new, unshuffled=tuple(e.id for e in (*hand_made, *entries)))
        self._change(self.tr("Play now"), self._advance(new, entries[start]), plays=True)
        self.play_requested.emit(entries[start], 0)

    def play_next(self, track_ids: Sequence[TrackId]) -> None:
        """Queue tracks before everything else."""
        self.add(track_ids, at=0)

    def add(self, track_ids: Sequence[TrackId], at: int | None = None) -> None:
        """Queue tracks behind what the user queued, or before row `at` as far as that is the user's."""
        if not track_ids:
            return
        entries = [QueueEntry(self._new_id(), track, Origin.USER, StartReason.QUEUED) for track in track_ids]
        row = len(self._now.user) if at is None else at
        self._change(self.tr("Add to queue"), _layers.inserted(self._now, row, entries))

    def remove(self, entry_ids: Sequence[EntryId]) -> None:
        """Take entries out."""
        self._change(self.tr("Remove from queue"), _layers.without(self._now, set(entry_ids)))

    def move(self, entry_id: EntryId, row: int) -> None:
        """Put an entry at row `row`; a suggestion that is moved stays (pinned, or becomes the user's)."""
        self._change(self.tr("Move in queue"), _layers.moved(self._now, entry_id, row))

    def gather(self, entry_ids: Sequence[EntryId], before: int) -> None:
        """Put entries together before the row that is `before` now, in their order; see `move`. One step to undo."""
        self._change(self.tr("Move in queue"), _layers.gathered(self._now, entry_ids, before))

    def pin(self, entry_id: EntryId, pinned: bool) -> None:
        """Keep a suggestion in its row, or release it."""
        self._change(self.tr("Keep in queue"), _layers.pinned(self._now, entry_id, pinned))

    def clear(self) -> None:
        """Take out everything the user queued; suggestions remain."""
        if self._now.user:
            self._leave()
            self._change(self.tr("Clear queue"), replace(self._now, user=(), unshuffled=()))

    def jump(self, entry_id: EntryId) -> None:
        """Play an upcoming entry now. The part of an album or list before it is passed over."""
        entry = next((e for e in self._rows if e.id == entry_id), None)
        if entry is not None:
            passed = _layers.skipped_to(self._now, entry_id)
            self._change(self.tr("Play now"), self._advance(passed, entry), plays=True)
            self.play_requested.emit(entry, 0)

    def set_modes(
        self,
        *,
        repeat: RepeatMode | None = None,
        shuffle: bool | None = None,
        stop_after_current: bool | None = None,
    ) -> None:
        """Set the modes that are given."""
        now = self._now
        if shuffle is not None and shuffle != now.shuffle:
            now = _layers.shuffled(now, self._dice) if shuffle else _layers.straightened(now)
        if repeat is not None and repeat != now.repeat:
            now = replace(now, repeat=repeat)
            now = self._wrapped(now) if repeat is RepeatMode.ALL else _layers.single_round(now)
        if stop_after_current is not None:
            now = replace(now, stop_after_current=stop_after_current)
        self._become(now)

    def bring_back(self, index: int) -> None:
        """Put a past queue back in place of the present one and go on where it was left."""
        past = self._past[index]
        entry = past.current
        self._leave()
        self._past.remove(past)
        user = tuple(self._renewed(e) for e in past.entries if e.origin is Origin.USER)
        now = replace(self._now, user=user, played=(), unshuffled=(), shuffle=False)
        if entry is None:
            self._change(self.tr("Bring back queue"), now)
            return
        again = self._renewed(entry)
        self._change(self.tr("Bring back queue"), self._advance(now, again), plays=True)
        self.play_requested.emit(again, int(past.position_ms))

    # What happens by itself

    def refill(self, suggestions: Sequence[Suggestion]) -> None:
        """Replace the unpinned suggestions; entries that stay keep their identity and their place."""
        self._become(_layers.refilled(self._now, suggestions, self._new_id))

    def advance(self, entry: QueueEntry) -> None:
        """`entry` sounds now: the controller's report, by which it leaves the upcoming entries."""
        if self._now.current is None or entry != self._now.current:
            self._become(self._advance(self._now, entry))

    def go_back(self) -> QueueEntry | None:
        """Make the last entry of the history the current one; None where there is none."""
        if not self._now.history:
            return None
        self._become(_layers.gone_back(self._now))
        return self._now.current

    def keep(self) -> Callable[[bool], None]:
        """Return a function that makes the queue again what it is now, less what was played since.

        With True it also goes back to what sounds now, at the present position.
        """
        before, position_ms = self._now, Ms(self._position())
        return lambda plays: self._return_to(before, before.suggested, plays=plays, position_ms=position_ms)

    def drop(self, entry: QueueEntry) -> None:
        """Take out an entry that cannot be played; nothing to undo."""
        self._become(_layers.without(self._now, {entry.id}))
