"""What is in the library: scanning folders into it, watching them, searching and browsing it, covers, playlists files."""

from player.library._scan import scan

__all__ = ["scan"]
