"""Writing a rating in each family's own scale, the reverse of `_values` and of `_id3`'s table."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from player.domain import UsageError
from player.tags import _id3
from player.tags import _values as values
from player.tags._bag import FREE, Bag, plain_name
from player.tags._formats import mutagen_class
from player.tags.read import rating_of

_BYTE_OF_STARS = {stars: byte for byte, stars in _id3.STARS_OF_BYTE.items()}
_WINDOWS_OF_STARS = {1: 1, 2: 25, 3: 50, 4: 75, 5: 99}
_POPM_OWNER = "Windows Media Player 9 Series"
"""Whose rating most programs read where there is only one."""

_WORDS = frozenset({"rating", "rating_fraction", "rating_windows"})
_FMPS = "fmpsrating"


def stars_of(bag: Bag) -> tuple[str, ...]:
    """The rating that tags say, in stars as text ("3.5"); empty without one."""
    rating = rating_of(bag.words())
    return () if rating is None else (f"{rating * 5:g}",)


def stars_in(texts: tuple[str, ...]) -> float | None:
    """A rating in stars as it will be written, to the half star; None for none.

    Raises:
        UsageError: it is no number from 0 to 5.
    """
    if not texts:
        return None
    stars = values.number(texts[0])
    if stars is None or not 0 <= stars <= 5:
        raise UsageError(f"A rating has 0 to 5 stars, not “{texts[0]}”.")
    return math.floor(stars * 2 + 0.5) / 2 or None


def _named(name: str) -> Callable[[Any, float | None], None]:
    """Writer for tags of free names: percent under `name`, and FMPS's fraction where that was there."""

    def put(tags: Any, stars: float | None) -> None:
        for key in dict.fromkeys(tags.keys()):
            if _is_rating(key):
                del tags[key]
                if stars is not None and plain_name(key) == _FMPS:
                    tags[key] = f"{stars / 5:g}"
        if stars is not None:
            tags[name] = f"{stars * 20:g}"

    return put


def _is_rating(name: str) -> bool:
    return name.lower().startswith("rating:") or FREE.get(plain_name(name.removeprefix("WM/"))) in _WORDS


def _put_id3(tags: Any, stars: float | None) -> None:
    for frame in tags.getall("TXXX"):
        if _is_rating(frame.desc):
            if stars is not None and plain_name(frame.desc) == _FMPS:
                frame.text = [f"{stars / 5:g}"]
            else:
                del tags[frame.HashKey]
    byte = 0 if stars is None else _BYTE_OF_STARS[stars]
    frames = tags.getall("POPM")
    for frame in frames:
        frame.rating = byte
        if not byte and not getattr(frame, "count", 0):
            del tags[frame.HashKey]
    if byte and not frames:
        tags.add(mutagen_class("id3", "POPM")(email=_POPM_OWNER, rating=byte, count=0))


def _put_mp4(tags: Any, stars: float | None) -> None:
    for key in [key for key in tags if key.startswith("----:")]:
        name = key.split(":", 2)[-1]
        if _is_rating(name):
            del tags[key]
            if stars is not None and plain_name(name) == _FMPS:
                tags[key] = [f"{stars / 5:g}".encode()]
    tags.pop("rate", None)
    if stars is not None:
        tags["rate"] = [f"{stars * 20:g}"]


def _put_asf(tags: Any, stars: float | None) -> None:
    _named("WM/SharedUserRating")(tags, None)
    if stars is not None:
        tags["WM/SharedUserRating"] = [_WINDOWS_OF_STARS[max(1, math.floor(stars + 0.5))]]


RATE: dict[str, Callable[[Any, float | None], None]] = {
    "ID3": _put_id3,
    "MP4Tags": _put_mp4,
    "APEv2": _named("Rating"),
    "ASFTags": _put_asf,
    "VComment": _named("RATING"),
}
"""How to write stars (None: no rating) into a tag, by the name of its class in mutagen."""
