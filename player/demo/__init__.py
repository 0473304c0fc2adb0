"""A small library of synthesised music and a past to go with it, so that Segue can be tried without owning music."""

from player.demo._files import make_music
from player.demo._history import History, make_history

__all__ = ["History", "make_history", "make_music"]
