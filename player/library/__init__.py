"""What is in the library: scanning, watching, searching and browsing it; covers, playlist files, tag editing."""

from player.library._library import Library
from player.library._opening import open_files
from player.library._scan import scan
from player.library._search import Search, parse_search, searched

__all__ = ["Library", "Search", "open_files", "parse_search", "scan", "searched"]
