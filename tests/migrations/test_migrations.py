"""The migrations as they ship."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from player.paths import shipped
from player.storage import CREATE_SEARCH, CREATE_SEARCH_TERMS, Database, metadata, plain_engine
from player.storage._upgrade import HEAD


@pytest.fixture
def config() -> Config:
    """Alembic on the shipped migrations."""
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    return config


def schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_revisions_form_one_line(config: Config) -> None:
    script = ScriptDirectory.from_config(config)
    revisions = list(script.walk_revisions())
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    assert all(not revision.is_branch_point and not revision.is_merge_point for revision in revisions)
    assert [revision.revision for revision in revisions][::-1] == [f"{at:04}" for at in range(1, len(revisions) + 1)]


def test_the_player_knows_the_newest_revision(config: Config) -> None:
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_every_revision_says_what_it_does(config: Config) -> None:
    for revision in ScriptDirectory.from_config(config).walk_revisions():
        assert len(revision.doc) > 10


def test_alembic_check_finds_nothing_to_do(config: Config, database: Database) -> None:
    engine = plain_engine(database.path)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


def test_upgrading_from_nothing_gives_the_mapped_tables(database: Database, tmp_path: Path) -> None:
    made = tmp_path / "made.db"
    engine = plain_engine(made)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(CREATE_SEARCH)
        connection.exec_driver_sql(CREATE_SEARCH_TERMS)
    engine.dispose()
    upgraded, mapped = schema(database.path), schema(made)
    assert upgraded.keys() == mapped.keys()
    for name in mapped:
        if not mapped[name].startswith("CREATE TABLE"):
            assert upgraded[name] == mapped[name]


def test_every_constraint_and_index_has_a_name_by_the_convention() -> None:
    for table in metadata.tables.values():
        for part in (*table.constraints, *table.indexes):
            assert str(part.name).split("_")[0] in ("pk", "fk", "uq", "ck", "ix")


def test_the_command_line_names_its_database(config: Config) -> None:
    with pytest.raises(SystemExit, match="db=FILE"):
        command.current(config)
