"""Off the GUI thread and back: lanes (threads) and child processes.

What needs Qt is loaded at first use: a command that only starts a child process does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from player.workers._bound import start_bound
from player.workers._child import (
    CHILD_FLAG,
    ChildProcess,
    child_command,
    child_environment,
    lower_priority,
    own_command,
)

if TYPE_CHECKING:
    from player.workers._collector import Collector
    from player.workers._interrupts import Interrupts
    from player.workers._lane import Lane
    from player.workers._problems import problem_text

_HOMES = {"Collector": "_collector", "Interrupts": "_interrupts", "Lane": "_lane", "problem_text": "_problems"}

__all__ = [
    "CHILD_FLAG",
    "ChildProcess",
    "Collector",
    "Interrupts",
    "Lane",
    "child_command",
    "child_environment",
    "lower_priority",
    "own_command",
    "problem_text",
    "start_bound",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
