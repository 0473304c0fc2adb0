"""Tokens and secrets in the system's keyring; never in a file of ours.

Where the system has no keyring they are kept in memory until the player ends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from player.workers import Lane

logger = logging.getLogger(__name__)

SERVICE = "Segue"
RECOMMENDED = 1.0
"""`keyring` gives backends that keep secrets well a priority of at least this; plain files have less."""
Told = Callable[[str], None]


class Keys(QObject):
    """Reads and writes secrets by name, in a lane of its own: a keyring may ask the user to unlock it first.

    Args:
        owner: What tells the profiles of one user apart.
        parent: Qt parent.
    """

    def __init__(self, owner: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._lane: Lane | None = None
        self._kept: dict[str, str] = {}  # in the lane alone, as is `_ring`
        self._ring: Any = None
        self._looked = False

    def read(self, names: tuple[str, ...], done: Callable[[dict[str, str], bool], None]) -> None:
        """Secrets by name, empty where there is none; and whether there is a keyring that keeps them."""
        self._run(lambda: ({name: self._get(name) for name in names}, self._ring is not None), lambda both: done(*both))

    def write(self, secrets: dict[str, str], done: Callable[[bool], None]) -> None:
        """Keep secrets; an empty one is deleted. `done` is told whether a keyring keeps them."""
        self._run(lambda: self._put_all(secrets), done)

    def close(self) -> None:
        """Finish what runs."""
        if self._lane is not None:
            self._lane.close()

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self._lane is None:
            self._lane = Lane("keyring", self)
        self._lane.submit(job, done=done)

    # In the lane.

    def _find_ring(self) -> Any:
        """The system's keyring; None where there is none that keeps secrets well."""
        if self._looked:
            return self._ring
        self._looked = True
        import keyring  # noqa: PLC0415 - only for those who scrobble
        import keyring.errors  # noqa: PLC0415

        try:
            found = keyring.get_keyring()
            backends = getattr(found, "backends", None)  # several: the first one that can is used
            best = max((float(one.priority) for one in backends), default=0.0) if backends else float(found.priority)
        except (keyring.errors.KeyringError, RuntimeError, OSError) as error:
            logger.info("no keyring: %s", error)
            return None
        if best >= RECOMMENDED:
            self._ring = found
        else:
            logger.info("no keyring: %s does not keep secrets well", found)
        return self._ring

    def _get(self, name: str) -> str:
        ring = self._find_ring()
        if ring is None:
            return self._kept.get(name, "")
        try:
            return ring.get_password(SERVICE, self._name(name)) or self._kept.get(name, "")
        except Exception as error:  # noqa: BLE001 - the border to the system's keyrings, which raise what they like
            return self._give_up(error).get(name, "")

    def _put_all(self, secrets: dict[str, str]) -> bool:
        self._kept.update(secrets)
        ring = self._find_ring()
        if ring is None:
            return False
        try:
            for name, secret in secrets.items():
                if secret:
                    ring.set_password(SERVICE, self._name(name), secret)
                elif ring.get_password(SERVICE, self._name(name)) is not None:
                    ring.delete_password(SERVICE, self._name(name))
        except Exception as error:  # noqa: BLE001 - likewise
            self._give_up(error)
            return False
        return True

    def _give_up(self, error: Exception) -> dict[str, str]:
        """The keyring does not work, is locked or was not allowed: memory has to do."""
        logger.warning("the keyring cannot be used: %s", error or type(error).__name__)
        self._ring = None
        return self._kept

    def _name(self, name: str) -> str:
        return f"{name} of {self._owner}"
