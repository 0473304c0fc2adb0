"""The platform around the window: single instance, remote control, MPRIS2, notifications, idleness, power.

Everything is loaded at first use: a word to the running window needs neither Qt nor D-Bus.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.desktop._art import ArtFiles
    from player.desktop._client import ask, watch
    from player.desktop._desktop import Desktop
    from player.desktop._protocol import ARGUMENTS, Request

_HOMES = {
    "ARGUMENTS": "_protocol",
    "ArtFiles": "_art",
    "Desktop": "_desktop",
    "Request": "_protocol",
    "ask": "_client",
    "watch": "_client",
}

__all__ = ["ARGUMENTS", "ArtFiles", "Desktop", "Request", "ask", "watch"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"player.desktop.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
