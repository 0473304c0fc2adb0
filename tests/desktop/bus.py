"""A session bus of the test's own, and services on it that note what they are asked.

Annotations are evaluated here (no `annotations` from `__future__`): dbus-fast reads them.
"""

import asyncio
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from dbus_fast import Message, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32, DBusUInt64
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property


@contextmanager
def session_bus() -> Iterator[str]:
    """A bus daemon; its address."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


class NoFeedback:
    """Takes no thumbs."""

    def thumb_playing(self, value: int) -> bool:
        """Say that nothing plays."""
        return False


DBusStrings = Annotated[list[str], DBusSignature("as")]


@dataclass(frozen=True)
class Notification:
    """One call of `Notify`."""

    replaces: int
    title: str
    body: str
    hints: dict[str, Any]


class Notifications(ServiceInterface):
    """org.freedesktop.Notifications, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.shown: list[Notification] = []

    @dbus_method()
    def Notify(  # noqa: N802 - its name on the bus
        self,
        _app: DBusStr,
        replaces: DBusUInt32,
        _icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        _actions: DBusStrings,
        hints: DBusDict,
        _timeout: DBusInt32,
    ) -> DBusUInt32:
        """Note what is to be shown; every notification has the same id."""
        values = {name: hint.value for name, hint in hints.items() if isinstance(hint, Variant)}
        self.shown.append(Notification(replaces, summary, body, values))
        return 7


class SessionManager(ServiceInterface):
    """org.gnome.SessionManager, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.gnome.SessionManager")
        self.held: dict[int, tuple[str, str, int]] = {}
        self.asked = 0

    @dbus_method()
    def Inhibit(self, app: DBusStr, _window: DBusUInt32, reason: DBusStr, flags: DBusUInt32) -> DBusUInt32:  # noqa: N802 - as above
        """Note who keeps the computer awake, and why."""
        self.asked += 1
        self.held[self.asked] = (app, reason, flags)
        return self.asked

    @dbus_method()
    def Uninhibit(self, cookie: DBusUInt32) -> None:  # noqa: N802 - as above
        """Let it sleep."""
        del self.held[cookie]


class PowerManagement(ServiceInterface):
    """org.freedesktop.PowerManagement.Inhibit, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.PowerManagement.Inhibit")
        self.held: dict[int, tuple[str, str]] = {}
        self.asked = 0

    @dbus_method()
    def Inhibit(self, app: DBusStr, reason: DBusStr) -> DBusUInt32:  # noqa: N802 - as above
        """Note who keeps the computer awake, and why."""
        self.asked += 1
        self.held[self.asked] = (app, reason)
        return self.asked

    @dbus_method()
    def UnInhibit(self, cookie: DBusUInt32) -> None:  # noqa: N802 - as above
        """Let it sleep."""
        del self.held[cookie]


class UPower(ServiceInterface):
    """org.freedesktop.UPower, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.UPower")
        self.on_battery = False

    @dbus_property(access=PropertyAccess.READ)
    def OnBattery(self) -> DBusBool:  # noqa: N802 - as above
        """Whether the computer runs on battery."""
        return self.on_battery


class RealtimeKit(ServiceInterface):
    """org.freedesktop.RealtimeKit1, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.RealtimeKit1")
        self.asked: list[tuple[int, int, int]] = []

    @dbus_method()
    def MakeThreadHighPriorityWithPID(self, process: DBusUInt64, thread: DBusUInt64, priority: DBusInt32) -> None:  # noqa: N802 - as above
        """Give a thread of a process another nice value."""
        self.asked.append((process, thread, priority))


class PowerProfiles(ServiceInterface):
    """net.hadess.PowerProfiles, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("net.hadess.PowerProfiles")
        self.profile = "balanced"

    @dbus_property(access=PropertyAccess.READ)
    def ActiveProfile(self) -> DBusStr:  # noqa: N802 - as above
        """What its user has chosen."""
        return self.profile


class NetworkManager(ServiceInterface):
    """org.freedesktop.NetworkManager, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.NetworkManager")
        self.metered = 0

    @dbus_property(access=PropertyAccess.READ)
    def Metered(self) -> DBusUInt32:  # noqa: N802 - as above
        """NMMetered: 0 unknown, 1 yes, 2 no, 3 yes as far as it can guess, 4 no as far as it can guess."""
        return self.metered


class IdleMonitor(ServiceInterface):
    """org.gnome.Mutter.IdleMonitor, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.gnome.Mutter.IdleMonitor")
        self.idle_ms = 0

    @dbus_method()
    def GetIdletime(self) -> DBusUInt64:  # noqa: N802 - as above
        """Milliseconds since the last input."""
        return self.idle_ms


Tell = Callable[..., object]
"""Calls a function with arguments in the thread of the services."""


@contextmanager
def served(address: str, services: Mapping[str, tuple[str, ServiceInterface]]) -> Iterator[Tell]:
    """While this lasts these services answer on the bus, in a thread of their own; signals are sent by what it gives.

    Args:
        address: The bus.
        services: By their names: the object, and its interface.
    """
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def serve() -> MessageBus:
        bus = await MessageBus(bus_address=address).connect()
        for name, (path, interface) in services.items():
            bus.export(path, interface)
            await bus.request_name(name)
        ready.set()
        return bus

    def run() -> None:
        bus = loop.run_until_complete(serve())
        loop.run_forever()
        ping = Message("org.freedesktop.DBus", "/", "org.freedesktop.DBus.Peer", "Ping")
        loop.run_until_complete(bus.call(ping))  # answers are on their way before the connection ends
        bus.disconnect()
        loop.run_until_complete(bus.wait_for_disconnect())
        loop.close()

    thread = threading.Thread(target=run, name="services")
    thread.start()
    assert ready.wait(10)
    try:
        yield loop.call_soon_threadsafe  # a connection may be written to by its own thread only
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@dataclass
class Services:
    """Notifications and a session manager on one bus."""

    address: str
    notifications: Notifications = field(default_factory=Notifications)
    manager: SessionManager = field(default_factory=SessionManager)

    @contextmanager
    def running(self) -> Iterator[Self]:
        """While this lasts they answer."""
        with served(
            self.address,
            {
                "org.freedesktop.Notifications": ("/org/freedesktop/Notifications", self.notifications),
                "org.gnome.SessionManager": ("/org/gnome/SessionManager", self.manager),
            },
        ):
            yield self
