"""Files to tags, facts, covers and the key of their sound."""

from player.tags._mutagen_limits import limit_frames
from player.tags.read._assemble import rating_of
from player.tags.read._cue import expand as expand_cue
from player.tags.read._file import cover, read_track
from player.tags.read._riff import collect as collect_riff

__all__ = ["collect_riff", "cover", "expand_cue", "rating_of", "read_track"]

limit_frames()
