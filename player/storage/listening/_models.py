"""The store of model versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from player.domain import ModelVersion, UsageError, UtcMs
from player.storage._engine import Connections
from player.storage.schema import LastTrainingRow, ModelRow


class ModelStore:
    """Versions of the model trained here, with their metrics; at most one is active (none: the shipped model)."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, version: ModelVersion) -> None:
        """Keep a version, replacing one of the same name; an active one takes over from the one before."""
        row = {
            "version": version.version,
            "trained_at": version.trained_at,
            "events": version.events,
            "seconds": version.seconds,
            "before": dict(version.before),
            "after": dict(version.after),
            "promoted": version.promoted,
            "active": version.active,
        }
        with self._connections.writing() as connection:
            if version.active:
                _deactivate(connection)
            statement = upsert(ModelRow).values(row)
            replaced = {name: statement.excluded[name] for name in row if name != "version"}
            connection.execute(statement.on_conflict_do_update(index_elements=["version"], set_=replaced))

    def active(self) -> ModelVersion | None:
        """The version in use; None while it is the shipped one."""
        with self._connections.reading() as connection:
            row = connection.execute(_MODELS.where(ModelRow.active)).first()
            return None if row is None else _model(row)

    def activate(self, version: str | None) -> None:
        """Use this version from now on; None: the shipped one.

        Raises:
            UsageError: there is no such version.
        """
        with self._connections.writing() as connection:
            _deactivate(connection)
            if version is not None:
                statement = update(ModelRow).where(ModelRow.version == version).values(active=True)
                if not connection.execute(statement).rowcount:
                    raise UsageError(f"There is no model version {version}.")

    def all(self) -> list[ModelVersion]:
        """All versions, newest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(_MODELS.order_by(ModelRow.trained_at.desc(), ModelRow.version.desc()))
            return [_model(row) for row in rows]

    def last_training(self) -> tuple[UtcMs, int]:
        """Return when the model was last trained, whatever came of it, and how many plays the log had then."""
        with self._connections.reading() as connection:
            row = connection.execute(select(LastTrainingRow.at, LastTrainingRow.plays)).first()
            return (UtcMs(0), 0) if row is None else (UtcMs(row.at), row.plays)

    def note_training(self, at: UtcMs, plays: int) -> None:
        """Store that the model has been trained, from a log of so many plays."""
        statement = upsert(LastTrainingRow).values(id=1, at=at, plays=plays)
        with self._connections.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"at": at, "plays": plays}))


_MODELS = select(
    ModelRow.version,
    ModelRow.trained_at,
    ModelRow.events,
    ModelRow.before,
    ModelRow.after,
    ModelRow.active,
    ModelRow.seconds,
    ModelRow.promoted,
)


def _model(row: Any) -> ModelVersion:
    version, trained_at, *rest = row
    return ModelVersion(version, UtcMs(trained_at), *rest)


def _deactivate(connection: Connection) -> None:
    connection.execute(update(ModelRow).where(ModelRow.active).values(active=False))
