"""Whether the listener has turned away from what the queue suggests, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SURE = 3.0
"""Skips more than plays after which a turn is taken for one."""
DOUBTED = 4.0
"""Skips more than plays after which nothing is left of the trust that can be lost. A single one costs none."""
MOST = 6.0
"""Skips more than plays that have to be made up for, at most: trust comes back within as many plays."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the answers to the last suggestions say.

    Attributes:
        doubt: 0 suggestions are listened to, 1 they are skipped one after the other.
        since: Number of the first answer after the last turn; 0 when there was none.
    """

    doubt: float = 0.0
    since: int = 0


def turn(skips: Sequence[bool]) -> Turn:
    """Follow the answers by a cumulative sum (Page 1954): skips add 1, plays take 1 away, never below 0.

    A taste that changes makes everything learned wrong at once. Where the sum reaches `SURE`, the turn came after it
    last stood at 0.

    Args:
        skips: Of the last suggestions, oldest first, whether each was skipped.
    """
    total, start, since = 0.0, 0, 0
    for number, skipped in enumerate(skips):
        total = min(MOST, max(0.0, total + (1 if skipped else -1)))
        if total == 0:
            start = number + 1
        elif total >= SURE:
            since = start
    return Turn(min(1.0, max(0.0, total - 1) / (DOUBTED - 1)), since)
