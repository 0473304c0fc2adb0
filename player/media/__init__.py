"""Media files: the one place where FFmpeg opens a file. Qt-free.

Tags, playback, analysis and loudness all open files here, so that what a file may make FFmpeg do is decided once. PyAV
is imported at first use: a process that meets only files known to mutagen never loads it.
"""

from player.media._ogg import Link, ogg_links
from player.media._open import Media, ReadLimitError, open_file
from player.media._window import FileWindow

__all__ = ["FileWindow", "Link", "Media", "ReadLimitError", "ogg_links", "open_file"]
