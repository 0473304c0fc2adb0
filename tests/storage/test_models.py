"""Versions of the model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player.domain import ModelVersion, UsageError, UtcMs
from player.storage import Database


def version(name: str, at: int = 1, **more: object) -> ModelVersion:
    return ModelVersion(name, UtcMs(at), 100, {"mrr20": 0.1}, {"mrr20": 0.2}, seconds=1.5, promoted=True, **more)


def test_one_is_active(database: Database) -> None:
    assert database.models.active() is None
    database.models.add(version("a", 1, active=True))
    database.models.add(version("b", 2, active=True))
    assert database.models.active() == version("b", 2, active=True)
    assert [model.active for model in database.models.all()] == [True, False]


def test_rolling_back(database: Database) -> None:
    database.models.add(version("a", active=True))
    database.models.add(version("b", active=True))
    database.models.activate("a")
    assert database.models.active().version == "a"
    database.models.activate(None)
    assert database.models.active() is None


def test_an_unknown_version_changes_nothing(database: Database) -> None:
    database.models.add(version("a", active=True))
    with pytest.raises(UsageError, match="no model version x"):
        database.models.activate("x")
    assert database.models.active().version == "a"


def test_adding_again_replaces(database: Database) -> None:
    database.models.add(version("a"))
    better = replace(version("a"), after={"mrr20": 0.3})
    database.models.add(better)
    assert database.models.all() == [better]
