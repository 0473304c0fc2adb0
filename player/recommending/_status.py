"""What is being learned, in one line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale


@dataclass(frozen=True, slots=True)
class LearningStatus:
    """What is being learned.

    Attributes:
        plays: Plays the model has learned from.
        model_version: The model in use; empty until it is loaded.
        training: Whether it is being trained now.
        text: One quiet line for the navigation.
    """

    plays: int = 0
    model_version: str = ""
    training: bool = False
    text: str = ""


def status(plays: int, model_version: str, *, training: bool, private: bool, told: bool = False) -> LearningStatus:
    """The status with its words; `told`: what is played is sent to a service, as the user chose."""
    text = _text(plays, training=training, private=private, told=told)
    return LearningStatus(plays, model_version, training, text)


def _text(plays: int, *, training: bool, private: bool, told: bool) -> str:
    if private:
        return QCoreApplication.translate("Learning", "Private session: nothing is learned.")
    if told and not training:
        text = QCoreApplication.translate("Learning", "Learning from {n} plays. They are sent on, as you chose.")
        return text.format(n=QLocale().toString(plays))
    if plays == 0:
        return QCoreApplication.translate(
            "Learning", "Learning begins with your first play. Nothing leaves this computer."
        )
    if plays == 1:
        return QCoreApplication.translate("Learning", "Learning from your first play. Nothing leaves this computer.")
    if training:
        text = QCoreApplication.translate("Learning", "Training on {n} plays, on this computer.")
    else:
        text = QCoreApplication.translate("Learning", "Learning from {n} plays. Nothing leaves this computer.")
    return text.format(n=QLocale().toString(plays))
