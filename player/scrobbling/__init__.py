"""Telling ListenBrainz and Last.fm, or servers that speak like them, what was played. Off until the user wants it."""

from player.scrobbling._account import Account, AccountState, Trouble
from player.scrobbling._scrobbling import Scrobbling

__all__ = ["Account", "AccountState", "Scrobbling", "Trouble"]
