"""What is in the library: scanning, watching, searching and browsing it; covers, playlist files, tag editing."""

from player.library._scan import scan

__all__ = ["scan"]
