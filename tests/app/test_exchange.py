"""Histories in the running player: what was imported before its tracks were there finds them."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import Clock, SilentEngine
from player.paths import Profile
from player.storage import Database
from tests.cli.test_exchange import a_history


def test_tracks_that_come_with_a_scan_get_the_plays_imported_before(
    profile: Profile, database: Database, music: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    app = App(profile, audio=SilentEngine(Clock.MANUAL), background=False)
    try:
        with qtbot.waitSignal(app.exchange.previewed, timeout=30_000):
            app.exchange.look(a_history(tmp_path))
        with qtbot.waitSignal(app.exchange.imported, timeout=30_000) as imported:
            app.exchange.add()
        assert (imported.args[0].plays_added, imported.args[0].plays_kept) == (0, 3)
        with qtbot.waitSignal(app.exchange.claimed, timeout=30_000) as claimed:
            app.library.add_root(str(music))
        assert claimed.args == [2]
        assert database.plays.count() == 2
        qtbot.waitUntil(lambda: app.suggestions.status.plays == 2, timeout=30_000)
    finally:
        app.close()


def test_only_what_was_looked_at_last_is_added(
    profile: Profile, database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    app = App(profile, audio=SilentEngine(Clock.MANUAL), background=False)
    try:
        previews: list[object] = []
        app.exchange.previewed.connect(previews.append)
        app.exchange.look(tmp_path / "gone.csv")
        with qtbot.waitSignal(app.exchange.previewed, timeout=30_000):
            app.exchange.look(a_history(tmp_path))
        assert len(previews) == 1
        app.exchange.drop()
        with qtbot.assertNotEmitted(app.exchange.imported):
            app.exchange.add()
            app.close()
        assert database.foreign_plays.count() == 0
    finally:
        app.close()
