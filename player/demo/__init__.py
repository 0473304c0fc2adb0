"""A small library of synthesised music and a past to go with it, so that Segue can be tried without owning music."""

from player.demo._catalogue import ALBUMS, DemoAlbum
from player.demo._files import make_music
from player.demo._history import NEWCOMER, History, make_history

EARLIER = tuple(album for album in ALBUMS if album.title != NEWCOMER[0])
"""All albums but the one that joined the library last."""

__all__ = ["ALBUMS", "EARLIER", "DemoAlbum", "History", "make_history", "make_music"]
