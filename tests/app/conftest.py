"""The whole player with silent sound and a profile of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.library import scan
from player.paths import Profile
from player.storage import Database
from tests.app.house import House
from tests.cli.command import library


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A folder with a small library of real files."""
    library(tmp_path / "music")
    return tmp_path / "music"


@pytest.fixture
def house(profile: Profile, database: Database, music: Path, qtbot: QtBot) -> Iterator[House]:
    """A profile whose library is indexed; players are started in it one after the other."""
    database.files.add_root(str(music))
    scan(database, [str(music)], processes=1)
    house = House(profile, database, qtbot)
    yield house
    house.leave()
