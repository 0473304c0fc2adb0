"""The equaliser: ten bands, gain before them, presets, and a switch to compare with the sound as it is."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from player.domain import Settings
from player.playback import EQUALISER_BANDS_HZ, EQUALISER_PRESETS, MAX_GAIN_DB
from player.ui.models.nav import Place
from player.ui.services import HasLook, HasSettings
from player.ui.views.frame.scrolled import PanelCard, ScrolledPage
from player.ui.widgets.buttons.controls import Check, Choice
from player.ui.widgets.inputs.bands import BandSlider

TOGETHER_MS = 60
"""What is moved within this time is heard, and saved, together."""

OWN = ""
"""The choice among the presets while the bands are like none of them."""


class EqualiserPageNeeds(HasLook, HasSettings, Protocol):
    """What `EqualiserPage` asks for."""


class EqualiserPage(ScrolledPage):
    """Shapes the sound, at once.

    Args:
        context: The window's services.
    """

    context: EqualiserPageNeeds

    def __init__(self, context: EqualiserPageNeeds) -> None:
        super().__init__(context)
        self._look = context.look
        self._settings = context.settings
        self._showing = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self._apply)
        self.switch = Check(self._look, self.tr("Use the equaliser"))
        self.presets = Choice(self._look)
        self.presets.setAccessibleName(self.tr("Preset"))
        most = round(MAX_GAIN_DB)
        self.preamp = BandSlider(self._look, self.tr("All"), self.tr("Gain before the bands, in decibels"), most)
        self.preamp.setToolTip(self.tr("Lower this where raised bands make the sound too loud"))
        self.bands = [self._band(hz, most) for hz in EQUALISER_BANDS_HZ]
        self.add_card(self._card())
        self.column.addStretch()
        self._fill_presets()
        self._show(self._settings.value)
        self.switch.toggled.connect(lambda on: self._settings.change(equaliser_on=on))
        self.presets.activated.connect(self._preset_chosen)
        self._settings.changed.connect(self._show)

    def title(self) -> str:
        """The page's name."""
        return self.tr("Equaliser")

    def show_place(self, place: Place) -> None:
        """Nothing changes by coming here."""

    def focus_content(self) -> None:
        """The switch first."""
        self.switch.setFocus()

    # Building.

    def _band(self, hz: float, most: int) -> BandSlider:
        number = f"{hz / 1000:g}" if hz >= 1000 else f"{int(hz)}"
        label = self.tr("{0}k").format(number) if hz >= 1000 else number
        name = self.tr("{0} kilohertz, in decibels") if hz >= 1000 else self.tr("{0} hertz, in decibels")
        return BandSlider(self._look, label, name.format(number), most)

    def _card(self) -> PanelCard:
        text = self.tr("Off, every sample stays as it is in the file. Gains in decibels, frequencies in hertz.")
        card = PanelCard(self._look, self.tr("Ten bands"), text)
        card.body.addWidget(self.switch)
        head = QHBoxLayout()
        head.addWidget(self.presets)
        head.addStretch()
        card.body.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.preamp)
        row.addSpacing(14)
        for band in self.bands:
            row.addWidget(band)
        for slider in (self.preamp, *self.bands):
            slider.valueChanged.connect(self._moved)
        card.body.addLayout(row)
        return card

    def _fill_presets(self) -> None:
        names = {
            "flat": self.tr("Flat"),
            "bass": self.tr("More bass"),
            "treble": self.tr("More treble"),
            "loudness": self.tr("For low volume"),
            "classical": self.tr("Classical"),
            "electronic": self.tr("Electronic"),
            "jazz": self.tr("Jazz"),
            "pop": self.tr("Pop"),
            "rock": self.tr("Rock"),
            "speech": self.tr("Speech"),
            "small_speakers": self.tr("Small speakers"),
        }
        self.presets.addItem(self.tr("Your own"), OWN)
        for key in EQUALISER_PRESETS:
            self.presets.addItem(names[key], key)

    # What is shown, and what is done.

    def _show(self, settings: Settings) -> None:
        """Show how things stand; while something is being moved, that stays where it is."""
        self._showing = True
        self.switch.setChecked(settings.equaliser_on)
        for slider in (self.preamp, *self.bands):
            slider.show_active(settings.equaliser_on)
        if not self._soon.isActive():
            gains = settings.equaliser or (0.0,) * len(self.bands)
            for band, gain in zip(self.bands, gains, strict=False):
                band.setValue(round(gain))
            self.preamp.setValue(round(settings.equaliser_preamp_db))
        self._show_preset()
        self._showing = False

    def _show_preset(self) -> None:
        gains = self._gains()
        self.presets.setCurrentIndex(
            next((self.presets.findData(key) for key, preset in EQUALISER_PRESETS.items() if preset == gains), 0)
        )

    def _gains(self) -> tuple[float, ...]:
        gains = tuple(float(band.value()) for band in self.bands)
        return gains if any(gains) else ()

    def _moved(self) -> None:
        if not self._showing:
            self._show_preset()
            self._soon.start()

    def _apply(self) -> None:
        """What was moved is to be heard: that switches it on."""
        self._settings.change(
            equaliser_on=True, equaliser=self._gains(), equaliser_preamp_db=float(self.preamp.value())
        )

    def _preset_chosen(self) -> None:
        """Take a preset; the equaliser itself makes room for raised bands."""
        key = self.presets.currentData()
        if key == OWN:
            return
        self._soon.stop()
        gains = EQUALISER_PRESETS[key]
        self._settings.change(equaliser_on=True, equaliser=gains, equaliser_preamp_db=0.0)
