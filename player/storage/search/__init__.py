"""Which tracks a query finds, and in which order."""

from player.storage.search._artist_keys import album_artist_key
from player.storage.search._filters import path_below, search_hits
from player.storage.search._find import find_ids
from player.storage.search._numbers import ALBUM, Values
from player.storage.search._orders import Orders
from player.storage.search._spelling import corrections

__all__ = ["ALBUM", "Orders", "Values", "album_artist_key", "corrections", "find_ids", "path_below", "search_hits"]
