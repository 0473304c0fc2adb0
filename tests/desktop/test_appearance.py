"""Dark or light, moving or still, as the desktop's portal says.

Annotations are evaluated here (no `annotations` from `__future__`): dbus-fast reads them.
"""

import shutil
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from dbus_fast import Variant
from dbus_fast.annotations import DBusSignature, DBusStr, DBusVariant
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal
from pytestqt.qtbot import QtBot

from player.desktop._appearance import ANIMATIONS, PATH, PORTAL, REDUCED, SCHEME, Appearance
from player.desktop._bus import Bus
from tests.desktop.bus import served, session_bus

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs Debian's dbus")

Spaces = Annotated[list[str], DBusSignature("as")]
Settings = Annotated[dict[str, Any], DBusSignature("a{sa{sv}}")]
Change = Annotated[list[Any], DBusSignature("ssv")]


class Portal(ServiceInterface):
    """org.freedesktop.portal.Settings, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.portal.Settings")
        self.values = {SCHEME: Variant("u", 1), ANIMATIONS: Variant("b", True), ("other", "thing"): Variant("s", "x")}

    @dbus_method()
    def ReadAll(self, spaces: Spaces) -> Settings:  # noqa: N802 - its name on the bus
        """What the desktop has in some name spaces."""
        found: dict[str, dict[str, Variant]] = {}
        for (space, key), value in self.values.items():
            if space in spaces:
                found.setdefault(space, {})[key] = value
        return found

    @dbus_signal()
    def SettingChanged(self, space: DBusStr, key: DBusStr, value: DBusVariant) -> Change:  # noqa: N802 - as above
        """One of them is another."""
        return [space, key, value]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def appearance(bus: str, qtbot: QtBot) -> Iterator[Appearance]:
    """Not started yet."""

    async def prepare(_bus: object) -> None:
        pass

    connection = Bus(prepare)
    connection.start()
    yield Appearance(connection)
    connection.close()


def test_the_desktop_is_followed_while_it_changes(bus: str, appearance: Appearance, qtbot: QtBot) -> None:
    portal = Portal()
    with served(bus, {PORTAL: (PATH, portal)}) as tell:
        for change, told in (
            (None, ["dark", False]),
            ((*SCHEME, Variant("u", 2)), ["light", False]),
            ((*ANIMATIONS, Variant("b", False)), ["light", True]),
            ((*SCHEME, Variant("u", 0)), ["", True]),
            ((*ANIMATIONS, Variant("b", True)), ["", False]),
            ((*REDUCED, Variant("u", 1)), ["", True]),
        ):
            with qtbot.waitSignal(appearance.changed) as changed:
                if change is None:
                    appearance.start()
                else:
                    tell(portal.SettingChanged, *change)
            assert changed.args == told


def test_a_desktop_without_a_portal_has_no_wishes(appearance: Appearance, qtbot: QtBot) -> None:
    with qtbot.waitSignal(appearance.changed) as changed:
        appearance.start()
    assert changed.args == ["", False]
