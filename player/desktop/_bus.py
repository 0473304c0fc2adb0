"""A connection to the session's or the system's bus on an asyncio thread of its own.

The GUI thread posts plain functions to it; what arrives from the bus goes back by Qt signals.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from dbus_fast import BusType, Message
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusError

logger = logging.getLogger(__name__)
BUS_ERRORS = (OSError, EOFError, DBusError, ValueError, asyncio.TimeoutError)
CLOSE_S = 2.0
FLUSH_S = 0.5


class Bus:
    """One of the two buses, connected in the background; without one everything posted is dropped.

    Args:
        prepare: Runs on the bus thread once connected: exports interfaces, requests names.
        kind: The session's bus, or the system's.
    """

    def __init__(
        self, prepare: Callable[[MessageBus], Coroutine[Any, Any, None]], kind: BusType = BusType.SESSION
    ) -> None:
        self._prepare = prepare
        self._kind = kind
        self._loop = asyncio.new_event_loop()
        self._bus: MessageBus | None = None
        self._waiting: list[Callable[[MessageBus], None]] | None = []  # until it is known whether there is a bus
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"{kind.name.lower()}-bus", daemon=True)

    def start(self) -> None:
        """Connect in the background."""
        self._thread.start()

    def post(self, job: Callable[[MessageBus], None]) -> None:
        """Run `job` on the bus thread, after what was posted before, once connected; dropped without a bus."""

        def run() -> None:
            if self._bus is not None:
                job(self._bus)
            elif self._waiting is not None:
                self._waiting.append(job)

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(run)

    def spawn(self, job: Callable[[MessageBus], Coroutine[Any, Any, None]]) -> None:
        """Start the coroutine `job(bus)` on the bus thread; its failures are logged."""

        def run(bus: MessageBus) -> None:
            task = self._loop.create_task(job(bus))
            task.add_done_callback(_log_failure)

        self.post(run)

    def close(self) -> None:
        """Disconnect and end the thread."""
        if not self._thread.is_alive():
            if not self._loop.is_closed():
                self._loop.close()
            return
        self._closing.set()
        self._loop.call_soon_threadsafe(self._leave)
        self._thread.join(CLOSE_S)

    def _leave(self) -> None:
        """End the loop; one that still connects ends by itself when it has, and then leaves in good order."""
        if self._waiting is None:
            self._loop.stop()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._connect())
            if not self._closing.is_set():
                self._loop.run_forever()
        finally:
            if self._bus is not None:
                self._loop.run_until_complete(_flush(self._bus))
                self._bus.disconnect()
                self._bus = None
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _connect(self) -> None:
        try:
            bus = await MessageBus(bus_type=self._kind).connect()
            await self._prepare(bus)
        except BUS_ERRORS as error:
            self._waiting = None
            logger.info("no %s bus: what needs it is off (%s)", self._kind.name.lower(), error)
            return
        self._bus = bus
        waiting, self._waiting = self._waiting or [], None
        for job in waiting:
            job(bus)


async def _flush(bus: MessageBus) -> None:
    """Let what was posted reach the bus before the connection ends: that the computer may sleep again, say."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    if tasks:
        await asyncio.wait(tasks, timeout=FLUSH_S)
    ping = Message("org.freedesktop.DBus", "/", "org.freedesktop.DBus.Peer", "Ping")
    try:
        # Messages keep their order: when this one is answered, those before it have arrived.
        await asyncio.wait_for(bus.call(ping), FLUSH_S)
    except BUS_ERRORS as error:
        logger.info("the bus went before it was left (%s)", error)


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("a call on the bus failed: %s", error)
