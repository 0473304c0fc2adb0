"""A guard for Python overrides of Qt's virtual functions.

On Python 3.11 an exception raised by C code (a bad argument, a division by zero) that leaves such an
override crashes the process; on any version it would leave a half-painted widget. The guard reports
the exception through `sys.excepthook`, where it is logged, and answers with a safe value.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def guarded(default: Callable[[], R]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate an override; when it fails, `default()` is what Qt gets.

    Args:
        default: Makes the safe value: `none`, `bool`, `QRect`, `QModelIndex` …
    """

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return method(*args, **kwargs)
            except Exception:  # noqa: BLE001 - the border to C++: nothing may pass it; the hook logs everything
                sys.excepthook(*sys.exc_info())
                return default()

        return call

    return decorate


def none() -> None:
    """The safe value of an override that returns nothing."""
