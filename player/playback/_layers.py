"""The queue as a value, and the changes to it as functions from one value to the next.

Nothing here knows of Qt or of time; `PlayQueue` holds the present value, tells the views what
changed, and keeps the values before it for undo.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from player.domain import EntryId, Origin, QueueEntry, RepeatMode, StartReason, Suggestion, TrackId

MOST_HISTORY = 500

_HAND_MADE = (StartReason.QUEUED, StartReason.REMOTE)
"""Entries put into the queue one by one; shuffle and picking something else leave them alone."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything the queue knows.

    Attributes:
        user: Upcoming entries of the user's, in order.
        suggested: Upcoming suggestions, in order; they follow the user's.
        current: What sounds, or sounded last.
        history: Entries before the current one, oldest first.
        played: The user's entries of this round that were played, the current one included.
        unshuffled: While shuffled, the natural order of `user`.
        repeat: Repeat mode.
        shuffle: Whether the user's part is shuffled.
        stop_after_current: Whether to stop after the current track.
    """

    user: tuple[QueueEntry, ...] = ()
    suggested: tuple[QueueEntry, ...] = ()
    current: QueueEntry | None = None
    history: tuple[QueueEntry, ...] = ()
    played: tuple[QueueEntry, ...] = ()
    unshuffled: tuple[EntryId, ...] = ()
    repeat: RepeatMode = RepeatMode.OFF
    shuffle: bool = False
    stop_after_current: bool = False

    @property
    def upcoming(self) -> tuple[QueueEntry, ...]:
        """Both layers in the order in which they will play."""
        return self.user + self.suggested

    def row_of(self, entry_id: EntryId) -> int | None:
        """Row of an upcoming entry; None where it is not upcoming."""
        for row, entry in enumerate(self.upcoming):
            if entry.id == entry_id:
                return row
        return None


def is_hand_made(entry: QueueEntry) -> bool:
    """Whether the user queued this entry by itself, not as part of an album, list or repeat."""
    return entry.origin is Origin.USER and (entry.start_reason in _HAND_MADE or entry.suggestion is not None)


def inserted(now: Layers, at: int, entries: Sequence[QueueEntry]) -> Layers:
    """With `entries` in the user's part before row `at`."""
    row = min(max(at, 0), len(now.user))
    unshuffled = now.unshuffled + tuple(entry.id for entry in entries) if now.shuffle else ()
    return replace(now, user=(*now.user[:row], *entries, *now.user[row:]), unshuffled=unshuffled)


def without(now: Layers, ids: Collection[EntryId]) -> Layers:
    """Without the upcoming entries of these ids."""
    return replace(
        now,
        user=tuple(entry for entry in now.user if entry.id not in ids),
        suggested=tuple(entry for entry in now.suggested if entry.id not in ids),
    )


def moved(now: Layers, entry_id: EntryId, row: int) -> Layers:
    """With one entry at row `row` of the upcoming order, as far as its layer allows; see `gathered`."""
    source = now.row_of(entry_id)
    if source is None:
        return now
    return gathered(now, (entry_id,), row if row <= source else row + 1)


def gathered(now: Layers, ids: Collection[EntryId], before: int) -> Layers:
    """With entries together before the row that is `before` now, in their order, as far as their layers allow.

    Suggestions moved within their layer are pinned; moved among the user's entries they become the user's.
    Entries of the user's stay among the user's.
    """
    chosen, users = set(ids), len(now.user)
    own = [entry for entry in now.user if entry.id in chosen]
    suggested = [entry for entry in now.suggested if entry.id in chosen]
    rest = without(now, chosen)
    passed = sum(entry.id in chosen for entry in now.upcoming[: max(before, 0)])
    place = max(before, 0) - passed
    if before < users:
        taken = [replace(entry, origin=Origin.USER, pinned=False) for entry in suggested]
        order = now.unshuffled + tuple(entry.id for entry in taken) if now.shuffle else ()
        user = (*rest.user[:place], *own, *taken, *rest.user[place:])
        return replace(rest, user=user, unshuffled=order)
    place = min(max(place - len(rest.user), 0), len(rest.suggested))
    kept = [replace(entry, pinned=True) for entry in suggested]
    return replace(rest, user=(*rest.user, *own), suggested=(*rest.suggested[:place], *kept, *rest.suggested[place:]))


def pinned(now: Layers, entry_id: EntryId, value: bool) -> Layers:
    """With one suggestion pinned or released."""
    return replace(
        now, suggested=tuple(replace(entry, pinned=value) if entry.id == entry_id else entry for entry in now.suggested)
    )


