"""A queue, and a view that follows it by its signals alone."""

import pytest

from player.playback import PlayQueue
from tests.playback.following import Follower


@pytest.fixture
def queue() -> PlayQueue:
    """An empty queue whose shuffle is always the same."""
    return PlayQueue(seed=7)


@pytest.fixture
def follower(queue: PlayQueue) -> Follower:
    """A view of `queue`."""
    return Follower(queue)
