"""A queue, and a view that follows it by its signals alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.playback import PlayQueue
from tests.playback.following import Edits, Follower
from tests.playback.playing import Player


@pytest.fixture
def queue() -> PlayQueue:
    """An empty queue whose shuffle is always the same."""
    return PlayQueue(seed=7)


@pytest.fixture
def follower(queue: PlayQueue) -> Follower:
    """A view of `queue`."""
    return Follower(queue)


@pytest.fixture
def edits(queue: PlayQueue) -> Edits:
    """The user's changes of `queue`."""
    return Edits(queue)


@pytest.fixture
def player(tmp_path: Path, qapp: object) -> Iterator[Player]:
    """A player with an empty library."""
    player = Player(tmp_path)
    yield player
    player.controller.close()
