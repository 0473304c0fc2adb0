"""Giving up a question while it is being answered, once its answer is void.

SQLite asks now and then, in the thread that reads, whether to go on: no other thread has to interrupt a connection,
which might serve another question by then. What is kept for later questions (`Orders`, `Values`) is always read to
its end, else a quick typist would have it begun anew with every key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from player.domain import NoLongerWantedError

Wanted = Callable[[], bool]
"""Whether an answer still matters; asked often, in the thread that reads."""

_OPTION = "segue_wanted"
_INSTRUCTIONS = 200_000
"""SQLite's steps between two askings: 1 to 7 ms. Each asking may have to wait for the interpreter."""


def always() -> bool:
    """An answer that always matters."""
    return True


def mark(connection: Connection, wanted: Wanted) -> None:
    """Let `while_wanted` ask this from now on."""
    if wanted is not always:
        connection.execution_options(**{_OPTION: wanted})


@contextmanager
def while_wanted(connection: Connection) -> Iterator[None]:
    """Statements inside end early once what `mark` was given says so.

    Raises:
        NoLongerWantedError: one has ended early.
    """
    wanted: Wanted | None = connection.get_execution_options().get(_OPTION)
    if wanted is None:
        yield
        return
    if not wanted():
        raise NoLongerWantedError
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: not wanted(), _INSTRUCTIONS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" in str(error.orig):
            raise NoLongerWantedError from error
        raise
    finally:
        driver.set_progress_handler(None, 0)
