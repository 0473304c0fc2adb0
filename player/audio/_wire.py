"""What the player and the sound process say to each other: frames of JSON, each behind its length.

A frame is four bytes of length (big-endian) and so many bytes of a JSON array. From the player: a command of
`player.audio.engine._loop.COMMANDS`, then its arguments. From the sound process, by the first word:

    "now", values of `Now`, number of commands carried out so far
    "event", name of the `Event`, its value
    "log", level, name of the logger, text

On its standard error stands, before a decoder begins, which thread decodes which play (`DECODES`), and after a crash
which thread crashed (`CRASHED`, written by `faulthandler`).

File names that are no Unicode keep their bytes (JSON's escapes carry lone surrogates).
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from player.audio._events import Event
from player.audio._values import (
    Device,
    EndCause,
    GainReason,
    Heard,
    Now,
    Obstacle,
    PlayEnded,
    SignalPath,
    Source,
)
from player.domain import AudioError, Ms, PlayerState

DECODES = "decodes:"
"""Begins a line of the standard error: identity of a thread, token."""

CRASHED = re.compile(r"Current thread (0x[0-9a-f]+)")
MAX_FRAME = 1 << 20
_LENGTH = struct.Struct(">I")


def frame(*words: Any) -> bytes:
    """Return a frame of these words; values of this package become JSON objects."""
    text = json.dumps(words, default=asdict).encode("ascii")
    return _LENGTH.pack(len(text)) + text


class Frames:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[list[Any]]:
        """Yield the words of every frame that is complete now.

        Raises:
            AudioError: these are no frames.
        """
        self._bytes += data
        while len(self._bytes) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._bytes)
            end = _LENGTH.size + length
            if length > MAX_FRAME:
                raise AudioError("The sound process does not speak as expected.")
            if len(self._bytes) < end:
                return
            text = bytes(self._bytes[_LENGTH.size : end])
            del self._bytes[:end]
            yield _words(text)


def _words(text: bytes) -> list[Any]:
    try:
        words = json.loads(text)
    except ValueError as error:
        raise AudioError("The sound process does not speak as expected.") from error
    if not isinstance(words, list) or not words:
        raise AudioError("The sound process does not speak as expected.")
    return words


def to_arguments(words: list[Any]) -> list[Any]:
    """Return the arguments of a command with its source, and the equaliser's gains, as they were."""
    return [_argument(word) for word in words]


def _argument(word: Any) -> Any:
    if isinstance(word, dict):
        word["gain_reason"] = GainReason(word["gain_reason"])
        return Source(**word)
    return tuple(word) if isinstance(word, list) else word


def to_now(values: dict[str, Any]) -> Now:
    """Return what is heard from its values."""
    present = values.pop("present")
    others = tuple(Heard(**other) for other in values.pop("others"))
    return Now(None if present is None else Heard(**present), others, **values)


def to_event(name: str, value: Any) -> tuple[Event, object]:
    """Return an event and its value as they were."""
    event = Event(name)
    match event:
        case Event.ENDED:
            ended = PlayEnded(
                value["token"],
                EndCause(value["cause"]),
                Ms(value["listened_ms"]),
                Ms(value["position_ms"]),
                value["message"],
            )
            return event, ended
        case Event.DEVICES:
            return event, [Device(**device) for device in value]
        case Event.STATE:
            return event, PlayerState(value)
        case Event.SIGNAL_PATH if value is not None:
            value["gain_reason"] = GainReason(value["gain_reason"])
            value["obstacles"] = tuple(Obstacle(name) for name in value["obstacles"])
            return event, SignalPath(**value)
    return event, value
