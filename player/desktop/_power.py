"""Whether the computer runs on battery, saves power, or is online where every megabyte counts.

Linux asks UPower, power-profiles-daemon and NetworkManager over the system's bus, and where UPower is not there, the
kernel (psutil). Windows is asked by `GetSystemPowerStatus`. Elsewhere psutil knows of the battery, nobody of the rest.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dbus_fast import BusType, Message, MessageFlag
from dbus_fast.aio import MessageBus
from dbus_fast.constants import MessageType

from player.desktop._bus import Bus
from player.recommending import on_mains

logger = logging.getLogger(__name__)

METERED = frozenset({1, 3})
"""NMMetered: yes, and as far as NetworkManager can guess, yes."""
SAVER = "power-saver"
WINDOWS_SAVER = 1
NICE = -11
"""Priority of sound servers."""


@dataclass(frozen=True, slots=True)
class PowerState:
    """What the system said last; None where it did not say.

    Attributes:
        on_battery: It runs on battery.
        saving: Its user has told it to save power.
        metered: Its connection is paid for by volume.
    """

    on_battery: bool | None = None
    saving: bool | None = None
    metered: bool | None = None


class Power:
    """Answers at once with what the system said last; each question sends out the next one."""

    def __init__(self) -> None:
        self._bus = Bus(self._ask, BusType.SYSTEM) if sys.platform.startswith("linux") else None
        self._state = PowerState()  # written by the bus thread as one value, read by others

    def start(self) -> None:
        """Ask for the first time, in the background."""
        if self._bus is not None:
            self._bus.start()

    def close(self) -> None:
        """Ask nothing more."""
        if self._bus is not None:
            self._bus.close()

    def on_mains(self) -> bool:
        """Whether the computer runs on mains power."""
        on_battery = self._now().on_battery
        return on_mains() if on_battery is None else not on_battery

    def saving(self) -> bool:
        """Whether its user has told the computer to save power."""
        return bool(self._now().saving)

    def metered(self) -> bool:
        """Whether it is online by a connection that is paid for by volume."""
        return bool(self._now().metered)

    def prefer(self, pid: int) -> None:
        """Have RealtimeKit put a process of ours before others, where there is one: an ordinary user may not do it."""
        if self._bus is not None:
            self._bus.spawn(partial(_prefer, pid=pid))

    def _now(self) -> PowerState:
        if sys.platform == "win32":
            return PowerState(saving=_windows_saves())
        if self._bus is not None:
            self._bus.spawn(self._ask)
        return self._state

    async def _ask(self, bus: MessageBus) -> None:
        on_battery = await _property(bus, "org.freedesktop.UPower", "OnBattery")
        self._state = replace(self._state, on_battery=on_battery if isinstance(on_battery, bool) else None)
        profile = await _property(bus, "net.hadess.PowerProfiles", "ActiveProfile")
        self._state = replace(self._state, saving=profile == SAVER if isinstance(profile, str) else None)
        metered = await _property(bus, "org.freedesktop.NetworkManager", "Metered")
        self._state = replace(self._state, metered=metered in METERED if isinstance(metered, int) else None)


async def _prefer(bus: MessageBus, pid: int) -> None:
    question = Message(
        destination="org.freedesktop.RealtimeKit1",
        path="/org/freedesktop/RealtimeKit1",
        interface="org.freedesktop.RealtimeKit1",
        member="MakeThreadHighPriorityWithPID",
        signature="tti",
        body=[pid, pid, NICE],
    )
    reply = await bus.call(question)
    if reply is not None and reply.message_type is MessageType.ERROR:
        logger.info("no higher priority for process %d: %s", pid, reply.error_name)


async def _property(bus: MessageBus, name: str, member: str) -> Any:
    """A property of a service whose interface and object are called as it is; None where it does not answer."""
    question = Message(
        destination=name,
        path="/" + name.replace(".", "/"),
        interface="org.freedesktop.DBus.Properties",
        member="Get",
        signature="ss",
        body=[name, member],
        flags=MessageFlag.NO_AUTOSTART,
    )
    reply = await bus.call(question)
    if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
        return None
    return reply.body[0].value


class _SystemPowerStatus(ctypes.Structure):
    """Win32 SYSTEM_POWER_STATUS."""

    _fields_ = (
        ("ac_line", ctypes.c_ubyte),
        ("battery_flag", ctypes.c_ubyte),
        ("battery_percent", ctypes.c_ubyte),
        ("system_flag", ctypes.c_ubyte),
        ("battery_life", ctypes.c_uint32),
        ("battery_full_life", ctypes.c_uint32),
    )


def _windows_saves() -> bool | None:
    """Whether Windows' battery saver is on."""
    windll = vars(ctypes)["windll"]  # not there on other systems, nor for the type checker on them
    status = _SystemPowerStatus()
    if not windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return None
    return bool(status.system_flag == WINDOWS_SAVER)
