"""All that is stored: SQLite through SQLAlchemy and Alembic. The only package that speaks SQL; free of Qt."""

from pathlib import Path

from sqlalchemy import Engine, MetaData

from player.storage import _listening_tables as _listening_tables
from player.storage._album_gain import AlbumGain
from player.storage._base import Base
from player.storage._columns import END_REASONS, START_REASONS, Catalogue, DismissalLog, PlayLog, ThumbLog
from player.storage._database import Database
from player.storage._engine import make_engine
from player.storage._features import Content, FeatureStore, Loudness
from player.storage._foreign import ForeignPlay, ForeignPlayStore
from player.storage._foreign_counts import ForeignCount, ForeignCountStore
from player.storage._fresh_starts import FreshStartStore
from player.storage._imported import ImportedPlay, Prior
from player.storage._known import KnownTable
from player.storage._models import ModelStore
from player.storage._music_tables import CREATE_SEARCH, SEARCH_TABLE
from player.storage._playlists import PlaylistStore
from player.storage._plays import PlayStore
from player.storage._queues import QueueStore
from player.storage._scrobbles import Listen, ScrobbleStore
from player.storage._settings import SettingsStore
from player.storage._thumbs import ThumbStore
from player.storage._tracks import TrackStore

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
    "END_REASONS",
    "START_REASONS",
    "AlbumGain",
    "Catalogue",
    "Content",
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
    "ScrobbleStore",
    "SettingsStore",
    "ThumbLog",
    "ThumbStore",
    "TrackStore",
    "metadata",
    "plain_engine",
    "searched_by_fts",
]
