"""From one order of the queue to another in the fewest steps a view can follow.

A view's item model must be told of every insertion, removal and move before and after it happens.
`plan` compares two orders by the identity of their entries: what is in both and in the same
relative order stays untouched (the longest increasing subsequence, Fredman 1975), so that a list
keeps its selection, its scroll position and its focus while Up Next is chosen anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from player.domain import EntryId, QueueEntry

MOST_MOVES = 60
"""Beyond this many moves the list is removed and inserted anew: cheaper for the view."""

MOST_COMPARED = 5_000
"""Beyond this many rows that differ the fewest steps are not worth looking for."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Rows `first` to `last`, both included, go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Insert:
    """`entries` come in before row `at`."""

    at: int
    entries: tuple[QueueEntry, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """The row `source` is taken out and put back so that it becomes row `target`."""

    source: int
    target: int


Step = Remove | Insert | Move


def plan(old: Sequence[QueueEntry], new: Sequence[QueueEntry]) -> list[Step]:
    """Steps that turn `old` into `new`; each counts rows as the steps before it left them.

    Entries are compared by id only; each id stands at most once in either order.
    """
    if len(old) and len(new) and len(old) + len(new) > MOST_COMPARED:
        return _anew(old, new)
    kept_ids = {entry.id for entry in new}
    steps: list[Step] = [*_removals(old, kept_ids)]
    rows = [entry.id for entry in old if entry.id in kept_ids]
    moves = _moves(rows, [entry.id for entry in new])
    if moves is None:
        return _anew(old, new)
    return [*steps, *moves, *_insertions(set(rows), new)]


def perform(rows: list[QueueEntry], step: Step) -> None:
    """Do one step to `rows`."""
    if isinstance(step, Remove):
        del rows[step.first : step.last + 1]
    elif isinstance(step, Insert):
        rows[step.at : step.at] = step.entries
    else:
        rows.insert(step.target, rows.pop(step.source))


def shifted(step: Step, by: int) -> Step:
    """The same step `by` rows further down."""
    if isinstance(step, Remove):
        return Remove(step.first + by, step.last + by)
    if isinstance(step, Insert):
        return Insert(step.at + by, step.entries)
    return Move(step.source + by, step.target + by)


def _anew(old: Sequence[QueueEntry], new: Sequence[QueueEntry]) -> list[Step]:
    steps: list[Step] = [Remove(0, len(old) - 1)] if old else []
    return [*steps, Insert(0, tuple(new))] if new else steps


def _removals(old: Sequence[QueueEntry], kept: set[EntryId]) -> list[Remove]:
    """Runs of rows that go, from the end, so that earlier rows keep their numbers."""
    runs: list[Remove] = []
    for row in reversed(range(len(old))):
        if old[row].id in kept:
            continue
        if runs and runs[-1].first == row + 1:
            runs[-1] = Remove(row, runs[-1].last)
        else:
            runs.append(Remove(row, row))
    return runs


def _moves(rows: list[EntryId], new: list[EntryId]) -> list[Move] | None:
    """Moves that bring `rows` into the order of `new`; None where there are too many."""
    present_ids = set(rows)
    wanted = [entry for entry in new if entry in present_ids]
    if wanted == rows:
        return []
    rank = {entry: index for index, entry in enumerate(wanted)}
    still = _longest_rising([rank[entry] for entry in rows])
    if len(wanted) - len(still) > MOST_MOVES:
        return None
    moves = []
    present = list(rows)
    for index, entry in enumerate(wanted):
        if index in still:
            continue
        source = present.index(entry)
        present.pop(source)
        target = present.index(wanted[index - 1]) + 1 if index else 0
        present.insert(target, entry)
        if source != target:
            moves.append(Move(source, target))
    return moves


def _longest_rising(ranks: list[int]) -> set[int]:
    """The ranks of one longest increasing subsequence, by patience sorting."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for rank in ranks:
        place = bisect_left(tails, rank)
        before[rank] = tails[place - 1] if place else None
        tails[place : place + 1] = [rank]
    chosen: set[int] = set()
    step: int | None = tails[-1] if tails else None
    while step is not None:
        chosen.add(step)
        step = before[step]
    return chosen


def _insertions(present: set[EntryId], new: Sequence[QueueEntry]) -> list[Insert]:
    """Runs of rows that come in, from the front, so that each row number is final."""
    runs: list[tuple[int, list[QueueEntry]]] = []
    for row, entry in enumerate(new):
        if entry.id in present:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == row:
            runs[-1][1].append(entry)
        else:
            runs.append((row, [entry]))
    return [Insert(row, tuple(entries)) for row, entries in runs]
