"""What the sound engine reports, in the user's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_NOT_THERE = re.compile("“(.*)” is not there; the default output is used[.]")
_OPENING = "cannot be opened: "


def in_words(message: str) -> str:
    """A message of the engine in the user's language; one that is not known, as FFmpeg's own, stays as it is."""
    known = _known()
    if message in known:
        return known[message]
    if (found := _NOT_THERE.fullmatch(message)) is not None:
        return translate("Sound", "“{name}” is not there; the default output is used.").format(name=found[1])
    return known.get(message.removeprefix(_OPENING), message)


def _known() -> dict[str, str]:
    """The engine's words and the user's."""
    return {
        "No sound output can be opened; check that a device is connected and a sound server runs. "
        "Playback goes on when there is one.": translate(
            "Sound",
            "No sound output can be opened; check that a device is connected and a sound server runs. "
            "Playback goes on when there is one.",
        ),
        "The sound output went away; playback goes on when it or another one is there.": translate(
            "Sound", "The sound output went away; playback goes on when it or another one is there."
        ),
        "it is not there": translate("Sound", "it is not there"),
        "it is a folder": translate("Sound", "it is a folder"),
        "it is damaged, or no sound file": translate("Sound", "it is damaged, or no sound file"),
        "it ends too early": translate("Sound", "it ends too early"),
        "access to it is denied": translate("Sound", "access to it is denied"),
        "there is no sound in it": translate("Sound", "there is no sound in it"),
        "nothing in it can be decoded": translate("Sound", "nothing in it can be decoded"),
        "no sound can be recognised in it": translate("Sound", "no sound can be recognised in it"),
    }
