"""`ScannedTrack` as plain JSON values and back: only what differs from the defaults travels."""

from __future__ import annotations

import dataclasses
from typing import Any

from player.domain import Gain, ScannedTrack

_DEFAULTS = {
    field.name: None if field.default is dataclasses.MISSING else field.default
    for field in dataclasses.fields(ScannedTrack)
}
_NO_GAIN = Gain()


def to_plain(track: ScannedTrack) -> dict[str, Any]:
    """The fields of a track that differ from their defaults, as JSON can hold them."""
    plain = {name: value for name, default in _DEFAULTS.items() if (value := getattr(track, name)) != default}
    if track.gain == _NO_GAIN:
        del plain["gain"]
    else:
        plain["gain"] = dataclasses.astuple(track.gain)
    return plain


def from_plain(plain: dict[str, Any]) -> ScannedTrack:
    """The track that `to_plain` gave.

    Raises:
        TypeError: not such a dictionary.
    """
    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in plain.items()}
    if "gain" in values:
        values["gain"] = Gain(*values["gain"])
    return ScannedTrack(**values)
