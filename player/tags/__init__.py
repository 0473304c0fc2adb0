"""Audio files to tags, covers and the key of their sound. Free of Qt; runs in child processes.

Everything is loaded at first use: who walks folders needs the suffixes, and no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.tags._copies import COPY_MARK, tidy_up
    from player.tags._formats import AUDIO_SUFFIXES
    from player.tags._picture import MAX_PICTURE_BYTES, is_cover_name, picture_beside, picture_key
    from player.tags._png import without_extras
    from player.tags._wire import from_plain, to_plain
    from player.tags.read import cover, expand_cue, read_track
    from player.tags.write import EDITABLE, write_tags

_HOMES = {
    "AUDIO_SUFFIXES": "_formats",
    "COPY_MARK": "_copies",
    "EDITABLE": "write",
    "MAX_PICTURE_BYTES": "_picture",
    "cover": "read",
    "expand_cue": "read",
    "from_plain": "_wire",
    "is_cover_name": "_picture",
    "picture_beside": "_picture",
    "picture_key": "_picture",
    "read_track": "read",
    "tidy_up": "_copies",
    "to_plain": "_wire",
    "without_extras": "_png",
    "write_tags": "write",
}

__all__ = [
    "AUDIO_SUFFIXES",
    "COPY_MARK",
    "EDITABLE",
    "MAX_PICTURE_BYTES",
    "cover",
    "expand_cue",
    "from_plain",
    "is_cover_name",
    "picture_beside",
    "picture_key",
    "read_track",
    "tidy_up",
    "to_plain",
    "without_extras",
    "write_tags",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"player.tags.{_HOMES[name]}"), name)  # asked for once only
    return found
