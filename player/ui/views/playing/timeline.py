"""Where in a track one is: the time gone, the seek bar, the length."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from player.playback import Controller
from player.ui import words
from player.ui.look import Look
from player.ui.widgets.inputs.sliders import SeekBar


class Timeline(QWidget):
    """Follows the controller, and seeks.

    Args:
        look: How to draw.
        controller: What plays.
    """

    def __init__(self, look: Look, controller: Controller) -> None:
        super().__init__()
        self._look = look
        self.elapsed, self.total = QLabel("0:00"), QLabel("0:00")
        self.elapsed.setAccessibleName(self.tr("Elapsed"))
        self.total.setAccessibleName(self.tr("Length"))
        self.seek = SeekBar(look, self.tr("Seek"))
        self.seek.setObjectName("seek")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.elapsed)
        row.addWidget(self.seek, 1)
        row.addWidget(self.total)
        controller.position_changed.connect(self.show_position)
        self.seek.picked.connect(controller.seek)
        self.seek.valueChanged.connect(lambda value: self.elapsed.setText(words.clock(value)))
        look.restyled.connect(self._restyle)
        self._restyle()

    def show_position(self, position_ms: int, duration_ms: int) -> None:
        """Show a position; while the user drags, the bar and the time stay at the mouse."""
        self.seek.show_position(position_ms, duration_ms)
        if not self.seek.isSliderDown():
            self.elapsed.setText(words.clock(position_ms))
        self.total.setText(words.clock(duration_ms))

    def _restyle(self) -> None:
        for label in (self.elapsed, self.total):
            label.setFont(self._look.font("digits"))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(self._look.metrics("digits").horizontalAdvance("00:00") + 6)
            palette = label.palette()
            palette.setColor(label.foregroundRole(), self._look.theme.colour("text2"))
            label.setPalette(palette)
