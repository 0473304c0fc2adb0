"""How familiar or new the queue is: two pools, mixed."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST_NEW = 0.9
"""Share of never played tracks at the adventurous end, for somebody who never plays anything new otherwise."""
USUAL_SKIPS, PRIOR = 1.2, 4.0
"""Skips among suggestions that are supposed before any was judged."""
SHARPNESS = 2.0
"""Power of the success of a pool: with more, the better one takes more of the queue."""
LEAST_TRUST = 0.3
"""What is left of the scores when all suggestions are skipped."""


def discovery_share(own: float, adventurousness: float) -> float:
    """The share of never played tracks in the queue.

    Args:
        own: The listener's own share of first plays, 0 to 1: what the middle of the control means.
        adventurousness: -1 only familiar, 0 as the listener does, 1 nearly everything new; clipped.

    Returns:
        0 to 1, rising with both arguments.
    """
    way = min(1.0, max(-1.0, adventurousness))
    if way <= 0:
        return own * (1 + way)
    return own + way * max(0.0, MOST_NEW - own)


def by_success(share: float, new_skips: Sequence[bool], known_skips: Sequence[bool]) -> float:
    """The share, moved towards the pool that is skipped less; rises with `share`.

    Args:
        share: As wanted.
        new_skips: Of the last suggestions that were new, whether each was skipped.
        known_skips: Of the last familiar ones.
    """
    new, known = (
        (1 - (sum(skips) + USUAL_SKIPS) / (len(skips) + PRIOR)) ** SHARPNESS for skips in (new_skips, known_skips)
    )
    return float(share * new / (share * new + (1 - share) * known))


def trust(doubt: float) -> float:
    """How far the scores are to be believed: 1 as long as suggestions are listened to, less while they are skipped.

    A taste that changes makes scores wrong all at once; what was learned over months must not outweigh it.

    Args:
        doubt: 0 to 1, of `Turn`.
    """
    return 1 - (1 - LEAST_TRUST) * doubt


def discovery_slots(share: float, k: int, before: Sequence[bool] = ()) -> list[bool]:
    """For each of k places whether it belongs to discovery: evenly spread, going on from what came before.

    Args:
        share: Of discovery, 0 to 1. With a larger share no beginning of the queue holds less of it.
        k: Places.
        before: For each of the last suggested plays whether it was a discovery. Without them the first place is
            familiar, if any is to be. What was missed is made up for by one place, not by a row of them.
    """
    new, slots = max(sum(before), math.floor(share * len(before))), []
    for place in range(len(before) + 1, len(before) + k + 1):
        slots.append(share * place + 0.5 >= new + 1)
        new += slots[-1]
    return slots