def refilled(now: Layers, suggestions: Sequence[Suggestion], new_id: Callable[[], EntryId]) -> Layers:
    """With the unpinned suggestions replaced by `suggestions`.

    Pinned entries keep their rows. A track that is suggested again keeps its entry; one that the
    user queued or that sounds now is left out.
    """
    taken: set[TrackId] = {entry.track_id for entry in now.user}
    taken |= {entry.track_id for entry in now.suggested if entry.pinned}
    if now.current is not None:
        taken.add(now.current.track_id)
    known = {entry.track_id: entry for entry in now.suggested}
    fresh: list[QueueEntry] = []
    for suggestion in suggestions:
        if suggestion.track_id in taken:
            continue
        taken.add(suggestion.track_id)
        before = known.get(suggestion.track_id)
        entry_id = before.id if before else new_id()
        fresh.append(
            QueueEntry(entry_id, suggestion.track_id, Origin.SUGGESTED, StartReason.UP_NEXT, suggestion=suggestion)
        )
    for row, entry in enumerate(now.suggested):
        if entry.pinned:
            fresh.insert(min(row, len(fresh)), entry)
    return replace(now, suggested=tuple(fresh))


def advanced(now: Layers, entry: QueueEntry) -> Layers:
    """With `entry` sounding and the one before it in the history."""
    if now.current is not None and entry.id == now.current.id:
        return replace(now, current=entry)
    rest = without(now, {entry.id})
    history = (*now.history, now.current)[-MOST_HISTORY:] if now.current is not None else now.history
    played = now.played
    if entry.origin is Origin.USER and all(entry.id != other.id for other in played):
        played = (*played, entry)
    return replace(rest, current=entry, history=history, played=played, stop_after_current=False)


def skipped_to(now: Layers, entry_id: EntryId) -> Layers:
    """With the entries before `entry_id` out of the way, where they are part of an album or list.

    What the user queued by hand stays, and so do suggestions: the recommender decides about them.
    """
    place = next((index for index, entry in enumerate(now.user) if entry.id == entry_id), None)
    if place is None:
        return now
    passed = tuple(entry for entry in now.user[:place] if not is_hand_made(entry))
    ids = {entry.id for entry in passed}
    user = tuple(entry for entry in now.user if entry.id not in ids)
    return replace(now, user=user, played=now.played + passed)


def gone_back(now: Layers) -> Layers:
    """With the last entry of the history sounding again and the present one first in the queue."""
    if not now.history:
        return now
    entry = replace(now.history[-1], start_reason=StartReason.PREVIOUS, origin=Origin.USER)
    rest = replace(without(now, {entry.id}), history=now.history[:-1])
    if now.current is not None and now.current.id != entry.id:
        again = replace(now.current, origin=Origin.USER)
        rest = replace(rest, user=(again, *rest.user))
        rest = replace(rest, played=tuple(e for e in rest.played if e.id != again.id))
        if now.shuffle:
            rest = replace(rest, unshuffled=(*(i for i in rest.unshuffled if i != again.id), again.id))
    return replace(rest, current=entry)


def shuffled(now: Layers, dice: random.Random) -> Layers:
    """With the albums and lists in the user's part in a random order; every entry once a round.

    Entries queued by hand keep their rows.
    """
    loose = [entry for entry in now.user if not is_hand_made(entry)]
    dice.shuffle(loose)
    mixed = iter(loose)
    user = tuple(entry if is_hand_made(entry) else next(mixed) for entry in now.user)
    order = now.unshuffled if now.shuffle else tuple(entry.id for entry in now.user)
    return replace(now, user=user, shuffle=True, unshuffled=order)


def straightened(now: Layers) -> Layers:
    """With the natural order of the user's part back."""
    rank = {entry_id: index for index, entry_id in enumerate(now.unshuffled)}
    loose = sorted(
        (entry for entry in now.user if not is_hand_made(entry)), key=lambda entry: rank.get(entry.id, len(rank))
    )
    natural = iter(loose)
    user = tuple(entry if is_hand_made(entry) else next(natural) for entry in now.user)
    return replace(now, user=user, shuffle=False, unshuffled=())


def next_round(now: Layers, new_id: Callable[[], EntryId], dice: random.Random) -> Layers:
    """With the round played so far queued again, where all repeats and the user's part is empty."""
    if now.repeat is not RepeatMode.ALL or now.user or not now.played:
        return now
    rank = {entry_id: index for index, entry_id in enumerate(now.unshuffled)}
    order = sorted(now.played, key=lambda entry: rank.get(entry.id, -1)) if now.shuffle else now.played
    again = tuple(
        QueueEntry(new_id(), entry.track_id, Origin.USER, StartReason.REPEAT, suggestion=None) for entry in order
    )
    wrapped = replace(now, user=again, played=(), unshuffled=tuple(entry.id for entry in again) if now.shuffle else ())
    if not now.shuffle:
        return wrapped
    mixed = shuffled(wrapped, dice)
    first = mixed.user[0]
    if now.current is not None and len(mixed.user) > 1 and first.track_id == now.current.track_id:
        mixed = replace(mixed, user=(*mixed.user[1:], first))
    return mixed


def single_round(now: Layers) -> Layers:
    """Without what `next_round` queued again; it counts as played, so that repeat finds it later."""
    again = tuple(entry for entry in now.user if entry.start_reason is StartReason.REPEAT)
    rest = without(now, {entry.id for entry in again})
    return replace(rest, played=now.played + again)
