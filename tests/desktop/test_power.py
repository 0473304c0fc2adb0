"""Battery, power saving, metered networks and idleness, asked for real of services that stand in for the system's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from player.desktop._bus import Bus
from player.desktop._idle import BusIdle
from player.desktop._power import Power
from player.recommending import Gate, Hindrance, on_mains
from tests.desktop.bus import IdleMonitor, NetworkManager, PowerProfiles, RealtimeKit, UPower, served, session_bus

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs Debian's dbus")


@pytest.fixture(scope="module")
def bus_address() -> Iterator[str]:
    """A bus of our own, in the place of the system's or the session's."""
    with session_bus() as address:
        yield address


@dataclass
class System:
    """What stands in for the system."""

    upower: UPower = field(default_factory=UPower)
    profiles: PowerProfiles = field(default_factory=PowerProfiles)
    network: NetworkManager = field(default_factory=NetworkManager)
    realtime: RealtimeKit = field(default_factory=RealtimeKit)


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch, bus_address: str) -> Iterator[Power]:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus_address)
    power = Power()
    power.start()
    yield power
    power.close()


@pytest.fixture
def system(bus_address: str) -> Iterator[System]:
    system = System()
    services = {
        "org.freedesktop.UPower": ("/org/freedesktop/UPower", system.upower),
        "net.hadess.PowerProfiles": ("/net/hadess/PowerProfiles", system.profiles),
        "org.freedesktop.RealtimeKit1": ("/org/freedesktop/RealtimeKit1", system.realtime),
        "org.freedesktop.NetworkManager": ("/org/freedesktop/NetworkManager", system.network),
    }
    with served(bus_address, services):
        yield system


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait for what the bus tells."""
    qtbot.waitUntil(holds, timeout=20_000)


def gate(power: Power) -> Gate:
    return Gate(lambda: 1_000_000, power.on_mains, saving=power.saving, metered=power.metered)


def test_on_battery_nothing_heavy_runs(system: System, power: Power, qtbot: QtBot) -> None:
    computer = gate(power)
    system.upower.on_battery = True
    until(qtbot, lambda: computer.hindrance() is Hindrance.BATTERY)
    assert not computer.idle()
    assert not computer.powered()
    system.upower.on_battery = False
    until(qtbot, computer.idle)
    assert computer.powered()


def test_saving_power_and_a_metered_network_are_respected(system: System, power: Power, qtbot: QtBot) -> None:
    computer = gate(power)
    system.profiles.profile = "power-saver"
    until(qtbot, lambda: computer.hindrance() is Hindrance.SAVING)
    system.profiles.profile = "performance"
    for metered in (1, 3):
        system.network.metered = metered
        until(qtbot, lambda: computer.hindrance() is Hindrance.METERED)
        assert not computer.powered()
        system.network.metered = 4
        until(qtbot, computer.idle)


def test_without_services_the_kernel_is_asked(power: Power, qtbot: QtBot) -> None:
    computer = gate(power)
    assert power.on_mains() == on_mains()
    assert computer.hindrance() is (None if on_mains() else Hindrance.BATTERY)


def test_a_service_that_goes_is_believed_no_longer(bus_address: str, power: Power, qtbot: QtBot) -> None:
    network = NetworkManager()
    network.metered = 1
    with served(bus_address, {"org.freedesktop.NetworkManager": ("/org/freedesktop/NetworkManager", network)}):
        until(qtbot, power.metered)
    until(qtbot, lambda: not power.metered())


def test_somebody_at_the_computer_keeps_it_from_learning(
    bus_address: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)
    monitor = IdleMonitor()

    async def ready(_bus: MessageBus) -> None:
        """Nothing is exported."""

    bus = Bus(ready)
    computer = Gate(BusIdle(bus), lambda: True)
    services = {"org.gnome.Mutter.IdleMonitor": ("/org/gnome/Mutter/IdleMonitor/Core", monitor)}
    with served(bus_address, services):
        bus.start()
        monitor.idle_ms = 60_000
        until(qtbot, lambda: computer.hindrance() is Hindrance.USED)
        monitor.idle_ms = 200_000
        until(qtbot, computer.idle)
        bus.close()


def test_a_process_is_put_before_others(qtbot: QtBot, system: System, power: Power) -> None:
    power.prefer(4_711)
    until(qtbot, lambda: system.realtime.asked == [(4_711, 4_711, -11)])
