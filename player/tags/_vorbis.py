"""Vorbis comments (FLAC, Ogg Vorbis, Opus, Speex, Ogg FLAC) to words."""

from __future__ import annotations

from typing import Any

from player.tags._bag import Bag
from player.tags._picture import Picture, base64_picture, flac_picture


def collect(tags: Any) -> Bag:
    """Everything a Vorbis comment says, in words. Accepts mutagen's `VComment`."""
    bag = Bag()
    for name, text in tags:
        lowered = name.lower()
        if lowered.startswith("rating:"):  # RATING:user@host of Quod Libet, 0 to 1
            bag.add("rating_fraction", text)
        elif lowered.startswith("playcount:"):
            bag.add("play_count", text)
        elif lowered not in ("metadata_block_picture", "coverart"):
            bag.add_free(lowered, text)
    return bag


def pictures(tags: Any) -> list[Picture]:
    """The pictures in base64 inside a Vorbis comment: FLAC picture blocks, and the older bare ones."""
    found: list[Picture] = []
    for name, text in tags:
        lowered = name.lower()
        if lowered == "metadata_block_picture" and (picture := flac_picture(base64_picture(text))):
            found.append(picture)
        elif lowered == "coverart":
            found.append(Picture(base64_picture(text)))
    return found
