"""The tray's icon on a real X server, beside a stand-in for StatusNotifierWatcher: shown, and its menu obeyed.

Annotations are evaluated here (no `annotations` from `__future__`): dbus-fast reads them.
"""

import asyncio
import ctypes
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import PySide6
import pytest
from dbus_fast import Message, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusInt32, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from player.paths import Profile
from player.storage import Database
from tests.desktop.bus import served, session_bus

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-daemon") and shutil.which("Xvfb")), reason="needs Debian's dbus and xvfb"
)
X11_PLUGIN = Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"
ITEM, MENU = "/StatusNotifierItem", "/MenuBar"


class Watcher(ServiceInterface):
    """org.kde.StatusNotifierWatcher with a panel that shows what registers."""

    def __init__(self) -> None:
        super().__init__("org.kde.StatusNotifierWatcher")
        self.item = ""
        self.registered = threading.Event()

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: DBusStr) -> None:  # noqa: N802 - its name on the bus
        """Note who wants to be shown."""
        self.item = service
        self.registered.set()

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> DBusBool:  # noqa: N802 - likewise
        """There is a panel."""
        return True

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> DBusInt32:  # noqa: N802 - likewise
        """The only one."""
        return 0


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of our own that Qt can open a window on."""
    try:
        ctypes.CDLL(str(X11_PLUGIN))
    except OSError as error:
        pytest.skip(f"Qt's X11 plugin cannot be loaded: {error}")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    number = server.stdout.readline().strip()
    if not number:
        pytest.skip("no X server starts here")
    yield f":{number}"
    server.terminate()
    server.wait()
    server.stdout.close()


def call(
    address: str, destination: str, path: str, interface: str, member: str, signature: str, body: list[Any]
) -> Any:
    """What a method answers."""

    async def ask() -> Any:
        bus = await MessageBus(bus_address=address).connect()
        reply = await bus.call(
            Message(destination, path, interface, member, signature=signature, body=body),
        )
        bus.disconnect()
        await bus.wait_for_disconnect()
        assert reply is not None
        return reply.body

    return asyncio.run(ask())


def test_the_icon_comes_with_its_menu_and_quits(profile: Profile, database: Database, display: str) -> None:
    database.settings.save(replace(database.settings.load(), tray=True))
    database.close()
    watcher = Watcher()
    with (
        session_bus() as address,
        served(address, {"org.kde.StatusNotifierWatcher": ("/StatusNotifierWatcher", watcher)}),
    ):
        environ = {name: value for name, value in os.environ.items() if name not in {"WAYLAND_DISPLAY", "PULSE_SERVER"}}
        environ |= {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "xcb"}
        environ |= {"XDG_CURRENT_DESKTOP": "KDE", "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "player", "--profile", str(profile.data)]
        player = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        try:
            assert watcher.registered.wait(60)
            told = call(address, watcher.item, ITEM, "org.freedesktop.DBus.Properties", "Get", "ss", [
                "org.kde.StatusNotifierItem", "ToolTip",
            ])  # fmt: skip
            assert "Nothing is playing" in str(told)
            _revision, menu = call(
                address, watcher.item, MENU, "com.canonical.dbusmenu", "GetLayout", "iias", [0, -1, []]
            )
            entries = [entry.value for entry in menu[2]]
            numbers = {entry[1]["label"].value: entry[0] for entry in entries if "label" in entry[1]}
            assert {"Play", "Next track", "Thumb up", "Show the window", "Quit"} <= numbers.keys()
            pressed = [numbers["Quit"], "clicked", Variant("s", ""), 0]
            call(address, watcher.item, MENU, "com.canonical.dbusmenu", "Event", "isvu", pressed)
            assert player.wait(60) == 0
        finally:
            player.kill()
            player.wait()
