"""Audio files to tags, covers and the key of their sound. Free of Qt; runs in child processes."""

from player.tags._formats import AUDIO_SUFFIXES
from player.tags._mutagen_limits import limit_frames
from player.tags._picture import MAX_PICTURE_BYTES, is_cover_name, picture_beside, picture_key
from player.tags._png import without_extras
from player.tags._wire import from_plain, to_plain
from player.tags.read import cover, expand_cue, read_track
from player.tags.write import EDITABLE, write_tags

__all__ = [
    "AUDIO_SUFFIXES",
    "EDITABLE",
    "MAX_PICTURE_BYTES",
    "cover",
    "expand_cue",
    "from_plain",
    "is_cover_name",
    "picture_beside",
    "picture_key",
    "read_track",
    "to_plain",
    "without_extras",
    "write_tags",
]

limit_frames()
