"""ASF attributes (WMA) to words."""

from __future__ import annotations

from typing import Any

from player.tags._bag import Bag
from player.tags._picture import Picture

_ZERO_BASED_TRACK = "WM/Track"


def collect(tags: Any) -> Bag:
    """Everything the attributes of an ASF file say, in words. Accepts mutagen's `ASFTags`."""
    bag = Bag()
    for name, value in tags:
        text = str(value)
        if name == _ZERO_BASED_TRACK:
            bag.add("track_zero_based", text)
        elif isinstance(getattr(value, "value", value), bytes):
            continue
        else:
            bag.add_free(name.removeprefix("WM/"), text)
    return bag


def pictures(tags: Any) -> list[Picture]:
    """The `WM/Picture` attributes: type, size, media type and description in UTF-16, then the picture."""
    found = []
    for name, value in tags:
        data = getattr(value, "value", b"")
        if name == "WM/Picture" and isinstance(data, bytes) and (picture := _picture(data)):
            found.append(picture)
    return found


def _picture(data: bytes) -> Picture | None:
    size = int.from_bytes(data[1:5], "little")
    position = 5
    for _ in range(2):  # media type, description
        while position + 1 < len(data) and data[position : position + 2] != b"\0\0":
            position += 2
        position += 2
    body = data[position : position + size]
    return Picture(body, data[0]) if body else None
