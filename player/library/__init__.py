"""What is in the library: scanning, watching, searching and browsing it; covers, playlist files, tag editing."""

from player.library._library import Library
from player.library._scan import scan
from player.library._search import Search, parse_search, searched

__all__ = ["Library", "Search", "parse_search", "scan", "searched"]
