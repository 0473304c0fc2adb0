"""Small calls on the session bus: notifications and keeping the computer awake while it plays.

Sources: Desktop Notifications Specification 1.2; `Inhibit` of org.gnome.SessionManager and
org.freedesktop.PowerManagement.
"""

from __future__ import annotations

import asyncio
from typing import Any

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.constants import MessageType
from dbus_fast.signature import Variant

from player.desktop._bus import Bus
from player.domain import Track

SHOW_MS = 5_000
SUSPEND_FLAG = 4
"""org.gnome.SessionManager: inhibit suspending only, not logging out or blanking."""
GNOME = "org.gnome.SessionManager"
FREEDESKTOP, FREEDESKTOP_PATH = "org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement"
WHY = "Music is playing"


class Notifier:
    """Says what plays, in one notification that is replaced track by track.

    Args:
        bus: The session bus.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._id = 0

    def show(self, track: Track, cover: str = "") -> None:
        """Show title, artist and album, with a cover image file if there is one."""
        hints = {"desktop-entry": Variant("s", "segue"), "transient": Variant("b", True)}
        if cover:
            hints["image-path"] = Variant("s", cover)
        body = " – ".join(part for part in (track.artist, track.album) if part)

        async def call(bus: MessageBus) -> None:
            arguments = ["Segue", self._id, "segue", track.title, _escaped(body), [], hints, SHOW_MS]
            reply = await bus.call(_notifications("Notify", "susssasa{sv}i", arguments))
            if reply is not None and reply.message_type is MessageType.METHOD_RETURN:
                self._id = int(reply.body[0])

        self._bus.spawn(call)


def _notifications(member: str, signature: str, body: list[Any]) -> Message:
    return Message(
        destination="org.freedesktop.Notifications",
        path="/org/freedesktop/Notifications",
        interface="org.freedesktop.Notifications",
        member=member,
        signature=signature,
        body=body,
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SleepInhibitor:
    """Keeps the computer from suspending while music plays.

    GNOME, Cinnamon and MATE are asked by their session manager, KDE and Xfce by their power management.

    Args:
        bus: The session bus.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._wanted = False
        self._settling: asyncio.Lock | None = None  # the bus thread's own
        self._release: Message | None = None

    def set_playing(self, playing: bool) -> None:
        """Hold or release; calling it again with the same value does nothing."""
        if playing != self._wanted:
            self._wanted = playing
            self._bus.spawn(self._settle)

    async def _settle(self, bus: MessageBus) -> None:
        self._settling = self._settling or asyncio.Lock()
        async with self._settling:  # a pause while it is still asked for waits for the answer
            if self._wanted and self._release is None:
                self._release = await _inhibit(bus)
            elif not self._wanted and self._release is not None:
                release, self._release = self._release, None
                await bus.call(release)


async def _inhibit(bus: MessageBus) -> Message | None:
    """Ask one after the other; the call that takes it back, or None where nobody does it."""
    for destination, path, interface, ending, signature, arguments in (
        (GNOME, "/org/gnome/SessionManager", GNOME, "Uninhibit", "susu", ["segue", 0, WHY, SUSPEND_FLAG]),
        (FREEDESKTOP, f"{FREEDESKTOP_PATH}/Inhibit", f"{FREEDESKTOP}.Inhibit", "UnInhibit", "ss", ["segue", WHY]),
    ):
        reply = await bus.call(Message(destination, path, interface, "Inhibit", signature=signature, body=arguments))
        if reply is not None and reply.message_type is MessageType.METHOD_RETURN:
            return Message(destination, path, interface, ending, signature="u", body=[int(reply.body[0])])
    return None
