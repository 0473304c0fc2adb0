"""Small calls on the session bus: notifications and keeping the computer awake while it plays.

Sources: Desktop Notifications Specification 1.2; org.freedesktop.ScreenSaver and
org.gnome.SessionManager `Inhibit`.
"""

from __future__ import annotations

from typing import Any

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.constants import MessageType
from dbus_fast.signature import Variant

from player.desktop._bus import SessionBus
from player.domain import Track

SHOW_MS = 5_000
SUSPEND_FLAG = 4
"""org.gnome.SessionManager: inhibit suspending only, not logging out or blanking."""


class Notifier:
    """Says what plays, in one notification that is replaced track by track.

    Args:
        bus: The session bus.
    """

    def __init__(self, bus: SessionBus) -> None:
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

    Args:
        bus: The session bus.
    """

    def __init__(self, bus: SessionBus) -> None:
        self._bus = bus
        self._wanted = False
        self._cookie: int | None = None

    def set_playing(self, playing: bool) -> None:
        """Hold or release; calling it again with the same value does nothing."""
        if playing != self._wanted:
            self._wanted = playing
            self._bus.spawn(self._settle)

    async def _settle(self, bus: MessageBus) -> None:
        if self._wanted and self._cookie is None:
            arguments = ["segue", 0, "Music is playing", SUSPEND_FLAG]
            reply = await bus.call(_session_manager("Inhibit", "susu", arguments))
            if reply is not None and reply.message_type is MessageType.METHOD_RETURN:
                self._cookie = int(reply.body[0])
        if not self._wanted and self._cookie is not None:
            cookie, self._cookie = self._cookie, None
            await bus.call(_session_manager("Uninhibit", "u", [cookie]))


def _session_manager(member: str, signature: str, body: list[Any]) -> Message:
    return Message(
        destination="org.gnome.SessionManager",
        path="/org/gnome/SessionManager",
        interface="org.gnome.SessionManager",
        member=member,
        signature=signature,
        body=body,
    )
