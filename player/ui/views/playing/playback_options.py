"""The menu of playback options: shuffle, repeat, stop, speed, sleep, output device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from player.domain import RepeatMode, now_ms
from player.ui import words
from player.ui.models.nav import PageKind, Place
from player.ui.plain import menu_text
from player.ui.services import HasAudio, HasController, HasGo, HasQueue, HasQueueOperations, HasSettings, HasSleep

T = TypeVar("T")
MS_PER_MINUTE = 60_000
SLEEP_MINUTES = (15, 30, 45, 60, 90)
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class OptionsNeeds(HasController, HasQueue, HasSleep, Protocol):
    """What `in_force` asks for."""


def in_force(context: OptionsNeeds) -> list[str]:
    """The options that are not as usual, in words; while there are some, the button of the menu stands out."""
    queue, speed, sleep = context.queue, context.controller.speed, context.sleep
    left = sleep.remaining_ms
    until = words.translate("PlaybackOptions", "Sleep timer: until {0}").format(words.time_of_day(now_ms() + left))
    facts = (
        (queue.shuffle, words.translate("PlaybackOptions", "Shuffle what I queue")),
        (queue.stop_after_current, words.translate("PlaybackOptions", "Stop after this track")),
        (queue.repeat is RepeatMode.ONE, words.translate("PlaybackOptions", "Repeat this track")),
        (queue.repeat is RepeatMode.ALL, words.translate("PlaybackOptions", "Repeat what I queued")),
        (speed != 1.0, f"{speed:g} ×"),
        (left > 0, until),
    )
    return [text for on, text in facts if on]


class PlaybackOptionsNeeds(
    HasAudio, HasController, HasGo, HasQueue, HasQueueOperations, HasSettings, HasSleep, Protocol
):
    """What `PlaybackOptions` asks for."""


class PlaybackOptions(QMenu):
    """A menu that shows how things stand when it opens, and goes when it closes.

    Args:
        context: The window's services.
        parent: Qt parent.
    """

    def __init__(self, context: PlaybackOptionsNeeds, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        queue, modes = context.queue, context.queue_operations.set_modes
        self._add_check(self.tr("Shuffle what I queue"), queue.shuffle, lambda on: modes(shuffle=on))
        stop = self.tr("Stop after this track")
        self._add_check(stop, queue.stop_after_current, lambda on: modes(stop_after_current=on))
        self.addSeparator()
        # Each says the whole of it: style sheets leave out the headings of sections.
        repeats = (
            (self.tr("Repeat nothing"), RepeatMode.OFF),
            (self.tr("Repeat this track"), RepeatMode.ONE),
            (self.tr("Repeat what I queued"), RepeatMode.ALL),
        )
        self._add_choices(self, repeats, queue.repeat, lambda mode: modes(repeat=mode))
        self.addSeparator()
        speeds = [(f"{speed:g} ×", speed) for speed in SPEEDS]
        self._add_choices(
            self.addMenu(self.tr("Speed")), speeds, context.controller.speed, context.controller.set_speed
        )
        self._add_sleep()
        self._add_devices()
        equaliser = self.addAction(self.tr("Equaliser"))
        equaliser.triggered.connect(lambda _checked=False: context.go(Place(PageKind.EQUALISER)))

    def _add_devices(self) -> None:
        settings, own = self._context.settings, {"": self.tr("System default"), "null": self.tr("No sound")}
        devices = [(own.get(dev.name) or dev.label or dev.name, dev.name) for dev in self._context.audio.devices()]
        menu = self.addMenu(self.tr("Output device"))
        self._add_choices(menu, devices, settings.value.output_device, lambda name: settings.change(output_device=name))

    def _add_sleep(self) -> None:
        sleep = self._context.sleep
        left = sleep.remaining_ms
        title = self.tr("Sleep timer")
        menu = self.addMenu(self.tr("{0}: {1} left").format(title, words.long_time(left)) if left else title)
        if left:
            menu.addAction(self.tr("Go on playing")).triggered.connect(lambda _checked=False: sleep.cancel())
            menu.addSeparator()
        for minutes in SLEEP_MINUTES:
            action = menu.addAction(words.long_time(minutes * MS_PER_MINUTE))
            action.triggered.connect(lambda _checked=False, m=minutes: sleep.start(m * MS_PER_MINUTE))

    def _add_check(self, text: str, on: bool, act: Callable[[bool], object]) -> None:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(act)

    def _add_choices(
        self, menu: QMenu, options: Sequence[tuple[str, T]], chosen: T, act: Callable[[T], object]
    ) -> None:
        group = QActionGroup(menu)
        for text, value in options:
            action = menu.addAction(menu_text(text))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: act(action.data()))
