"""The store of settings: one JSON row a key."""

from __future__ import annotations

import json
import logging
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import Settings
from player.storage._engine import Connections
from player.storage.schema import RootRow, SettingRow

logger = logging.getLogger(__name__)

_PREFIX = "settings."
_FIELDS = {field.name for field in fields(Settings)} - {"roots"}


class SettingsStore:
    """The user's choices (`load`, `save`), and how the user left the window (`get`, `put`).

    What the program keeps for itself has tables of its own (`schema._state`).

    Rows that this version does not know are kept, for the version that does. A damaged value counts as not set,
    with a warning in the log. `Settings.roots` mirrors the library's music folders and is never saved from here.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def load(self) -> Settings:
        """The user's choices; defaults for what is not set."""
        with self._connections.reading() as connection:
            stored = dict(connection.execute(select(SettingRow.key, SettingRow.value)).all())
            roots = tuple(connection.execute(select(RootRow.path).order_by(RootRow.id)).scalars())
        default = Settings()
        chosen: dict[str, Any] = {"roots": roots}
        for name in _FIELDS:
            text = stored.get(_PREFIX + name)
            if text is not None:
                chosen[name] = _fitting(name, _parsed(_PREFIX + name, text), getattr(default, name))
        return Settings(**chosen)

    def save(self, settings: Settings) -> None:
        """Keep the user's choices, all in one transaction; what is at its default keeps no row."""
        default = Settings()
        with self._connections.writing() as connection:
            for name in sorted(_FIELDS):
                value = getattr(settings, name)
                if value == getattr(default, name):
                    connection.execute(delete(SettingRow).where(SettingRow.key == _PREFIX + name))
                else:
                    _put(connection, _PREFIX + name, value)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a remembered detail of the window; `default` where there is none."""
        with self._connections.reading() as connection:
            text = connection.execute(select(SettingRow.value).where(SettingRow.key == key)).scalar()
        value = None if text is None else _parsed(key, text)
        return default if value is None else value

    def put(self, key: str, value: Any) -> None:
        """Remember a detail of the window: anything JSON can hold; None deletes it."""
        with self._connections.writing() as connection:
            if value is None:
                connection.execute(delete(SettingRow).where(SettingRow.key == key))
            else:
                _put(connection, key, value)


def _put(connection: Connection, key: str, value: Any) -> None:
    statement = upsert(SettingRow).values(key=key, value=json.dumps(value, ensure_ascii=False))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )


def _parsed(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        logger.warning("setting %s is damaged and counts as not set: %.60s", key, text)
        return None


def _fitting(name: str, value: Any, default: Any) -> Any:
    """`value` if it is of the default's kind, else the default."""
    if isinstance(default, tuple) and isinstance(value, list):
        kind = float if name == "equaliser" else str
        if all(isinstance(item, int | float if kind is float else str) for item in value):
            return tuple(kind(item) for item in value)
    elif isinstance(default, bool) or isinstance(value, bool):
        if type(value) is type(default):
            return value
    elif isinstance(default, float) and isinstance(value, int | float):
        return float(value)
    elif type(value) is type(default):
        return value
    if value is not None:
        logger.warning("setting %s is damaged and counts as not set: %.60r", name, value)
    return default
