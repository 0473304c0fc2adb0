"""How long nobody has touched the computer, on each platform; None where that cannot be told.

Linux asks the desktop over D-Bus (Mutter's IdleMonitor, then org.freedesktop.ScreenSaver) and, on
X11, the MIT-SCREEN-SAVER extension; Windows GetLastInputInfo; macOS CGEventSource.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Callable

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.constants import MessageType

from player.desktop._bus import Bus

Probe = Callable[[], int | None]
"""Milliseconds since the last input, None where unknown; returns at once."""

_QUESTIONS = (
    (
        "org.gnome.Mutter.IdleMonitor",
        "/org/gnome/Mutter/IdleMonitor/Core",
        "org.gnome.Mutter.IdleMonitor",
        "GetIdletime",
    ),
    (
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "GetSessionIdleTime",
    ),
)
_ANY_INPUT = 0xFFFFFFFF
_COMBINED_SESSION = 0


class BusIdle:
    """Asks the desktop over the session bus; answers with what it said last.

    Args:
        bus: The session bus.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._last: int | None = None

    def __call__(self) -> int | None:
        """The desktop's last answer; a new question goes out for the next call."""
        self._bus.spawn(self._ask)
        return self._last

    async def _ask(self, bus: MessageBus) -> None:
        for destination, path, interface, member in _QUESTIONS:
            reply = await bus.call(Message(destination=destination, path=path, interface=interface, member=member))
            if reply is not None and reply.message_type is MessageType.METHOD_RETURN and reply.body:
                self._last = int(reply.body[0])
                return
        self._last = None


def platform_probe(bus: Bus | None) -> Probe:
    """The probe of this platform."""
    if sys.platform == "win32":
        return _windows_idle_ms
    if sys.platform == "darwin":
        return _mac_idle_ms
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        x11 = _X11Idle.open()
        if x11 is not None:
            return x11
    return BusIdle(bus) if bus is not None else _unknown


def _unknown() -> int | None:
    return None


class _LastInputInfo(ctypes.Structure):
    """Win32 LASTINPUTINFO."""

    _fields_ = (("size", ctypes.c_uint), ("time", ctypes.c_uint32))


def _windows_idle_ms() -> int | None:
    windll = vars(ctypes)["windll"]  # not there on other systems, nor for the type checker on them
    info = _LastInputInfo(ctypes.sizeof(_LastInputInfo), 0)
    if not windll.user32.GetLastInputInfo(ctypes.byref(info)):
        return None
    return int((windll.kernel32.GetTickCount() - info.time) & 0xFFFFFFFF)


def _mac_idle_ms() -> int | None:
    path = ctypes.util.find_library("ApplicationServices")
    if path is None:
        return None
    since = ctypes.CDLL(path).CGEventSourceSecondsSinceLastEventType
    since.argtypes, since.restype = (ctypes.c_int32, ctypes.c_uint32), ctypes.c_double
    return int(since(_COMBINED_SESSION, _ANY_INPUT) * 1000)


class _ScreenSaverInfo(ctypes.Structure):
    """XScreenSaverInfo of the MIT-SCREEN-SAVER extension."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class _X11Idle:
    """Asks the X server through libXss on a connection of its own."""

    def __init__(self, x11: ctypes.CDLL, xss: ctypes.CDLL, display: int) -> None:
        self._xss = xss
        self._display = ctypes.c_void_p(display)
        x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = (ctypes.c_void_p,), ctypes.c_ulong
        self._root = x11.XDefaultRootWindow(self._display)
        xss.XScreenSaverQueryInfo.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_ScreenSaverInfo))
        self._info = _ScreenSaverInfo()

    @classmethod
    def open(cls) -> _X11Idle | None:
        """A connection; None without the libraries, the server or the extension."""
        names = ctypes.util.find_library("X11"), ctypes.util.find_library("Xss")
        if names[0] is None or names[1] is None:
            return None
        x11, xss = ctypes.CDLL(names[0]), ctypes.CDLL(names[1])
        x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (ctypes.c_char_p,), ctypes.c_void_p
        display = x11.XOpenDisplay(None)
        if not display:
            return None
        event, error = ctypes.c_int(), ctypes.c_int()
        xss.XScreenSaverQueryExtension.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        if not xss.XScreenSaverQueryExtension(display, ctypes.byref(event), ctypes.byref(error)):
            return None
        return cls(x11, xss, display)

    def __call__(self) -> int | None:
        """Milliseconds since the last input to this X server."""
        if not self._xss.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(self._info)):
            return None
        return int(self._info.idle)
