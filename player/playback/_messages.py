"""Sentences for the user about what cannot be played, in the user's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from player.playback._transport_values import Failure

translate = QCoreApplication.translate

_NOT_THERE = re.compile("“(.*)” is not there; the default output is used[.]")
_OPENING = "cannot be opened: "


def failure(failed: Failure) -> str:
    """Return the sentence for a track that could not be played."""
    title, why = title_and_cause(failed)
    if not failed.final:
        return translate("Sequencer", "“{title}” cannot be played: {why}").format(title=title, why=why)
    text = translate("Sequencer", "Stopped: {n} tracks in a row could not be played. “{title}”: {why}")
    return text.format(n=failed.row, title=title, why=why)


def title_and_cause(failed: Failure) -> tuple[str, str]:
    """Return the title of a track that could not be played, and why, as parts of a sentence."""
    track = failed.track
    if track is None:
        missing = translate("Sequencer", "it is not in the library any more")
        return translate("Sequencer", "A track"), missing
    if failed.message:
        return track.title, translated(failed.message)
    if track.missing:
        return track.title, translate("Sequencer", "its file cannot be found")
    return track.title, translated(track.problem or translate("Sequencer", "its file cannot be decoded"))


def translated(message: str) -> str:
    """Return a message of the engine in the user's language; one that is not known, as FFmpeg's, stays as it is."""
    known = _known()
    if message in known:
        return known[message]
    if (found := _NOT_THERE.fullmatch(message)) is not None:
        return translate("Sound", "“{name}” is not there; the default output is used.").format(name=found[1])
    return known.get(message.removeprefix(_OPENING), message)


def _known() -> dict[str, str]:
    """Return the engine's messages and the user's."""
    return {
        "No sound output can be opened; check that a device is connected and a sound server runs. "
        "Playback goes on when there is one.": translate(
            "Sound",
            "No sound output can be opened; check that a device is connected and a sound server runs. "
            "Playback goes on when there is one.",
        ),
        "The sound server does not answer, so no output can be opened. Playback goes on when there is one.": translate(
            "Sound",
            "The sound server does not answer, so no output can be opened. Playback goes on when there is one.",
        ),
        "The sound output went away; playback goes on when it or another one is there.": translate(
            "Sound", "The sound output went away; playback goes on when it or another one is there."
        ),
        "The sound process cannot be started, so nothing plays. The log file says why.": translate(
            "Sound", "The sound process cannot be started, so nothing plays. The log file says why."
        ),
        "the sound process ended while it played": translate("Sound", "the sound process ended while it played"),
        "the sound process ended twice while it played": translate(
            "Sound", "the sound process ended twice while it played"
        ),
        "it is not there": translate("Sound", "it is not there"),
        "it is a folder": translate("Sound", "it is a folder"),
        "it is not an ordinary file": translate("Sound", "it is not an ordinary file"),
        "it is not a kind of sound file that can be played": translate(
            "Sound", "it is not a kind of sound file that can be played"
        ),
        "it takes too long to recognise": translate("Sound", "it takes too long to recognise"),
        "it asks for more memory than there is": translate("Sound", "it asks for more memory than there is"),
        "it is damaged, or no sound file": translate("Sound", "it is damaged, or no sound file"),
        "it ends too early": translate("Sound", "it ends too early"),
        "access to it is denied": translate("Sound", "access to it is denied"),
        "there is no sound in it": translate("Sound", "there is no sound in it"),
        "nothing in it can be decoded": translate("Sound", "nothing in it can be decoded"),
        "no sound can be recognised in it": translate("Sound", "no sound can be recognised in it"),
    }
