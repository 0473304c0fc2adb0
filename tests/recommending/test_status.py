"""What is being learned, in one line."""

import pytest
from PySide6.QtCore import QLocale

from player.recommending._status import status


@pytest.mark.parametrize(
    ("plays", "training", "private", "text"),
    [
        (0, False, False, "Learning begins with your first play. Nothing leaves this computer."),
        (1, False, False, "Learning from your first play. Nothing leaves this computer."),
        (1_204, False, False, "Learning from 1,204 plays. Nothing leaves this computer."),
        (1_204, True, False, "Training on 1,204 plays, on this computer."),
        (1_204, True, True, "Private session: nothing is learned."),
    ],
)
def test_the_line_says_what_is_learned(plays: int, training: bool, private: bool, text: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    try:
        now = status(plays, "base-1", training=training, private=private)
    finally:
        QLocale.setDefault(before)
    assert (now.text, now.plays, now.training) == (text, plays, training)


def test_what_is_sent_on_is_not_called_kept_here(qapp):
    assert "Nothing leaves" in status(7, "base-1", training=False, private=False).text
    told = status(7, "base-1", training=False, private=False, told=True).text
    assert "sent on" in told
    assert "Nothing leaves" not in told
