"""APEv2 items (WavPack, Monkey's Audio, Musepack, OptimFROG, TAK, some MP3) to words."""

from __future__ import annotations

from typing import Any

from mutagen.apev2 import BINARY, TEXT

from player.tags._bag import Bag
from player.tags._picture import FRONT_COVER, Picture

_COVER = "cover art ("


def collect(tags: Any) -> Bag:
    """Everything an APEv2 tag says, in words. Accepts mutagen's `APEv2`."""
    bag = Bag()
    for name, value in tags.items():
        if value.kind != TEXT:
            continue
        lowered = name.lower()
        for text in value:
            if lowered == "rating":  # 0 to 100, or stars with a decimal comma
                bag.add("rating", text.replace(",", "."))
            else:
                bag.add_free(lowered, text)
    return bag


def pictures(tags: Any) -> list[Picture]:
    """The pictures of an APEv2 tag: a file name, a NUL, then the picture."""
    found = []
    for name, value in tags.items():
        if value.kind == BINARY and name.lower().startswith(_COVER):
            _, _, data = bytes(value.value).partition(b"\0")
            found.append(Picture(data, FRONT_COVER if name.lower().startswith(_COVER + "front") else 0))
    return found
