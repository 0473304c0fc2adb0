"""A connection to the session bus on an asyncio thread of its own.

The GUI thread posts plain functions to it; what arrives from the bus goes back by Qt signals.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusError

logger = logging.getLogger(__name__)
BUS_ERRORS = (OSError, EOFError, DBusError, ValueError, asyncio.TimeoutError)
CLOSE_S = 2.0
FLUSH_S = 0.5


class SessionBus:
    """The session bus, connected in the background; without a bus everything posted is dropped.

    Args:
        prepare: Runs on the bus thread once connected: exports interfaces, requests names.
    """

    def __init__(self, prepare: Callable[[MessageBus], Coroutine[Any, Any, None]]) -> None:
        self._prepare = prepare
        self._loop = asyncio.new_event_loop()
        self._bus: MessageBus | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="session-bus", daemon=True)

    def start(self) -> None:
        """Connect in the background."""
        self._thread.start()

    def post(self, job: Callable[[MessageBus], None]) -> None:
        """Run `job` on the bus thread, after what was posted before; dropped without a bus."""

        def run() -> None:
            if self._bus is not None:
                job(self._bus)

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
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._connect())
            if not self._closing.is_set():  # the request may have ended the loop above in its last turn
                self._loop.run_forever()
        except RuntimeError as error:  # stopped while still connecting
            logger.debug("session bus stopped early: %s", error)
        finally:
            if self._bus is not None:
                self._loop.run_until_complete(_flush(self._bus))
                self._bus.disconnect()
                self._bus = None
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _connect(self) -> None:
        try:
            bus = await MessageBus().connect()
            await self._prepare(bus)
        except BUS_ERRORS as error:
            logger.info("no session bus: media keys and notifications are off (%s)", error)
        else:
            self._bus = bus


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
        logger.info("the session bus went before it was left (%s)", error)


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("a call on the session bus failed: %s", error)
