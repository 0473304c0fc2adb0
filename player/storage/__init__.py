"""All that is stored: SQLite through SQLAlchemy and Alembic. The only package that speaks SQL; free of Qt."""

from pathlib import Path

from sqlalchemy import Engine, MetaData

from player.storage._backup import Restored
from player.storage._columns import END_REASONS, START_REASONS, Catalogue, DismissalLog, PlayLog, ThumbLog
from player.storage._database import Database, restore_database
from player.storage._engine import DamagedError, make_engine
from player.storage._settings import SettingsStore
from player.storage.library import AlbumGain, Content, FeatureStore, KnownTable, Loudness, ScannedFile, TrackStore
from player.storage.listening import (
    ForeignCount,
    ForeignCountStore,
    ForeignPlay,
    ForeignPlayStore,
    FreshStartStore,
    ImportedPlay,
    Listen,
    ModelStore,
    PlaylistStore,
    PlayStore,
    Prior,
    QueueStore,
    ScrobbleAccount,
    ScrobbleStore,
    ThumbStore,
)
from player.storage.schema import CREATE_SEARCH, CREATE_SEARCH_TERMS, SEARCH_TABLE, Base, searchable, year_words

metadata: MetaData = Base.metadata
"""All mapped tables, for Alembic."""


def plain_engine(path: Path) -> Engine:
    """An engine on a database file, for Alembic's command line: set up as for an upgrade."""
    return make_engine(path, foreign_keys=False, writes=True)


def searched_by_fts(table_name: str) -> bool:
    """Whether a table is the full-text index or one of its shadow tables, which `metadata` does not hold."""
    return table_name.startswith(SEARCH_TABLE)


__all__ = [
    "CREATE_SEARCH",
    "CREATE_SEARCH_TERMS",
    "END_REASONS",
    "START_REASONS",
    "AlbumGain",
    "Catalogue",
    "Content",
    "DamagedError",
    "Database",
    "DismissalLog",
    "FeatureStore",
    "ForeignCount",
    "ForeignCountStore",
    "ForeignPlay",
    "ForeignPlayStore",
    "FreshStartStore",
    "ImportedPlay",
    "KnownTable",
    "Listen",
    "Loudness",
    "ModelStore",
    "PlayLog",
    "PlayStore",
    "PlaylistStore",
    "Prior",
    "QueueStore",
    "Restored",
    "ScannedFile",
    "ScrobbleAccount",
    "ScrobbleStore",
    "SettingsStore",
    "ThumbLog",
    "ThumbStore",
    "TrackStore",
    "metadata",
    "plain_engine",
    "restore_database",
    "searchable",
    "searched_by_fts",
    "year_words",
]
