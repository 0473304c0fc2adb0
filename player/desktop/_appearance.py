"""How the desktop wants programs to look: dark or light, and whether things may move; followed while it changes.

Linux asks the desktop portal (org.freedesktop.portal.Settings), which every desktop answers alike. Qt asks it on some
desktops only, and on those Qt 6.11 takes dark for light. Windows is asked whether it animates at all; the rest is known
to Qt there and on macOS.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.constants import MessageType
from dbus_fast.signature import Variant
from PySide6.QtCore import QObject, Signal

from player.desktop._bus import Bus

PORTAL, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE, GNOME = "org.freedesktop.appearance", "org.gnome.desktop.interface"
SCHEME, REDUCED, ANIMATIONS = (APPEARANCE, "color-scheme"), (APPEARANCE, "reduced-motion"), (GNOME, "enable-animations")
DARK, LIGHT = 1, 2
CLIENT_AREA_ANIMATION = 0x1042
"""Win32 SPI_GETCLIENTAREAANIMATION."""


class Appearance(QObject):
    """The desktop's wishes.

    Signals:
        changed(str, bool): "dark", "light" or "" where it has none; whether motion is to be reduced. Told once in the
            beginning where there is a bus, and from then on whenever one of them is another.

    Args:
        bus: The session's bus; None where there is none.
        parent: Qt parent.
    """

    changed = Signal(str, bool)

    def __init__(self, bus: Bus | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._values: dict[tuple[str, str], Any] = {}  # touched by the bus thread only
        self._told: tuple[str, bool] | None = None

    def start(self) -> None:
        """Ask, and listen from then on."""
        if self._bus is not None:
            self._bus.spawn(self._listen)
        elif sys.platform == "win32" and not _windows_animates():
            self.changed.emit("", True)

    async def _listen(self, bus: MessageBus) -> None:
        bus.add_message_handler(self._heard)
        rule = f"type='signal',sender='{PORTAL}',interface='{SETTINGS}',member='SettingChanged',path='{PATH}'"
        match = Message(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "AddMatch",
            signature="s",
            body=[rule],
        )
        await bus.call(match)
        question = Message(PORTAL, PATH, SETTINGS, "ReadAll", signature="as", body=[[APPEARANCE, GNOME]])
        reply = await bus.call(question)
        if reply is not None and reply.message_type is MessageType.METHOD_RETURN:
            for space, settings in reply.body[0].items():
                for key, value in settings.items():
                    self._values[space, key] = _plain(value)
        self._tell()

    def _heard(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL and message.interface == SETTINGS and len(message.body) == 3:
            space, key, value = message.body
            self._values[space, key] = _plain(value)
            self._tell()

    def _tell(self) -> None:
        scheme = {DARK: "dark", LIGHT: "light"}.get(self._values.get(SCHEME, 0), "")
        still = self._values.get(REDUCED) == 1 or self._values.get(ANIMATIONS) is False
        if (scheme, still) != self._told:
            self._told = scheme, still
            self.changed.emit(scheme, still)


def _plain(value: Any) -> Any:
    """What is inside of a variant, however deep."""
    while isinstance(value, Variant):
        value = value.value
    return value


def _windows_animates() -> bool:
    """Whether Windows is told to animate controls inside of windows."""
    windll = vars(ctypes)["windll"]  # not there on other systems, nor for the type checker on them
    animates = ctypes.c_int(1)
    windll.user32.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0)
    return bool(animates.value)
