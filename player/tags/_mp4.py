"""MP4 atoms (AAC, ALAC) to words."""

from __future__ import annotations

from typing import Any

from player.tags._bag import Bag
from player.tags._picture import Picture

ATOMS = {
    "\xa9nam": "title",
    "sonm": "title_sort",
    "\xa9ART": "artist",
    "soar": "artist_sort",
    "\xa9alb": "album",
    "soal": "album_sort",
    "aART": "album_artist",
    "soaa": "album_artist_sort",
    "\xa9wrt": "composer",
    "soco": "composer_sort",
    "\xa9con": "conductor",
    "\xa9wrk": "work",
    "\xa9mvn": "movement",
    "\xa9grp": "grouping",
    "\xa9gen": "genre",
    "\xa9day": "date",
    "\xa9lyr": "lyrics",
    "\xa9cmt": "comment",
    "tmpo": "bpm",
    "rate": "rating_percent",
}
_PAIRS = {"trkn": ("track", "track_total"), "disk": ("disc", "disc_total")}


def collect(tags: Any) -> Bag:
    """Everything an MP4 `ilst` atom says, in words. Accepts mutagen's `MP4Tags`."""
    bag = Bag()
    for name, value in tags.items():
        if name.startswith("----:"):
            _add_free_form(bag, name.split(":", 2)[-1], value)
        elif name in _PAIRS:
            for number, total in value:
                bag.add(_PAIRS[name][0], str(number or ""))
                bag.add(_PAIRS[name][1], str(total or ""))
        elif name == "cpil":
            bag.add("compilation", "1" if value else "")
        elif name in ATOMS:
            for item in value:
                bag.add(ATOMS[name], _text(item))
    return bag


def pictures(tags: Any) -> list[Picture]:
    """The cover pictures of an MP4 file; the first is the front cover."""
    return [Picture(bytes(cover)) for cover in tags.get("covr", [])]


def _add_free_form(bag: Bag, name: str, values: list[Any]) -> None:
    for value in values:
        bag.add_free(name, _text(value))


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
