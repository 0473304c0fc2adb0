"""Settings: defaults, damage, versions to come."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from player.domain import Settings
from player.storage import Database
from player.storage.schema import SettingRow
from tests.bed.logs import ExpectLog


def put_raw(database: Database, key: str, text: str) -> None:
    with database._connections.writing() as connection:
        connection.execute(insert(SettingRow).values(key=key, value=text))


def keys(database: Database) -> set[str]:
    with database._connections.reading() as connection:
        return set(connection.execute(select(SettingRow.key)).scalars())


def other(value: Any) -> Any:
    """Some value of the same kind that is not the default."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (1.5, -2.0)
    return value + "x" if isinstance(value, str) else value + 1


def test_defaults(database: Database) -> None:
    assert database.settings.load() == Settings()


def test_every_setting_comes_back(database: Database) -> None:
    default = Settings()
    names = [field.name for field in fields(Settings) if field.name != "roots"]
    chosen = replace(default, **{name: other(getattr(default, name)) for name in names})
    database.settings.save(chosen)
    assert database.settings.load() == chosen
    database.settings.save(default)
    assert keys(database) == set()


def test_what_a_newer_version_wrote_is_kept(database: Database) -> None:
    put_raw(database, "settings.hologram", "true")
    database.settings.save(replace(database.settings.load(), volume=0.5))
    assert keys(database) == {"settings.hologram", "settings.volume"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("volume", "0.5}"),
        ("volume", '"loud"'),
        ("muted", "1"),
        ("theme", "7"),
        ("equaliser", '["x"]'),
        ("crossfade_ms", "true"),
        ("volume", "[]"),
    ],
)
def test_a_damaged_setting_is_its_default(database: Database, name: str, text: str, expect_log: ExpectLog) -> None:
    put_raw(database, f"settings.{name}", text)
    expect_log(rf"setting (settings\.)?{name} is damaged and counts as not set")
    assert database.settings.load() == Settings()


def test_a_whole_number_serves_as_a_float(database: Database) -> None:
    put_raw(database, "settings.volume", "1")
    assert database.settings.load().volume == 1.0


def test_states_of_parts(database: Database) -> None:
    state = {"width": 900, "columns": ["title", "artist"], "ü": None}
    database.settings.put("window", state)
    assert database.settings.get("window") == state
    assert database.settings.get("nothing", 7) == 7
    database.settings.put("window", None)
    assert database.settings.get("window") is None


def test_a_damaged_state_is_its_default(database: Database, expect_log: ExpectLog) -> None:
    put_raw(database, "window", "{")
    expect_log("setting window is damaged")
    assert database.settings.get("window", {}) == {}
