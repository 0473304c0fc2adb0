"""A session bus of the test's own, and services on it that note what they are asked.

Annotations are evaluated here (no `annotations` from `__future__`): dbus-fast reads them.
"""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method


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


@dataclass
class Services:
    """Both services on one bus, in a thread of their own."""

    address: str
    notifications: Notifications = field(default_factory=Notifications)
    manager: SessionManager = field(default_factory=SessionManager)

    @contextmanager
    def running(self) -> Iterator[Self]:
        """While this lasts they answer."""
        loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def serve() -> MessageBus:
            bus = await MessageBus(bus_address=self.address).connect()
            bus.export("/org/freedesktop/Notifications", self.notifications)
            bus.export("/org/gnome/SessionManager", self.manager)
            await bus.request_name("org.freedesktop.Notifications")
            await bus.request_name("org.gnome.SessionManager")
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
            yield self
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
