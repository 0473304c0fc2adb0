"""The command with a profile of its own."""

from pathlib import Path

import pytest

from tests.cli.command import Segue, library


@pytest.fixture
def segue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Segue:
    """The command with an empty profile."""
    return Segue(tmp_path / "profile", capsys)


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A folder with a small library."""
    library(tmp_path / "music")
    return tmp_path / "music"
