"""Alembic's environment.

The player passes its connection in `config.attributes["connection"]`. On the command line name the file:
`alembic -x db=/tmp/try.db upgrade head`, `alembic -x db=/tmp/try.db check`,
`alembic -x db=/tmp/try.db revision --autogenerate -m "what it does" --rev-id 0002`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from player.storage import metadata, plain_engine, searched_by_fts


def _wanted(item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave the full-text index and its shadow tables out of comparisons: they are no tables of the metadata."""
    return not (kind == "table" and name is not None and searched_by_fts(name))


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types are texts to the database; a revision must not depend on their classes."""
    if kind == "type" and type(item).__module__.startswith("player."):
        return "sa.Text()"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transaction_per_migration=True,
        include_object=_wanted,
        render_item=_render,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _main() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run(connection)
        return
    file = context.get_x_argument(as_dictionary=True).get("db")
    if file is None:
        raise SystemExit("name a database file: alembic -x db=FILE …")
    engine = plain_engine(Path(str(file)))
    with engine.connect() as opened:
        _run(opened)
    engine.dispose()


_main()
