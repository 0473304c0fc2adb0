"""How familiar or new the queue is: two pools, mixed."""

from __future__ import annotations

import itertools
import math

MOST_NEW = 0.9
"""Share of never played tracks at the adventurous end, for somebody who never plays anything new otherwise."""


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


def discovery_slots(share: float, k: int) -> list[bool]:
    """For each of k places whether it belongs to discovery: evenly spread, the first one familiar if it can be.

    With a larger share no beginning of the queue holds less of discovery (error diffusion starting at one half).
    """
    due = [math.floor(share * place + 0.5) for place in range(k + 1)]
    return [later > earlier for earlier, later in itertools.pairwise(due)]
