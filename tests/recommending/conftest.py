"""A small library with and without a past."""

import pytest

from player.storage import Database
from tests.recommending.world import World


@pytest.fixture
def world(database: Database) -> World:
    """A library nobody has listened to yet."""
    return World(database)
